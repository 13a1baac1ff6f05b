/*---
title = "Mantelzorgers"
kind = "meting"
unit = "%"
theme = "leefbaarheid"
order = 3
question = "Hoeveel volwassenen geven mantelzorg?"
definition = "Het deel van de volwassenen dat langere tijd voor een naaste zorgt."
short = "Mantelzorg"
subject = "volwassenen die mantelzorg geven"
richting = "neutraal"
measure = "omstandigheid"
decimals = 1
caveats = ["modelschatting", "vanaf_18", "geen_marge", "corona", "geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    mantelzorg::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.rivm_gezondheid as k
where mantelzorg is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
