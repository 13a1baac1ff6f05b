/*---
title = "Wat de politie registreert, per soort, gebied en periode, met de noemer erbij"
description = "Alleen de soorten die een indicator telt; de andere blijven in staging. De tabel per wijk en buurt gaat voor; de tabel per regio vult gebieden aan die daar ontbreken. Soorten die onder de gemeente verborgen zijn, vallen weg."
key = ["rubriek", "soort", "gebied_code", "periode"]

[columns]
rubriek = "misdrijf of overlast; de codes van soorten zijn daarbinnen uniek"
soort = "code van de soort"
gebied_code = "code van het gebied"
periode = "jaar of maand"
aantal = "aantal registraties"
inwoners = "inwoners, van hooguit twee jaar eerder of later"
huishoudens = "huishoudens, van hooguit twee jaar eerder of later"
tabel = "tabel van de uitgever"

[checks]
not_null = ["aantal"]
accepted_values.rubriek = ["misdrijf", "overlast"]
relationships.gebied_code = "core.gebied.gebied_code"
---*/
with per_buurt as (
    select *
    from (
        select 'misdrijf' as rubriek, * from staging.politie_misdrijven
        union all
        select 'overlast' as rubriek, * from staging.politie_overlast
    )
    semi join project.soort using (rubriek, soort)
),

per_regio as (
    select *
    from (
        select 'misdrijf' as rubriek, * from staging.politie_misdrijven_regio
        union all
        select 'overlast' as rubriek, * from staging.politie_overlast_regio
    )
    semi join project.soort using (rubriek, soort)
),

groot_per_buurt as (
    select rubriek, soort, gebied_code, periode
    from per_buurt
    where left(gebied_code, 2) in ('NL', 'GM')
),

samen as (
    select * from per_buurt
    union all
    select r.*
    from per_regio as r
    anti join groot_per_buurt as b using (rubriek, soort, gebied_code, periode)
    where left(r.gebied_code, 2) in ('NL', 'GM')
)

select
    s.rubriek,
    s.soort,
    s.gebied_code,
    s.periode,
    s.aantal,
    n.inwoners,
    n.huishoudens,
    s.tabel
from samen as s
left join core.noemer as n on s.gebied_code = n.gebied_code and left(s.periode, 4) = n.periode
anti join core.verborgen as v on s.soort = v.soort and left(s.gebied_code, 2) = v.begin
where s.aantal is not null and not plaats_onbekend(s.gebied_code)
