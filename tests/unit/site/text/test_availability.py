"""What the page on availability says, on the store of the tests and on periods with gaps."""

import duckdb
import pytest

from pipeline.site.text.availability import Availability, Presence, read_availability, tables
from pipeline.site.text.facts import load_facts
from pipeline.site.text.page import TextPage
from pipeline.words.numbers import years_in_words


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        (["2022"], "2022"),
        (["2012", "2013", "2014"], "2012 t/m 2014"),
        (["2017", "2020", "2024"], "2017, 2020 en 2024"),
        (["2012", "2013", "2023"], "2012 t/m 2013 en 2023"),
        (["2023-01", "2023-12", "2024-02"], "2023 t/m 2024"),
    ],
)
def test_periods_name_their_gaps(periods: list[str], words: str) -> None:
    assert years_in_words(periods) == words


def _one(con: duckdb.DuckDBPyConnection, indicator: str, level: str) -> Presence:
    (found,) = [
        one for one in read_availability(con) if (one.indicator, one.gebied_niveau) == (indicator, level)
    ]
    return found


def test_areas_with_and_without_a_figure_add_up_to_all(con: duckdb.DuckDBPyConnection) -> None:
    for one in read_availability(con):
        assert one.aanwezig > 0
        assert one.aanwezig + sum(one.redenen.values()) == one.gebieden, one


def test_years_are_those_with_a_figure_at_that_level(con: duckdb.DuckDBPyConnection) -> None:
    nuisance = _one(con, "overlast", "buurt")
    assert (nuisance.perioden, nuisance.aanwezig, nuisance.gebieden) == (("2022",), 56, 56)
    assert _one(con, "misdrijven", "wijk").perioden[-1] == "2022"
    assert _one(con, "misdrijven", "buurt").perioden[-1] == "2025"


def test_the_table_says_why_areas_have_no_figure(con: duckdb.DuckDBPyConnection) -> None:
    html = tables([_one(con, "inkomen", "buurt")], root="../../")
    assert "niet gepubliceerd:" in html
    assert '<a href="../../indicator/inkomen/">' in html


def test_counts_without_a_rate_are_told_by_reason_with_their_years(con: duckdb.DuckDBPyConnection) -> None:
    html = Availability(TextPage(load_facts(con, ()), "data/beschikbaarheid.md")).zonder_verhouding()
    told = [item for item in html.split("<li>") if item.startswith("<b>geen inwonertal</b>")]
    assert any(
        "(2012 t/m 2014: " in item and "Deze site heeft van dat jaar geen aantallen" in item for item in told
    )
    assert "<b>geen aantal huishoudens</b> (2012 t/m 2017: " in html
    assert _one(con, "misdrijven", "buurt").alleen_aantal == ("2012", "2013", "2014")
    assert "(2012 t/m 2014 alleen aantallen)" in tables([_one(con, "misdrijven", "buurt")], root="../../")
