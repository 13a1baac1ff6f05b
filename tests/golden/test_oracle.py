"""The warehouse says what a boring recount of the CSVs says, for every area of Breda and for the country."""

from collections.abc import Mapping
from typing import Any

import duckdb
import pytest

from tests.golden import oracle
from tests.golden.oracle import KINDS, Cell, Figure, Kind

ROUNDED = 6e-5  # published with four decimals

Swings = Mapping[tuple[str, str], tuple[float, float]]


@pytest.fixture(scope="module")
def people() -> oracle.Population:
    return oracle.read_population()


@pytest.fixture(scope="module")
def counts() -> dict[str, dict[Cell, int]]:
    return {kind.indicator: oracle.read_counts(kind) for kind in KINDS}


@pytest.fixture(scope="module")
def swings(counts: dict[str, dict[Cell, int]]) -> Swings:
    """Recomputed from the counts: nothing of it is the warehouse's."""
    return oracle.swings(counts)


@pytest.fixture(scope="module")
def recounted(
    counts: dict[str, dict[Cell, int]], people: oracle.Population, swings: Swings
) -> dict[str, dict[Cell, Figure]]:
    return {kind.indicator: oracle.figures(kind, counts[kind.indicator], people, swings) for kind in KINDS}


def _dicts(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = con.execute(sql)
    names = [one[0] for one in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_how_much_counts_swing(con: duckdb.DuckDBPyConnection, swings: Swings) -> None:
    rows = _dicts(con, "from statistiek.spreiding")
    told = {(row["indicator"], row["gebied_niveau"]): (row["a"], row["b"]) for row in rows}
    ours = {kind.indicator for kind in KINDS}
    assert {key for key in told if key[0] in ours} == set(swings)
    assert swings["misdrijven", "buurt"][0] > 1.05  # measured here, not borrowed and not chance alone
    for key, ab in swings.items():
        assert told[key] == pytest.approx(ab, rel=1e-6), key


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.indicator)
def test_every_cell(
    kind: Kind, con: duckdb.DuckDBPyConnection, recounted: dict[str, dict[Cell, Figure]]
) -> None:
    """Rows, statuses, reasons, counts, denominators with their years, values and margins."""
    rows = _dicts(
        con, f"select * from mart.cijfer where indicator = '{kind.indicator}' and length(periode) = 4"
    )
    published = {(row["gebied_code"], row["periode"]): row for row in rows}
    expected = recounted[kind.indicator]
    assert set(published) == set(expected)
    for cell, figure in expected.items():
        row = published[cell]
        where = f"{kind.indicator} {cell}: {row}"
        assert (row["status"], row["oorzaak"]) == (figure.status, figure.reason), where
        assert (row["teller"], row["noemer"]) == (figure.count, figure.denominator), where
        if figure.denominator is not None:
            assert row["noemer_jaar"] == figure.denominator_year, where
        told = (row["waarde"], row["onder"], row["boven"])
        if figure.value is None:
            assert told == (None, None, None), where
        else:
            assert told == pytest.approx((figure.value, figure.low, figure.high), abs=ROUNDED), where


def test_the_recount_meets_every_status_that_the_store_has(
    con: duckdb.DuckDBPyConnection, recounted: dict[str, dict[Cell, Figure]]
) -> None:
    met = {figure.status for cells in recounted.values() for figure in cells.values()}
    there = con.execute(
        "select distinct status from mart.cijfer where list_contains($1, indicator)",
        [[kind.indicator for kind in KINDS]],
    ).fetchall()
    assert (
        met == {status for (status,) in there} >= {"ok", "voorlopig", "te_klein", "geen_noemer", "verborgen"}
    )
    assert sum(len(cells) for cells in recounted.values()) > 1000


def test_known_totals(counts: dict[str, dict[Cell, int]]) -> None:
    assert counts["overlast_drugs_alcohol"]["BU07580006", "2022"] == 109
    assert counts["overlast_drugs_alcohol"]["GM0758", "2022"] == 675
    crimes = counts["misdrijven"]
    for jaar, total in (("2012", 16589), ("2020", 10895), ("2022", 10752), ("2025", 11295)):
        assert crimes["GM0758", jaar] == total
        assert sum(n for (area, year), n in crimes.items() if year == jaar and area[:2] == "BU") == total


@pytest.mark.parametrize("reference", ["gemeente", "land"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.indicator)
def test_every_verdict(
    kind: Kind, reference: str, con: duckdb.DuckDBPyConnection, recounted: dict[str, dict[Cell, Figure]]
) -> None:
    """In the newest year that both have: the reference lies below, within or above the margin.

    Where fewer live now than a rate asks, a year of before says nothing of now: no verdict.
    """
    rows = _dicts(
        con,
        f"from mart.vergelijking where indicator = '{kind.indicator}' and referentie = '{reference}'",
    )
    cells = recounted[kind.indicator]
    beside = "GM0758" if reference == "gemeente" else "NL00"
    assert {row["gebied_code"] for row in rows} == {
        area for area, _ in cells if area not in ("NL00", *([beside] if reference == "gemeente" else []))
    }
    for row in rows:
        years = {year for area, year in cells if area == row["gebied_code"]}
        values = {
            year: (cells[row["gebied_code"], year], cells[beside, year])
            for year in years
            if (beside, year) in cells
        }
        shared = [year for year, (own, other) in values.items() if None not in (own.value, other.value)]
        counted = max((year for year, (own, _) in values.items() if own.count is not None), default="")
        small = bool(counted) and values[counted][0].status == "te_klein"
        if not shared or small:
            assert row["oordeel"] is None, row
            continue
        own, other = values[max(shared)]
        assert row["periode"] == max(shared), row
        assert own.low is not None and own.high is not None and other.value is not None
        near = min(abs(other.value - own.low), abs(other.value - own.high)) < ROUNDED
        assert near or row["oordeel"] == oracle.verdict(own.low, own.high, other.value), row
