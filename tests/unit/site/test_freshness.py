"""A source is late a month after its day and not before; the example, which is meant to be old, never is."""

import duckdb
import pytest

from pipeline.site.freshness import TODAY, late_sources, read_freshness
from tests.unit.site.warehouse import make_warehouse

MISDRIJVEN, OVERLAST = "politie_misdrijven", "politie_overlast"


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Crimes of 2025 of a yearly source, nuisance of 2022 of one without a day."""
    con = make_warehouse()
    con.execute("create or replace table contract.bouw as select 'live' as opslag")
    con.execute(
        "create or replace table contract.bron_ritme as select * from (values"
        f" ('{MISDRIJVEN}', 1, 1, '01-15'), ('{OVERLAST}', 4, 0, '')) as rijen (bron_id, om_de, later, dag)"
    )
    return con


def test_age_and_next_are_those_of_the_newest_period(con: duckdb.DuckDBPyConnection) -> None:
    found = read_freshness(con)
    assert set(found) == {MISDRIJVEN, OVERLAST}, "a source without figures has no age"
    assert (found[MISDRIJVEN].naam, found[MISDRIJVEN].age) == (
        "Politie 47018NED",
        "2025, stand 15 januari 2026",
    )
    assert found[OVERLAST].next == "nog niet bekend"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2027-01-15", "rond 15 januari 2027"),
        ("2027-02-15", "rond 15 januari 2027"),
        ("2027-02-16", "verwacht rond 15 januari 2027, dus te laat"),
    ],
)
def test_late_is_more_than_a_month_after_the_day(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, today: str, said: str
) -> None:
    monkeypatch.setenv(TODAY, today)
    assert read_freshness(con)[MISDRIJVEN].next == said
    assert late_sources(con) == ((MISDRIJVEN,) if "te laat" in said else ())


def test_what_has_no_day_is_never_late(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TODAY, "2099-01-01")
    assert OVERLAST not in late_sources(con)


def test_the_example_is_never_late(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TODAY, "2099-01-01")
    con.execute("update contract.bouw set opslag = 'voorbeeld'")
    assert late_sources(con) == ()
    assert read_freshness(con)[MISDRIJVEN].next == "rond 15 januari 2027"
