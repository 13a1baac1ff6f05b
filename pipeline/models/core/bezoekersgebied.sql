/*---
title = "Gebieden waar inwoners de verkeerde maat zijn"
description = "Stations, winkelcentra en bedrijventerreinen: in het nieuwste jaar 400 misdrijven of meer per 1.000 inwoners, negen keer zoveel als in het land. Zoveel misdrijven gaan niet alleen over wie er woont. Waar te weinig mensen wonen voor een cijfer per inwoner, is er niets om bij te zeggen."
key = ["gebied_code"]

[columns]
gebied_code = "code van het gebied"
per_1000 = "geregistreerde misdrijven per 1.000 inwoners in het nieuwste jaar"

[checks]
accepted_range.per_1000 = { min = 400, max = 1e9 }
---*/
with misdrijven as (
    select gebied_code, periode, 1000.0 * aantal / nullif(inwoners, 0) as per_1000
    from core.registratie
    where rubriek = 'misdrijf' and soort = '0.0.0' and length(periode) = 4 and not te_weinig_inwoners(inwoners)
)

select gebied_code, per_1000
from misdrijven
where periode = (select max(periode) from misdrijven where per_1000 is not null) and per_1000 >= 400
