/*---
title = "Cybercrime"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "veiligheid_algemeen"
order = 5
question = "Hoe vaak registreert de politie cybercrime?"
definition = "Misdrijven gericht op een computer, telefoon of netwerk, zoals hacken of bestanden gijzelen. Oplichting via internet telt als fraude."
short = "Cybercrime"
subject = "keer cybercrime"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "plaats_onduidelijk",
    "meldbereidheid",
    "pogingen",
    "noemer_ander_jaar",
    "kleine_aantallen",
    "herindeling",
]
---*/

select gebied_code, periode, aantal as teller, inwoners as noemer, tabel
from core.registratie
where rubriek = 'misdrijf' and soort = '3.7.4'
