"""What each table was made of and what came out of it: what did not change is kept, rows and all.

A recipe is a digest of all that a table is made from: its header and SQL, the macros that it names, the code
and, of each table that it reads, the content. So a change stops where it makes no difference to the rows.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

import duckdb

from pipeline.model import Model, SourceHeader
from pipeline.paths import Paths
from pipeline.snapshot import Source
from pipeline.sql import Connection
from pipeline.warehouse import graph
from pipeline.warehouse.connect import MACROS, NoWarehouseError, open_warehouse

LEDGER = "bouw.tabel"
CODE = "code"
"""What stands in the ledger in the place of a table, with the digest of the code as its recipe."""

BY_COLUMN = {"contract.indicator": "indicator", "contract.bouw": "opslag", "contract.aanpak": "aanpak"}
"""Tables with something for everybody, and their key: a model depends on the columns that it names."""

_MACRO = re.compile(r"^create macro (\w+)\(", re.MULTILINE)


class Made(NamedTuple):
    """The recipe that a table was made by, and the digest of its rows."""

    recept: str
    inhoud: str


class Ledger:
    """Says of each table whether it can be kept, and remembers what came out.

    Attributes:
        standing: the tables that the connection already holds.
        made: what has been made or kept so far.
        anew: what was made in this run, and not kept.
        changed: of those the tables with other rows than before, or that were not there.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, *, code: str, standing: Mapping[str, Made]
    ) -> None:
        self.standing, self.made = standing, {CODE: Made(code, "")}
        self.anew, self.changed = set[str](), set[str]()
        self._con, self._given = connection, dict[str, str]()
        self._macros = _macros(MACROS)

    def give(self, table: str, inhoud: str) -> None:
        """Say what a table holds that nobody keeps: its rows lie in files, or in tables put together."""
        self._given[table] = inhoud

    def recipe(self, model: Model, reads: Iterable[str]) -> str:
        """The digest of all that a model's table is made from; what it reads must have been made."""
        text = model.sql or (model.path.read_text(encoding="utf-8") if model.function is None else "")
        header = (model.title, model.description, model.key, dict(model.columns), model.checks)
        macros = _named(text, self._macros) if model.sql else self._macros.values()
        read = [(table, self._content(table, model)) for table in sorted(reads)]
        return _digest(self.made[CODE].recept, header, model.indicator, text, *macros, *read)

    def keeps(self, model: Model, recipe: str) -> bool:
        """Whether the table that stands was made by the same recipe; if so it counts as made."""
        before = self.standing.get(model.table)
        if before is None or before.recept != recipe:
            return False
        self.made[model.table] = before
        return True

    def enter(self, table: str, recipe: str) -> None:
        """Write down a table that was just made."""
        made = Made(recipe, content(self._con, table))
        self.made[table] = made
        self.anew.add(table)
        if table not in self.standing or self.standing[table].inhoud != made.inhoud:
            self.changed.add(table)

    def united(self, union: str, models: Iterable[Model]) -> None:
        """What a union holds follows from the tables that it puts together."""
        self.give(union, _digest(*((model.table, self.made[model.table].inhoud) for model in models)))

    def write(self) -> None:
        """Keep it beside the tables, for the next build."""
        schema = LEDGER.split(".")[0]
        self._con.execute(f"drop schema if exists {schema} cascade")
        self._con.execute(f"create schema {schema}")
        self._con.execute(f"create table {LEDGER} (tabel varchar, recept varchar, inhoud varchar)")
        tables = "select schema_name || '.' || table_name from duckdb_tables() where schema_name not in "
        for (table,) in self._con.execute(f"{tables} ('raw', 'project', '{schema}')").fetchall():
            if table not in self.made:  # what hand-kept files and headers give: made each time
                self.made[table] = Made("", self._given.get(table) or content(self._con, table))
        rows = [(table, *made) for table, made in sorted(self.made.items())]
        self._con.executemany(f"insert into {LEDGER} values (?, ?, ?)", rows)

    def _content(self, table: str, reader: Model) -> str:
        if table in BY_COLUMN and reader.sql:
            return content(self._con, table, columns=columns_read(self._con, table, reader.sql))
        if table in self.made:
            return self.made[table].inhoud
        if table not in self._given:
            self._given[table] = content(self._con, table)
        return self._given[table]


def read_ledger(paths: Paths, *, code: str) -> Mapping[str, Made]:
    """What a new build may keep of the standing warehouse: nothing, or all of it, read and found whole.

    Nothing if no warehouse can be read there, if other code made it, or if a table is not what it was.
    """
    try:
        with open_warehouse(paths) as con:
            kept = {table: Made(*made) for table, *made in con.execute(f"from {LEDGER}").fetchall()}
            if kept.pop(CODE, None) != Made(code, ""):
                return {}
            damaged = [table for table, made in kept.items() if content(con, table) != made.inhoud]
    except (NoWarehouseError, duckdb.Error):
        return {}
    return {} if damaged else kept


def contents(connection: Connection) -> dict[str, str]:
    """Table → the digest of its rows as the build left it; under '*' that of all that is known of tables.

    And of each of BY_COLUMN, column ('contract.indicator.kort') → the digest of what it holds.

    Raises:
        NoWarehouseError: code from before there was a ledger made the warehouse.
    """
    try:
        rows = connection.execute(f"from {LEDGER} order by tabel").fetchall()
    except duckdb.CatalogException as error:
        raise NoWarehouseError(
            "het magazijn is van een andere versie; maak het opnieuw: veiligheidsbeeld build"
        ) from error
    known = {table: inhoud for table, _, inhoud in rows}
    columns = (_by_column(connection, table, key) for table, key in BY_COLUMN.items() if table in known)
    return known | {"*": _digest(rows)} | {name: inhoud for each in columns for name, inhoud in each.items()}


def _by_column(connection: Connection, table: str, key: str) -> dict[str, str]:
    """Column → a digest of what each row has in it."""
    names = [name for name, *_ in connection.execute(f"describe {table}").fetchall()]
    sums = ", ".join(f'sum(hash("{key}", "{name}")::hugeint)' for name in names)
    (found,) = connection.execute(f"select {sums} from {table}").fetchall()
    return {f"{table}.{name}": str(inhoud) for name, inhoud in zip(names, found, strict=True)}


def columns_read(connection: Connection, table: str, sql: str) -> frozenset[str]:
    """The columns of one of BY_COLUMN that a select may depend on: all, unless it names what it uses."""
    every = frozenset(row[0] for row in connection.execute(f"describe {table}").fetchall())
    parsed = json.loads(graph.serializer(connection)(sql))
    tree = list(graph.nodes(parsed))
    names = _names_of(table, tree)
    whole = any(node.get("column_names") in [[name] for name in names - every] for node in tree)
    starred = any(
        star["relation_name"] in names or (not star["relation_name"] and _names_of(table, within))
        for select in tree
        if "select_list" in select
        for within in [list(_beside(select["from_table"]))]
        for star in graph.nodes(select["select_list"])
        if star.get("type") == "STAR"
    )
    renamed = any(node.get("column_name_alias") for node in tree if _names_of(table, [node]))
    words = set(re.findall(r"\w+", sql.lower()))
    if parsed["error"] or whole or starred or renamed or "natural" in words:
        return every
    return (every & words) | {BY_COLUMN[table]}


def content(connection: Connection, table: str, *, columns: Iterable[str] | None = None) -> str:
    """A digest of a table's rows, in whatever order they lie, and of its columns (all, or some).

    Raises:
        duckdb.Error: the table is not there, or cannot be read.
    """
    wanted = None if columns is None else set(columns)
    described = [
        (name, kind)
        for name, kind, *_ in connection.execute(f"describe {table}").fetchall()
        if wanted is None or name in wanted
    ]
    listed = ", ".join(f'"{name}"' for name, _ in described)
    found = connection.execute(f"select count(*), sum(hash({listed})::hugeint) from {table}").fetchall()
    return _digest(described, found)


def of_source(header: SourceHeader | None, source: Source | None, *others: object) -> str:
    """The digest of what lies in ``raw`` of a source: its files by checksum, and how they are read."""
    if source is None:
        return _digest(header, None, *others)
    tables = [(name, one.columns, one.selection) for name, one in source.tables.items()]
    parts = [asdict(part) for part in source.parts]
    return _digest(header, tables, parts, source.meta and source.meta.sha256, *others)


def _beside(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a from-clause without those of selects within it, which have a list of their own."""
    if isinstance(value, dict):
        if "select_list" not in value:
            yield value
            for child in value.values():
                yield from _beside(child)
    elif isinstance(value, list):
        for child in value:
            yield from _beside(child)


def _names_of(table: str, tree: Iterable[Mapping[str, Any]]) -> set[str]:
    """What a table is called where a select reads it."""
    schema, name = table.split(".")
    return {
        node["alias"] or name
        for node in tree
        if node.get("table_name") == name and node.get("schema_name") == schema
    }


def _macros(text: str) -> Mapping[str, str]:
    """Macro → its text with that of every macro that it uses."""
    starts = [*_MACRO.finditer(text)]
    ends = [*(one.start() for one in starts[1:]), len(text)]
    own = {one[1]: text[one.start() : end] for one, end in zip(starts, ends, strict=True)}
    whole: dict[str, str] = {}
    for name, body in own.items():  # DuckDB makes no macro of one that is not there yet
        whole[name] = body + "".join(_named(body, whole))
    return whole


def _named(text: str, macros: Mapping[str, str]) -> list[str]:
    words = set(re.findall(r"\w+", text))
    return [body for name, body in macros.items() if name in words]


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()
