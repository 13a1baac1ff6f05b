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
from staging.cbs_kerncijfers as k
where huishoudgrootte is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
