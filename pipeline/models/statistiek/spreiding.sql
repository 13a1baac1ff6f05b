/*---
title = "Hoeveel een aantal meer schommelt dan door toeval alleen"
description = "Per indicator en niveau, uit paren van opeenvolgende jaren. Binnen een paar is het aandeel van het laatste jaar bij alleen toeval binomiaal verdeeld, met het aandeel van alle gebieden samen als kans; de gemiddelde gekwadrateerde afwijking gedeeld door die variantie is de spreiding (quasi-Poisson; McCullagh en Nelder 1989, hoofdstuk 4.5)."
key = ["indicator", "gebied_niveau"]

[columns]
indicator = "naam van de indicator"
gebied_niveau = "land, gemeente, wijk of buurt"
paren = "aantal paren van jaren waar de schatting op rust"
spreiding = "variantie gedeeld door die van toeval alleen; nooit onder 1"

[checks]
accepted_range.spreiding = { min = 1 }
accepted_range.paren = { min = 100 }
---*/
with jaren as (
    select v.indicator, g.gebied_niveau, v.gebied_code, cast(v.periode as integer) as jaar, v.teller
    from statistiek.waarde as v
    join core.gebied as g on v.gebied_code = g.gebied_code
    where length(v.periode) = 4 and v.teller is not null
),

paren as (
    select a.indicator, a.gebied_niveau, a.jaar, a.teller, a.teller + b.teller as samen
    from jaren as a
    join jaren as b on a.indicator = b.indicator and a.gebied_code = b.gebied_code and a.jaar = b.jaar + 1
),

kansen as (
    select indicator, gebied_niveau, jaar, sum(teller) / sum(samen) as kans
    from paren
    group by all
    having sum(samen) > 0
)

select
    p.indicator,
    p.gebied_niveau,
    count(*) as paren,
    greatest(1.0, avg(power(p.teller - p.samen * k.kans, 2) / (p.samen * k.kans * (1 - k.kans)))) as spreiding
from paren as p
join kansen as k on p.indicator = k.indicator and p.gebied_niveau = k.gebied_niveau and p.jaar = k.jaar
where p.samen > 0 and k.kans > 0 and k.kans < 1
group by all
-- Op minder paren rust geen schatting.
having count(*) >= 100
