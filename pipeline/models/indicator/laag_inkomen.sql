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
from core.kerncijfers
where laag_inkomen_pct is not null
