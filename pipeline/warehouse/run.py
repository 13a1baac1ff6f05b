"""Models in their order → tables, each held against its header."""

import importlib.util
import re
from collections.abc import Callable, Mapping
from typing import Any

import duckdb

from pipeline.model import CONTRACT, UNIONS, Model, ModelError
from pipeline.say import Say
from pipeline.sql import literal
from pipeline.system_errors import is_of_the_system
from pipeline.warehouse import checks, graph
from pipeline.warehouse.connect import WarehouseError
from pipeline.warehouse.explain import explain, refuse_failures
from pipeline.warehouse.graph import serializer
from pipeline.warehouse.ledger import Ledger


def run_models(
    connection: duckdb.DuckDBPyConnection, models: tuple[Model, ...], *, ledger: Ledger, say: Say
) -> None:
    """Build the table of every model that cannot be kept, each after all that it reads."""
    reads = graph.lineage(models, serialize=serializer(connection))
    by_table = {model.table: model for model in models}
    for table in graph.build_order(models, reads):
        if table in graph.PUT_TOGETHER:
            make_union(connection, table, models)
            ledger.united(table, graph.united(models, table))
        elif table in by_table:
            model = by_table[table]
            recipe = ledger.recipe(model, reads[table])
            if ledger.keeps(model, recipe):
                continue
            connection.execute(f"drop table if exists {table}")
            try:
                make_table(connection, model)
            except duckdb.Error as error:
                if is_of_the_system(error):
                    raise
                raise WarehouseError(explain(connection, model, reads, str(error))) from error
            refuse_failures(connection, checks.run_checks(connection, (model,), alone=True), models)
            ledger.enter(table, recipe)
            say(f"{table}")


def make_union(connection: duckdb.DuckDBPyConnection, table: str, models: tuple[Model, ...]) -> None:
    """All indicators of one kind below each other, with their id in front: a view, made when they all are."""
    if table == graph.WITHOUT_FIGURE:
        _unite_cells_without_figure(connection, models)
        return
    kind = UNIONS[table]
    types = {"teller": "bigint", "noemer": "bigint", "waarde": "double", "onder": "double", "boven": "double"}
    columns = ", ".join(CONTRACT[kind])
    empty = ", ".join(f"null::{types.get(name, 'varchar')} as {name}" for name in CONTRACT[kind])
    selects = [f"select null::varchar as indicator, {empty} where false"]
    selects += [
        f"select {literal(model.name)} as indicator, {columns} from {model.table}"
        for model in graph.united(models, table)
    ]
    connection.execute(f"create view {table} as " + " union all ".join(selects))


def _unite_cells_without_figure(connection: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> None:
    """Cells that a gemeente's file speaks of, with the reason that there is no figure."""
    columns = ("indicator", "gebied_code", "periode", "status", "reden", "tabel")
    selects = [f"select {', '.join(f'null::varchar as {name}' for name in columns)} where false"]
    selects += [
        f"select {', '.join(columns[:-1])}, {literal(model.name)} as tabel from {model.table} "
        "where status is not null"
        for model in graph.united(models, graph.WITHOUT_FIGURE)
    ]
    connection.execute(f"create view {graph.WITHOUT_FIGURE} as " + " union all ".join(selects))


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
    connection.execute(f"comment on table {model.table} is {literal(model.title)}")
    for column, text in model.columns.items():
        connection.execute(f'comment on column {model.table}."{column}" is {literal(text)}')


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
