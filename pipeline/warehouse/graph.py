"""Order and lineage of the models, read from their SQL: nothing is declared twice."""

import json
from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pipeline.model import SCHEMAS, UNIONS, Model, ModelError
from pipeline.sql import Connection

# Cells of gemeenten without a figure, put together by the runner as the unions are.
WITHOUT_FIGURE = "project.gemeente_leeg"
PUT_TOGETHER = (*UNIONS, WITHOUT_FIGURE)
GIVEN_SCHEMAS = ("raw", "reference")
# What headers and lock say, made by the runner.
GIVEN_TABLES = (
    *("project.bouw", "project.snapshot", "project.gemeente_bron", "project.indicator_bron"),
    *("project.bestand", "project.model", "project.gemeente_indicator"),
    *("project.aanpak", "project.aanpak_gebied", "project.aanpak_oordeel"),
    *("project.uitgave", "project.indicator_soort", "project.soort", "project.bron_ritme"),
    "contract.indicator",
)

Serialize = Callable[[str], str]


def tables_in(sql: str, *, serialize: Serialize, where: str) -> frozenset[str]:
    """Schema-qualified tables that a select reads.

    Args:
        sql: one select.
        serialize: gives DuckDB's ``json_serialize_sql`` of a text.
        where: named in errors.

    Raises:
        ModelError: the text is not one select that DuckDB can parse, or reads a table without its schema.
    """
    tree = json.loads(serialize(sql))
    if tree["error"]:
        raise ModelError(f"{where}: {tree.get('error_message', 'geen select')}")
    if len(tree["statements"]) != 1:
        raise ModelError(f"{where}: {len(tree['statements'])} opdrachten, verwacht één select")
    ctes = set(_cte_names(tree))
    names = set()
    for node in nodes(tree):
        if node.get("type") != "BASE_TABLE":
            continue
        schema, table = node["schema_name"], node["table_name"]
        if schema:
            names.add(f"{schema}.{table}")
        elif table not in ctes:
            raise ModelError(f"{where}: tabel {table!r} staat er zonder schema")
    return frozenset(names)


def nodes(value: Any) -> Iterable[dict[str, Any]]:
    """Every object in a tree of JSON, the tree itself first."""
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from nodes(child)


def _cte_names(tree: Any) -> Iterable[str]:
    for node in nodes(tree):
        yield from (entry["key"] for entry in node.get("cte_map", {}).get("map", []))


def lineage(models: tuple[Model, ...], *, serialize: Serialize) -> Mapping[str, frozenset[str]]:
    """Table → tables that it reads, for every model.

    Raises:
        ModelError: a model reads a later schema, a table that does not exist, or itself.
    """
    known = {model.table for model in models} | set(PUT_TOGETHER) | set(GIVEN_TABLES)
    reads = {}
    for model in models:
        names = (
            frozenset(model.reads)
            if not model.sql
            else tables_in(model.sql, serialize=serialize, where=str(model.path))
        )
        for name in sorted(names):
            _permit(model, name, known)
        reads[model.table] = names
    return reads


def _permit(model: Model, name: str, known: set[str]) -> None:
    schema = name.split(".")[0]
    permitted = SCHEMAS[: SCHEMAS.index(model.schema) + 1]
    if schema not in permitted:
        raise ModelError(f"{model.path}: leest {name}, maar mag alleen lezen uit {', '.join(permitted)}")
    if schema not in GIVEN_SCHEMAS and name not in known:
        alike = ", ".join(sorted(table for table in known if table.startswith(f"{schema}.")))
        raise ModelError(f"{model.path}: leest {name}, dat niet bestaat; in {schema} staan: {alike}")


def build_order(models: tuple[Model, ...], reads: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Tables in an order in which each comes after all that it reads; unions stand in it too."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for union in PUT_TOGETHER:
        sorter.add(union, *(model.table for model in united(models, union)))
    made = {model.table for model in models} | set(PUT_TOGETHER)
    for table in sorted(reads):
        sorter.add(table, *sorted(reads[table] & made))
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        raise ModelError(f"modellen lezen elkaar in een kring: {' → '.join(error.args[1])}") from None


def united(models: tuple[Model, ...], union: str) -> tuple[Model, ...]:
    """The models that a union puts together."""
    if union == WITHOUT_FIGURE:
        return tuple(model for model in models if model.schema == "gemeentelijk")
    kind = UNIONS[union]
    return tuple(model for model in models if model.indicator and model.indicator.kind == kind)


def sources_of(table: str, reads: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Source ids that a table's figures come from, over any number of steps."""
    if table.startswith("raw."):
        return frozenset({table.removeprefix("raw.").removesuffix("_codes")})
    return frozenset().union(*(sources_of(read, reads) for read in reads.get(table, ())))


def serializer(connection: Connection) -> Serialize:
    """DuckDB's own parser: a select as JSON."""

    def serialize(sql: str) -> str:
        return str(connection.execute("select json_serialize_sql(?::varchar)", [sql]).fetchall()[0][0])

    return serialize
