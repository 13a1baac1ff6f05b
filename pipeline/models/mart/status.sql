/*---
title = "Waarom een cijfer er wel of niet staat"
description = "De enige plaats waar dat beslist wordt. Alle gebieden van een niveau staan in elke reeks van dat niveau. De getallen zijn hier nog heel; mart.cijfer laat weg wat de status niet toelaat."
key = ["reeks_nr", "gebied_code"]

[columns]
gebied_code = "code van het gebied"
reeks_nr = "nummer van de reeks"
tabel = "tabel van de uitgever"
noemer_soort = "waar door gedeeld is; leeg als die niet bekend is"
noemer_jaar = "jaar van de noemer"
teller = "aantal"
noemer = "waar door gedeeld is"
waarde = "cijfer in de eenheid"
onder = "ondergrens van de marge"
boven = "bovengrens van de marge"
status = "de reden"
oorzaak = "wat er achter zit, als sleutel van reference.voorbehouden: van een noemer die ontbreekt, of van een cijfer dat niet in deze opslag zit; leeg als de status alles zegt"
voorlopig = "waar als het aantal nog verandert, ook zonder verhouding"
reden = "sleutels van voorbehouden die alleen bij deze cel horen, met die van de oorzaak; leeg bij de meeste"

[checks]
not_null = ["status", "voorlopig"]
expression_is_true = ["oorzaak is null or status in ('geen_noemer', 'ontbreekt')"]
---*/
with rooster as (
    select g.gebied_code, g.gemeente_code, r.nr as reeks_nr
    from mart.reeks as r
    join core.gebied as g
        on r.gebied_niveau = g.gebied_niveau and (r.alleen_in is null or r.alleen_in = g.gemeente_code)
),

genummerd as (
    select r.nr as reeks_nr, w.gebied_code, w.teller, w.noemer, w.waarde, w.onder, w.boven, w.tabel
    from statistiek.waarde as w
    join core.gebied as g on w.gebied_code = g.gebied_code
    join mart.reeks as r
        on w.indicator = r.indicator and w.periode = r.periode and g.gebied_niveau = r.gebied_niveau
        and (r.alleen_in is null or r.alleen_in = g.gemeente_code)
),

leeg as (
    select r.nr as reeks_nr, l.gebied_code, l.status, nullif(l.reden, '') as reden
    from contract.gemeente_leeg as l
    join core.gebied as g on l.gebied_code = g.gebied_code
    join mart.reeks as r
        on l.indicator = r.indicator and l.periode = r.periode and g.gebied_niveau = r.gebied_niveau
        and r.alleen_in = g.gemeente_code
),

beoordeeld as (
    select
        c.gebied_code,
        c.gemeente_code,
        c.reeks_nr,
        coalesce(w.tabel, r.tabel) as tabel,
        case when w.noemer is not null then r.noemer_soort end as noemer_soort,
        case when w.noemer is not null
            then case r.noemer_soort when 'inwoners' then n.inwoners_jaar when 'huishoudens' then n.huishoudens_jaar end
        end as noemer_jaar,
        w.teller,
        w.noemer,
        case when r.is_verhouding then w.teller * r.per / w.noemer else w.waarde end as waarde,
        case when r.is_verhouding
            then marge_onder(w.teller, s.onder, r.a, r.b) * r.per / w.noemer else w.onder
        end as onder,
        case when r.is_verhouding
            then marge_boven(w.teller, s.boven, r.a, r.b) * r.per / w.noemer else w.boven
        end as boven,
        case
            when r.verborgen then 'verborgen'
            when l.status is not null then l.status
            when coalesce(w.teller, w.waarde) is null then 'ontbreekt'
            when r.beschermd and w.teller between 1 and 4 then 'minder_dan_5'
            when r.is_verhouding and w.noemer is null then 'geen_noemer'
            when r.is_verhouding and (te_weinig_inwoners(n.inwoners) or w.noemer = 0) then 'te_klein'
            when r.voorlopig then 'voorlopig'
            else 'ok'
        end as status,
        l.reden
    from rooster as c
    join mart.reeks as r on c.reeks_nr = r.nr
    left join genummerd as w on c.gebied_code = w.gebied_code and c.reeks_nr = w.reeks_nr
    left join leeg as l on c.gebied_code = l.gebied_code and c.reeks_nr = l.reeks_nr
    left join core.noemer as n on c.gebied_code = n.gebied_code and r.jaar = n.periode
    left join statistiek.marge as s on w.teller = s.teller
),

-- Wat van de reeks afhangt: of het jaar een andere grens kan hebben, en wat een leeg vak anders betekent.
uitleg as (
    select
        r.nr as reeks_nr,
        cast(r.jaar as integer) as jaar,
        r.noemer_soort,
        r.voorlopig,
        i.meetwijze = 'omstandigheid' and r.jaar in (select cast(jaar as varchar) from core.bevolking) as grens_telt,
        case
            when r.alleen_in is not null then null
            -- Van de bron zelf is bekend dat zij dit voor kleine gebieden leeg laat.
            when list_contains(string_split(r.voorbehoud, ';'), 'klein_gebied_leeg')
                and r.gebied_niveau in ('wijk', 'buurt') then null
            when v.opslag = 'voorbeeld' then 'niet_in_voorbeeld'
            else 'niet_in_opslag'
        end as leeg_is
    from mart.reeks as r
    join contract.indicator as i on r.indicator = i.indicator
    cross join contract.bouw as v
),

-- Opgehaald wordt per gemeente: heeft de tabel in een periode iets uit de gemeente, dan gaf de bron de rest niet.
opgehaald as (
    select distinct r.nr as reeks_nr, w.gemeente_code
    from (
        select distinct w.tabel, w.periode, coalesce(g.gemeente_code, g.gebied_code) as gemeente_code
        from statistiek.waarde as w
        join core.gebied as g on w.gebied_code = g.gebied_code
        where (select opslag from contract.bouw) = 'live'
    ) as w
    join mart.reeks as r on w.tabel = r.tabel and w.periode = r.periode
),

-- Alleen lege cellen zoeken verder: een sleutel die leeg is, kost een join niets.
uitgelegd as (
    select
        s.*,
        case
            when s.status = 'geen_noemer' then coalesce(o.oorzaak, 'noemer_jaar_ontbreekt')
            when s.status != 'ontbreekt' then null
            when u.grens_telt and b.gebied_code is null then 'andere_grens'
            when f.reeks_nr is null then u.leeg_is
        end as oorzaak,
        u.voorlopig and s.teller is not null as voorlopig
    from beoordeeld as s
    join uitleg as u on s.reeks_nr = u.reeks_nr
    left join core.noemer_ontbreekt as o
        on if(s.status = 'geen_noemer', s.gebied_code, null) = o.gebied_code
        and cast(u.jaar as varchar) = o.periode and u.noemer_soort = o.soort
    left join (select gebied_code, jaar from core.bevolking where zelfde_indeling) as b
        on if(s.status = 'ontbreekt' and u.grens_telt, s.gebied_code, null) = b.gebied_code and u.jaar = b.jaar
    left join opgehaald as f
        on if(s.status = 'ontbreekt', s.reeks_nr, null) = f.reeks_nr
        and coalesce(s.gemeente_code, s.gebied_code) = f.gemeente_code
)

select
    * exclude (gemeente_code, reden),
    coalesce(
        reden,
        nullif(
            concat_ws(
                ';',
                oorzaak,
                -- Zonder verhouding zegt de status iets anders dan dat het aantal voorlopig is.
                if(voorlopig and status not in ('voorlopig', 'verborgen', 'minder_dan_5'), 'voorlopig_aantal', null)
            ),
            ''
        )
    ) as reden
from uitgelegd
