/*---
title = "Geregistreerde misdrijven"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "veiligheid_algemeen"
order = 1
question = "Hoeveel misdrijven registreert de politie?"
definition = "Alle misdrijven die de politie heeft vastgelegd, na een aangifte of op eigen initiatief. Het gaat om alle soorten samen, van fietsdiefstal tot geweld."
short = "Misdrijven"
subject = "misdrijf|misdrijven"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "verborgen_soorten",
    "voorlopig_jaar",
    "levering",
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
where rubriek = 'misdrijf' and soort = '0.0.0'
