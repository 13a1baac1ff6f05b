/*---
title = "Soorten: misdrijf"
key = ["soort_misdrijf"]

[columns]
soort_misdrijf = "code van de soort"
titel = "titel bij de politie, zonder code"
---*/
select
    code as soort_misdrijf,
    min(regexp_replace(titel, '^[0-9.]+ ', '')) as titel
from (
    select * from raw.politie_misdrijven_codes
    union all
    select * from raw.politie_misdrijven_regio_codes
)
where dimensie = 'SoortMisdrijf'
group by 1
