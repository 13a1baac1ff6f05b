/*---
title = "Inwoners en huishoudens per jaar"
description = "Een ouder jaar telt alleen mee voor een gebied als de grens sindsdien gelijk bleef: dezelfde code, geen gemelde grenswijziging in een later jaar, en hetzelfde oppervlak land waar dat bekend is."
key = ["gebied_code", "jaar"]

[columns]
gebied_code = "code van het gebied"
jaar = "jaar van de kerncijfers"
inwoners = "inwoners op 1 januari"
huishoudens = "particuliere huishoudens"
zelfde_indeling = "waar als de grens gelijk is aan die van de nieuwste indeling"
tabel = "tabel van de uitgever"

[checks]
not_null = ["zelfde_indeling"]
---*/
select
    k.gebied_code,
    cast(k.periode as integer) as jaar,
    k.inwoners,
    k.huishoudens,
    not exists (
        select 1
        from staging.cbs_kerncijfers as later
        where later.gebied_code = k.gebied_code and later.periode > k.periode
            and (
                later.indelingswijziging = '3'
                -- Landmeting en waterpeil verschuiven het oppervlak een paar procent, een nieuwe grens meer.
                or abs(later.oppervlakte_land_ha - k.oppervlakte_land_ha)
                    > greatest(2, 0.05 * later.oppervlakte_land_ha)
            )
    ) as zelfde_indeling,
    k.tabel
from staging.cbs_kerncijfers as k
join core.gebied as g on k.gebied_code = g.gebied_code
