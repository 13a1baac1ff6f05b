/*---
title = "Waarom een gebied voor een jaar geen noemer heeft"
description = "Alleen jaren waarvoor de opslag ergens een noemer heeft. In andere jaren heeft geen enkel gebied er een."
key = ["gebied_code", "periode", "soort"]

[columns]
gebied_code = "code van het gebied"
periode = "jaar waarvoor een noemer ontbreekt"
soort = "inwoners of huishoudens"
oorzaak = "sleutel van reference.voorbehouden"

[checks]
accepted_values.oorzaak = ["andere_grens", "noemer_onbekend", "noemer_ander_niveau", "noemer_jaar_ontbreekt"]
---*/
with bekend as (
    select niveau(gebied_code) as gebied_niveau, jaar, count(inwoners) > 0 as inwoners, count(huishoudens) > 0 as huishoudens
    from core.bevolking
    group by all
),

geteld as (
    select gebied_niveau, jaar, 'inwoners' as soort from bekend where inwoners
    union all
    select gebied_niveau, jaar, 'huishoudens' as soort from bekend where huishoudens
),

jaren as (
    select distinct periode, cast(periode as integer) as jaar from core.noemer
),

-- Van welke jaren het niveau zo'n noemer heeft, hooguit twee jaar ernaast.
dichtbij as (
    select j.periode, t.soort, t.gebied_niveau, t.jaar
    from jaren as j
    join geteld as t on abs(t.jaar - j.jaar) <= 2
),

zonder as (
    select g.gebied_code, g.gebied_niveau, j.periode, s.soort
    from core.gebied as g
    cross join jaren as j
    cross join (values ('inwoners'), ('huishoudens')) as s (soort)
    left join core.noemer as n on g.gebied_code = n.gebied_code and j.periode = n.periode
    where if(s.soort = 'inwoners', n.inwoners, n.huishoudens) is null
)

select
    z.gebied_code,
    z.periode,
    z.soort,
    case
        when count(d.jaar) > 0 and coalesce(bool_or(b.zelfde_indeling), false) then 'noemer_onbekend'
        when count(d.jaar) > 0 then 'andere_grens'
        when exists (select 1 from dichtbij as a where a.periode = z.periode and a.soort = z.soort)
            then 'noemer_ander_niveau'
        else 'noemer_jaar_ontbreekt'
    end as oorzaak
from zonder as z
left join dichtbij as d on z.periode = d.periode and z.soort = d.soort and z.gebied_niveau = d.gebied_niveau
left join core.bevolking as b on z.gebied_code = b.gebied_code and d.jaar = b.jaar
group by z.gebied_code, z.periode, z.soort
