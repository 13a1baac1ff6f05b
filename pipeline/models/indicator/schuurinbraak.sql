/*---
title = "Inbraak en diefstal in schuren, boxen en garages"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "inbraak"
order = 2
question = "Hoe vaak wordt er in schuren, boxen en garages ingebroken of gestolen?"
definition = "Diefstal uit een schuur, box of garage, met of zonder braak."
short = "Schuurinbraak"
subject = "schuurinbraak|schuurinbraken"
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
where rubriek = 'misdrijf' and soort = '1.1.2'
