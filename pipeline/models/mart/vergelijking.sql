/*---
title = "Elk gebied naast zijn gemeente, Nederland en vergelijkbare gebieden"
description = "In het nieuwste jaar dat beide kanten hebben; is dat er niet, dan in het jaar van het profiel of, als ook de referentie dan niets heeft, in het nieuwste jaar van de referentie, met een lege waarde en zonder oordeel. Vergelijkbare gebieden staan erbij waar zij samen een cijfer hebben in het jaar van het profiel (mart.vergelijkbaar_cijfer). Het oordeel volgt uit de marge van het gebied: ligt de waarde waarmee vergeleken wordt er buiten, dan is het verschil groter dan gewone schommelingen."
key = ["gebied_code", "indicator", "referentie"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
referentie = "waarmee vergeleken is: gemeente, land of vergelijkbaar"
referentie_code = "code daarvan; leeg bij vergelijkbare gebieden, want dat zijn er tien"
periode = "nieuwste jaar dat beide hebben, en anders het jaar van mart.gebied_profiel of van de referentie"
teller = "aantal van het gebied"
noemer = "noemer van het gebied"
waarde = "waarde van het gebied; kan leeg zijn"
onder = "ondergrens van de marge van het gebied"
boven = "bovengrens van de marge van het gebied"
referentie_teller = "aantal van de referentie"
referentie_waarde = "waarde van de referentie; kan leeg zijn"
referentie_status = "waarom de waarde van de referentie er wel of niet staat"
referentie_oorzaak = "wat daar achter zit; leeg als de status alles zegt"
oordeel = "lager, ongeveer gelijk of hoger; leeg als er geen marge of geen waarde is"

[checks]
accepted_values.referentie = ["gemeente", "land", "vergelijkbaar"]
accepted_values.oordeel = ["lager", "ongeveer gelijk", "hoger"]
not_null = ["periode", "referentie_status"]
expression_is_true = ["oordeel is null or waarde is not null and referentie_waarde is not null"]
---*/
with referenties as (
    select gebied_code, 'gemeente' as referentie, gemeente_code as referentie_code
    from core.gebied
    where gebied_niveau in ('wijk', 'buurt')
    union all
    select gebied_code, 'land' as referentie, 'NL00' as referentie_code
    from core.gebied
    where gebied_niveau != 'land'
),

-- De cijfers waarmee vergeleken wordt: van enkele honderden gebieden, tegenover duizenden die ernaast staan.
grote as (
    select c.gebied_code, c.indicator, c.periode, c.teller, c.waarde, c.status, c.oorzaak
    from mart.cijfer as c
    join core.gebied as g on c.gebied_code = g.gebied_code
    where g.gebied_niveau in ('land', 'gemeente') and length(c.periode) = 4
),

-- Het nieuwste jaar waarin beide kanten een waarde hebben; leeg als er geen is. En of het gebied zelf iets heeft.
gedeelde_jaren as (
    select
        c.gebied_code,
        c.indicator,
        max(c.periode) filter (where c.waarde is not null and m.waarde is not null) as met_gemeente,
        max(c.periode) filter (where c.waarde is not null and l.waarde is not null) as met_land,
        count(c.waarde) filter (where length(c.periode) = 4) = 0 as zonder_waarde
    from mart.cijfer as c
    join core.gebied as g on c.gebied_code = g.gebied_code
    left join grote as m on g.gemeente_code = m.gebied_code and c.indicator = m.indicator and c.periode = m.periode
    left join grote as l on l.gebied_code = 'NL00' and c.indicator = l.indicator and c.periode = l.periode
    group by c.gebied_code, c.indicator
),

nieuwste as (
    select gebied_code, indicator, max(periode) as periode
    from grote
    where waarde is not null
    group by gebied_code, indicator
),

-- Zonder gedeeld jaar staat de referentie in het jaar van het profiel. Heeft het gebied zelf geen waarde en de
-- referentie in dat jaar ook niet, dan in het nieuwste jaar van de referentie: een lezer heeft daar meer aan.
-- Wonen er nu te weinig mensen, dan zegt een jaar van vroeger niets over nu.
paren as (
    select
        p.gebied_code,
        p.indicator,
        r.referentie,
        r.referentie_code,
        coalesce(
            case
                when p.status = 'te_klein' then null
                when r.referentie = 'gemeente' then j.met_gemeente
                else j.met_land
            end,
            case when (j.zonder_waarde or p.status = 'te_klein') and g.waarde is null then n.periode end,
            p.periode
        ) as periode
    from mart.gebied_profiel as p
    join referenties as r on p.gebied_code = r.gebied_code
    left join gedeelde_jaren as j on p.gebied_code = j.gebied_code and p.indicator = j.indicator
    left join grote as g
        on r.referentie_code = g.gebied_code and p.indicator = g.indicator and p.periode = g.periode
    left join nieuwste as n on r.referentie_code = n.gebied_code and p.indicator = n.indicator
),

eigen as (
    select c.gebied_code, c.indicator, c.periode, c.teller, c.noemer, c.waarde, c.onder, c.boven
    from mart.cijfer as c
    semi join paren as p on c.gebied_code = p.gebied_code and c.indicator = p.indicator and c.periode = p.periode
),

naast as (
    select
        p.gebied_code,
        p.indicator,
        p.referentie,
        p.referentie_code,
        p.periode,
        c.teller,
        c.noemer,
        c.waarde,
        c.onder,
        c.boven,
        m.teller as referentie_teller,
        m.waarde as referentie_waarde,
        coalesce(m.status, 'ontbreekt') as referentie_status,
        -- Heeft de referentie dat jaar niet eens een rij, dan zit het in het voorbeeld niet.
        case when m.gebied_code is null and v.opslag = 'voorbeeld' then 'niet_in_voorbeeld' else m.oorzaak end
            as referentie_oorzaak
    from paren as p
    cross join contract.bouw as v
    left join eigen as c on p.gebied_code = c.gebied_code and p.indicator = c.indicator and p.periode = c.periode
    left join grote as m
        on p.referentie_code = m.gebied_code and p.indicator = m.indicator and p.periode = m.periode
    union all
    select
        p.gebied_code,
        p.indicator,
        'vergelijkbaar',
        null,
        p.periode,
        p.teller,
        p.noemer,
        p.waarde,
        p.onder,
        p.boven,
        s.teller,
        s.waarde,
        'ok',
        null
    from mart.gebied_profiel as p
    join mart.vergelijkbaar_cijfer as s
        on p.gebied_code = s.gebied_code and p.indicator = s.indicator and p.periode = s.periode
)

select
    n.*,
    case
        when n.onder is null or n.referentie_waarde is null then null
        when n.referentie_waarde < n.onder then 'hoger'
        when n.referentie_waarde > n.boven then 'lager'
        else 'ongeveer gelijk'
    end as oordeel
from naast as n
order by n.gebied_code, n.indicator, n.referentie
