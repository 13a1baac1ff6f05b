/*---
title = "Bedreiging"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geweld"
order = 2
question = "Hoe vaak registreert de politie bedreiging?"
definition = "Bedreigen van iemand met een ernstig misdrijf, bijvoorbeeld met mishandeling of de dood."
short = "Bedreiging"
subject = "bedreiging|bedreigingen"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
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
where rubriek = 'misdrijf' and soort = '1.4.4'
