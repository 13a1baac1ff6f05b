"""
title = "Of een reeks toeneemt of afneemt"
description = '''
Per gebied en geregistreerde indicator, over de jaren na de laatste breuk. De helling van een rechte
lijn wordt vergeleken met één vast niveau, met de schommeling van aantallen van die grootte
(statistiek.spreiding). De coronajaren 2020 en 2021 zijn geen begin en geen einde: een reeks die in een
dieptepunt begint, zou altijd toenemen. Met minder dan drie jaren, of zo weinig dat zelfs een rechte
daling naar nul niet te zien zou zijn, is het niet te zeggen. Van het land is er maar een: daar telt hoe
ver de eigen jaren van de rechte lijn liggen.
'''
key = ["gebied_code", "indicator"]
reads = ["statistiek.waarde", "statistiek.spreiding", "contract.indicator", "core.breuk", "core.gebied"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
van = "eerste jaar na de laatste breuk waarin iets bekend is, en geen coronajaar"
tot = "nieuwste jaar"
jaren = "aantal jaren met een aantal"
oordeel = "neemt toe, neemt af, geen duidelijke verandering of niet te zeggen"
verandering = "laatste jaar van de rechte lijn gedeeld door het eerste, min 1; leeg onder drie jaren"

[checks]
accepted_values.oordeel = ["neemt toe", "neemt af", "geen duidelijke verandering", "niet te zeggen"]
"""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.arrow import known
from pipeline.statistics.change import trend
from pipeline.yearly import Level, read_breaks, read_levels, read_swings

CORONA = (2020, 2021)
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("gebied_code", "indicator", "van", "tot")]
    + [("jaren", pa.int64()), ("oordeel", pa.string()), ("verandering", pa.float64())]
)


def table(con: Any) -> pa.Table:
    """One row per area and registered indicator with any year after its last break."""
    breaks, swings = read_breaks(con), read_swings(con)
    parts = [SCHEMA.empty_table()]
    for own in read_levels(con, only="and meetwijze = 'geregistreerd'"):
        counts = _usable(own, max((after for _, after in breaks.get(own.indicator, ())), default=own.first))
        there = np.flatnonzero(~np.isnan(counts).all(axis=1))
        if not len(there):
            continue
        first, last = _ends(counts[there])
        found = trend(counts[there, first.min() : last.max() + 1], swings.get((own.indicator, own.level)))
        columns = {
            "gebied_code": own.codes.take(pa.array(there)),
            "indicator": pa.repeat(own.indicator, len(there)),
            "van": pa.array(own.first + first).cast(pa.string()),
            "tot": pa.array(own.first + last).cast(pa.string()),
            "jaren": pa.array((~np.isnan(counts[there])).sum(axis=1)),
            "oordeel": pa.array(found.verdict.tolist(), pa.string()),
            "verandering": known(found.change),
        }
        parts.append(pa.table(columns, schema=SCHEMA))
    return pa.concat_tables(parts)


def _usable(own: Level, begin: int) -> NDArray[np.float64]:
    """Years from the last break on; those of corona only of an area that has years on both sides of them."""
    counts = own.counts.copy()
    counts[:, : max(0, begin - own.first)] = np.nan
    low, high = (max(0, year - own.first) for year in (CORONA[0], CORONA[1] + 1))
    around = ~np.isnan(counts[:, :low]).all(axis=1) & ~np.isnan(counts[:, high:]).all(axis=1)
    counts[~around, low:high] = np.nan
    return counts


def _ends(counts: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last column that is known in each row."""
    there = ~np.isnan(counts)
    return there.argmax(axis=1), counts.shape[1] - 1 - there[:, ::-1].argmax(axis=1)
