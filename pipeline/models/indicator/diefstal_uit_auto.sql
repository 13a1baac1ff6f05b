/*---
title = "Diefstal uit en vanaf auto's"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "diefstal"
order = 2
question = "Hoe vaak wordt er iets uit of vanaf een auto gestolen?"
definition = "Diefstal van spullen uit of van onderdelen vanaf een auto of ander motorvoertuig."
short = "Diefstal uit auto's"
subject = "diefstal uit of vanaf een auto|diefstallen uit of vanaf een auto"
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
where rubriek = 'misdrijf' and soort = '1.2.1'
