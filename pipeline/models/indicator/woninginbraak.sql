/*---
title = "Inbraak en diefstal in woningen"
kind = "verhouding"
unit = "per 1.000 huishoudens"
per = 1000
noemer = "huishoudens"
theme = "inbraak"
order = 1
question = "Hoe vaak wordt er in woningen ingebroken of gestolen?"
definition = "Diefstal uit een woning, met of zonder braak. Mislukte inbraken tellen mee."
short = "Woninginbraak"
subject = "woninginbraak|woninginbraken"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "noemer_huishoudens",
    "meldbereidheid",
    "pogingen",
    "noemer_ander_jaar",
    "kleine_aantallen",
    "herindeling",
]
---*/

select gebied_code, periode, aantal as teller, huishoudens as noemer, tabel
from core.registratie
where rubriek = 'misdrijf' and soort = '1.1.1'
