"""The embedded example as area pages: its warehouse, built once per run, and the contents made from it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.model import read_model
from pipeline.paths import PACKAGE, PROJECT, Paths
from pipeline.site.area.pages import AreaContext, AreaPage, area_codes, area_pages
from pipeline.warehouse import MACROS, build

CONTEXT = AreaContext(templates=PROJECT / "site" / "templates")


@cache
def example_warehouse() -> duckdb.DuckDBPyConnection:
    """The warehouse of the example, in memory: a test may change its own copy (`example_copy`)."""
    return _loaded()


def example_copy() -> duckdb.DuckDBPyConnection:
    """A copy of the example's warehouse that a test may change."""
    source, copy = example_warehouse(), duckdb.connect()
    copy.execute(MACROS)
    words = read_model(PACKAGE / "models" / "mart" / "gebied_woorden.sql")
    for schema, table in source.execute(
        "select table_schema, table_name from information_schema.tables where table_schema != 'main'"
        f" and table_schema || '.' || table_name != '{words.table}'"
    ).fetchall():
        rows = source.sql(f"select * from {schema}.{table}").to_arrow_table()
        copy.execute(f"create schema if not exists {schema}")
        copy.register("rijen", rows)
        copy.execute(f"create table {schema}.{table} as select * from rijen")
        copy.unregister("rijen")
    copy.execute(f"create view {words.table} as {words.sql}")  # of the figures as the test changes them
    return copy


@cache
def example_pages() -> tuple[AreaPage, ...]:
    """What the page of every area of the example says."""
    con = example_warehouse()
    return tuple(area_pages(con, codes=area_codes(con), context=CONTEXT))


def _loaded() -> duckdb.DuckDBPyConnection:
    with TemporaryDirectory() as folder:
        paths = Paths(build=Path(folder))
        build(paths, say=lambda _: None)
        con = duckdb.connect()
        con.execute(f"attach '{paths.warehouse}' as gebouwd (read_only)")
        con.execute("copy from database gebouwd to memory")
        con.execute("detach gebouwd")
    return con
