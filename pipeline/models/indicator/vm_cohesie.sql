/*---
title = "Hoe bewoners de omgang in hun buurt beoordelen"
description = "Vraag 'cohesie_schaalscore' (sociale cohesie); het voorbeeld bevat hiervan geen cijfers."
kind = "meting"
unit = "score van 0 tot 10"
theme = "leefbaarheid"
order = 1
question = "Hoe gaan mensen in de buurt met elkaar om?"
definition = "Een score van 0 tot 10 voor hoe bewoners van 15 jaar en ouder de omgang in hun buurt beoordelen. Bijvoorbeeld of mensen elkaar kennen en zich er thuis voelen."
short = "Omgang in de buurt"
subject = "omgang in de buurt"
richting = "hoger_is_gunstiger"
measure = "ervaren"
decimals = 1
caveats = ["enquete", "enquete_niveau", "geen_marge", "vanaf_15", "opzet_2021"]

[checks]
accepted_range.waarde = { min = 0, max = 10 }
---*/

select
    gebied_code,
    periode,
    waarde,
    -- The publications give no margins.
    null::double as onder,
    null::double as boven,
    tabel
from staging.veiligheidsmonitor_publicaties
where vraag = 'cohesie_schaalscore'
