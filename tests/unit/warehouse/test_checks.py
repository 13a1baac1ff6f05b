"""A key is checked in the cheapest way that proves it; a shared key is found however the rows lie."""

import duckdb
import pytest

from pipeline.model import Checks, Model
from pipeline.paths import Paths
from pipeline.warehouse.checks import run_checks


def keyed() -> Model:
    return Model(
        path=Paths().models / "core" / "t.sql",
        schema="core",
        name="t",
        sql="select 1",
        title="t",
        key=("a", "b"),
        columns={"a": "a", "b": "b"},
        checks=Checks(),
    )


@pytest.mark.parametrize(
    ("rows", "shared"),
    [
        ([("a", 1), ("a", 2), ("b", 1)], []),
        ([("b", 1), ("a", 2), ("a", 1)], []),  # in another order
        ([("a", 1), ("a", 1), ("b", 1)], [("a", 1, 2)]),
        ([("b", 1), ("a", 1), ("b", 1)], [("b", 1, 2)]),
        ([("a", 1)], []),
        ([], []),
    ],
)
def test_rows_that_share_a_key_are_named(
    rows: list[tuple[str, int]], shared: list[tuple[str, int, int]]
) -> None:
    con = duckdb.connect()
    con.execute("create schema core; create table core.t (a varchar, b bigint)")
    for row in rows:
        con.execute("insert into core.t values (?, ?)", row)
    failures = run_checks(con, (keyed(),))
    assert [row for failure in failures for row in failure.rows] == shared


def test_empty_keys_that_repeat_are_found() -> None:
    con = duckdb.connect()
    con.execute("create schema core; create table core.t as select 'a' as a, null::bigint as b from range(2)")
    assert [failure.check.name for failure in run_checks(con, (keyed(),))] == ["not_null b", "unique a, b"]
