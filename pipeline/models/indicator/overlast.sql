/*---
title = "Geregistreerde overlast"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "veiligheid_algemeen"
order = 2
question = "Hoe vaak registreert de politie overlast?"
definition = "Alle overlast die de politie in acht soorten vastlegt. Dat gaat bijvoorbeeld over jeugd, alcohol en drugs, geluid en onbegrepen gedrag."
short = "Overlast"
subject = "keer overlast"
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
where rubriek = 'overlast' and soort = '0.0.0' and length(periode) = 4
