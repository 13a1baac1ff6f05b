/*---
title = "Voelt zich weleens onveilig in de eigen buurt"
description = "Vraag 'onveilig_buurt_weleens_pct'; het voorbeeld bevat hiervan geen cijfers."
kind = "meting"
unit = "%"
theme = "veiligheid_algemeen"
order = 6
question = "Hoeveel mensen voelen zich weleens onveilig in hun buurt?"
definition = "Het deel van de bewoners van 15 jaar en ouder dat zich weleens onveilig voelt in de eigen buurt."
short = "Weleens onveilig in de buurt"
subject = "mensen die zich weleens onveilig voelen in hun buurt"
richting = "hoger_is_ongunstiger"
measure = "ervaren"
decimals = 1
caveats = ["enquete", "enquete_niveau", "geen_marge", "vanaf_15", "opzet_2021"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
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
where vraag = 'onveilig_buurt_weleens_pct'
