/*---
title = "Gemiddeld inkomen per inwoner"
kind = "meting"
unit = "x 1.000 euro per inwoner"
theme = "omstandigheden"
order = 8
question = "Wat is het gemiddelde inkomen per inwoner?"
definition = "Het inkomen van alle bewoners samen, gedeeld door het aantal bewoners. Ook kinderen tellen mee als bewoner."
short = "Inkomen per inwoner"
subject = "inkomen per inwoner"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["geen_oorzaak", "ander_jaar", "klein_gebied_leeg"]

[checks]
accepted_range.waarde = { min = 0, max = 1000 }
---*/

select
    gebied_code,
    periode,
    inkomen_per_inwoner::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.cbs_kerncijfers as k
where inkomen_per_inwoner is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
