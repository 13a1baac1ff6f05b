/*---
title = "Veel overlast van drugsgebruik of drugshandel, vraag tot en met 2019"
kind = "meting"
unit = "%"
theme = "drugsoverlast"
order = 8
question = "Hoeveel mensen ervoeren tot en met 2019 veel drugsoverlast in hun buurt?"
definition = "Het deel van de bewoners van 15 jaar en ouder met veel overlast van drugsgebruik of drugshandel in de eigen buurt. Deze vraag is in 2019 voor het laatst zo gesteld."
short = "Veel drugsoverlast (vraag t/m 2019)"
subject = "mensen die veel drugsoverlast ervaren"
richting = "hoger_is_ongunstiger"
measure = "ervaren"
decimals = 1
caveats = ["enquete", "enquete_niveau", "geen_marge", "vanaf_15", "oude_vraag", "uit_publicatie"]

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
-- The survey of 2021 is another one: its answers never join this series.
where vraag = 'drugsgebruik_of_handel_veel_overlast_pct' and periode <= '2019'
