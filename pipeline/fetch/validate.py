"""What a fetched table must hold to before it may replace the previous one. Nothing here repairs."""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.fetch.http import FetchError
from pipeline.fetch.plan import COUNTRY, Deviation, Partition, Plan
from pipeline.snapshot import write_atomically

# Parts may exceed their whole by this share and this many, and by what rounding each of them to 5 adds.
PARTS_SHARE, PARTS_SLACK, PARTS_ROUNDING = 0.02, 50, 2.5
# A restated national figure may differ from the last release by this share and this many.
TOTALS_SHARE, TOTALS_SLACK = 0.05, 25
ROWS_SHARE = 0.15  # a new year adds a tenth at most; more, and someone must look
GEO_WIDTHS = (6, 10)  # region codes are padded to 6 (RegioS) or 10 (WijkenEnBuurten)
SHOWN = 3
LEVELS = ("GM", "WK", "BU")
ROW_COUNTS = "row_counts.csv"
ROW_COUNTS_HEADER = ("bron", "tabel", "periode", "rijen")

COUNTRY_KEYS = pa.array([code.ljust(width) for code in COUNTRY for width in GEO_WIDTHS])

Totals = dict[tuple[str, ...], int]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Count:
    """Rows of one table in one period."""

    source_id: str
    table: str
    period: str


def check_partition(plan: Plan, partition: Partition, rows: pa.Table) -> None:
    """Hold the rows of one answer against the question.

    Raises:
        Deviation: rows outside the filter, unknown codes, double keys, missing cells of a source that is
            complete, or buurten that add up to more than their gemeente; with counts and examples.
    """
    where = f"{plan.table} {partition.name}"
    places = _places(plan, partition, rows)
    cells = np.sort(_combined(plan, places, places, rows=rows.num_rows))
    if (cells[1:] == cells[:-1]).any():
        keys = rows.group_by(list(plan.dimensions)).aggregate([([], "count_all")])
        double = keys.filter(pc.greater(keys["count_all"], 1)).to_pylist()
        raise Deviation(f"{where}: {rows.num_rows - keys.num_rows} dubbele rijen: {_some(map(str, double))}")
    if plan.complete:
        _check_complete(plan, partition, rows, where)
    _check_parts(plan, rows, places, where=where)


def _places(plan: Plan, partition: Partition, rows: pa.Table) -> dict[str, Numbers]:
    """Per dimension that the question left open, for each row the place of its code among the wanted ones.

    Raises:
        Deviation: a code that was not asked for.
    """
    places = {}
    for name in plan.dimensions:
        if name in partition.pinned:
            asked = pc.equal(rows[name], partition.pinned[name])
            if not pc.all(asked, skip_nulls=False, min_count=0).as_py():
                raise _stranger(plan, partition, rows[name], name=name)
        else:
            found = pc.index_in(rows[name], value_set=_ordered(plan.wanted[name]))
            if found.null_count:
                raise _stranger(plan, partition, rows[name], name=name)
            places[name] = found.to_numpy()
    return places


@lru_cache(maxsize=16)
def _ordered(codes: frozenset[str]) -> pa.Array:
    return pa.array(sorted(codes), pa.string())


def _combined(plan: Plan, places: Mapping[str, Numbers], names: Iterable[str], *, rows: int) -> Numbers:
    """For each row one number, the same where the codes of these dimensions are the same."""
    number = np.zeros(rows, np.int64)
    for name in names:
        number = number * len(plan.wanted[name]) + places[name]
    return number


def _stranger(plan: Plan, partition: Partition, column: pa.ChunkedArray, *, name: str) -> Deviation:
    """What to say of codes in a dimension that were not asked for."""
    where = f"{plan.table} {partition.name}"
    found, pinned = set(pc.unique(column).to_pylist()), partition.pinned.get(name)
    # Filters that a service does not know are ignored without a word: all rows of the table come.
    if pinned is not None:
        return Deviation(f"{where}: rijen buiten het filter {name} = {pinned!r}: {_some(found - {pinned})}")
    strangers = found - plan.wanted[name]
    if unlisted := strangers - {str(row["Key"]) for row in plan.codes[name]}:
        return Deviation(
            f"{where}: {len(unlisted)} codes staan niet in de codelijst {name}: {_some(unlisted)}"
        )
    return Deviation(f"{where}: rijen buiten de keuze: {name} = {_some(strangers)}")


def _check_complete(plan: Plan, partition: Partition, rows: pa.Table, where: str) -> None:
    expected = 1
    for name in plan.dimensions:
        expected *= 1 if name in partition.pinned else len(plan.wanted[name])
    if rows.num_rows != expected:
        example = ""
        if plan.geo is not None:
            absent = plan.wanted[plan.geo] - set(rows[plan.geo].to_pylist())
            example = f"; zonder {_some(absent)}" if absent else ""
        raise Deviation(f"{where}: {rows.num_rows} cellen, verwacht {expected}{example}")


@lru_cache(maxsize=4)
def _levels(codes: frozenset[str]) -> tuple[list[str], Numbers]:
    """Gemeenten, and for each code (in order) three times the place of its gemeente plus that of its level.

    Other regions have -1.
    """
    ordered = sorted(codes)
    gemeenten = sorted({code[2:6] for code in ordered if code[:2] in LEVELS})
    place = {gemeente: len(LEVELS) * number for number, gemeente in enumerate(gemeenten)}
    found = [place[code[2:6]] + LEVELS.index(code[:2]) if code[:2] in LEVELS else -1 for code in ordered]
    return gemeenten, np.array(found, np.int64)


def _check_parts(plan: Plan, rows: pa.Table, places: Mapping[str, Numbers], *, where: str) -> None:
    """Buurten and wijken of a gemeente, each added up, against the gemeente itself."""
    if plan.geo is None or plan.geo not in places or not plan.counts or rows.num_rows == 0:
        return
    gemeenten, levels = _levels(plan.wanted[plan.geo])
    level = levels[places[plan.geo]]
    others = [name for name in places if name != plan.geo]
    kinds, kind = np.unique(_combined(plan, places, others, rows=rows.num_rows), return_inverse=True)
    shape = (len(kinds), len(gemeenten), len(LEVELS))
    group = (kind * len(gemeenten) * len(LEVELS) + level)[level >= 0]

    def added(values: Any) -> Any:
        return np.bincount(group, values[level >= 0], minlength=math.prod(shape)).reshape(shape)

    slack = PARTS_SLACK + PARTS_ROUNDING * added(np.ones(rows.num_rows))
    for key in plan.counts:
        sums = added(pc.fill_null(rows[key], 0).to_numpy())
        known = added(rows[key].is_valid().to_numpy()) > 0
        wrong = known & known[:, :, :1] & (sums > sums[:, :, :1] * (1 + PARTS_SHARE) + slack)
        if wrong[:, :, 1:].any():
            kind_of, gemeente, part = np.argwhere(wrong[:, :, 1:])[0]
            raise Deviation(
                f"{where}: {LEVELS[part + 1]} van GM{gemeenten[gemeente]} tellen op tot "
                f"{sums[kind_of, gemeente, part + 1]:.0f}, de gemeente heeft "
                f"{sums[kind_of, gemeente, 0]:.0f} ({key})"
            )


def stored_totals(file: Path, plan: Plan) -> Totals:
    """Counts of the country in a file of the previous snapshot, one part of it in memory at a time."""
    found: Totals = {}
    with pq.ParquetFile(file) as parquet:
        for number in range(parquet.num_row_groups):
            found |= totals_of(parquet.read_row_group(number), plan)
    return found


def totals_of(rows: pa.Table, plan: Plan) -> Totals:
    """Counts of the country among rows: (other codes …, stem of the column) → count.

    The stem, because the columns of a previous snapshot may carry other numbers.
    """
    if plan.geo is None:
        return {}
    country = rows.filter(pc.is_in(rows[plan.geo], value_set=COUNTRY_KEYS)).to_pylist()
    others = [name for name in plan.dimensions if name != plan.geo]
    stems = {key.rpartition("_")[0] for key in plan.counts}
    counts = [name for name in rows.column_names if name.rpartition("_")[0] in stems]
    return {
        (*(str(row[name]).strip() for name in others), key.rpartition("_")[0]): row[key]
        for row in country
        for key in counts
        if row[key] is not None
    }


def check_totals(
    table: str, before: Mapping[tuple[str, ...], int], after: Mapping[tuple[str, ...], int]
) -> None:
    """National figures against those of the last release.

    Raises:
        Deviation: one is gone or differs by more than 5 % (and more than 25).
    """
    wrong = []
    for place, old in before.items():
        new = after.get(place)
        if new is None:
            wrong.append(f"{' '.join(place)}: was {old}, nu weg")
        elif abs(new - old) > max(TOTALS_SHARE * abs(old), TOTALS_SLACK):
            share = f" ({(new - old) / old:+.1%})" if old else ""
            wrong.append(f"{' '.join(place)}: was {old}, nu {new}{share}")
    if wrong:
        raise Deviation(
            f"{table}: {len(wrong)} landelijke totalen wijken meer dan {TOTALS_SHARE:.0%} af: {_some(wrong)}"
        )


def read_row_counts(file: Path) -> dict[Count, int]:
    """Expected rows, as a human or a previous run committed them; empty if there is no such file.

    Raises:
        FetchError: a row cannot be read; the message has file and line.
    """
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.reader(text)
        if tuple(next(reader, ())) != ROW_COUNTS_HEADER:
            raise FetchError(f"{file}: eerste regel is niet {','.join(ROW_COUNTS_HEADER)}")
        try:
            return {Count(source, table, period): int(rows) for source, table, period, rows in reader}
        except ValueError as error:
            raise FetchError(f"{file}: regel {reader.line_num}: {error}") from None


def write_row_counts(file: Path, counts: Mapping[Count, int]) -> None:
    """All counts, sorted, atomically."""
    lines = sorted(f"{key.source_id},{key.table},{key.period},{rows}" for key, rows in counts.items())
    write_atomically(file, ("\n".join([",".join(ROW_COUNTS_HEADER), *lines]) + "\n").encode())


def check_row_counts(expected: Mapping[Count, int], found: Mapping[Count, int], *, file: Path) -> None:
    """Rows per period against what is expected; a period without expectation is new and passes.

    Raises:
        Deviation: a period is gone, or differs by more than 15 %; a human commits the new number to go on.
    """
    wrong = []
    for key, rows in expected.items():
        new = found.get(key, 0)
        if rows and abs(new - rows) > ROWS_SHARE * rows:
            wrong.append(f"{key.table} {key.period}: {new} rijen, verwacht {rows}")
    if wrong:
        raise Deviation(
            f"{len(wrong)} perioden weg of meer dan {ROWS_SHARE:.0%} anders: {_some(wrong)}. "
            f"Klopt het, zet dan het nieuwe aantal in {file.name} (0 voor een periode die weg mag)"
        )


def _some(values: Iterable[str | None]) -> str:
    listed = sorted(str(value) for value in values)
    return ", ".join(listed[:SHOWN]) + (f" en {len(listed) - SHOWN} meer" if len(listed) > SHOWN else "")
