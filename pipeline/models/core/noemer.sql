/*---
title = "Noemer per gebied en jaar"
description = "Inwoners en huishoudens van het dichtstbijzijnde jaar binnen twee jaar, bij gelijke grens. Liggen twee jaren even ver, dan het nieuwste."
key = ["gebied_code", "periode"]

[columns]
gebied_code = "code van het gebied"
periode = "jaar waarvoor de noemer dient"
inwoners = "inwoners; leeg als er binnen twee jaar geen bekend zijn"
inwoners_jaar = "jaar van die inwoners"
huishoudens = "huishoudens; leeg als er binnen twee jaar geen bekend zijn"
huishoudens_jaar = "jaar van die huishoudens"
---*/
with jaren as (
    select distinct b.jaar + v.verschil as jaar
    from core.bevolking as b, (values (-2), (-1), (0), (1), (2)) as v (verschil)
)

select
    b.gebied_code,
    cast(j.jaar as varchar) as periode,
    arg_min(b.inwoners, 10 * abs(b.jaar - j.jaar) - (b.jaar > j.jaar)::integer) as inwoners,
    arg_min(b.jaar, 10 * abs(b.jaar - j.jaar) - (b.jaar > j.jaar)::integer)
        filter (b.inwoners is not null) as inwoners_jaar,
    arg_min(b.huishoudens, 10 * abs(b.jaar - j.jaar) - (b.jaar > j.jaar)::integer) as huishoudens,
    arg_min(b.jaar, 10 * abs(b.jaar - j.jaar) - (b.jaar > j.jaar)::integer)
        filter (b.huishoudens is not null) as huishoudens_jaar
from core.bevolking as b
join jaren as j on abs(b.jaar - j.jaar) <= 2
where b.zelfde_indeling
group by 1, 2
