/*---
title = "Jonge verdachten die er wonen"
description = "Het voorbeeld bevat hiervan geen cijfers."
kind = "meting"
unit = "personen"
theme = "omstandigheden"
order = 15
question = "Hoeveel jongeren van 12 tot 18 jaar waren verdachte?"
definition = "Het aantal jongeren van 12 tot 18 jaar dat in een jaar als verdachte van een misdrijf is geregistreerd."
short = "Jonge verdachten (12 tot 18 jaar)"
subject = "jonge verdachten"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar", "woongemeente", "afronding_tiental"]

[checks]
accepted_range.waarde = { min = 0, max = 1000000 }
---*/

select
    gebied_code,
    periode,
    verdachten::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.verdachten
where geslacht_naam like 'Totaal%' and leeftijd_naam = '12 tot 18 jaar' and verdachten is not null
