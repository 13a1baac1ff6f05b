"""Figures of a gemeente on its pages: written by the same rule as all others."""

import duckdb
import pytest

from pipeline.site.area import municipal
from pipeline.site.area.municipal import OwnFigures
from pipeline.site.area.pages import area_pages
from pipeline.site.area.shared import read_shared
from pipeline.site.municipal import has_datasets
from tests.example_areas import CONTEXT, example_copy

FIGURE = "7 meldingen, 0,04 per 1.000 inwoners, marge 0,02 tot 0,08"


def with_indicator(**values: str) -> duckdb.DuckDBPyConnection:
    """The example with one more indicator of Breda, of which the whole gemeente has a figure of 2023."""
    changed = {
        "tabel": "'breda_overlast'",
        "periode": "'2023'",
        "teller": "7",
        "waarde": "0.0398",
        "onder": "0.016",
        "boven": "0.082",
    } | values
    con = example_copy()
    con.execute(
        "insert into contract.indicator select * replace ('breda_klein' as indicator, 'gemeente' as meetwijze,"
        " 'Klein' as titel, 'melding|meldingen' as onderwerp) from contract.indicator"
        " where indicator = 'misdrijven'"
    )
    replaced = ", ".join(f"{value} as {name}" for name, value in changed.items())
    con.execute(
        f"insert into mart.gebied_profiel select * replace ('breda_klein' as indicator, {replaced})"
        " from mart.gebied_profiel where indicator = 'misdrijven' and gebied_code = 'GM0758'"
    )
    return con


def part(con: duckdb.DuckDBPyConnection) -> OwnFigures:
    (page,) = area_pages(con, codes=["GM0758"], context=CONTEXT, sections=[municipal.SECTION])
    (found,) = page.contents["gemeente"]
    assert isinstance(found, OwnFigures)
    return found


def leave_empty(con: duckdb.DuckDBPyConnection, periode: str, status: str, reason: str) -> None:
    con.execute(
        "insert into contract.gemeente_leeg values ('breda_klein', 'GM0758', ?, ?, ?, 'breda_overlast')",
        [periode, status, reason],
    )


def test_a_small_rate_does_not_become_zero() -> None:
    assert [line.figure for line in part(with_indicator()).lines] == [FIGURE]


def test_a_running_year_stands_above_the_newest_figure_with_its_last_day() -> None:
    con = with_indicator()
    leave_empty(con, "2024", "voorlopig", "loopt_tot:2024-02-14")
    leave_empty(con, "2022", "verborgen", "bron_verbergt")  # older than the figure: of no use here
    found = part(con)
    assert [(line.periode, line.figure, line.empty) for line in found.lines] == [
        ("2024", "loopt nog", True),
        ("2023", FIGURE, False),
    ]
    assert "Klein in 2024: De periode is nog niet voorbij. Er zijn cijfers tot en met 14 februari 2024." in (
        found.caveats
    )


def test_without_a_figure_the_newest_period_that_is_over_counts_too() -> None:
    con = with_indicator(
        **dict.fromkeys(("teller", "waarde", "onder", "boven"), "null"), status="'voorlopig'"
    )
    leave_empty(con, "2024", "voorlopig", "loopt_tot:2024-02-14")
    leave_empty(con, "2023", "verborgen", "deel_verborgen;ten_minste:24")
    leave_empty(con, "2022", "verborgen", "bron_verbergt")
    shown = [(line.periode, line.figure) for line in part(con).lines]
    assert shown == [("2024", "loopt nog"), ("2023", "ten minste 24 meldingen")]


@pytest.mark.parametrize(
    ("status", "reason", "figure", "says"),
    [
        ("minder_dan_5", "bron_verbergt", "minder dan 5", "De gemeente toont dit cijfer niet"),
        ("verborgen", "uit_te_rekenen", "niet getoond", "is een klein aantal"),
        ("ontbreekt", "deel_ontbreekt", "niet gepubliceerd", "Een deel van dit cijfer ontbreekt"),
        (
            "verborgen",
            "deel_verborgen;ten_minste:24",
            "ten minste 24 meldingen",
            "Het zijn er ten minste 24.",
        ),
    ],
)
def test_an_area_without_any_figure_says_why(status: str, reason: str, figure: str, says: str) -> None:
    empty = dict.fromkeys(("teller", "waarde", "onder", "boven"), "null") | {"status": "'ontbreekt'"}
    con = with_indicator(**empty)
    leave_empty(con, "2023", status, reason)
    (line,) = part(con).lines
    assert (line.figure, line.empty) == (figure, "ten minste" not in figure)
    assert says in line.caveat


def test_where_no_gemeente_gives_anything_what_others_give_is_not_there() -> None:
    con = with_indicator()
    whole, national = read_shared(con), read_shared(con, municipal=False)
    assert whole.indicatoren.keys() - national.indicatoren.keys() >= {"breda_klein"}
    assert {one.meetwijze for one in national.indicatoren.values()}.isdisjoint({"gemeente"})
    assert whole.aanwezig - national.aanwezig >= {"breda_klein"}
    assert has_datasets(con, ["BU07580000"])
    assert not has_datasets(con, ["BU00140000", "NL00"])
