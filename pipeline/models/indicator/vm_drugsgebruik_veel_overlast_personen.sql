/*---
title = "Mensen met veel overlast van drugsgebruik"
kind = "meting"
unit = "personen van 15 jaar en ouder"
theme = "drugsoverlast"
order = 6
question = "Hoeveel mensen ervaren veel overlast van drugsgebruik in hun buurt?"
definition = "Het aantal mensen van 15 jaar en ouder dat veel overlast heeft van drugsgebruik in de eigen buurt. Het CBS rondt dit af op tienduizend."
short = "Mensen met veel overlast"
subject = "mensen die veel overlast van drugsgebruik ervaren"
richting = "hoger_is_ongunstiger"
measure = "ervaren"
decimals = 0
caveats = ["enquete", "enquete_niveau", "geen_marge", "opzet_2021", "uit_publicatie"]

[checks]
accepted_range.waarde = { min = 0, max = 25000000 }
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
where vraag = 'drugsgebruik_veel_overlast_personen'
