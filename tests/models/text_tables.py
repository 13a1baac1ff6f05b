"""Tables as aligned text, through the production runner: what a model test states is what it needs.

The first line names columns, with a type behind a colon where it is not text (``aantal:bigint``). A cell ``-``
is NULL, a cell between quotes keeps its spaces.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from pipeline import warehouse
from pipeline.model import SCHEMAS, load_models
from pipeline.paths import Paths
from pipeline.warehouse import checks

MODELS = {model.table: model for model in load_models(Paths().models)}


def run_model(
    table: str, inputs: Mapping[str, str], *, columns: str, through: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """Build one model from text tables and return the asked columns, sorted.

    Args:
        through: models between the inputs and `table`, each after what it reads.
    """
    connection = _built(table, inputs, through)
    return sorted(
        connection.execute(f"select {columns} from {table}").fetchall(), key=lambda row: [str(v) for v in row]
    )


def failing_rows(
    table: str, inputs: Mapping[str, str], *, columns: Sequence[str], through: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """The asked columns of the rows that break a check of a model's own, sorted; relationships are left out."""
    connection = _built(table, inputs, through)
    failures = checks.run_checks(connection, (MODELS[table],), alone=True)
    return sorted(
        tuple(row[failure.columns.index(name)] for name in columns)
        for failure in failures
        for row in failure.rows
    )


def _built(table: str, inputs: Mapping[str, str], through: Sequence[str]) -> duckdb.DuckDBPyConnection:
    connection = _with_macros()
    for schema in SCHEMAS:
        connection.execute(f"drop schema if exists {schema} cascade")  # of the test before
        connection.execute(f"create schema {schema}")
    for name, text in inputs.items():
        make_text_table(connection, name, text)
    for name in (*through, table):
        warehouse.make_table(connection, MODELS[name])
    return connection


@cache
def _with_macros() -> duckdb.DuckDBPyConnection:
    """One for all models: the macros take longer than most of them."""
    connection = duckdb.connect(config={"threads": 1})  # for some rows: more threads only wait for each other
    connection.execute(warehouse.MACROS)
    return connection


def make_text_table(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    """Create a table from its text."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    header = [cell.strip() for cell in lines[0].split("|")]
    typed = [[*cell.split(":"), "varchar"][:2] for cell in header]
    connection.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in typed)})")
    rows = []
    for line in lines[1:]:
        cells = [_value(cell.strip()) for cell in line.split("|")]
        assert len(cells) == len(header), f"{name}: {line!r} heeft {len(cells)} cellen, de kop {len(header)}"
        rows.append(cells)
    # All rows at once: one statement a row took two thirds of the time of these tests.
    text = pa.table({str(at): pa.array([row[at] for row in rows], pa.string()) for at in range(len(header))})
    connection.register("rijen", text)
    connection.execute(f"insert into {name} from rijen")
    connection.unregister("rijen")


def _value(cell: str) -> str | None:
    if cell == "-":
        return None
    return cell[1:-1] if cell.startswith("'") and cell.endswith("'") and len(cell) > 1 else cell
