/*---
title = "Bevolkingsdichtheid"
kind = "meting"
unit = "inwoners per km²"
theme = "omstandigheden"
order = 13
question = "Hoe dicht wonen mensen op elkaar?"
definition = "Het aantal inwoners per vierkante kilometer land."
short = "Dichtheid"
subject = "inwoners per km²"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 0, max = 100000 }
---*/

select
    gebied_code,
    periode,
    dichtheid::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where dichtheid is not null
