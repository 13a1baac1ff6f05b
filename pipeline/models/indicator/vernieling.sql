/*---
title = "Vernieling en beschadiging"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "vernieling"
order = 1
question = "Hoe vaak registreert de politie vernieling?"
definition = "Met opzet iets van een ander kapotmaken of beschadigen, zoals een auto, een ruit of een bushokje."
short = "Vernieling"
subject = "vernieling|vernielingen"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "meldbereidheid",
    "pogingen",
    "bezoekers",
    "noemer_ander_jaar",
    "kleine_aantallen",
    "herindeling",
]
---*/

select gebied_code, periode, aantal as teller, inwoners as noemer, tabel
from core.registratie
where rubriek = 'misdrijf' and soort = '2.2.1'
