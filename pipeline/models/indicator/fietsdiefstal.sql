/*---
title = "Diefstal van fietsen, bromfietsen en snorfietsen"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "diefstal"
order = 1
question = "Hoe vaak worden er fietsen en brommers gestolen?"
definition = "Diefstal van een fiets, bromfiets of snorfiets."
short = "Fietsdiefstal"
subject = "diefstal van een fiets of brommer|diefstallen van een fiets of brommer"
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
where rubriek = 'misdrijf' and soort = '1.2.3'
