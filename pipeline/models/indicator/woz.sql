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
from core.kerncijfers
where woz is not null
