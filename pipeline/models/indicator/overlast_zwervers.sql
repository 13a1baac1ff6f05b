/*---
title = "Overlast door mensen zonder thuis"
description = "Gevoelig: het gaat om mensen in een kwetsbare positie, die bij kleine aantallen in een buurt te herkennen zijn."
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "veiligheid_algemeen"
order = 3
question = "Hoe vaak registreert de politie overlast door mensen zonder thuis?"
definition = "Registraties van overlast door mensen die op straat leven. De politie gebruikt hiervoor code E41."
short = "Mensen zonder thuis"
subject = "keer overlast door mensen zonder thuis"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
sensitive = true
caveats = [
    "geregistreerd",
    "kwetsbare_mensen",
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
where rubriek = 'overlast' and soort = 'E41' and length(periode) = 4
