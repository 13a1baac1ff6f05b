/*---
title = "Elk cijfer met zijn marge, status en herkomst"
description = "De gepubliceerde tabel. Voor elke indicator, elk niveau en elke periode waarvoor de bron iets geeft, staan alle gebieden van dat niveau er in; een leeg cijfer heeft een status die zegt waarom."
key = ["gebied_code", "indicator", "periode"]

[columns]
gebied_code = "Code van het gebied, als tekst. NL00 is Nederland, GM een gemeente, WK een wijk, BU een buurt."
gebied_naam = "Naam van het gebied. Namen zijn niet uniek; gebruik de code."
gebied_niveau = "Land, gemeente, wijk of buurt."
indeling_jaar = "Jaar van de indeling in wijken en buurten."
indicator = "Naam van de indicator; elke indicator heeft een eigen pagina."
periode = "Jaar (2022) of maand (2022-03) waar het cijfer over gaat."
teller = "Het aantal. Leeg bij metingen en bij cijfers die niet bekend of niet te tonen zijn."
noemer = "Waar door gedeeld is: inwoners of huishoudens. Leeg als die niet bekend zijn."
waarde = "Het cijfer in de eenheid: bij een verhouding de teller gedeeld door de noemer, maal de eenheid."
onder = "Ondergrens van de marge van 95 procent, in de eenheid. Leeg als er geen marge is."
boven = "Bovengrens van de marge van 95 procent, in de eenheid. Leeg als er geen marge is."
eenheid = "Eenheid van waarde, onder en boven."
status = "Waarom een cijfer er wel of niet staat."
breuk = "Maand waarin de reeks een breuk heeft, als die in deze periode valt. Vergelijk niet over een breuk heen."
bron = "Uitgever en tabel van de teller of de meting."
vintage = "Stand van de bron; bij een verhouding ook het jaar van de noemer."
voorbehoud = "Sleutels van de voorbehouden die bij het cijfer horen, gescheiden door puntkomma's."
noemer_jaar = "Jaar van de noemer."
tabel = "Tabel van de uitgever."

[checks]
not_null = ["gebied_naam", "gebied_niveau", "eenheid", "status"]
accepted_values.status = ["ok", "te_klein", "geen_noemer", "ontbreekt", "verborgen", "minder_dan_5", "voorlopig"]
relationships.gebied_code = "core.gebied.gebied_code"
expression_is_true = [
    "onder is null or (onder <= waarde and waarde <= boven)",
    "status in ('ok', 'voorlopig') or waarde is null",
    "status != 'ok' or waarde is not null",
    "status not in ('ontbreekt', 'verborgen', 'minder_dan_5') or teller is null",
]
row_count.min = 1
---*/
with gemeten as (
    select indicator, gebied_code, periode, tabel from contract.verhouding
    union all
    select indicator, gebied_code, periode, tabel from contract.meting
),

rooster as (
    select
        m.indicator,
        g.gebied_niveau,
        m.periode,
        -- What one gemeente publishes is not missing in another.
        case when i.meetwijze = 'gemeente' then g.gemeente_code end as alleen_in,
        max(m.tabel) as tabel
    from gemeten as m
    join core.gebied as g on m.gebied_code = g.gebied_code
    join contract.indicator as i on m.indicator = i.indicator
    group by all
),

cellen as (
    select
        g.gebied_code,
        g.gebied_naam,
        g.gebied_niveau,
        g.indeling_jaar,
        r.indicator,
        r.periode,
        coalesce(v.tabel, m.tabel, r.tabel) as tabel,
        i.kind,
        i.per,
        i.eenheid,
        i.voorbehoud,
        v.teller,
        v.noemer,
        case i.noemer_soort when 'inwoners' then n.inwoners_jaar when 'huishoudens' then n.huishoudens_jaar end
            as noemer_jaar,
        i.noemer_soort,
        m.waarde,
        m.onder,
        m.boven,
        case
            when exists (
                select 1 from reference.verborgen as h where h.indicator = r.indicator and h.niveau = g.gebied_niveau
            ) then 'verborgen'
            when coalesce(v.teller, m.waarde) is null then 'ontbreekt'
            -- Een wijk kan uit één buurt bestaan; haar aantal is dan dat van de buurt.
            when i.gevoelig and (g.gebied_niveau in ('buurt', 'wijk') or i.meetwijze = 'gemeente')
                and v.teller between 1 and 4 then 'minder_dan_5'
            when i.kind = 'verhouding' and v.noemer is null then 'geen_noemer'
            when i.kind = 'verhouding' and (n.inwoners < 50 or v.noemer = 0) then 'te_klein'
            when exists (
                select 1 from reference.voorlopig as p where p.indicator = r.indicator and p.periode = r.periode
            ) then 'voorlopig'
            else 'ok'
        end as status
    from rooster as r
    join core.gebied as g
        on r.gebied_niveau = g.gebied_niveau and (r.alleen_in is null or r.alleen_in = g.gemeente_code)
    join contract.indicator as i on r.indicator = i.indicator
    left join contract.verhouding as v
        on r.indicator = v.indicator and g.gebied_code = v.gebied_code and r.periode = v.periode
    left join contract.meting as m
        on r.indicator = m.indicator and g.gebied_code = m.gebied_code and r.periode = m.periode
    left join core.noemer as n on g.gebied_code = n.gebied_code and left(r.periode, 4) = n.periode
),

-- De tekst van bron en stand hangt alleen van tabel en noemer af: enkele tientallen, geen miljoenen.
herkomst as (
    select
        p.tabel,
        n.noemer_soort,
        n.noemer_jaar,
        p.publisher || ' ' || p.tabel as bron,
        coalesce(p.modified, 'datum niet vermeld')
            || case when p.reconstructed like '%TableInfos%' then ' (herleid)' else '' end
            || coalesce('; ' || n.noemer_soort || ' ' || n.noemer_jaar, '') as vintage
    from contract.snapshot as p,
        (
            select distinct
                case when noemer is not null then noemer_soort end as noemer_soort,
                case when noemer is not null then noemer_jaar end as noemer_jaar
            from cellen
        ) as n
),

breuken as (
    select indicator, periode, string_agg(datum, ';' order by datum) as breuk
    from (
        select distinct r.indicator, r.periode, b.datum
        from rooster as r
        join reference.breuken as b on r.indicator = b.indicator and starts_with(b.datum, r.periode)
    )
    group by all
)

select
    c.gebied_code,
    c.gebied_naam,
    c.gebied_niveau,
    c.indeling_jaar,
    c.indicator,
    c.periode,
    case when c.status not in ('verborgen', 'minder_dan_5') then c.teller end as teller,
    case when c.status not in ('verborgen', 'ontbreekt') then c.noemer end as noemer,
    case when c.status in ('ok', 'voorlopig')
        then round(case c.kind when 'verhouding' then c.teller * c.per / c.noemer else c.waarde end, 4)
    end as waarde,
    case when c.status in ('ok', 'voorlopig')
        then round(case c.kind when 'verhouding' then s.onder * c.per / c.noemer else c.onder end, 4)
    end as onder,
    case when c.status in ('ok', 'voorlopig')
        then round(case c.kind when 'verhouding' then s.boven * c.per / c.noemer else c.boven end, 4)
    end as boven,
    c.eenheid,
    c.status,
    b.breuk,
    h.bron,
    h.vintage,
    c.voorbehoud,
    case when c.noemer is not null then c.noemer_jaar end as noemer_jaar,
    c.tabel
from cellen as c
left join statistiek.marge as s on c.teller = s.teller
left join herkomst as h
    on c.tabel = h.tabel
    and case when c.noemer is not null then c.noemer_soort end is not distinct from h.noemer_soort
    and case when c.noemer is not null then c.noemer_jaar end is not distinct from h.noemer_jaar
left join breuken as b on c.indicator = b.indicator and c.periode = b.periode
order by c.gebied_code, c.indicator, c.periode
