"""From a select to the rows behind its answer: the same conditions, without choosing columns or adding up.

DuckDB's own parser takes the select apart and puts it together again: no text of SQL is searched.
"""

import json
from typing import Any, NamedTuple

from pipeline.model import ModelError
from pipeline.sql import Connection
from pipeline.warehouse.graph import nodes, serializer

ROW = "rauw"
"""The column of `with_raw_row`."""


class Behind(NamedTuple):
    """The rows that an indicator is made of.

    Attributes:
        sql: a select of their columns.
        columns: that the indicator asks for, in its select list.
    """

    sql: str
    columns: frozenset[str]


def rows_behind(con: Connection, sql: str, *, where: str) -> Behind:
    """The rows that a select over one table (whatever it is joined to) adds up or passes on.

    Args:
        where: named in errors.

    Raises:
        ModelError: it is no simple select, or its first table has no schema.
    """
    tree, select = _parsed(con, sql, where=where)
    base = next((node for node in nodes(select["from_table"]) if node.get("type") == "BASE_TABLE"), None)
    if base is None or not base["schema_name"]:
        raise ModelError(f"{where}: geen tabel met schema achter from")
    asked = frozenset(
        node["column_names"][-1] for node in nodes(select["select_list"]) if node.get("type") == "COLUMN_REF"
    )
    _, every = _parsed(con, f'select "{base["alias"] or base["table_name"]}".* from t', where=where)
    select |= {
        "select_list": every["select_list"],
        "group_expressions": [],
        "group_sets": [],
        "having": None,
        "modifiers": [],
    }
    return Behind(_written(con, tree), asked)


def with_raw_row(con: Connection, sql: str, raw: str, *, where: str) -> str:
    """A select from the table `raw` (raw.<name>), with the whole row that it read as one more column, ROW.

    Raises:
        ModelError: it is no simple select, or does not read that table.
    """
    tree, select = _parsed(con, sql, where=where)
    name = raw.removeprefix("raw.")
    table = next(
        (
            node
            for node in nodes(select["from_table"])
            if node.get("type") == "BASE_TABLE" and node["table_name"] == name
        ),
        None,
    )
    if table is None:
        raise ModelError(f"{where}: leest {raw} niet zelf")
    _, row = _parsed(con, f'select "{table["alias"] or name}" as {ROW} from t', where=where)
    select["select_list"] += row["select_list"]
    return _written(con, tree)


def _parsed(con: Connection, sql: str, *, where: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The whole tree of a select, and within it the select itself."""
    tree = json.loads(serializer(con)(sql))
    if tree["error"] or tree["statements"][0]["node"]["type"] != "SELECT_NODE":
        raise ModelError(f"{where}: geen enkelvoudige select: {tree.get('error_message', '')}")
    return tree, tree["statements"][0]["node"]


def _written(con: Connection, tree: dict[str, Any]) -> str:
    found = con.execute("select json_deserialize_sql(?::json)", [json.dumps(tree)]).fetchall()
    return str(found[0][0])
