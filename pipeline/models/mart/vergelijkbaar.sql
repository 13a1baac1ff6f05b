/*---
title = "Gebieden die op een gebied lijken, met hun naam"
description = "De tien van statistiek.vergelijkbaar. Op alfabet; de plaats in de rij staat bij rang."
key = ["gebied_code", "ander_code"]

[columns_as_in]
"statistiek.vergelijkbaar" = ["gebied_code", "ander_code", "rang", "afstand"]

[columns]
ander_naam = "naam van het vergelijkbare gebied"
ander_gemeente_code = "code van de gemeente waar dat in ligt"
ander_gemeente = "naam van die gemeente"
gelijkenis = "de afstand in woorden: sterk onder 0,3, redelijk onder 0,5, en anders een beetje"

[checks]
not_null = ["ander_naam", "ander_gemeente"]
accepted_values.gelijkenis = ["sterk", "redelijk", "een beetje"]
---*/
select
    v.gebied_code,
    v.ander_code,
    a.gebied_naam as ander_naam,
    a.gemeente_code as ander_gemeente_code,
    a.gemeente_naam as ander_gemeente,
    v.rang,
    v.afstand,
    case when v.afstand < 0.3 then 'sterk' when v.afstand < 0.5 then 'redelijk' else 'een beetje' end as gelijkenis
from statistiek.vergelijkbaar as v
join core.gebied as a on v.ander_code = a.gebied_code
order by v.gebied_code, lower(strip_accents(a.gebied_naam)), v.ander_code
