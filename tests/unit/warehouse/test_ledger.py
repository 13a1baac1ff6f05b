"""What a table depends on: its text and header, the code, and of what it reads that which it names."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.model import Checks, Model
from pipeline.warehouse import ledger
from pipeline.warehouse.ledger import Ledger, content


@pytest.fixture
def memory() -> duckdb.DuckDBPyConnection:
    """Two indicators, and one table that a model may read."""
    con = duckdb.connect()
    con.execute("create schema contract; create schema core; create schema mart")
    con.execute("create table contract.indicator as select 'a' as indicator, 'A' as titel, 1 as decimalen")
    con.execute("create table core.gebied as select 'NL00' as gebied_code")
    return con


def model(sql: str) -> Model:
    return Model(Path("mart/x.sql"), "mart", "x", sql, "X", (), {"x": "iets"}, Checks())


def recipe(con: duckdb.DuckDBPyConnection, made: Model, *reads: str) -> str:
    return Ledger(con, code="1", standing={}).recipe(made, reads)


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("select titel from contract.indicator", "indicator titel"),
        ("select i.Titel from contract.indicator as i where decimalen > 1", "decimalen indicator titel"),
        ("select g.* from core.gebied as g join contract.indicator as i on i.titel = $t", "indicator titel"),
        ("select * from (select titel from contract.indicator) as t", "indicator titel"),
        ("select indicator from contract.indicator", "indicator"),
        ("select * from core.gebied, contract.indicator", "*"),
        ("select i.* from contract.indicator as i", "*"),
        ("from contract.indicator", "*"),
        ("select i from contract.indicator as i", "*"),
        ("select max(columns(*)) from contract.indicator", "*"),
        ("select k from contract.indicator as i (k, l, m)", "*"),
        ("select gebied_code from core.gebied natural join contract.indicator", "*"),
        ("copy (select titel from contract.indicator) to 'x'", "*"),
    ],
)
def test_a_select_depends_on_the_columns_that_it_names(
    memory: duckdb.DuckDBPyConnection, sql: str, columns: str
) -> None:
    every = "decimalen indicator titel"
    found = ledger.columns_read(memory, "contract.indicator", sql)
    assert " ".join(sorted(found)) == (every if columns == "*" else columns)


def test_content_is_that_of_the_rows_in_any_order() -> None:
    con = duckdb.connect()

    def of(select: str) -> str:
        con.execute(f"create or replace table t as {select}")
        return content(con, "t")

    first = of("select * from (values (1, 'a'), (2, null)) as t (x, y)")
    assert first == of("select * from (values (2, null), (1, 'a')) as t (x, y)")
    others = [
        of("select * from (values (1, 'a'), (2, '')) as t (x, y)"),
        of("select * from (values (1, 'a'), (1, 'a'), (2, null)) as t (x, y)"),
        of("select * from (values (2, 'a'), (1, null)) as t (x, y)"),
        of("select * from (values (1, 'a'), (2, null)) as t (x, z)"),
        of("select x::bigint as x, y from (values (1, 'a'), (2, null)) as t (x, y)"),
    ]
    assert len({first, *others}) == 6


def test_a_table_depends_on_its_text_its_header_the_code_and_what_it_reads(
    memory: duckdb.DuckDBPyConnection,
) -> None:
    made = model("select gebied_code as x from core.gebied")
    found = [recipe(memory, made, "core.gebied")]
    found.append(recipe(memory, replace(made, columns={"x": "anders"}), "core.gebied"))
    found.append(recipe(memory, replace(made, checks=Checks(not_null=("x",))), "core.gebied"))
    found.append(recipe(memory, model(f"{made.sql} limit 1"), "core.gebied"))
    found.append(Ledger(memory, code="2", standing={}).recipe(made, ["core.gebied"]))
    assert recipe(memory, made, "core.gebied") == found[0]
    memory.execute("insert into core.gebied values ('GM0758')")
    found.append(recipe(memory, made, "core.gebied"))
    assert len(set(found)) == len(found)


def test_of_macros_those_that_it_names_and_those_that_they_use(
    memory: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = model("select telbaar(gebied_code) as x from core.gebied")

    def with_macros(inner: str, *, other: str) -> str:
        text = (
            f"create macro gegeven(x) as {inner};\ncreate macro telbaar(x) as gegeven(x);\n"
            f"create macro ander(x) as {other};\n"
        )
        monkeypatch.setattr(ledger, "MACROS", text)
        return recipe(memory, made, "core.gebied")

    assert with_macros("x", other="1") == with_macros("x", other="2") != with_macros("x + 1", other="1")


@pytest.mark.parametrize(
    ("sql", "depends"),
    [
        ("select i.decimalen as x from contract.indicator as i", False),
        ("select count(*) as x from contract.indicator", False),
        ("select i.titel as x from contract.indicator as i", True),
        ("select i.* from contract.indicator as i", True),
        ("select x.decimalen as x from (select * from contract.indicator) as x", True),
        ("select i as x from contract.indicator as i", True),
        ("with i as (select decimalen as x from contract.indicator) select * from i", False),
        ("select 1 as x from core.gebied natural join contract.indicator", True),
    ],
)
def test_of_what_is_said_of_indicators_a_table_depends_on_what_it_names(
    memory: duckdb.DuckDBPyConnection, sql: str, depends: bool
) -> None:
    before = recipe(memory, model(sql), "contract.indicator")
    memory.execute("update contract.indicator set titel = 'B'")
    assert (recipe(memory, model(sql), "contract.indicator") != before) == depends
    memory.execute("update contract.indicator set decimalen = 2")
    named = "decimalen" in sql or depends
    assert (recipe(memory, model(sql), "contract.indicator") != before) == named
