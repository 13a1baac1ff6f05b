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
from core.kerncijfers
where inkomen_per_inwoner is not null
