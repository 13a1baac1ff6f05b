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
from pipeline.yearly import Breaks, Level, parted, read_breaks, read_levels

TOTAL = "misdrijven"
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("indicator", "gebied_niveau", "van", "van_niveau")]
    + [("paren", pa.int64()), ("a", pa.float64()), ("b", pa.float64())]
)


def table(con: Any) -> pa.Table:
    """One row per indicator and level for which anything could be measured."""
    breaks = read_breaks(con)
    fitted = {(one.indicator, one.level): _measured(one, breaks) for one in read_levels(con)}
    measured = {key: one for key, one in fitted.items() if one is not None}
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
            found = measured[source]
            rows.append((name, level, *source, found.pairs, found.a, found.b))
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA)


def _measured(own: Level, breaks: Breaks) -> Dispersion | None:
    """What all pairs of consecutive years say, year by year."""
    years, firsts, lasts = [np.zeros(0)], [np.zeros(0)], [np.zeros(0)]
    for column in range(1, own.counts.shape[1]):
        first, last = own.counts[:, column - 1], own.counts[:, column]
        pair = ~np.isnan(first + last)
        year = own.first + column
        if not parted(year - 1, year, breaks.get(own.indicator, ())):
            years.append(np.full(int(pair.sum()), year))
            firsts.append(first[pair])
            lasts.append(last[pair])
    return fit(*(np.concatenate(values) for values in (years, firsts, lasts)))
