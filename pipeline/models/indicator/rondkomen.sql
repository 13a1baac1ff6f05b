/*---
title = "Moeite met rondkomen"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 7
question = "Hoeveel volwassenen hebben moeite met rondkomen?"
definition = "Het deel van de volwassenen dat moeite heeft om rond te komen met het inkomen."
short = "Moeite met rondkomen"
subject = "volwassenen met moeite om rond te komen"
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
    rondkomen::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.gezondheid
where rondkomen is not null
