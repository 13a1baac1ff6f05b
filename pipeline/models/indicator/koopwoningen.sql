/*---
title = "Koopwoningen"
kind = "meting"
unit = "%"
theme = "omstandigheden"
order = 6
question = "Hoeveel woningen zijn koopwoningen?"
definition = "Het deel van de woningen dat van de bewoner zelf is."
short = "Koopwoningen"
subject = "koopwoningen"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar", "klein_gebied_leeg"]

[checks]
accepted_range.waarde = { min = 0, max = 100 }
---*/

select
    gebied_code,
    periode,
    koopwoningen_pct::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.cbs_kerncijfers as k
where koopwoningen_pct is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
