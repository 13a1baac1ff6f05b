/*---
title = "Zakkenrollerij"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "diefstal"
order = 4
question = "Hoe vaak worden mensen gerold?"
definition = "Diefstal van iets dat iemand bij zich draagt, zonder dat die persoon het merkt."
short = "Zakkenrollerij"
subject = "keer zakkenrollerij"
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
where rubriek = 'misdrijf' and soort = '1.2.4'
