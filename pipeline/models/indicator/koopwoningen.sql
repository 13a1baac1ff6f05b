/*---
title = "Koopwoningen"
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 6
question = "Hoeveel woningen zijn koopwoningen?"
definition = "Het deel van de woningen dat van de bewoner zelf is."
short = "Koopwoningen"
subject = "koopwoningen"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar", "klein_gebied_leeg"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    koopwoningen_pct::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where koopwoningen_pct is not null
