/*---
title = "Wapenhandel en wapenbezit"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geweld"
order = 4
question = "Hoe vaak registreert de politie wapenhandel of wapenbezit?"
definition = "Misdrijven die de politie indeelt als wapenhandel. Ook het bezit van een verboden wapen valt hieronder."
short = "Wapenhandel en -bezit"
subject = "misdrijf rond wapenhandel of wapenbezit|misdrijven rond wapenhandel of wapenbezit"
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
where rubriek = 'misdrijf' and soort = '3.1.3'
