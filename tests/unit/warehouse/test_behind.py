"""From a select to the rows that its answer rests on."""

import duckdb
import pytest

from pipeline.model import ModelError
from pipeline.warehouse.behind import ROW, rows_behind, with_raw_row


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create schema raw; create schema core")
    con.execute("create table core.geteld (plek varchar, soort varchar, aantal integer)")
    con.execute("insert into core.geteld values ('A', 'x', 3), ('A', 'y', 4), ('A', 'z', 9), ('B', 'x', 1)")
    con.execute("create table raw.bron (plek varchar, aantal varchar)")
    con.execute("insert into raw.bron values ('A  ', ' 7'), ('B  ', ' 8')")
    return con


def test_rows_of_a_sum_are_those_that_meet_its_conditions(con: duckdb.DuckDBPyConnection) -> None:
    behind = rows_behind(
        con,
        "select plek, sum(aantal) as teller from core.geteld where soort in ('x', 'y')"
        " group by plek having count(*) = 2 order by plek",
        where="proef",
    )
    assert behind.columns == {"plek", "aantal"}
    assert sorted(con.execute(behind.sql).fetchall()) == [("A", "x", 3), ("A", "y", 4), ("B", "x", 1)]


def test_rows_are_those_of_the_first_table_alone(con: duckdb.DuckDBPyConnection) -> None:
    behind = rows_behind(
        con,
        "select g.plek, b.aantal from core.geteld as g join raw.bron as b on trim(b.plek) = g.plek"
        " where g.soort = 'z'",
        where="proef",
    )
    assert con.execute(behind.sql).fetchall() == [("A", "z", 9)]


def test_a_raw_row_goes_along_as_it_is(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select trim(r.plek) as plek from raw.bron as r where trim(r.plek) = 'B'"
    found = con.execute(f"select plek, {ROW} from ({with_raw_row(con, sql, 'raw.bron', where='proef')})")
    assert found.fetchall() == [("B", {"plek": "B  ", "aantal": " 8"})]


@pytest.mark.parametrize("sql", ["select 1 union select 2", "selec t", "select 1 as waarde"])
def test_what_is_no_select_from_a_table_is_refused(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(ModelError, match="proef"):
        rows_behind(con, sql, where="proef")


def test_a_select_from_elsewhere_has_no_raw_row(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ModelError, match=r"proef: leest raw\.bron niet zelf"):
        with_raw_row(con, "select plek from core.geteld", "raw.bron", where="proef")
