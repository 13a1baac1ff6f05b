/*---
title = "Overlast door jongeren"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "jeugd"
order = 1
question = "Hoe vaak registreert de politie overlast door jongeren?"
definition = "Registraties van overlast door jongeren, bijvoorbeeld lawaai, rommel of hinder door een groep."
short = "Jongeren"
subject = "keer overlast door jongeren"
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
where rubriek = 'overlast' and soort = 'E35' and length(periode) = 4
