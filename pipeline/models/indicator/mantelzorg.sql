/*---
title = "Mantelzorgers"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 3
question = "Hoeveel volwassenen geven mantelzorg?"
definition = "Het deel van de volwassenen dat langere tijd voor een naaste zorgt."
short = "Mantelzorg"
subject = "volwassenen die mantelzorg geven"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["modelschatting", "vanaf_18", "geen_marge", "corona", "geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    mantelzorg::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.gezondheid
where mantelzorg is not null
