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
---*/

select
    gebied_code,
    periode,
    round(100.0 * eenpersoonshuishoudens / huishoudens, 1) as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.cbs_kerncijfers
where eenpersoonshuishoudens is not null and huishoudens > 0
