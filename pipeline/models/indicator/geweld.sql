/*---
title = "Geweldsmisdrijven"
kind = "verhouding"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geweld"
order = 1
question = "Hoe vaak registreert de politie geweld?"
definition = "Vijf soorten samen: openlijk geweld, bedreiging, mishandeling, straatroof en overval. Moord, doodslag en zedendelicten zitten er niet in."
short = "Geweld"
subject = "geweldsmisdrijf|geweldsmisdrijven"
richting = "hoger_is_ongunstiger"
measure = "geregistreerd"
decimals = 1
caveats = [
    "geregistreerd",
    "samengesteld",
    "achter_de_voordeur",
    "meldbereidheid",
    "pogingen",
    "bezoekers",
    "noemer_ander_jaar",
    "kleine_aantallen",
    "herindeling",
]
---*/

select
    gebied_code,
    periode,
    sum(aantal)::bigint as teller,
    inwoners as noemer,
    tabel
from core.registratie
where rubriek = 'misdrijf' and soort in ('1.4.3', '1.4.4', '1.4.5', '1.4.6', '1.4.7')
group by gebied_code, periode, inwoners, tabel
-- A sum with a missing kind would look like less violence.
having count(*) = 5 and count(aantal) = 5
