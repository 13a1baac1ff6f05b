/*---
title = "Huishoudens rond of onder het sociaal minimum"
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 10
question = "Hoeveel huishoudens leven rond of onder het sociaal minimum?"
definition = "Het deel van de huishoudens met een inkomen rond of onder het sociaal minimum. Dat is het bedrag waarvan iemand volgens de wet moet kunnen rondkomen."
short = "Rond sociaal minimum"
subject = "huishoudens rond of onder het sociaal minimum"
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
    sociaal_minimum_pct::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where sociaal_minimum_pct is not null
