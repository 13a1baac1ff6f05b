/*---
title = "Huishoudens van één persoon"
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 3
question = "Hoeveel mensen wonen alleen?"
definition = "Het deel van de huishoudens dat uit één persoon bestaat. Wij berekenen dit uit de aantallen van het CBS."
short = "Eén persoon"
subject = "huishoudens van één persoon"
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
    round(100.0 * eenpersoonshuishoudens / huishoudens, 1) as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where eenpersoonshuishoudens is not null and huishoudens >= 100 -- both are rounded to five: below this a part can exceed the whole
