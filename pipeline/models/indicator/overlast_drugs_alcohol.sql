/*---
title = "Overlast door alcohol of drugs"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "drugsoverlast"
order = 1
question = "Hoe vaak registreert de politie overlast door alcohol of drugs?"
definition = "Incidenten met overlast door alcohol of drugs, vastgelegd door de politie. Alcohol en drugs zijn hier niet uit elkaar te halen."
short = "Alcohol en drugs"
subject = "keer overlast door alcohol of drugs"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
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
where rubriek = 'overlast' and soort = 'E38' and length(periode) = 4
