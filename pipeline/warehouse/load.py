"""Snapshots and reference tables → ``raw.*`` and ``reference.*``, held against the lock."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline import snapshot
from pipeline.columns import candidates, dimension_in, stem_of
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.models import LINE
from pipeline.model import Model, Topic
from pipeline.snapshot import Part, Source, Table
from pipeline.sql import literal
from pipeline.warehouse.connect import WarehouseError

Shape = tuple[tuple[str, ...], int]


def load_reference(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Every hand-kept CSV as ``reference.<name>``, all columns text."""
    for file in sorted(folder.glob("*.csv")):
        connection.execute(
            f"create table reference.{file.stem} as "
            "select * from read_csv(?, all_varchar = true, header = true, delim = ',', "
            "quote = '\"', escape = '\"')",
            [str(file)],
        )


def load_source(
    connection: duckdb.DuckDBPyConnection, store: Path, model: Model, source: Source | None
) -> None:
    """Make ``raw.<source>`` (rows as published, columns by stem), its ``_codes`` and its ``_kolommen``.

    The latter say what the publisher calls each column. A source that the store does not hold gives empty
    tables: what depends on it is missing, not wrong.
    """
    assert model.source is not None
    names = ("tabel", "tabel_periode", "deel", *model.source.dimensions, *model.source.topics)
    connection.execute(
        f"create table raw.{model.name}_codes "
        "(tabel varchar, dimensie varchar, code varchar, titel varchar, omschrijving varchar)"
    )
    connection.execute(
        f"create table raw.{model.name}_kolommen "
        "(tabel varchar, naam varchar, kolom varchar, is_dimensie boolean)"
    )
    if source is None or not source.parts:
        columns = ", ".join(f'"{name}" varchar' for name in names)
        connection.execute(f"create table raw.{model.name} ({columns})")
        return
    meta = snapshot.read_meta(store, source)
    _load_codes(connection, model, meta)
    selects = []
    for table_id, table in source.tables.items():
        parts = [part for part in source.parts if part.table == table_id]
        if parts:
            files = [str(store / part.path) for part in parts]
            _check_parts(connection, model.name, parts, table, store=store)
            found = _published_columns(model, meta.get(table_id, {}), table_id, table)
            named = [
                (table_id, name, column, name in model.source.dimensions) for name, column in found.items()
            ]
            insert_rows(connection, f"raw.{model.name}_kolommen", named)
            selects.append(_select_table(model, table_id, found, files=files, store=store))
    connection.execute(f"create view raw.{model.name} as " + " union all by name ".join(selects))


def load_municipal(
    connection: duckdb.DuckDBPyConnection, store: Path, definition: Definition, source: Source
) -> None:
    """Make ``raw.<gemeente>_<dataset>``: the gemeente's own columns as text, with the number of each row."""
    table = source.tables[definition.id]
    _check_parts(connection, definition.id, list(source.parts), table, store=store)
    reader = _reader([str(store / part.path) for part in source.parts])
    connection.execute(
        f"create view raw.{definition.id} as select * exclude (filename) "
        f'replace (cast("{LINE}" as bigint) as "{LINE}") from {reader}'
    )


def _reader(files: list[str]) -> str:
    listed = ", ".join(literal(file) for file in files)
    # All as text: a guess of types would take the zeros off codes, and what a figure is, staging says.
    if files[0].endswith(".csv"):
        return (
            f"read_csv([{listed}], all_varchar = true, header = true, delim = ',', quote = '\"', "
            "escape = '\"', filename = true)"
        )
    return f"read_parquet([{listed}], filename = true, union_by_name = true)"


def _check_parts(
    connection: duckdb.DuckDBPyConnection, source_id: str, parts: list[Part], table: Table, *, store: Path
) -> None:
    """Columns and row counts of every part as the lock has them."""
    files = [str(store / part.path) for part in parts]
    shapes = _parquet_shapes if files[0].endswith(".parquet") else _csv_shapes
    for part, file, (columns, rows) in zip(parts, files, shapes(connection, files), strict=True):
        if columns != table.columns:
            other = sorted(set(columns) ^ set(table.columns)) or columns
            raise WarehouseError(f"{source_id}: {file}: kolommen anders dan in de lock: {', '.join(other)}")
        if rows != part.rows:
            raise WarehouseError(f"{source_id}: {file}: {rows} rijen, in de lock {part.rows}")


def _csv_shapes(connection: duckdb.DuckDBPyConnection, files: list[str]) -> Iterator[Shape]:
    for file in files:
        described = connection.execute(
            f"describe select * exclude (filename) from {_reader([file])}"
        ).fetchall()
        rows = connection.execute(f"select count(*) from {_reader([file])}").fetchall()[0][0]
        yield tuple(row[0] for row in described), rows


def _parquet_shapes(connection: duckdb.DuckDBPyConnection, files: list[str]) -> Iterator[Shape]:
    """From the footers alone, all files in one query: a full cube has thousands of parts."""
    listed = "[" + ", ".join(literal(file) for file in files) + "]"
    names: dict[str, list[str]] = {}
    for file, name in connection.execute(
        f"select file_name, name from parquet_schema({listed}) where num_children is null"
    ).fetchall():
        names.setdefault(file, []).append(name)
    rows = dict(
        connection.execute(f"select file_name, num_rows from parquet_file_metadata({listed})").fetchall()
    )
    for file in files:
        yield tuple(names[file]), rows[file]


def _published_columns(
    model: Model, meta: Mapping[str, Any], table_id: str, table: Table
) -> Mapping[str, str | None]:
    """Name of each dimension and topic → the publisher's column of this table; None where it has none."""
    assert model.source is not None
    if table_id not in model.source.tables.values():
        raise WarehouseError(
            f"{model.path}: tabel {table_id} staat in de lock, maar niet in [source] tables: "
            f"{', '.join(model.source.tables.values())}"
        )
    found: dict[str, str | None] = {
        name: dimension_in(model.source, name, table.columns) for name in model.source.dimensions
    }
    for alias, topic in model.source.topics.items():
        found[alias] = resolve_topic(
            topic, meta.get("DataProperties", []), table, where=f"{model.name} {table_id} {alias}"
        )
    return found


def _select_table(
    model: Model, table_id: str, found: Mapping[str, str | None], *, files: list[str], store: Path
) -> str:
    assert model.source is not None
    periods = {table: period for period, table in model.source.tables.items() if period != "alles"}
    columns = [
        f"{literal(table_id)} as tabel",
        f"{literal(periods[table_id]) if table_id in periods else 'null'}::varchar as tabel_periode",
        f"replace(filename, {literal(str(store) + '/')}, '') as deel",
    ]
    columns += [
        f'"{column}" as "{name}"' if column else f'null::varchar as "{name}"'
        for name, column in found.items()
    ]
    return f"select {', '.join(columns)} from {_reader(files)}"


def resolve_topic(topic: Topic, properties: list[dict[str, Any]], table: Table, *, where: str) -> str | None:
    """The column of a table that a topic stands for, by stem and title of the group above it.

    Returns:
        The publisher's column name; None if the snapshot is a selection that left it out.

    Raises:
        WarehouseError: no column or more than one has the stem; the message names source, table and stems.
    """
    found = (
        candidates(topic, properties)
        if properties
        else tuple(column for column in table.columns if stem_of(column) in topic.stems)
    )
    present = [key for key in found if key in table.columns]
    if len(present) > 1 or (len(found) > 1 and not table.selection):
        raise WarehouseError(f"{where}: meer dan één kolom past bij {topic.stems}: {', '.join(found)}")
    if present:
        return str(present[0])
    if table.selection:
        return None
    raise WarehouseError(
        f"{where}: geen kolom past bij {', '.join(topic.stems)}; de tabel heeft: {', '.join(table.columns)}"
    )


def _load_codes(connection: duckdb.DuckDBPyConnection, model: Model, meta: Mapping[str, Any]) -> None:
    assert model.source is not None
    rows = [
        (table_id, dimension, str(row["Key"]).strip(), row.get("Title"), row.get("Description"))
        for table_id, sets in meta.items()
        for dimension in model.source.dimensions
        for row in sets.get(dimension_in(model.source, dimension, sets), ())
    ]
    if rows:
        insert_rows(connection, f"raw.{model.name}_codes", rows)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert lists of Python values, at most a code list long; bulk data never passes here."""
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register(
        "van_python", pa.table(columns, names=[f"c{number}" for number in range(len(columns))])
    )
    connection.execute(f"insert into {table} select * from van_python")
    connection.unregister("van_python")
