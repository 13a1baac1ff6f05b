/*---
title = "Stedelijkheid"
kind = "meting"
unit = "klasse (1 tot en met 5)"
theme = "omstandigheden"
order = 12
question = "Hoe stedelijk is het gebied?"
definition = "Hoe dicht de adressen op elkaar liggen, in vijf klassen. Klasse 1 is zeer sterk stedelijk, klasse 5 is niet stedelijk."
short = "Stedelijkheid"
subject = "stedelijkheid"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 1, max = 5 }
---*/

select
    gebied_code,
    periode,
    stedelijkheid::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where stedelijkheid is not null
