/*---
title = "Diefstal van auto's"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "diefstal"
order = 3
question = "Hoe vaak worden er auto's gestolen?"
definition = "Diefstal van een auto of ander motorvoertuig."
short = "Autodiefstal"
subject = "diefstal van een auto|diefstallen van een auto"
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
where rubriek = 'misdrijf' and soort = '1.2.2'
