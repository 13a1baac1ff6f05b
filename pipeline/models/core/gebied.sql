/*---
title = "Gebieden van de nieuwste indeling"
key = ["gebied_code"]

[columns]
gebied_code = "code van het gebied"
gebied_naam = "naam; niet uniek"
gebied_niveau = "land, gemeente, wijk of buurt"
ouder_code = "het gebied waar dit gebied in ligt"
gemeente_code = "gemeente waar het gebied in ligt"
gemeente_naam = "naam van die gemeente"
wijk_code = "wijk waar een buurt in ligt"
wijk_naam = "naam van die wijk"
indeling_jaar = "jaar van de indeling"
postcode = "meest voorkomende postcode (vier cijfers)"

[checks]
not_null = ["gebied_naam", "gebied_niveau", "indeling_jaar"]
accepted_values.gebied_niveau = ["land", "gemeente", "wijk", "buurt"]
relationships.ouder_code = "core.gebied.gebied_code"
row_count.min = 1
---*/
with nieuwste as (
    select max(periode) as periode from staging.cbs_kerncijfers
),

codes as (
    select gebied(k.code) as gebied_code, min(tekst(k.titel)) as gebied_naam
    from raw.cbs_kerncijfers_codes as k
    where k.dimensie = 'WijkenEnBuurten'
        and k.tabel in (select s.tabel from staging.cbs_kerncijfers as s, nieuwste as n where s.periode = n.periode)
    group by 1
),

gebieden as (
    select
        s.gebied_code,
        coalesce(c.gebied_naam, s.gebied_code) as gebied_naam,
        niveau(s.gebied_code) as gebied_niveau,
        case when left(s.gebied_code, 2) != 'NL' then 'GM' || substr(s.gebied_code, 3, 4) end as gemeente_code,
        case when left(s.gebied_code, 2) = 'BU' then 'WK' || substr(s.gebied_code, 3, 6) end as wijk_code,
        cast(s.periode as integer) as indeling_jaar,
        s.postcode
    from staging.cbs_kerncijfers as s
    join nieuwste as n on s.periode = n.periode
    left join codes as c on s.gebied_code = c.gebied_code
    where not plaats_onbekend(s.gebied_code)
)

select
    g.gebied_code,
    g.gebied_naam,
    g.gebied_niveau,
    case g.gebied_niveau when 'gemeente' then 'NL00' when 'wijk' then g.gemeente_code when 'buurt' then g.wijk_code end
        as ouder_code,
    g.gemeente_code,
    m.gebied_naam as gemeente_naam,
    g.wijk_code,
    w.gebied_naam as wijk_naam,
    g.indeling_jaar,
    g.postcode
from gebieden as g
left join gebieden as m on g.gemeente_code = m.gebied_code
left join gebieden as w on g.wijk_code = w.gebied_code
order by g.gebied_code
