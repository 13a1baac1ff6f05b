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

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.arrow import known
from pipeline.statistics.change import (
    LEAST_EFFECT,
    benjamini_hochberg,
    large_enough,
    listing_chance,
    smallest_decline,
    year_pair,
)
from pipeline.statistics.dispersion import CHANCE, Dispersion
from pipeline.yearly import Breaks, Level, parted, read_breaks, read_levels, read_swings

Floats = NDArray[np.float64]
MEASURES = ("verhouding", "onder", "boven", "kans", "zichtbaar")
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("gebied_code", "indicator", "periode", "vorige_periode")]
    + [("teller", pa.int64()), ("vorige_teller", pa.int64()), ("allen", pa.float64())]
    + [(name, pa.float64()) for name in (*MEASURES, "opvallend")]
    + [("gevonden", pa.bool_())]
)


@dataclass(frozen=True)
class Newest:
    """The newest two years of one indicator in the areas of a level that have both.

    Attributes:
        share: the newest year's share of what all of them have in both years, between 0 and 1.
    """

    indicator: str
    codes: pa.Array
    year: int
    first: Floats
    last: Floats
    share: float
    swing: Dispersion


def table(con: Any) -> pa.Table:
    """One row per area and registered indicator with two years; a shared movement of nothing gives none."""
    breaks, swings = read_breaks(con), read_swings(con)
    levels = read_levels(con, only="and meetwijze = 'geregistreerd'")
    pairs = [
        pair
        for own in levels
        if own.level != "land"
        and (pair := _newest(own, breaks, swings.get((own.indicator, own.level), CHANCE))) is not None
    ]
    compared = [_compared(pair) for pair in pairs]
    chances = np.concatenate([np.zeros(0), *(one["kans"] for one in compared)])
    needed, discovered = listing_chance(chances), benjamini_hochberg(chances)
    parts, start = [SCHEMA.empty_table()], 0
    for one, found in zip(pairs, compared, strict=True):
        end = start + len(one.last)
        striking = smallest_decline(one.last, one.swing, chance=needed)
        listed = {
            "opvallend": pa.array(np.maximum(striking, 1 - 1 / LEAST_EFFECT)),
            "gevonden": pa.array(discovered[start:end] & large_enough(found["verhouding"])),
        }
        measured = {name: known(values) for name, values in found.items()}
        parts.append(pa.table(_described(one) | measured | listed, schema=SCHEMA))
        start = end
    return pa.concat_tables(parts)


def _newest(own: Level, breaks: Breaks, swing: Dispersion) -> Newest | None:
    column = int(np.flatnonzero(~np.isnan(own.counts).all(axis=0))[-1])
    year = own.first + column
    if column == 0 or parted(year - 1, year, breaks.get(own.indicator, ())):
        return None
    first, last = own.counts[:, column - 1], own.counts[:, column]
    there = np.flatnonzero(~np.isnan(first + last))
    first, last = first[there], last[there]
    both = float((first + last).sum())
    share = float(last.sum()) / both if both else 0.0
    if not 0 < share < 1:
        return None
    return Newest(own.indicator, own.codes.take(pa.array(there)), year, first, last, share, swing)


def _compared(own: Newest) -> dict[str, Floats]:
    pair = year_pair(own.first, own.last, own.share, own.swing)
    decline = smallest_decline(own.last, own.swing)
    return dict(zip(MEASURES, (pair.ratio, pair.lower, pair.upper, pair.chance, decline), strict=True))


def _described(own: Newest) -> dict[str, pa.Array]:
    rows = len(own.last)
    return {
        "gebied_code": own.codes,
        "indicator": pa.repeat(own.indicator, rows),
        "periode": pa.repeat(str(own.year), rows),
        "vorige_periode": pa.repeat(str(own.year - 1), rows),
        "teller": pa.array(own.last).cast(pa.int64()),
        "vorige_teller": pa.array(own.first).cast(pa.int64()),
        "allen": pa.repeat(own.share / (1 - own.share), rows),
    }
