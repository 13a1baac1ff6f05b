"""
title = "Hoeveel een aantal meer schommelt dan door toeval alleen"
description = '''
Per indicator en niveau, uit paren van opeenvolgende jaren, nooit over een breuk heen. Een aantal
rond zijn eigen niveau mu heeft de variantie a·mu + b·mu²: bij toeval alleen is a 1 en b 0. Het jaar
met de grootste schommeling telt niet mee, het gemiddelde van de andere jaren geldt. Heeft een soort
te weinig paren, dan geldt wat voor het totaal aan misdrijven op dat niveau gemeten is, en voor een
wijk anders wat voor buurten gemeten is. De marge van elk cijfer volgt hieruit: de exacte marge,
maal de wortel van a + b·aantal.'''
key = ["indicator", "gebied_niveau"]
reads = ["statistiek.waarde", "contract.indicator", "core.breuk", "core.gebied"]

[columns]
indicator = "naam van de indicator"
gebied_niveau = "land, gemeente, wijk of buurt"
van = "indicator waarvan gemeten is: deze zelf, of misdrijven"
van_niveau = "niveau waarop gemeten is: dit zelf, of bij een wijk ook buurt"
paren = "aantal paren van jaren waar de schatting op rust"
a = "variantie gedeeld door die van toeval, bij een heel klein aantal; nooit onder 1"
b = "hoeveel dat groeit per eenheid van het aantal; nooit onder 0"

[checks]
accepted_range.a = { min = 1 }
accepted_range.b = { min = 0 }
accepted_range.paren = { min = 100 }
"""

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.statistics.dispersion import Dispersion, fit

TOTAL = "misdrijven"
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("indicator", "gebied_niveau", "van", "van_niveau")]
    + [("paren", pa.int64()), ("a", pa.float64()), ("b", pa.float64())]
)

PAIRS = """
with jaren as (
    select v.indicator, g.gebied_niveau, v.gebied_code, cast(v.periode as integer) as jaar, v.teller
    from statistiek.waarde as v
    join core.gebied as g on v.gebied_code = g.gebied_code
    where length(v.periode) = 4 and v.teller is not null
)

select
    dense_rank() over (order by a.indicator, a.gebied_niveau) - 1 as groep,
    a.indicator,
    a.gebied_niveau,
    a.jaar,
    b.teller as vorig,
    a.teller
from jaren as a
join jaren as b on a.indicator = b.indicator and a.gebied_code = b.gebied_code and a.jaar = b.jaar + 1
where not exists (
    select 1
    from core.breuk as k
    where k.indicator = a.indicator and a.jaar > k.voor and b.jaar < k.na
)
order by groep, a.jaar, a.gebied_code
"""


def table(con: Any) -> pa.Table:
    """One row per indicator and level for which anything could be measured."""
    measured = _measured(con.sql(PAIRS).to_arrow_table())
    asked = con.execute(
        "select indicator, gebied_niveau from contract.indicator "
        "cross join (select distinct gebied_niveau from core.gebied) "
        "where kind = 'verhouding' order by all"
    ).fetchall()
    rows = []
    for name, level in asked:
        ladder = [(name, level), (TOTAL, level), *([(TOTAL, "buurt")] if level == "wijk" else [])]
        source = next((step for step in ladder if step in measured), None)
        if source is not None:
            one = measured[source]
            rows.append((name, level, *source, one.pairs, one.a, one.b))
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA)


def _measured(pairs: pa.Table) -> dict[tuple[str, str], Dispersion]:
    """What each group of pairs says; the groups lie one behind the other."""
    year, first, last = (pairs[name].to_numpy() for name in ("jaar", "vorig", "teller"))
    starts = np.unique(pairs["groep"].to_numpy(), return_index=True)[1].tolist()
    found = {}
    for start, end in zip(starts, [*starts[1:], len(pairs)][: len(starts)], strict=True):
        one = fit(year[start:end], first[start:end], last[start:end])
        if one is not None:
            found[pairs["indicator"][start].as_py(), pairs["gebied_niveau"][start].as_py()] = one
    return found
