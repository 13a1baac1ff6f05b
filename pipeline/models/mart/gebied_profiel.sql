/*---
title = "Het nieuwste cijfer per gebied en indicator"
description = "Jaarcijfers. Het nieuwste jaar met een waarde; is er geen, dan het nieuwste jaar met een aantal, en anders het nieuwste lege."
key = ["gebied_code", "indicator"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
periode = "jaar van het cijfer"
teller = "aantal"
noemer = "waar door gedeeld is"
noemer_jaar = "jaar van de noemer"
waarde = "cijfer in de eenheid"
onder = "ondergrens van de marge"
boven = "bovengrens van de marge"
status = "waarom het cijfer er wel of niet staat"
tabel = "tabel van de uitgever"
vintage = "stand van de bron en jaar van de noemer"

[checks]
not_null = ["status"]
---*/
select gebied_code, indicator, periode, teller, noemer, noemer_jaar, waarde, onder, boven, status, tabel, vintage
from mart.cijfer
where length(periode) = 4
qualify row_number() over (
    partition by gebied_code, indicator
    order by (waarde is not null) desc, (teller is not null) desc, periode desc
) = 1
order by gebied_code, indicator
