"""What a new release says otherwise than the one before: old and new value per cell, kept with the store.

A cell that a source has since hidden or dropped is forgotten, its earlier values included.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import columns
from pipeline.fetch import bulk
from pipeline.fetch.bulk import PeriodFile
from pipeline.fetch.plan import Partition, Plan, period_label

SOURCE_ID = "herzien"
SCHEMA = pa.schema(
    [
        ("bron", pa.string()),
        ("bron_tabel", pa.string()),
        ("gebied", pa.string()),
        ("periode", pa.string()),
        ("soort", pa.string()),
        ("kolom", pa.string()),
        ("oud", pa.float64()),
        ("nieuw", pa.float64()),
        ("vintage_oud", pa.string()),
        ("vintage_nieuw", pa.string()),
    ]
)
CELL = ("gebied", "periode", "soort", "kolom")


def write(
    source_id: str,
    plan: Plan,
    work: Path,
    *,
    before: Sequence[Path],
    vintage_before: str,
    earlier: Sequence[Path],
) -> PeriodFile | None:
    """Compare the finished partitions of a table with its previous snapshot.

    Args:
        before: files of the previous snapshot of this table.
        vintage_before: its Modified.
        earlier: what was noted at earlier releases of this table.

    Returns:
        A file of changed cells, or None if no cell ever changed.
    """
    if plan.geo is None:
        return None
    file = work / "herzien.parquet"
    by_period: dict[str, list[Path]] = {}
    for path in before:
        by_period.setdefault(path.parent.name, []).append(path)

    def changes() -> Iterator[pa.Table]:
        for partition in plan.partitions:
            new = _long(plan, bulk.read_partition(work, partition))
            old_files = by_period.get(plan.period_of(partition), [])
            olds = [_long(plan, _previous(plan, partition, path)) for path in old_files]
            old = pa.concat_tables(olds) if olds else new.slice(0, 0)
            yield _changed(source_id, plan, old, new, vintage_before=vintage_before)
            for path in earlier:
                yield _still_there(path, plan, partition, new)

    rows = bulk.write_parquet(file, changes(), SCHEMA)
    return PeriodFile(plan.table, file, rows) if rows else None


def _previous(plan: Plan, partition: Partition, path: Path) -> pa.Table:
    """The rows of the previous snapshot that this partition replaces."""
    filters = [(name, "=", code) for name, code in partition.pinned.items()]
    return pq.read_table(path, filters=filters or None)


def _long(plan: Plan, rows: pa.Table) -> pa.Table:
    """One row per cell: region, period, kind, column by stem, value; cells without a value left out."""
    assert plan.geo is not None
    others = [name for name in plan.dimensions if name not in (plan.geo, "Perioden")]
    kind: Any = pa.array([""] * rows.num_rows)
    if others:
        bare = [pc.utf8_trim_whitespace(rows[name]) for name in others]
        kind = pc.binary_join_element_wise(*bare, " ")
    period = _periods(plan, rows)
    # The number behind a column may be another in each release.
    stems = {columns.stem_of(name) for name in plan.schema.names if name not in plan.dimensions}
    tables = []
    for name in rows.column_names:
        stem = columns.stem_of(name)
        if name in plan.dimensions or stem not in stems or not _is_number(rows[name].type):
            continue
        table = pa.table(
            {
                "gebied": pc.utf8_trim_whitespace(rows[plan.geo]),
                "periode": period,
                "soort": kind,
                "kolom": pa.array([stem] * rows.num_rows, pa.string()),
                "waarde": rows[name].cast(pa.float64()),
            }
        )
        tables.append(table.filter(pc.is_valid(table["waarde"])))
    return pa.concat_tables(tables) if tables else _nothing()


def _nothing() -> pa.Table:
    return pa.table(
        {**{name: pa.array([], pa.string()) for name in CELL}, "waarde": pa.array([], pa.float64())}
    )


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _periods(plan: Plan, rows: pa.Table) -> Any:
    if "Perioden" not in plan.dimensions:
        return pa.array([plan.period or ""] * rows.num_rows, pa.string())
    labels = {code: period_label(code) for code in pc.unique(rows["Perioden"]).to_pylist()}
    return pa.array([labels[code] for code in rows["Perioden"].to_pylist()], pa.string())


def _changed(source_id: str, plan: Plan, old: pa.Table, new: pa.Table, *, vintage_before: str) -> pa.Table:
    both = old.rename_columns([*CELL, "oud"]).join(
        new.rename_columns([*CELL, "nieuw"]), keys=list(CELL), join_type="inner"
    )
    both = both.filter(pc.not_equal(both["oud"], both["nieuw"])).sort_by(
        [(name, "ascending") for name in CELL]
    )
    count = both.num_rows
    given = {
        "bron": [source_id] * count,
        "bron_tabel": [plan.table] * count,
        "vintage_oud": [vintage_before] * count,
        "vintage_nieuw": [str(plan.info.get("Modified"))] * count,
    }
    cells = {name: given[name] if name in given else both[name] for name in SCHEMA.names}
    return pa.table(cells, schema=SCHEMA)


def _still_there(path: Path, plan: Plan, partition: Partition, new: pa.Table) -> pa.Table:
    """Earlier notes on this partition's cells that still have a value."""
    filters = [("bron_tabel", "=", plan.table)]
    period = plan.period_of(partition)
    if period != "alles":
        filters.append(("periode", "=", period))
    noted = pq.read_table(path, filters=filters, schema=SCHEMA)
    kept = noted.join(new.select(list(CELL)), keys=list(CELL), join_type="left semi")
    return kept.sort_by([(name, "ascending") for name in (*CELL, "vintage_nieuw")]).select(SCHEMA.names)
