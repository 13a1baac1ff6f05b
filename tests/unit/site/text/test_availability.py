"""What the page on availability says, on the store of the tests and on periods with gaps."""

import duckdb
import pytest

from pipeline.site.text.availability import Presence, read_availability, tables
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
