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
---*/

select
    gebied_code,
    periode,
    dichtheid::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.cbs_kerncijfers
where dichtheid is not null
