/*---
title = "Van school zonder startkwalificatie"
description = "Het voorbeeld bevat hiervan geen cijfers."
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 14
question = "Hoeveel leerlingen gaan van school zonder startkwalificatie?"
definition = "Het deel van de leerlingen dat in een schooljaar van school gaat zonder diploma op ten minste mbo-niveau 2, havo of vwo."
short = "Voortijdig van school"
subject = "leerlingen die voortijdig van school gaan"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["geen_oorzaak", "ander_jaar", "schooljaar", "woongemeente"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    100.0 * schoolverlaters / leerlingen as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.schoolverlaters
where geslacht_naam like 'Totaal%' and schoolverlaters is not null and leerlingen > 0
