"""Snapshots → raw.* → models in order → one DuckDB file, swapped in when every check has passed.

The only place that connects to DuckDB.
"""

import csv
import hashlib
import importlib.util
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline import checks, graph, indicator, snapshot
from pipeline.columns import candidates, stem_of
from pipeline.errors import VeiligheidsbeeldError
from pipeline.gemeente.definition import Definition, load_definitions
from pipeline.gemeente.models import LINE, project_models
from pipeline.model import CONTRACT, SCHEMAS, Model, ModelError, Topic, indicators, sources
from pipeline.paths import Paths
from pipeline.snapshot import Lock, Part, Source, Table

Say = Callable[[str], None]

# Where the publisher writes nothing, spaces or a point, the value is missing: never zero.
MACROS = r"""
create macro tekst(x) as nullif(trim(cast(x as varchar)), '');
create macro getal(x) as cast(nullif(nullif(trim(cast(x as varchar)), '.'), '') as double);
create macro geheel(x) as cast(nullif(nullif(trim(cast(x as varchar)), '.'), '') as bigint);
create macro gebied(x) as case trim(x) when 'NL01' then 'NL00' else trim(x) end;
create macro periode(x) as coalesce(
    nullif(regexp_extract(x, '^(\d{4})(JJ|SJ)00$', 1), ''),
    nullif(replace(regexp_extract(x, '^\d{4}MM\d{2}$'), 'MM', '-'), ''),
    error('onbekende periode: ' || x));
create macro plaats_onbekend(x) as
    substr(x, 3, 4) in ('0000', '0998', '0999') or x in ('LD99', 'PV99', 'RE99')
        or ((ends_with(x, '9997') or ends_with(x, '9998'))
            and (starts_with(x, 'WK') or starts_with(x, 'BU')));
create macro te_weinig_inwoners(x) as x < 50;

create macro niveau(code) as case left(code, 2)
    when 'NL' then 'land' when 'GM' then 'gemeente' when 'WK' then 'wijk' when 'BU' then 'buurt' end;

-- The one margin with which a figure is shown and judged: judged_interval of statistics/dispersion.py.
-- `onder` and `boven` are the exact bounds of the count, a and b stand in statistiek.spreiding.
create macro spreidingsfactor(aantal, a, b) as sqrt(greatest(1, coalesce(a, 1) + coalesce(b, 0) * aantal));
create macro marge_onder(aantal, onder, a, b) as case when onder is not null
    then greatest(0, aantal - (aantal - onder) * spreidingsfactor(aantal, a, b)) end;
create macro marge_boven(aantal, boven, a, b) as aantal + (boven - aantal) * spreidingsfactor(aantal, a, b);

-- How a figure is written: format_number and figure_decimals of pipeline/words/numbers.py, for whole columns,
-- with its SMALL_DECIMALS (2), MOST_DECIMALS (3) and UIT_PUBLICATIE. 1e-9 brings a half that lies just below
-- itself as a binary value over its edge. Most figures need no points between thousands: a cast to decimal
-- takes a quarter of the time of format().
create macro eenheden(x, per) as floor((abs(x) + 1e-9) * per + 0.5);
create macro cijfertekst(x, decimalen) as case
    when x >= 0 and x < 999 then case decimalen
        when 0 then cast(cast(eenheden(x, 1) as bigint) as varchar)
        when 1 then replace(cast(cast(x + 1e-9 as decimal(12, 1)) as varchar), '.', ',')
        when 2 then replace(cast(cast(x + 1e-9 as decimal(12, 2)) as varchar), '.', ',')
        else replace(cast(cast(x + 1e-9 as decimal(12, 3)) as varchar), '.', ',') end
    else if(x < 0 and eenheden(x, 10 ** decimalen) > 0, '-', '') || translate(
        format('{:,.' || decimalen || 'f}', eenheden(x, 10 ** decimalen) / 10 ** decimalen), ',.', '.,') end;
create macro toont(laagste, hoogste, kleinste, per) as eenheden(kleinste, per) > 0
    and (laagste = hoogste or eenheden(laagste, per) < eenheden(hoogste, per));
create macro decimalen_vanaf(decimalen, laagste, hoogste, kleinste) as case
    when decimalen <= 0 and toont(laagste, hoogste, kleinste, 1) then 0
    when decimalen <= 1 and toont(laagste, hoogste, kleinste, 10) then 1
    when decimalen <= 2 and toont(laagste, hoogste, kleinste, 100) then 2
    else greatest(decimalen, 3) end;
create macro cijferdecimalen(kind, decimalen, voorbehoud, x, onder, boven) as case
    when x is null then null
    when kind != 'verhouding'
        then if(x = floor(x) and list_contains(string_split(voorbehoud, ';'), 'uit_publicatie'), 0, decimalen)
    else decimalen_vanaf(
        if(0 < x and x < 1, greatest(decimalen, 2), decimalen),
        least(x, onder, boven),
        greatest(x, onder, boven),
        coalesce(least(if(x > 0, x, null), if(onder > 0, onder, null), if(boven > 0, boven, null)), 1)) end;
"""


# A free runner has 16 GB for everything; above this DuckDB uses the disk, which measured no slower.
MEMORY_LIMIT = "3GB"

# Looking up in which part a wrong row stands reads a whole source.
SEARCHED_ROWS = 2


class WarehouseError(VeiligheidsbeeldError):
    """The warehouse cannot be built or opened; the message names the model, the file and the value."""


@contextmanager
def open_warehouse(paths: Paths) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the standing warehouse.

    Raises:
        WarehouseError: there is none yet.
    """
    if not paths.warehouse.is_file():
        raise WarehouseError(f"{paths.warehouse} bestaat nog niet; eerst: veiligheidsbeeld build")
    connection = duckdb.connect(str(paths.warehouse), read_only=True)
    try:
        connection.execute("set enable_progress_bar = false")
        yield connection
    finally:
        connection.close()


def fingerprint(paths: Paths) -> str:
    """A digest of all that the warehouse is made from: store, models, reference tables and code."""
    digest = hashlib.sha256(paths.store.encode())
    files = [
        paths.snapshots / snapshot.LOCK_NAME,
        *sorted(paths.reference.glob("*.csv")),
        *sorted(paths.models.glob("*/*.*")),
        *sorted(file for file in paths.definitions.glob("*") if file.is_file()),
        *sorted(Path(__file__).parent.glob("*.py")),
        *sorted((Path(__file__).parent / "statistics").glob("*.py")),
        *sorted((Path(__file__).parent / "gemeente").glob("*.py")),
    ]
    for file in files:
        digest.update(file.name.encode())
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()


def standing_fingerprint(paths: Paths) -> str | None:
    """The digest that the standing warehouse was made from; None if there is no warehouse."""
    if not paths.warehouse.is_file():
        return None
    with open_warehouse(paths) as connection:
        found = connection.execute("select vingerafdruk from contract.bouw").fetchall()
    return str(found[0][0])


def build(paths: Paths, *, say: Say, force: bool = False) -> bool:
    """Build the warehouse beside the standing one and swap it in.

    Returns:
        False when nothing has changed since the standing one was built.

    Raises:
        VeiligheidsbeeldError: a snapshot, model or check fails; the standing warehouse stays.
    """
    lock = snapshot.read_lock(paths.snapshots)
    for source_id, source in lock.sources.items():
        snapshot.verify(paths.snapshots, source_id, source)
    mark = fingerprint(paths)
    if not force and standing_fingerprint(paths) == mark:
        return False
    models = project_models(paths)
    paths.build.mkdir(parents=True, exist_ok=True)
    beside = paths.warehouse.with_suffix(".nieuw")
    beside.unlink(missing_ok=True)
    connection = duckdb.connect(str(beside), config={"memory_limit": MEMORY_LIMIT})
    try:
        connection.execute("set enable_progress_bar = false")
        _prepare(connection, paths, lock, models, mark)
        run_models(connection, models, say=say)
        _refuse_failures(connection, checks.run_checks(connection, models, alone=False), models)
        connection.execute("drop schema raw cascade")
        connection.execute("checkpoint")
    except BaseException:
        connection.close()
        beside.unlink(missing_ok=True)
        raise
    connection.close()
    beside.replace(paths.warehouse)
    say(f"magazijn: {len(models)} tabellen uit {len(lock.sources)} bronnen ({paths.store})")
    return True


def recheck(paths: Paths) -> int:
    """Run every check on the standing warehouse; return how many tables were checked.

    Raises:
        CheckError: with the first ten rows of each failing check.
    """
    models = project_models(paths)
    with open_warehouse(paths) as connection:
        failures = checks.run_checks(connection, models)
    if failures:
        raise checks.CheckError("\n".join(str(failure) for failure in failures))
    return len(models)


def _prepare(
    connection: duckdb.DuckDBPyConnection, paths: Paths, lock: Lock, models: tuple[Model, ...], mark: str
) -> None:
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
    connection.execute(MACROS)
    load_reference(connection, paths.reference)
    headers = sources(models)
    definitions = load_definitions(paths.definitions)
    unknown = sorted(set(lock.sources) - set(headers) - {one.id for one in definitions})
    if unknown:
        raise WarehouseError(
            f"{paths.snapshots / snapshot.LOCK_NAME}: bron {', '.join(unknown)} heeft geen bestand in "
            f"staging of in {paths.definitions}; bekend: {', '.join(headers)}"
        )
    for model in models:
        if model.source is not None:
            load_source(connection, paths.snapshots, model, lock.sources.get(model.name))
    for definition in definitions:
        if definition.id in lock.sources:
            load_municipal(connection, paths.snapshots, definition, lock.sources[definition.id])
    _describe(connection, lock, models, paths, mark)
    describe_definitions(connection, definitions, lock)


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
    """Make ``raw.<source>`` (rows as published, columns by stem) and ``raw.<source>_codes``.

    A source that the store does not hold gives empty tables: what depends on it is missing, not wrong.
    """
    assert model.source is not None
    names = ("tabel", "tabel_periode", "deel", *model.source.dimensions, *model.source.topics)
    connection.execute(
        f"create table raw.{model.name}_codes "
        "(tabel varchar, dimensie varchar, code varchar, titel varchar, omschrijving varchar)"
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
            _check_parts(connection, model.name, store, parts, table)
            selects.append(_select_table(model, meta.get(table_id, {}), table_id, table, files, store))
    connection.execute(f"create view raw.{model.name} as " + " union all by name ".join(selects))


def load_municipal(
    connection: duckdb.DuckDBPyConnection, store: Path, definition: Definition, source: Source
) -> None:
    """Make ``raw.<gemeente>_<dataset>``: the gemeente's own columns as text, with the number of each row."""
    table = source.tables[definition.id]
    _check_parts(connection, definition.id, store, list(source.parts), table)
    reader = _reader([str(store / part.path) for part in source.parts])
    connection.execute(
        f"create view raw.{definition.id} as select * exclude (filename) "
        f'replace (cast("{LINE}" as bigint) as "{LINE}") from {reader}'
    )


def _reader(files: list[str]) -> str:
    listed = ", ".join(_literal(file) for file in files)
    if files[0].endswith(".csv"):
        return (
            f"read_csv([{listed}], all_varchar = true, header = true, delim = ',', quote = '\"', "
            "escape = '\"', filename = true)"
        )
    return f"read_parquet([{listed}], filename = true, union_by_name = true)"


def _check_parts(
    connection: duckdb.DuckDBPyConnection, source_id: str, store: Path, parts: list[Part], table: Table
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


Shape = tuple[tuple[str, ...], int]


def _csv_shapes(connection: duckdb.DuckDBPyConnection, files: list[str]) -> Iterator[Shape]:
    for file in files:
        described = connection.execute(
            f"describe select * exclude (filename) from {_reader([file])}"
        ).fetchall()
        rows = connection.execute(f"select count(*) from {_reader([file])}").fetchall()[0][0]
        yield tuple(row[0] for row in described), rows


def _parquet_shapes(connection: duckdb.DuckDBPyConnection, files: list[str]) -> Iterator[Shape]:
    """From the footers alone, all files in one query: a full cube has thousands of parts."""
    listed = "[" + ", ".join(_literal(file) for file in files) + "]"
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


def _select_table(
    model: Model, meta: Mapping[str, Any], table_id: str, table: Table, files: list[str], store: Path
) -> str:
    assert model.source is not None
    periods = {table: period for period, table in model.source.tables.items() if period != "alles"}
    if table_id not in model.source.tables.values():
        raise WarehouseError(
            f"{model.path}: tabel {table_id} staat in de lock, maar niet in [source] tables: "
            f"{', '.join(model.source.tables.values())}"
        )
    columns = [
        f"{_literal(table_id)} as tabel",
        f"{_literal(periods[table_id]) if table_id in periods else 'null'}::varchar as tabel_periode",
        f"replace(filename, {_literal(str(store) + '/')}, '') as deel",
    ]
    columns += [f'"{name}"' for name in model.source.dimensions]
    for alias, topic in model.source.topics.items():
        key = resolve_topic(
            topic, meta.get("DataProperties", []), table, where=f"{model.name} {table_id} {alias}"
        )
        columns.append(f'"{key}" as "{alias}"' if key else f'null::varchar as "{alias}"')
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
    rows = [
        (table_id, dimension, str(row["Key"]).strip(), row.get("Title"), row.get("Description"))
        for table_id, sets in meta.items()
        for dimension, codes in sets.items()
        if model.source is not None and dimension in model.source.dimensions
        for row in codes
    ]
    if rows:
        insert_rows(connection, f"raw.{model.name}_codes", rows)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert lists of Python values, at most a code list long; bulk data never passes here."""
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    connection.register(
        "van_python", pa.table(columns, names=[f"c{number}" for number in range(len(columns))])
    )
    connection.execute(f"insert into {table} select * from van_python")
    connection.unregister("van_python")


def _describe(
    connection: duckdb.DuckDBPyConnection, lock: Lock, models: tuple[Model, ...], paths: Paths, mark: str
) -> None:
    """The tables that say where figures come from and what indicators are: from headers and lock."""
    connection.execute(
        "create table contract.bouw as select ?::varchar as vingerafdruk, ?::varchar as opslag",
        [mark, paths.store],
    )
    connection.execute(
        "create table contract.snapshot (bron_id varchar, tabel varchar, publisher varchar, "
        "licentie varchar, "
        "url varchar, modified varchar, fetched_at varchar, titel varchar, reconstructed varchar)"
    )
    snapshots = [
        (
            source_id,
            table_id,
            source.publisher,
            source.licence,
            table.url,
            table.modified[:10] if table.modified else None,
            table.fetched_at,
            table.title,
            table.reconstructed,
        )
        for source_id, source in lock.sources.items()
        for table_id, table in source.tables.items()
    ]
    if snapshots:
        insert_rows(connection, "contract.snapshot", snapshots)
    describe_indicators(connection, models)


def describe_definitions(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], lock: Lock
) -> None:
    """``contract.gemeente_bron``: every municipal dataset that is defined, with or without rows here."""
    connection.execute(
        "create table contract.gemeente_bron (bron_id varchar, gemeente_code varchar, titel varchar, "
        "publisher varchar, licentie varchar, citaat varchar, pagina varchar, contact varchar, "
        "frequentie varchar, toelichting varchar[], opgehaald boolean, indicatoren varchar[])"
    )
    rows: list[tuple[Any, ...]] = [
        (
            one.id,
            one.gemeente,
            one.title,
            one.publisher,
            one.licence,
            one.citation,
            one.page or one.url,
            one.contact,
            one.frequency,
            list(one.notes),
            one.id in lock.sources,
            [indicator.id for indicator in one.indicators],
        )
        for one in definitions
    ]
    if rows:
        insert_rows(connection, "contract.gemeente_bron", rows)


def describe_indicators(connection: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> None:
    """``contract.indicator`` and ``contract.indicator_bron``, from the headers and the SQL of the models."""
    columns = ", ".join(f"{name} {kind}" for name, kind in indicator.sql_types().items())
    connection.execute(f"create table contract.indicator ({columns})")
    for name, column in indicator.COLUMNS.items():
        connection.execute(f"comment on column contract.indicator.{name} is {_literal(column.comment)}")
    described = indicators(models)
    if described:
        insert_rows(connection, "contract.indicator", [astuple(one) for one in described.values()])
    reads = graph.lineage(models, serialize=serializer(connection))
    connection.execute("create table contract.indicator_bron (indicator varchar, bron_id varchar)")
    origins: list[tuple[Any, ...]] = [
        (name, source_id)
        for name in described
        for source_id in sorted(graph.sources_of(f"indicator.{name}", reads))
    ]
    if origins:
        insert_rows(connection, "contract.indicator_bron", origins)


def serializer(connection: duckdb.DuckDBPyConnection) -> graph.Serialize:
    """DuckDB's own parser: a select as JSON."""

    def serialize(sql: str) -> str:
        return str(connection.execute("select json_serialize_sql(?::varchar)", [sql]).fetchall()[0][0])

    return serialize


def run_models(connection: duckdb.DuckDBPyConnection, models: tuple[Model, ...], *, say: Say) -> None:
    """Build every model's table, each after all that it reads."""
    reads = graph.lineage(models, serialize=serializer(connection))
    by_table = {model.table: model for model in models}
    for table in graph.build_order(models, reads):
        if table in graph.UNIONS:
            make_union(connection, table, models)
        elif table in by_table:
            model = by_table[table]
            try:
                make_table(connection, model)
            except duckdb.Error as error:
                raise WarehouseError(_explain(connection, model, reads, str(error))) from error
            _refuse_failures(connection, checks.run_checks(connection, (model,), alone=True), models)
            say(f"{table}")


def make_union(connection: duckdb.DuckDBPyConnection, table: str, models: tuple[Model, ...]) -> None:
    """All indicators of one kind below each other, with their id in front."""
    kind = graph.UNIONS[table]
    types = {"teller": "bigint", "noemer": "bigint", "waarde": "double", "onder": "double", "boven": "double"}
    columns = ", ".join(CONTRACT[kind])  # type: ignore[index]
    empty = ", ".join(f"null::{types.get(name, 'varchar')} as {name}" for name in CONTRACT[kind])  # type: ignore[index]
    selects = [f"select null::varchar as indicator, {empty} where false"]
    selects += [
        # Figures of areas that have since gone or changed code stay in staging; they have no page.
        f"select {_literal(model.name)} as indicator, {columns} from {model.table} "
        "semi join core.gebied using (gebied_code)"
        for model in models
        if model.indicator and model.indicator.kind == kind
    ]
    _create(connection, table, " union all ".join(selects))


def _create(connection: duckdb.DuckDBPyConnection, table: str, select: str) -> None:
    # Rows that a model does not order may lie in any order: keeping one would make DuckDB write the result of
    # every join with a single core.
    ordered = re.search(r"\border\s+by\b", select, re.IGNORECASE) is not None
    connection.execute(f"set preserve_insertion_order = {ordered}")
    try:
        connection.execute(f"create table {table} as {select}")
    finally:
        connection.execute("reset preserve_insertion_order")


def make_table(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Build one table and hold it against its header.

    Raises:
        ModelError: its columns are not those of the header, or an indicator's types are wrong.
    """
    if model.sql:
        _create(connection, model.table, model.sql)
    else:
        arrow_table = _python_table(model)(connection)
        connection.register("van_python", arrow_table)
        connection.execute(f"create table {model.table} as select * from van_python")
        connection.unregister("van_python")
    built = {row[0]: row[1] for row in connection.execute(f"describe {model.table}").fetchall()}
    if set(built) != set(model.columns):
        missing, extra = set(model.columns) - set(built), set(built) - set(model.columns)
        raise ModelError(
            f"{model.path}: kolommen en kop verschillen; alleen in de kop: {sorted(missing)}, "
            f"alleen in de tabel: {sorted(extra)}"
        )
    if model.indicator:
        _refuse_types(model, built)
    connection.execute(f"comment on table {model.table} is {_literal(model.title)}")
    for column, text in model.columns.items():
        connection.execute(f'comment on column {model.table}."{column}" is {_literal(text)}')


def _refuse_types(model: Model, built: Mapping[str, str]) -> None:
    expected = {
        "teller": "BIGINT",
        "noemer": "BIGINT",
        "waarde": "DOUBLE",
        "onder": "DOUBLE",
        "boven": "DOUBLE",
    }
    wrong = {
        name: kind
        for name, kind in built.items()
        if name in expected and kind not in (expected[name], '"NULL"')
    }
    if wrong:
        raise ModelError(f"{model.path}: verkeerd soort kolom {wrong}; verwacht {expected}")


def _python_table(model: Model) -> Callable[[Any], Any]:
    if model.function is not None:
        return model.function
    spec = importlib.util.spec_from_file_location(f"statistiek_{model.name}", model.path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[[Any], Any] = module.table
    return function


def _explain(
    connection: duckdb.DuckDBPyConnection, model: Model, reads: Mapping[str, frozenset[str]], message: str
) -> str:
    """A DuckDB error with the part of the snapshot in which the value stands, if the value can be found."""
    first_line = message.splitlines()[0]
    quoted = first_line.split("'")
    values = [quoted[1]] if len(quoted) > 2 else []
    places = _parts_with(connection, graph.sources_of(model.table, reads), values)
    return f"{model.path}: {first_line}" + (f" (in {', '.join(places)})" if places else "")


def _parts_with(
    connection: duckdb.DuckDBPyConnection, source_ids: frozenset[str], values: list[str]
) -> list[str]:
    """Parts of the snapshots that hold a row with all of the values (a year also as a period's start)."""
    places: set[str] = set()
    for source_id in sorted(source_ids) if values else ():
        described = connection.execute(f"describe raw.{source_id}").fetchall()
        columns = [row[0] for row in described if row[0] not in ("tabel", "deel")]
        everywhere = " and ".join(
            "("
            + " or ".join(f'starts_with(trim(cast("{column}" as varchar)), ?)' for column in columns)
            + ")"
            for _ in values
        )
        found = connection.execute(
            f"select distinct deel from raw.{source_id} where {everywhere} order by deel limit 5",
            [value.strip() for value in values for _ in columns],
        ).fetchall()
        places |= {str(row[0]) for row in found}
    return sorted(places)


def _refuse_failures(
    connection: duckdb.DuckDBPyConnection, failures: tuple[checks.Failure, ...], models: tuple[Model, ...]
) -> None:
    if not failures:
        return
    reads = graph.lineage(models, serialize=serializer(connection))
    keys = {model.table: model.key for model in models}
    texts = []
    for failure in failures:
        names = [name for name in keys[failure.check.table] if name in failure.columns]
        origins = graph.sources_of(failure.check.table, reads)
        places: set[str] = set()
        for row in failure.rows[:SEARCHED_ROWS]:
            values = [str(row[failure.columns.index(name)]) for name in names]
            places.update(_parts_with(connection, origins, values))
        texts.append(str(failure) + (f"\n  in: {', '.join(sorted(places))}" if places else ""))
    raise checks.CheckError("\n".join(texts))


def query_csv(paths: Paths, sql: str) -> str:
    """The answer to one read-only query, as CSV with a header.

    Raises:
        WarehouseError: DuckDB refuses the query.
    """
    with open_warehouse(paths) as connection:
        try:
            result = connection.execute(sql)
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow([column[0] for column in result.description or []])
            writer.writerows(result.fetchall())
        except duckdb.Error as error:
            raise WarehouseError(f"vraag geweigerd: {error}") from error
    return text.getvalue()


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
