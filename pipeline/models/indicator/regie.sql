/*---
title = "Regie over het eigen leven"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 4
question = "Hoeveel volwassenen ervaren regie over hun leven?"
definition = "Het deel van de volwassenen dat matig of veel regie ervaart over het eigen leven."
short = "Regie over eigen leven"
subject = "volwassenen met regie over hun leven"
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
    regie::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.gezondheid
where regie is not null
