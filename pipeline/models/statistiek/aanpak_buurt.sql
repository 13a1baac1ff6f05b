/*---
title = "Buurten van een aanpak en buurten eromheen"
description = "Een buurt om een aanpak heen raakt een buurt erin. Om een hele gemeente wordt geen ring gerekend."
key = ["aanpak", "buurt_code"]

[columns]
aanpak = "naam van de aanpak"
buurt_code = "code van de buurt"
rol = "aanpak of omgeving"
start = "eerste dag van de aanpak in deze buurt, of in de eerste die zij raakt; leeg als die niet gekozen is"

[checks]
accepted_values.rol = ["aanpak", "omgeving"]
---*/
with binnen as (
    select a.aanpak, b.gebied_code as buurt_code, a.start, left(a.gebied_code, 2) = 'GM' as heel
    from contract.aanpak_gebied as a
    join core.gebied as b
        on b.gebied_niveau = 'buurt' and a.gebied_code in (b.gebied_code, b.wijk_code, b.gemeente_code)
    where a.rol = 'aanpak'
),

omgeving as (
    select b.aanpak, n.buur_code as buurt_code, min(b.start) as start
    from binnen as b
    join statistiek.buren as n on b.buurt_code = n.buurt_code
    where not b.heel
    group by b.aanpak, n.buur_code
)

select aanpak, buurt_code, 'aanpak' as rol, start
from binnen
union all
select o.aanpak, o.buurt_code, 'omgeving' as rol, o.start
from omgeving as o
anti join binnen as b on o.aanpak = b.aanpak and o.buurt_code = b.buurt_code
order by aanpak, rol, buurt_code
