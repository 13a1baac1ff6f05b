/*---
title = "Drugshandel"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "drugsoverlast"
order = 4
question = "Hoe vaak registreert de politie drugshandel?"
definition = "Misdrijven die de politie indeelt als drugshandel. Het gaat om strafbare feiten uit de Opiumwet."
short = "Drugshandel"
subject = "misdrijf rond drugshandel|misdrijven rond drugshandel"
richting = "neutraal"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "inzet_politie",
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
where rubriek = 'misdrijf' and soort = '3.1.1'
