/*---
title = "Misdrijven naast wat bij de omstandigheden past"
description = "Van statistiek.verwacht, waar het aantal gepubliceerd is. Gaat samen met, nooit: komt door."
key = ["gebied_code"]

[columns_as_in]
"statistiek.verwacht" = ["gebied_code", "periode", "teller", "verwacht", "onder", "boven", "ernaast", "doorsnee", "drukte", "wonen"]

[columns]
verhouding = "teller gedeeld door verwacht"
oordeel = "meer of minder als de verhouding buiten de grenzen ligt, en anders gewoon"

[checks]
accepted_values.oordeel = ["meer", "gewoon", "minder"]
---*/
select
    v.*,
    v.teller / v.verwacht as verhouding,
    case
        when v.teller / v.verwacht > v.boven then 'meer'
        when v.teller / v.verwacht < v.onder then 'minder'
        else 'gewoon'
    end as oordeel
from statistiek.verwacht as v
join mart.cijfer as c
    on v.gebied_code = c.gebied_code and v.periode = c.periode and c.indicator = 'misdrijven'
where c.teller is not null
order by v.gebied_code
