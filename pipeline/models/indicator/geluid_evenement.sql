/*---
title = "Geluidshinder door evenementen"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geluid"
order = 3
question = "Hoe vaak registreert de politie geluidshinder door evenementen?"
definition = "Registraties van geluidshinder door een evenement, zoals een festival of een feest in een park."
short = "Geluid van evenementen"
subject = "keer geluidshinder door een evenement"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "corona",
    "meldbereidheid",
    "geen_personen",
    "bezoekers",
    "noemer_ander_jaar",
    "kleine_aantallen",
    "herindeling",
]
---*/

select gebied_code, periode, aantal as teller, inwoners as noemer, tabel
from core.registratie
-- Years only: a month is a twelfth of a year and cannot stand in one series with it.
where rubriek = 'overlast' and soort = 'M062' and length(periode) = 4
