/*---
title = "Huishoudens met een laag inkomen"
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 9
question = "Hoeveel huishoudens hebben een laag inkomen?"
definition = "Het deel van de huishoudens met een inkomen onder de lage-inkomensgrens van het CBS."
short = "Laag inkomen"
subject = "huishoudens met een laag inkomen"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["geen_oorzaak", "ander_jaar", "klein_gebied_leeg"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    laag_inkomen_pct::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.cbs_kerncijfers as k
where laag_inkomen_pct is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
