"""
title = "Wat de tien vergelijkbare gebieden samen hebben"
description = '''
Per gebied en indicator, in het jaar van mart.gebied_profiel, uit wat gepubliceerd is. Van een
telling: hun aantallen samen gedeeld door hun noemers samen, met de marge die bij zo'n som hoort
(statistiek.spreiding). Van een meting: de middelste waarde. Alleen als minstens acht van de tien een
cijfer hebben. Is er een van de tien verborgen omdat het aantal klein is, dan is er geen cijfer:
zonder de kleinste zou het te hoog zijn. Enquêtes en cijfers van gemeenten zelf doen niet mee.
'''
key = ["gebied_code", "indicator"]
reads = [
    "statistiek.vergelijkbaar", "statistiek.spreiding", "mart.gebied_profiel", "mart.cijfer",
    "contract.indicator",
]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
periode = "jaar van het cijfer"
gebieden = "hoeveel van de tien een cijfer hebben"
teller = "som van hun aantallen; leeg bij een meting"
noemer = "som van hun noemers; leeg bij een meting"
waarde = "cijfer in de eenheid"
onder = "ondergrens van de marge (95 %); leeg bij een meting"
boven = "bovengrens van de marge (95 %); leeg bij een meting"
lager = "hoeveel van de tien een lagere waarde hebben dan het gebied; leeg als het zelf geen waarde heeft"
hoger = "hoeveel van de tien een hogere waarde hebben dan het gebied; leeg als het zelf geen waarde heeft"

[checks]
not_null = ["periode", "waarde"]
accepted_range.gebieden = { min = 8, max = 10 }
expression_is_true = ["onder is null or onder <= waarde and waarde <= boven"]
"""

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.arrow import numbers
from pipeline.statistics.similar import LEAST_POOLED, pooled_interval

TOGETHER = f"""
with gevraagd as (
    select p.gebied_code, p.indicator, p.periode, p.waarde, i.kind, i.per
    from mart.gebied_profiel as p
    join contract.indicator as i on p.indicator = i.indicator
    where i.meetwijze in ('geregistreerd', 'omstandigheid')
),

-- What the ten may be asked for: newest years only, of what is published.
cijfers as (
    select
        c.gebied_code,
        c.indicator,
        c.periode,
        c.teller,
        c.noemer,
        c.waarde,
        c.status = 'minder_dan_5' as klein
    from mart.cijfer as c
    semi join gevraagd as g on c.indicator = g.indicator and c.periode = g.periode
    where c.waarde is not null or c.teller is not null or c.status = 'minder_dan_5'
)

select
    g.gebied_code,
    g.indicator,
    any_value(g.periode) as periode,
    if(any_value(g.kind) = 'verhouding', count(c.teller) filter (c.noemer > 0), count(c.waarde)) as gebieden,
    cast(sum(c.teller) filter (c.noemer > 0) as bigint) as teller,
    cast(sum(c.noemer) filter (c.teller is not null) as bigint) as noemer,
    median(c.waarde) as midden,
    cast(sum(c.teller * c.teller) filter (c.noemer > 0) as double) as kwadraten,
    any_value(g.per) as per,
    coalesce(any_value(s.a), 1) as a,
    coalesce(any_value(s.b), 0) as b,
    if(any_value(g.waarde) is null, null, count(*) filter (c.waarde < g.waarde)) as lager,
    if(any_value(g.waarde) is null, null, count(*) filter (c.waarde > g.waarde)) as hoger
from gevraagd as g
join statistiek.vergelijkbaar as v on g.gebied_code = v.gebied_code
join cijfers as c on v.ander_code = c.gebied_code and g.indicator = c.indicator and g.periode = c.periode
left join statistiek.spreiding as s on g.indicator = s.indicator and s.gebied_niveau = niveau(g.gebied_code)
group by g.gebied_code, g.indicator
having gebieden >= {LEAST_POOLED} and not bool_or(c.klein)
order by g.gebied_code, g.indicator
"""


def table(con: Any) -> pa.Table:
    """One row per area and indicator of which enough is known."""
    rows = con.sql(TOGETHER).to_arrow_table()
    names = ("teller", "noemer", "midden", "kwadraten", "per", "a", "b")
    total, base, middle, squares, per, a, b = (numbers(rows[name]) for name in names)
    measured = ~np.isfinite(total)
    low, high = pooled_interval(np.where(measured, 0, total), np.where(measured, 0, squares), a=a, b=b)
    unit = per / base
    return pa.table(
        {
            **{name: rows[name] for name in rows.column_names[:6]},
            "waarde": np.where(measured, middle, total * unit),
            "onder": pa.array(low * unit, mask=measured),
            "boven": pa.array(high * unit, mask=measured),
            **{name: rows[name] for name in ("lager", "hoger")},
        }
    )
