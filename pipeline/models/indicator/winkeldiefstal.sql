/*---
title = "Winkeldiefstal"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "diefstal"
order = 5
question = "Hoe vaak registreert de politie winkeldiefstal?"
definition = "Diefstal van spullen uit een winkel. Inbraak in een winkel telt bij bedrijven."
short = "Winkeldiefstal"
subject = "winkeldiefstal|winkeldiefstallen"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "bedrijven_als_slachtoffer",
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
where rubriek = 'misdrijf' and soort = '2.5.2'
