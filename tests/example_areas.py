"""The embedded example as area pages: its warehouse, built once per run, and the contents made from it."""

from functools import cache

import duckdb

from pipeline.model import read_model
from pipeline.paths import PACKAGE, PROJECT
from pipeline.site.area.pages import AreaContext, AreaPage, area_codes, area_pages
from pipeline.warehouse import make_table
from tests import once
from tests.models.text_tables import MODELS

CONTEXT = AreaContext(templates=PROJECT / "site" / "templates")


@cache
def example_warehouse() -> duckdb.DuckDBPyConnection:
    """The warehouse of the example, in memory: a test may change its own copy (`example_copy`)."""
    return _loaded()


def example_copy() -> duckdb.DuckDBPyConnection:
    """A copy of the example's warehouse that a test may change."""
    copy = _loaded()
    words = read_model(PACKAGE / "models" / "mart" / "gebied_woorden.sql")
    copy.execute(f"drop table {words.table}")
    copy.execute(f"create view {words.table} as {words.sql}")  # of the figures as the test changes them
    return copy


@cache
def example_pages() -> tuple[AreaPage, ...]:
    """What the page of every area of the example says."""
    con = example_warehouse()
    return tuple(area_pages(con, codes=area_codes(con), context=CONTEXT))


def _loaded() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": 1})  # as the site reads it
    con.execute(f"attach '{once.example_paths().warehouse}' as gebouwd (read_only)")
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
