/*---
title = "Perioden die bij de stand van de bron nog liepen"
description = "Wat in statistiek.waarde wegvalt, omdat het jaar of de maand nog niet voorbij was. Van een jaar en een maand daarin alleen het jaar."
key = ["indicator"]

[columns]
indicator = "naam van de indicator"
periode = "jaar of maand die nog liep"
tot = "laatste dag waarvan de bron cijfers heeft"

[checks]
not_null = ["periode", "tot"]
---*/
with standen as (
    select tabel, max(stand_van(modified, fetched_at)) as stand
    from contract.snapshot
    group by tabel
),

perioden as (
    select distinct indicator, periode, tabel
    from contract.verhouding
)

select p.indicator, arg_min(p.periode, length(p.periode)) as periode, max(s.stand) as tot
from perioden as p
join contract.indicator as i on p.indicator = i.indicator
join standen as s on p.tabel = s.tabel
where i.kind = 'verhouding' and i.meetwijze != 'omstandigheid' and loopt_nog(p.periode, s.stand)
group by p.indicator
order by p.indicator
