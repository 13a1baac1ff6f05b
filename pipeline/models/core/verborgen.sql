/*---
title = "Soorten die de bron onder de gemeente verbergt"
description = "Een verborgen soort komt voor wijken en buurten nergens in, ook niet als de bron er een nul bij zet."
key = ["soort", "begin"]

[columns]
soort = "code van de soort misdrijf of overlast"
begin = "eerste letters van de codes waarvoor de soort verborgen is: WK (wijken) of BU (buurten)"
---*/
select distinct
    soort,
    case niveau when 'wijk' then 'WK' when 'buurt' then 'BU' end as begin
from reference.verborgen
-- Een soort met een indicator laat deze site zelf weg: die staat in de reeks, met de reden.
where niveau in ('wijk', 'buurt') and soort is not null and indicator is null
