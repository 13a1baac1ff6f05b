/*---
title = "Geluidshinder door horeca"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geluid"
order = 2
question = "Hoe vaak registreert de politie geluidshinder door horeca?"
definition = "Registraties van geluidshinder door cafés, restaurants en andere horeca."
short = "Geluid van horeca"
subject = "keer geluidshinder door horeca"
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
where rubriek = 'overlast' and soort = 'M061' and length(periode) = 4
