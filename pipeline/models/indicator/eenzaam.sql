/*---
title = "Eenzaamheid"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 5
question = "Hoeveel volwassenen voelen zich eenzaam?"
definition = "Het deel van de volwassenen dat zich eenzaam voelt, van matig tot zeer ernstig."
short = "Eenzaamheid"
subject = "volwassenen die zich eenzaam voelen"
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
    eenzaam::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.gezondheid
where eenzaam is not null
