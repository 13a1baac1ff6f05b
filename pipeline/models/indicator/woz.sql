/*---
title = "Gemiddelde WOZ-waarde van woningen"
kind = "meting"
unit = "x 1.000 euro"
theme = "omstandigheden"
order = 7
question = "Wat is een woning gemiddeld waard?"
definition = "Wat een woning gemiddeld waard is, volgens de schatting van de gemeente voor de belasting."
short = "WOZ-waarde"
subject = "WOZ-waarde van woningen"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar", "klein_gebied_leeg"]

[checks]
accepted_range.waarde = { min = 0, max = 20000 }
---*/

select
    gebied_code,
    periode,
    woz::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.cbs_kerncijfers as k
where woz is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
