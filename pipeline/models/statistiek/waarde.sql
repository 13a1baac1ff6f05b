/*---
title = "Elke waarde van een periode die voorbij is"
description = "Tellingen en metingen onder elkaar. Een telling over een jaar of maand die bij de stand van de bron nog liep, valt weg: wat nog niet gebeurd is, is geen nul. Een meting geldt voor een moment of een onderzoek en hoeft niet te wachten tot het jaar om is."
key = ["indicator", "gebied_code", "periode"]

[columns]
indicator = "naam van de indicator"
gebied_code = "code van het gebied"
periode = "jaar of maand"
teller = "aantal; leeg bij een meting"
noemer = "waardoor gedeeld wordt; leeg bij een meting of als die niet bekend is"
waarde = "gemeten waarde; leeg bij een telling"
onder = "ondergrens die de bron bij de waarde geeft"
boven = "bovengrens die de bron bij de waarde geeft"
tabel = "tabel van de uitgever"
begin = "eerste dag van de periode"
stand = "dag van de stand van de bron, en anders van het ophalen; leeg als beide niet bekend zijn"

[checks]
expression_is_true = ["stand is null or begin <= stand"]
---*/
with waarden as not materialized (
    select indicator, gebied_code, periode, teller, noemer, null as waarde, null as onder, null as boven, tabel
    from contract.verhouding
    union all
    select indicator, gebied_code, periode, null, null, waarde, onder, boven, tabel
    from contract.meting
),

standen as (
    select tabel, max(stand_van(modified, fetched_at)) as stand
    from contract.snapshot
    group by tabel
),

gedateerd as (
    select
        w.*,
        eerste_dag(w.periode) as begin,
        i.kind = 'verhouding' and i.meetwijze != 'omstandigheid' as telt,
        s.stand
    from waarden as w
    join contract.indicator as i on w.indicator = i.indicator
    left join standen as s on w.tabel = s.tabel
)

select indicator, gebied_code, periode, teller, noemer, waarde, onder, boven, tabel, begin, stand
from gedateerd
-- Wat na de stand van de bron begint, blijft staan voor de controle: die noemt het.
where not telt or not loopt_nog(periode, stand)
