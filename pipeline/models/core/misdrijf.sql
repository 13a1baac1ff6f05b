/*---
title = "Misdrijven per soort, gebied en periode, met de noemer erbij"
description = "De tabel per wijk en buurt gaat voor; de tabel per regio vult gebieden aan die daar ontbreken. Soorten die onder de gemeente verborgen zijn, vallen weg."
key = ["soort_misdrijf", "gebied_code", "periode"]

[columns]
soort_misdrijf = "code van de soort"
gebied_code = "code van het gebied"
periode = "jaar of maand"
aantal = "aantal registraties"
inwoners = "inwoners, van hooguit twee jaar eerder of later"
huishoudens = "huishoudens, van hooguit twee jaar eerder of later"
tabel = "tabel van de uitgever"

[checks]
not_null = ["aantal"]
relationships.gebied_code = "core.gebied.gebied_code"
---*/
with samen as (
    select * from staging.politie_misdrijven
    union all
    select r.*
    from staging.politie_misdrijven_regio as r
    anti join staging.politie_misdrijven as b using (soort_misdrijf, gebied_code, periode)
    where left(r.gebied_code, 2) in ('NL', 'GM')
)

select
    s.soort_misdrijf,
    s.gebied_code,
    s.periode,
    s.aantal,
    n.inwoners,
    n.huishoudens,
    s.tabel
from samen as s
left join core.noemer as n on s.gebied_code = n.gebied_code and left(s.periode, 4) = n.periode
anti join core.verborgen as v on s.soort_misdrijf = v.soort and left(s.gebied_code, 2) = v.begin
where s.aantal is not null and not plaats_onbekend(s.gebied_code)
