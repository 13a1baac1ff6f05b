"""The embedded example as area pages: its warehouse, built once per run, and the contents made from it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.model import read_model
from pipeline.paths import PACKAGE, PROJECT, Paths
from pipeline.site.area.pages import AreaContext, AreaPage, area_codes, area_pages
from pipeline.warehouse import MACROS, build, make_table
from tests.models.text_tables import MODELS

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


@cache
def alike_copy() -> duckdb.DuckDBPyConnection:
    """The store has too few areas to find any that are alike: here the next ten buurten by code are."""
    con = example_copy()
    con.execute(
        """
        insert into statistiek.vergelijkbaar
        with buurten as (
            select gebied_code, row_number() over (order by gebied_code) as nr, count(*) over () as alle
            from core.gebied
            where gebied_niveau = 'buurt'
        )
        select a.gebied_code, k.rang, b.gebied_code, k.rang / 16
        from buurten as a
        cross join (select unnest(range(1, 11)) as rang) as k
        join buurten as b on b.nr = (a.nr + k.rang - 1) % a.alle + 1
        """
    )
    for name in ("mart.vergelijkbaar", "mart.vergelijkbaar_cijfer", "mart.vergelijking"):
        con.execute(f"drop table {name}")
        make_table(con, MODELS[name])
    return con


@cache
def alike_pages() -> tuple[AreaPage, ...]:
    """What pages say where areas are alike."""
    codes = [
        code for (code,) in alike_copy().execute("select gebied_code from core.gebied order by 1").fetchall()
    ]
    return tuple(area_pages(alike_copy(), codes=codes, context=CONTEXT))
