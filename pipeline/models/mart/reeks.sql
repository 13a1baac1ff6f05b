/*---
title = "Reeksen: één indicator in één periode op één niveau"
description = "Miljoenen cijfers horen bij een paar duizend reeksen. Wat van de reeks afhangt staat hier één keer, en een cijfer draagt alleen het nummer."
key = ["nr"]

[columns]
nr = "nummer, op volgorde van indicator, periode en niveau"
indicator = "naam van de indicator"
periode = "jaar of maand"
gebied_niveau = "land, gemeente, wijk of buurt"
alleen_in = "de gemeente die dit zelf publiceert; leeg bij landelijke cijfers"
tabel = "tabel van de uitgever"
jaar = "jaar van de periode"
is_verhouding = "waar als een aantal door een noemer gedeeld wordt"
per = "per hoeveel van de noemer"
noemer_soort = "inwoners of huishoudens"
eenheid = "eenheid van de waarde"
voorbehoud = "sleutels van de voorbehouden"
beschermd = "waar als een aantal van 1 tot en met 4 iemand kan aanwijzen"
verborgen = "waar als deze indicator op dit niveau niet getoond wordt"
voorlopig = "waar als de cijfers van deze periode nog veranderen"
a = "spreiding van een klein aantal (statistiek.spreiding); leeg als die niet gemeten is"
b = "hoeveel die groeit met het aantal"
breuk = "maanden waarin de reeks een breuk heeft, gescheiden door puntkomma's"
---*/
with cellen as (
    select indicator, gebied_code, periode, tabel from statistiek.waarde
    union all
    select indicator, gebied_code, periode, tabel from contract.gemeente_leeg
),

aanwezig as (
    select
        w.indicator,
        g.gebied_niveau,
        w.periode,
        -- What one gemeente publishes is not missing in another.
        case when i.meetwijze = 'gemeente' then g.gemeente_code end as alleen_in,
        max(w.tabel) as tabel
    from cellen as w
    join core.gebied as g on w.gebied_code = g.gebied_code
    join contract.indicator as i on w.indicator = i.indicator
    group by all
)

select
    cast(row_number() over (order by a.indicator, a.periode, a.gebied_niveau, a.alleen_in) as integer) as nr,
    a.*,
    left(a.periode, 4) as jaar,
    i.kind = 'verhouding' as is_verhouding,
    i.per,
    i.noemer_soort,
    i.eenheid,
    i.voorbehoud,
    d.a,
    d.b,
    -- Een wijk kan uit één buurt bestaan; haar aantal is dan dat van de buurt.
    i.gevoelig and (a.gebied_niveau in ('buurt', 'wijk') or i.meetwijze = 'gemeente') as beschermd,
    exists (
        select 1 from reference.verborgen as h where h.indicator = a.indicator and h.niveau = a.gebied_niveau
    ) as verborgen,
    exists (
        select 1 from reference.voorlopig as p where p.indicator = a.indicator and p.periode = a.periode
    ) as voorlopig,
    (
        select string_agg(distinct b.datum, ';' order by b.datum)
        from reference.breuken as b
        where b.indicator = a.indicator and starts_with(b.datum, a.periode)
    ) as breuk
from aanwezig as a
join contract.indicator as i on a.indicator = i.indicator
left join statistiek.spreiding as d on a.indicator = d.indicator and a.gebied_niveau = d.gebied_niveau
