/*---
title = "Veel overlast van drugsgebruik, volgens bewoners"
kind = "meting"
unit = "%"
theme = "drugsoverlast"
order = 5
question = "Welk deel van de mensen ervaart veel overlast van drugsgebruik in de eigen buurt?"
definition = "Het deel van de bewoners van 15 jaar en ouder dat veel overlast heeft van drugsgebruik in de eigen buurt."
short = "Veel overlast van drugsgebruik"
subject = "mensen die veel overlast van drugsgebruik ervaren"
richting = "hoger_is_ongunstiger"
measure = "ervaren"
decimals = 1
caveats = ["enquete", "enquete_niveau", "geen_marge", "vanaf_15", "opzet_2021", "uit_publicatie"]

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
where vraag = 'drugsgebruik_veel_overlast_pct'
