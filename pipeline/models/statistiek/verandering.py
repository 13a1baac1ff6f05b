"""
title = "Het nieuwste jaar van elk gebied tegenover het jaar ervoor"
description = '''
Per indicator en niveau het nieuwste paar van opeenvolgende jaren, nooit over een breuk heen. De verhouding is
die van het gebied gedeeld door die van alle gebieden van dat niveau samen: wat iedereen overkomt is hier geen
verandering. Gevonden is wat na Benjamini en Hochberg (1995) over alle gebieden en indicatoren overblijft en
minstens een kwart verschilt.
'''
key = ["gebied_code", "indicator"]
reads = ["statistiek.waarde", "statistiek.spreiding", "contract.indicator", "core.breuk", "core.gebied"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
periode = "nieuwste jaar"
vorige_periode = "het jaar ervoor"
teller = "aantal in het nieuwste jaar"
vorige_teller = "aantal in het jaar ervoor"
allen = "nieuwste jaar gedeeld door vorig jaar, van alle gebieden van het niveau samen"
verhouding = "hetzelfde van dit gebied, gedeeld door allen; leeg als er vorig jaar niets was"
onder = "ondergrens van die verhouding (95 %)"
boven = "bovengrens van die verhouding (95 %); leeg als die er niet is"
kans = "kans op een afwijking als deze of groter, als het gebied met allen meeging"
gevonden = "waar als het gebied anders veranderde dan de andere"
zichtbaar = "kleinste daling die een jaar later in 4 van de 5 gevallen te zien is, als deel van teller"
opvallend = "dezelfde, om ook tussen alle gebieden en indicatoren gevonden te worden"

[checks]
accepted_range.kans = { min = 0, max = 1 }
accepted_range.zichtbaar = { min = 0, max = 1 }
accepted_range.opvallend = { min = 0, max = 1 }
"""

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.arrow import known
from pipeline.statistics.change import (
    LEAST_EFFECT,
    benjamini_hochberg,
    large_enough,
    listing_chance,
    smallest_decline,
    year_pair,
)
from pipeline.statistics.dispersion import Dispersion, shared_shares

PAIRS = """
with jaren as (
    select v.indicator, g.gebied_niveau, v.gebied_code, cast(v.periode as integer) as jaar, v.teller
    from statistiek.waarde as v
    join core.gebied as g on v.gebied_code = g.gebied_code
    join contract.indicator as i on v.indicator = i.indicator
    where length(v.periode) = 4 and v.teller is not null and i.meetwijze = 'geregistreerd'
        and g.gebied_niveau != 'land'
),

nieuwste as (
    select indicator, gebied_niveau, max(jaar) as jaar
    from jaren
    group by all
)

select
    a.indicator,
    a.gebied_code,
    a.jaar,
    b.teller as vorig,
    a.teller,
    dense_rank() over (order by a.indicator, a.gebied_niveau) - 1 as groep,
    coalesce(s.a, 1) as a,
    coalesce(s.b, 0) as b
from jaren as a
join nieuwste as n on a.indicator = n.indicator and a.gebied_niveau = n.gebied_niveau and a.jaar = n.jaar
join jaren as b on a.indicator = b.indicator and a.gebied_code = b.gebied_code and a.jaar = b.jaar + 1
left join statistiek.spreiding as s on a.indicator = s.indicator and a.gebied_niveau = s.gebied_niveau
where not exists (
    select 1
    from core.breuk as k
    where k.indicator = a.indicator and a.jaar > k.voor and b.jaar < k.na
)
order by groep, a.gebied_code
"""


def table(con: Any) -> pa.Table:
    """One row per area and registered indicator with two years; a shared movement of nothing gives none."""
    pairs = con.sql(PAIRS).to_arrow_table()
    first, last, group = (pairs[name].to_numpy() for name in ("vorig", "teller", "groep"))
    share = shared_shares(group, first, last)
    usable = (share > 0) & (share < 1)
    pairs = pairs.filter(pa.array(usable))
    first, last, group, share = (values[usable] for values in (first, last, group, share))
    found = {name: np.zeros(len(group)) for name in ("verhouding", "onder", "boven", "kans", "zichtbaar")}
    large, striking = np.zeros(len(group), dtype=bool), np.zeros(len(group))
    starts = np.unique(group, return_index=True)[1].tolist()
    groups = [
        (slice(start, end), Dispersion(pairs["a"][start].as_py(), pairs["b"][start].as_py()))
        for start, end in zip(starts, [*starts[1:], len(group)][: len(starts)], strict=True)
    ]
    for rows, swing in groups:
        pair = year_pair(first[rows], last[rows], share[rows], swing)
        values = (pair.ratio, pair.lower, pair.upper, pair.chance, smallest_decline(last[rows], swing))
        for name, value in zip(found, values, strict=True):
            found[name][rows] = value
        large[rows] = large_enough(pair.ratio)
    needed = listing_chance(found["kans"])
    for rows, swing in groups:
        decline = smallest_decline(last[rows], swing, chance=needed)
        striking[rows] = np.maximum(decline, 1 - 1 / LEAST_EFFECT)
    return pa.table(
        {
            "gebied_code": pairs["gebied_code"],
            "indicator": pairs["indicator"],
            "periode": pairs["jaar"].cast(pa.string()),
            "vorige_periode": pa.array([str(year - 1) for year in pairs["jaar"].to_pylist()], pa.string()),
            "teller": pairs["teller"],
            "vorige_teller": pairs["vorig"],
            "allen": share / (1 - share),
            **{name: known(values) for name, values in found.items()},
            "opvallend": striking,
            "gevonden": benjamini_hochberg(found["kans"]) & large,
        }
    )
