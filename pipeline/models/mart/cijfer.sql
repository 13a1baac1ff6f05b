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
onder = "Ondergrens van de marge van 95 procent, in de eenheid. Bij aantallen is dat toeval en gewone schommeling samen. Leeg als er geen marge is."
boven = "Bovengrens van de marge van 95 procent, in de eenheid. Leeg als er geen marge is."
eenheid = "Eenheid van waarde, onder en boven."
status = "Waarom een cijfer er wel of niet staat."
breuk = "Maand waarin de reeks een breuk heeft, als die in deze periode valt. Vergelijk niet over een breuk heen."
bron = "Uitgever en tabel van de teller of de meting."
vintage = "Stand van de bron; bij een verhouding ook het jaar van de noemer."
voorbehoud = "Sleutels van de voorbehouden die bij het cijfer horen, gescheiden door puntkomma's. Achter een dubbele punt staat een dag of een aantal."
noemer_jaar = "Jaar van de noemer."
oorzaak = "Wat er achter de status zit, als sleutel van een voorbehoud; leeg als de status alles zegt."
voorlopig = "Waar als het aantal nog verandert, ook als er geen verhouding is."
tabel = "Tabel van de uitgever."

[checks]
not_null = ["gebied_naam", "gebied_niveau", "eenheid", "status", "bron", "vintage", "tabel"]
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
with noemerjaren as (
    select 'inwoners' as soort, inwoners_jaar as jaar from core.noemer
    union
    select 'huishoudens', huishoudens_jaar from core.noemer
    union
    select unnest(['inwoners', 'huishoudens', null]), null
),

-- De tekst van bron en stand hangt alleen van tabel en noemer af: enkele tientallen, geen miljoenen.
herkomst as (
    select
        cast(row_number() over (order by t.tabel, n.soort, n.jaar) as integer) as nr,
        t.tabel,
        n.soort as noemer_soort,
        n.jaar as noemer_jaar,
        bron_naam(p.publisher, p.tabel) as bron,
        coalesce(p.modified, 'datum niet vermeld')
            || case when p.reconstructed like '%TableInfos%' then ' (herleid)' else '' end
            || coalesce('; ' || n.soort || ' ' || n.jaar, '') as vintage
    from (select distinct tabel from mart.status) as t
    cross join noemerjaren as n
    left join contract.snapshot as p on t.tabel = p.tabel
),

-- Voorbehouden van een enkele cel: enkele tientallen verschillende.
redenen as (
    select reden, cast(row_number() over (order by reden) as smallint) as nr
    from (select distinct reden from mart.status where reden is not null)
),

-- Sorteren gaat zonder de teksten die van reeks en herkomst afhangen: daarmee past het niet in het geheugen.
gesorteerd as (
    select
        g.gebied_code,
        g.gebied_naam,
        g.gebied_niveau,
        g.indeling_jaar,
        c.reeks_nr,
        h.nr as herkomst_nr,
        case when c.status not in ('verborgen', 'minder_dan_5') then c.teller end as teller,
        case when c.status not in ('verborgen', 'ontbreekt') then c.noemer end as noemer,
        case when c.status in ('ok', 'voorlopig') then round(c.waarde, 4) end as waarde,
        case when c.status in ('ok', 'voorlopig') then round(c.onder, 4) end as onder,
        case when c.status in ('ok', 'voorlopig') then round(c.boven, 4) end as boven,
        c.status,
        c.oorzaak,
        c.voorlopig and c.status not in ('verborgen', 'minder_dan_5') as voorlopig,
        b.gebied_code is not null as bezoekersgebied,
        d.nr as reden_nr
    from mart.status as c
    join core.gebied as g on c.gebied_code = g.gebied_code
    left join core.bezoekersgebied as b on c.gebied_code = b.gebied_code
    left join redenen as d on c.reden = d.reden
    left join herkomst as h
        on c.tabel = h.tabel
        and c.noemer_soort is not distinct from h.noemer_soort
        and c.noemer_jaar is not distinct from h.noemer_jaar
    order by c.gebied_code, c.reeks_nr
),

-- Daarna komen die teksten er op nummer bij, uit twee korte lijsten: een join houdt de volgorde niet vast.
teksten as (
    select
        (
            select
                list({
                    'indicator': indicator,
                    'periode': periode,
                    'eenheid': eenheid,
                    'breuk': breuk,
                    'voorbehoud': voorbehoud
                } order by nr)
            from mart.reeks
        ) as reeksen,
        (
            select list({'bron': bron, 'vintage': vintage, 'jaar': noemer_jaar, 'tabel': tabel} order by nr)
            from herkomst
        ) as herkomst,
        (select list(reden order by nr) from redenen) as redenen
),

compleet as (
    select
        g.*,
        t.reeksen[g.reeks_nr] as reeks,
        t.herkomst[g.herkomst_nr] as herkomst,
        t.redenen[g.reden_nr] as reden
    from gesorteerd as g
    cross join teksten as t
)

select
    gebied_code,
    gebied_naam,
    gebied_niveau,
    indeling_jaar,
    reeks.indicator,
    reeks.periode,
    teller,
    noemer,
    waarde,
    onder,
    boven,
    reeks.eenheid,
    status,
    reeks.breuk,
    herkomst.bron,
    herkomst.vintage,
    -- Alleen waar dit bij de soort hoort, en waar het gebied er zo een is.
    concat_ws(
        ';',
        nullif(reeks.voorbehoud, ''),
        if(
            bezoekersgebied and list_contains(string_split(reeks.voorbehoud, ';'), 'bezoekers'),
            'weinig_inwoners_veel_bezoekers',
            null
        ),
        reden
    ) as voorbehoud,
    herkomst.jaar as noemer_jaar,
    oorzaak,
    voorlopig,
    herkomst.tabel
from compleet
