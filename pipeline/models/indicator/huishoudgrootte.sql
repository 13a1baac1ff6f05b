/*---
title = "Gemiddelde grootte van een huishouden"
kind = "meting"
unit = "personen per huishouden"
theme = "omstandigheden"
order = 5
question = "Hoe groot is een huishouden gemiddeld?"
definition = "Het aantal mensen dat gemiddeld samen één huishouden vormt."
short = "Grootte huishouden"
subject = "personen per huishouden"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 1, max = 20 }
---*/

select
    gebied_code,
    periode,
    huishoudgrootte::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where huishoudgrootte is not null
