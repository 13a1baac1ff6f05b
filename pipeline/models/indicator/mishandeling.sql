/*---
title = "Mishandeling"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geweld"
order = 3
question = "Hoe vaak registreert de politie mishandeling?"
definition = "Iemand met opzet pijn of letsel toebrengen. Ook geweld achter de voordeur telt mee, als de politie het vastlegt."
short = "Mishandeling"
subject = "mishandeling|mishandelingen"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "achter_de_voordeur",
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
where rubriek = 'misdrijf' and soort = '1.4.5'
