/*---
title = "Inwoners en huishoudens per jaar"
description = "Een ouder jaar telt alleen mee voor een gebied als blijkt dat de grens sindsdien gelijk bleef: dezelfde code, geen gemelde grenswijziging in een later jaar, en hetzelfde oppervlak land. Geeft een jaar geen oppervlak, dan volgt het uit inwoners en dichtheid. Een onbekend oppervlak bewijst niets."
key = ["gebied_code", "jaar"]

[columns]
gebied_code = "code van het gebied"
jaar = "jaar van de kerncijfers"
inwoners = "inwoners op 1 januari"
huishoudens = "particuliere huishoudens"
zelfde_indeling = "waar als gebleken is dat de grens gelijk is aan die van de nieuwste indeling"
tabel = "tabel van de uitgever"

[checks]
not_null = ["zelfde_indeling"]
---*/
with land as (
    select
        k.gebied_code,
        k.periode,
        k.inwoners,
        k.huishoudens,
        k.indelingswijziging,
        k.tabel,
        coalesce(k.oppervlakte_land_ha, 100.0 * k.inwoners / nullif(k.dichtheid, 0)) as hectare,
        -- Dichtheid is op een geheel getal afgerond, inwoners van wijken en buurten op vijf.
        case
            when k.oppervlakte_land_ha is not null then 0
            else 0.5 / nullif(k.dichtheid, 0)
                + if(left(k.gebied_code, 2) in ('WK', 'BU'), 2.5 / nullif(k.inwoners, 0), 0)
        end as speling,
        k.periode = max(k.periode) over () as is_nieuwste
    from staging.cbs_kerncijfers as k
),

-- Landmeting en waterpeil verschuiven het oppervlak een paar procent, een nieuwe grens meer. Zegt de afronding zelf
-- al meer dan dat, dan bewijst een gelijk oppervlak niets.
vergeleken as (
    select
        k.gebied_code,
        k.periode,
        bool_or(later.is_nieuwste and later.hectare is not null) and bool_and(
            later.indelingswijziging is distinct from '3'
            and (
                later.hectare is null
                or coalesce(
                    k.speling <= 0.05
                    and abs(later.hectare - k.hectare) <= greatest(2, (0.05 + k.speling) * later.hectare),
                    false
                )
            )
        ) as gelijk
    from land as k
    join land as later on k.gebied_code = later.gebied_code and k.periode < later.periode
    group by k.gebied_code, k.periode
)

select
    k.gebied_code,
    cast(k.periode as integer) as jaar,
    k.inwoners,
    k.huishoudens,
    k.is_nieuwste or coalesce(v.gelijk, false) as zelfde_indeling,
    k.tabel
from land as k
join core.gebied as g on k.gebied_code = g.gebied_code
left join vergeleken as v on k.gebied_code = v.gebied_code and k.periode = v.periode
