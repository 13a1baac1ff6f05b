/*---
title = "Overlast door onbegrepen gedrag"
description = "Gevoelig: het gaat om mensen in een kwetsbare positie, die bij kleine aantallen in een buurt te herkennen zijn."
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "onbegrepen_gedrag"
order = 1
question = "Hoe vaak registreert de politie overlast door onbegrepen gedrag?"
definition = "Registraties van gedrag dat anderen niet begrijpen en waar zij last van hebben of zich zorgen over maken. De politie gebruikt hiervoor code E33."
short = "Onbegrepen gedrag"
subject = "keer overlast door onbegrepen gedrag"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
sensitive = true
caveats = [
    "geregistreerd",
    "indruk_politie",
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
where rubriek = 'overlast' and soort = 'E33' and length(periode) = 4
