/*---
title = "Vrijwilligers"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 2
question = "Hoeveel volwassenen doen vrijwilligerswerk?"
definition = "Het deel van de volwassenen dat vrijwilligerswerk doet."
short = "Vrijwilligerswerk"
subject = "volwassenen die vrijwilligerswerk doen"
richting = "hoger_is_gunstiger"
measure = "omstandigheid"
decimals = 1
caveats = ["modelschatting", "vanaf_18", "geen_marge", "corona", "geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    vrijwilligers::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.gezondheid
where vrijwilligers is not null
