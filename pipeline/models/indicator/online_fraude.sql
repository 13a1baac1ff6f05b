/*---
title = "Online oplichting en andere fraude"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "veiligheid_algemeen"
order = 4
question = "Hoe vaak registreert de politie fraude tegen burgers en bedrijven?"
definition = "Fraude waarvan burgers of bedrijven het slachtoffer zijn, zoals oplichting bij aankopen via internet of vriend-in-noodfraude. De politie noemt dit horizontale fraude."
short = "Online en andere fraude"
subject = "keer fraude"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "fraude_breder",
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
where rubriek = 'misdrijf' and soort = '3.9.1'
