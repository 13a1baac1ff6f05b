/*---
title = "Waar het nieuwste jaar anders is dan het jaar ervoor"
description = "Gebieden en indicatoren die duidelijk anders veranderden dan de andere gebieden van hun niveau (statistiek.verandering). Alleen cijfers die gepubliceerd zijn. Op alfabet, nooit op grootte."
key = ["gebied_code", "indicator"]

[columns_as_in]
"core.gebied" = ["gebied_naam", "gebied_niveau"]
"statistiek.verandering" = [
    "gebied_code", "indicator", "periode", "vorige_periode", "teller", "vorige_teller", "allen",
    "verhouding", "onder", "boven",
]

[columns]
richting = "meer of minder dan verwacht"

[checks]
accepted_values.richting = ["meer", "minder"]
not_null = ["teller", "vorige_teller", "richting"]
---*/
select
    v.gebied_code,
    v.indicator,
    g.gebied_naam,
    g.gebied_niveau,
    v.periode,
    v.vorige_periode,
    v.teller,
    v.vorige_teller,
    v.allen,
    v.verhouding,
    v.onder,
    v.boven,
    if(v.teller > v.vorige_teller * v.allen, 'meer', 'minder') as richting
from statistiek.verandering as v
join core.gebied as g on v.gebied_code = g.gebied_code
join mart.cijfer as c on v.gebied_code = c.gebied_code and v.indicator = c.indicator and v.periode = c.periode
join mart.cijfer as p
    on v.gebied_code = p.gebied_code and v.indicator = p.indicator and v.vorige_periode = p.periode
where v.gevonden and c.teller is not null and p.teller is not null
order by lower(strip_accents(g.gebied_naam)), v.gebied_code, v.indicator
