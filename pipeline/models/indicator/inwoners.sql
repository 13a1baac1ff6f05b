/*---
title = "Inwoners"
kind = "meting"
unit = "personen"
theme = "omstandigheden"
order = 1
question = "Hoeveel mensen wonen er?"
definition = "Het aantal mensen dat op 1 januari in het gebied woont, volgens de gemeente."
short = "Inwoners"
subject = "inwoners"
richting = "neutraal"
measure = "omstandigheid"
decimals = 0
caveats = ["geen_oorzaak", "ander_jaar", "afronding_cbs"]

[checks]
accepted_range.waarde = { min = 0, max = 25000000 }
---*/

select
    gebied_code,
    periode,
    inwoners::double as waarde,
    null::double as onder,
    null::double as boven,
    tabel
from core.kerncijfers
where inwoners is not null
