"""Yearly counts of all areas as numbers in memory, for the models of ``statistiek``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.statistics.dispersion import Dispersion

# Numbers instead of names: millions of rows are then neither sorted nor held as texts.
COUNTS = """
with indicatoren as (
    select indicator, cast(row_number() over (order by indicator) - 1 as smallint) as nr
    from contract.indicator
    where kind = 'verhouding' {only}
),

gebieden as (
    select gebied_code, cast(row_number() over (order by gebied_niveau, gebied_code) - 1 as integer) as nr
    from core.gebied
)

select i.nr as indicator, g.nr as gebied, cast(v.periode as smallint) as jaar, v.teller
from statistiek.waarde as v
join indicatoren as i on v.indicator = i.indicator
join gebieden as g on v.gebied_code = g.gebied_code
where length(v.periode) = 4 and v.teller is not null
"""


Breaks = Mapping[str, Sequence[tuple[int, int]]]
"""Indicator → of each break the last whole year before it and the first after it (core.breuk)."""


@dataclass(frozen=True)
class Level:
    """Counts of one indicator in all areas of one level.

    Attributes:
        codes: of the areas, in order.
        first: the year of the first column.
        counts: areas x consecutive years, NaN where not known.
    """

    indicator: str
    level: str
    codes: pa.Array
    first: int
    counts: NDArray[np.float64]


def read_levels(con: Any, *, only: str = "") -> Iterator[Level]:
    """Every indicator and level with any yearly count, in order of both.

    Args:
        only: SQL that narrows the indicators down, as ``and meetwijze = …``.
    """
    rows = con.sql(COUNTS.format(only=only)).to_arrow_table()
    if not len(rows):
        return
    names = con.sql(f"select indicator from contract.indicator where kind = 'verhouding' {only} order by all")
    areas = con.sql("select gebied_niveau, gebied_code from core.gebied order by all").to_arrow_table()
    levels, starts = np.unique(areas["gebied_niveau"].to_numpy(), return_index=True)
    number, area, year, count = (rows[name].to_numpy() for name in rows.column_names)
    group = number.astype(np.int64) * len(levels) + np.searchsorted(starts, area, side="right") - 1
    order = np.argsort(group, kind="stable")
    found, begins = np.unique(group[order], return_index=True)
    known = [name for (name,) in names.fetchall()]
    for one, own in zip(found.tolist(), np.split(order, begins[1:]), strict=True):
        level = one % len(levels)
        low, high = starts[level], [*starts, len(areas)][level + 1]
        first, last = int(year[own].min()), int(year[own].max())
        counts = np.full((high - low, last - first + 1), np.nan)
        counts[area[own] - low, year[own] - first] = count[own]
        codes = areas["gebied_code"].slice(low, high - low).combine_chunks()
        yield Level(known[one // len(levels)], str(levels[level]), codes, first, counts)


def read_breaks(con: Any) -> Breaks:
    """The breaks of every indicator that has any."""
    found: dict[str, list[tuple[int, int]]] = {}
    for name, before, after in con.execute(
        "select indicator, voor, na from core.breuk order by all"
    ).fetchall():
        found.setdefault(name, []).append((before, after))
    return found


def read_swings(con: Any) -> Mapping[tuple[str, str], Dispersion]:
    """Indicator and level → how much its counts swing, where that could be measured."""
    rows = con.execute("select indicator, gebied_niveau, a, b from statistiek.spreiding").fetchall()
    return {(name, level): Dispersion(a, b) for name, level, a, b in rows}


def parted(first: int, last: int, breaks: Sequence[tuple[int, int]]) -> bool:
    """Whether a break lies between two years."""
    return any(last > before and first < after for before, after in breaks)
