/*---
title = "Het nieuwste cijfer per gebied en indicator"
description = "Jaarcijfers. Het nieuwste jaar met een waarde; is er geen, dan het nieuwste jaar met een aantal, en anders het nieuwste lege. Wonen er in het nieuwste jaar met een aantal te weinig mensen, dan is het dat jaar: een oud cijfer per inwoner zegt daar niets meer."
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
oorzaak = "wat er achter de status zit; leeg als die alles zegt"
voorlopig = "waar als het aantal nog verandert"
tabel = "tabel van de uitgever"
vintage = "stand van de bron en jaar van de noemer"

[checks]
not_null = ["status"]
---*/
with nieuwste as (
    select
        gebied_code,
        indicator,
        coalesce(
            case
                when arg_max(status, periode) filter (where teller is not null) = 'te_klein'
                    then max(periode) filter (where teller is not null)
            end,
            max(periode) filter (where waarde is not null),
            max(periode) filter (where teller is not null),
            max(periode)
        ) as periode
    from mart.cijfer
    where length(periode) = 4
    group by gebied_code, indicator
)

select
    c.gebied_code,
    c.indicator,
    c.periode,
    c.teller,
    c.noemer,
    c.noemer_jaar,
    c.waarde,
    c.onder,
    c.boven,
    c.status,
    c.oorzaak,
    c.voorlopig,
    c.tabel,
    c.vintage
from mart.cijfer as c
semi join nieuwste as n on c.gebied_code = n.gebied_code and c.indicator = n.indicator and c.periode = n.periode
order by c.gebied_code, c.indicator
