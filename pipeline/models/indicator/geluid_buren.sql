/*---
title = "Ernstige geluidshinder door buren"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 8
question = "Hoeveel volwassenen hebben ernstige geluidshinder van buren?"
definition = "Het deel van de volwassenen dat ernstige geluidshinder heeft van buren."
short = "Geluidshinder door buren"
subject = "volwassenen met ernstige geluidshinder door buren"
richting = "hoger_is_ongunstiger"
measure = "omstandigheid"
decimals = 1
caveats = ["modelschatting", "vanaf_18", "geen_marge", "corona", "geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    geluid_buren::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.gezondheid
where geluid_buren is not null
