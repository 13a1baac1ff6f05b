/*---
title = "Regie over het eigen leven"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 4
question = "Hoeveel volwassenen ervaren regie over hun leven?"
definition = "Het deel van de volwassenen dat matig of veel regie ervaart over het eigen leven."
short = "Regie over eigen leven"
subject = "volwassenen met regie over hun leven"
richting = "hoger_is_gunstiger"
measure = "omstandigheid"
decimals = 1
caveats = ["modelschatting", "vanaf_18", "geen_marge", "corona", "geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    regie::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.rivm_gezondheid as k
where regie is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
