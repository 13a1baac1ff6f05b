/*---
title = "Drugs- en drankoverlast als misdrijf"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "drugsoverlast"
order = 3
question = "Hoe vaak legt de politie drugs- of drankoverlast vast als misdrijf?"
definition = "Overlast door drugs of drank die de politie als misdrijf vastlegt. Dat zijn er weinig: de meeste overlast is geen misdrijf en telt apart."
short = "Drugs- en drankoverlast (misdrijf)"
subject = "misdrijf door drugs- of drankoverlast|misdrijven door drugs- of drankoverlast"
richting = "neutraal"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "inzet_politie",
    "meldbereidheid",
    "bezoekers",
    "noemer_ander_jaar",
    "kleine_aantallen",
    "herindeling",
]
---*/

select gebied_code, periode, aantal as teller, inwoners as noemer, tabel
from core.registratie
where rubriek = 'misdrijf' and soort = '2.1.1'
