/*---
title = "Gebieden en jaren met een andere grens dan nu"
description = "Een cijfer van zo'n jaar gaat over een ander gebied: het doet nergens aan mee. Van de politie geldt dit niet: die rekent elk jaar om naar de nieuwste indeling."
key = ["gebied_code", "periode"]

[columns]
gebied_code = "code van het gebied"
periode = "jaar waarin de grens een andere was, of waarvan niet blijkt dat zij gelijk is"
---*/
select gebied_code, cast(jaar as varchar) as periode
from core.bevolking
where not zelfde_indeling
