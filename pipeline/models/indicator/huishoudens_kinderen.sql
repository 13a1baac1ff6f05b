/*---
title = "Huishoudens met kinderen"
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 4
question = "Hoeveel huishoudens hebben kinderen thuis?"
definition = "Het deel van de huishoudens met thuiswonende kinderen. Wij berekenen dit uit de aantallen van het CBS."
short = "Met kinderen"
subject = "huishoudens met kinderen"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["geen_oorzaak", "ander_jaar", "afronding_cbs"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    round(100.0 * huishoudens_met_kinderen / huishoudens, 1) as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where huishoudens_met_kinderen is not null and huishoudens >= 100 -- both are rounded to five: below this a part can exceed the whole
