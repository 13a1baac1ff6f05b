/*---
title = "Veel stress"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 6
question = "Hoeveel volwassenen hebben veel stress?"
definition = "Het deel van de volwassenen dat in de afgelopen vier weken veel of heel veel stress had."
short = "Stress"
subject = "volwassenen met veel stress"
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
    stress::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.gezondheid
where stress is not null
