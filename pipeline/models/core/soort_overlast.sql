/*---
title = "Soorten: overlast"
key = ["soort_overlast"]

[columns]
soort_overlast = "code van de soort"
titel = "titel bij de politie, zonder code"
---*/
select
    code as soort_overlast,
    min(regexp_replace(titel, '^[0-9.]+ ', '')) as titel
from (
    select * from raw.politie_overlast_codes
    union all
    select * from raw.politie_overlast_regio_codes
)
where dimensie = 'Overlast'
group by 1
