/*---
title = "Hoeveel mensen er ongeveer zijn, naast hoeveel er wonen"
description = "Een grove schatting per buurt, uit de nieuwste kerncijfers: inwoners plus adressen. De adressen volgen uit de dichtheid in de omgeving maal het land, tot 300 hectare: een polder is geen stad. Ook een winkel of bedrijf is een adres. Van een wijk is het de som van haar buurten."
key = ["gebied_code"]

[columns]
gebied_code = "code van de buurt of wijk"
inwoners = "inwoners"
huishoudens = "huishoudens; leeg als die niet van alle buurten bekend zijn"
aanwezig = "inwoners plus adressen"

[checks]
expression_is_true = ["aanwezig >= inwoners"]
---*/
with buurten as (
    select
        g.gebied_code,
        g.wijk_code,
        k.inwoners,
        k.huishoudens,
        k.inwoners + k.omgevingsadressendichtheid * least(k.oppervlakte_land_ha, 300) / 100.0 as aanwezig
    from core.gebied as g
    left join staging.cbs_kerncijfers as k
        on g.gebied_code = k.gebied_code and k.periode = (select max(periode) from staging.cbs_kerncijfers)
    where g.gebied_niveau = 'buurt'
)

select gebied_code, inwoners, huishoudens, aanwezig
from buurten
where aanwezig is not null
union all
select
    wijk_code,
    cast(sum(inwoners) as bigint),
    if(count(*) = count(huishoudens), cast(sum(huishoudens) as bigint), null),
    sum(aanwezig order by gebied_code)
from buurten
group by wijk_code
having count(*) = count(aanwezig)
