"""What a fetched table must hold to before it may replace the previous one. Nothing here repairs."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
ROW_COUNTS = "row_counts.csv"
ROW_COUNTS_HEADER = ("bron", "tabel", "periode", "rijen")


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
    for name in plan.dimensions:
        # Filters that a service does not know are ignored without a word: all rows of the table come.
        found = set(pc.unique(rows[name]).to_pylist())
        pinned = partition.pinned.get(name)
        if pinned is not None and found - {pinned}:
            raise Deviation(
                f"{where}: rijen buiten het filter {name} = {pinned!r}: {_some(found - {pinned})}"
            )
        if strangers := found - plan.wanted[name]:
            listed = {str(row["Key"]) for row in plan.codes[name]}
            if unlisted := strangers - listed:
                raise Deviation(
                    f"{where}: {len(unlisted)} codes staan niet in de codelijst {name}: {_some(unlisted)}"
                )
            raise Deviation(f"{where}: rijen buiten de keuze: {name} = {_some(strangers)}")
    keys = rows.group_by(list(plan.dimensions)).aggregate([([], "count_all")])
    if keys.num_rows != rows.num_rows:
        double = keys.filter(pc.greater(keys["count_all"], 1)).to_pylist()
        raise Deviation(f"{where}: {rows.num_rows - keys.num_rows} dubbele rijen: {_some(map(str, double))}")
    if plan.complete:
        _check_complete(plan, partition, rows, where)
    _check_parts(plan, rows, where)


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


def _check_parts(plan: Plan, rows: pa.Table, where: str) -> None:
    """Buurten and wijken of a gemeente, each added up, against the gemeente itself."""
    if plan.geo is None or not plan.counts or rows.num_rows == 0:
        return
    others = [name for name in plan.dimensions if name != plan.geo]
    levels = rows.append_column("niveau", pc.utf8_slice_codeunits(rows[plan.geo], 0, 2))
    levels = levels.append_column("gemeente", pc.utf8_slice_codeunits(rows[plan.geo], 2, 6))
    sums = levels.group_by([*others, "niveau", "gemeente"]).aggregate(
        [([], "count_all"), *((key, "sum") for key in plan.counts)]
    )
    whole: dict[tuple[Any, ...], Any] = {}
    parts = []
    for row in sums.to_pylist():
        place = (*(row[name] for name in others), row["gemeente"])
        if row["niveau"] == "GM":
            whole[place] = row
        elif row["niveau"] in ("WK", "BU"):
            parts.append((place, row))
    for place, row in parts:
        for key in plan.counts:
            most, found = whole.get(place, {}).get(f"{key}_sum"), row[f"{key}_sum"]
            if most is None or found is None:
                continue
            if found > most * (1 + PARTS_SHARE) + PARTS_SLACK + PARTS_ROUNDING * row["count_all"]:
                raise Deviation(
                    f"{where}: {row['niveau']} van GM{row['gemeente']} tellen op tot {found}, "
                    f"de gemeente heeft {most} ({key})"
                )


def stored_totals(file: Path, plan: Plan) -> dict[tuple[str, ...], int]:
    """Counts of the country in a file of the previous snapshot: (other codes …, stem of the column) → count.

    The stem, because its columns may carry other numbers.
    """
    if plan.geo is None:
        return {}
    padded = [code.ljust(width) for code in COUNTRY for width in GEO_WIDTHS]
    rows = pq.read_table(file, filters=[(plan.geo, "in", padded)])
    others = [name for name in plan.dimensions if name != plan.geo]
    stems = {key.rpartition("_")[0] for key in plan.counts}
    counts = [name for name in rows.column_names if name.rpartition("_")[0] in stems]
    return _totals(rows, plan.geo, others, counts)


def _totals(
    rows: pa.Table, geo: str, others: Sequence[str], counts: Sequence[str]
) -> dict[tuple[str, ...], int]:
    country = rows.filter(pc.is_in(pc.utf8_trim_whitespace(rows[geo]), pa.array(COUNTRY)))
    return {
        (*(str(row[name]).strip() for name in others), key.rpartition("_")[0]): row[key]
        for row in country.to_pylist()
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
