/*---
title = "Jongeren van 15 tot 25 jaar"
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 2
question = "Hoe groot is het deel jongeren?"
definition = "Het deel van de inwoners dat 15 tot 25 jaar oud is. Wij berekenen dit uit de aantallen van het CBS."
short = "Jongeren (15 tot 25 jaar)"
subject = "jongeren van 15 tot 25 jaar"
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
    round(100.0 * jongeren_15_25 / inwoners, 1) as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where jongeren_15_25 is not null and inwoners >= 100 -- both are rounded to five: below this a part can exceed the whole
