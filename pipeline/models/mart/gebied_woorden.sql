/*---
title = "Het nieuwste cijfer per gebied zoals het geschreven wordt"
description = "De getallen van mart.gebied_profiel en ernaast die van mart.vergelijking, op zijn Nederlands: afgerond, met komma en punten. Leeg waar geen getal is. Voor de gebiedspagina's en het vergelijken; in downloads staan de getallen zelf."
key = ["gebied_code", "indicator"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
decimalen = "cijfers achter de komma; leeg zonder waarde"
cijfer = "de waarde"
onder = "ondergrens van de marge"
boven = "bovengrens van de marge"
gemeente = "de waarde van de gemeente, met het jaar waar dat een ander is"
gemeente_leeg = "waarom die er niet is: de oorzaak, en anders de status"
land = "de waarde van Nederland, met het jaar waar dat een ander is"
land_leeg = "waarom die er niet is: de oorzaak, en anders de status"
vergelijkbaar = "de waarde van de vergelijkbare gebieden samen; leeg als die er niet is"

[checks]
expression_is_true = ["(cijfer is null) = (decimalen is null)", "cijfer is not null or coalesce(onder, boven) is null"]
---*/
with profiel as (
    select
        p.gebied_code,
        p.indicator,
        p.periode,
        p.waarde,
        p.onder,
        p.boven,
        cijferdecimalen(i.kind, i.decimalen, i.voorbehoud, p.waarde, p.onder, p.boven) as decimalen
    from mart.gebied_profiel as p
    join contract.indicator as i on p.indicator = i.indicator
),

naast as (
    select
        v.gebied_code,
        v.indicator,
        v.referentie,
        v.periode,
        coalesce(v.referentie_oorzaak, v.referentie_status) as waarom_leeg,
        cijfertekst(
            v.referentie_waarde,
            cijferdecimalen(i.kind, i.decimalen, i.voorbehoud, v.referentie_waarde, null::double, null::double)
        ) as cijfer
    from mart.vergelijking as v
    join contract.indicator as i on v.indicator = i.indicator
)

select
    p.gebied_code,
    p.indicator,
    p.decimalen,
    cijfertekst(p.waarde, p.decimalen) as cijfer,
    cijfertekst(p.onder, p.decimalen) as onder,
    cijfertekst(p.boven, p.decimalen) as boven,
    g.cijfer || if(g.periode = p.periode, '', ' (' || g.periode || ')') as gemeente,
    if(g.cijfer is null, g.waarom_leeg, null) as gemeente_leeg,
    l.cijfer || if(l.periode = p.periode, '', ' (' || l.periode || ')') as land,
    if(l.cijfer is null, l.waarom_leeg, null) as land_leeg,
    s.cijfer as vergelijkbaar
from profiel as p
left join naast as g
    on p.gebied_code = g.gebied_code and p.indicator = g.indicator and g.referentie = 'gemeente'
left join naast as l
    on p.gebied_code = l.gebied_code and p.indicator = l.indicator and l.referentie = 'land'
left join naast as s
    on p.gebied_code = s.gebied_code and p.indicator = s.indicator and s.referentie = 'vergelijkbaar'
order by p.gebied_code, p.indicator
