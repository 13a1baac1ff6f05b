/*---
title = "Inbraak en diefstal bij bedrijven en instellingen"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "inbraak"
order = 3
question = "Hoe vaak wordt er bij bedrijven ingebroken of gestolen?"
definition = "Diefstal uit een bedrijf, winkel, school of andere instelling, met of zonder braak. Winkeldiefstal is een aparte soort."
short = "Bedrijfsinbraak"
subject = "inbraak bij een bedrijf|inbraken bij bedrijven"
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
where rubriek = 'misdrijf' and soort = '2.5.1'
