/*---
title = "Waar het nieuwste jaar anders is dan het jaar ervoor"
description = "Gebieden en indicatoren die duidelijk anders veranderden dan de andere gebieden van hun niveau (statistiek.verandering). Alleen cijfers die gepubliceerd zijn. Op alfabet, nooit op grootte."
key = ["gebied_code", "indicator"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
gebied_naam = "naam van het gebied"
gebied_niveau = "gemeente, wijk of buurt"
periode = "nieuwste jaar"
vorige_periode = "het jaar ervoor"
teller = "aantal in het nieuwste jaar"
vorige_teller = "aantal in het jaar ervoor"
allen = "nieuwste jaar gedeeld door vorig jaar, van alle gebieden van het niveau samen"
verhouding = "hetzelfde van dit gebied, gedeeld door allen; leeg als er vorig jaar niets was"
onder = "ondergrens van die verhouding (95 %)"
boven = "bovengrens van die verhouding (95 %); leeg als die er niet is"
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
