/*---
title = "Bevolkingsdichtheid"
kind = "meting"
unit = "inwoners per km²"
theme = "omstandigheden"
order = 13
question = "Hoe dicht wonen mensen op elkaar?"
definition = "Het aantal inwoners per vierkante kilometer land."
short = "Dichtheid"
subject = "inwoners per km²"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar"]

[checks]
accepted_range.waarde = { min = 0, max = 100000 }
---*/

select
    gebied_code,
    periode,
    dichtheid::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from staging.cbs_kerncijfers as k
where dichtheid is not null
-- A year from before a change of boundary is about another area.
and not exists (
    select 1
    from core.bevolking as b
    where b.gebied_code = k.gebied_code and b.jaar::varchar = k.periode and not b.zelfde_indeling
)
