/*---
title = "Openbare dronkenschap"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "drugsoverlast"
order = 2
question = "Hoe vaak registreert de politie openbare dronkenschap?"
definition = "Dronken zijn op straat of op een andere openbare plek, vastgelegd door de politie."
short = "Openbare dronkenschap"
subject = "keer openbare dronkenschap"
richting = "neutraal"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "inzet_politie",
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
where rubriek = 'overlast' and soort = 'F010' and length(periode) = 4
