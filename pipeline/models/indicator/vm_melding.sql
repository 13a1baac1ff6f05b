/*---
title = "Deel van de misdrijven dat slachtoffers melden"
description = "Vraag 'delicten_gemeld_pct'; het voorbeeld bevat hiervan geen cijfers."
kind = "meting"
unit = "%"
theme = "veiligheid_algemeen"
order = 7
question = "Welk deel van de misdrijven melden slachtoffers bij de politie?"
definition = "Het deel van de misdrijven dat slachtoffers van 15 jaar en ouder volgens henzelf bij de politie hebben gemeld."
short = "Meldt een misdrijf bij de politie"
subject = "misdrijven die slachtoffers melden bij de politie"
richting = "neutraal"
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
where vraag = 'delicten_gemeld_pct'
