"""Whether a count is usual for its circumstances, on a page; and pages that lead with another measure."""

import re

import duckdb
import pytest

from pipeline.site.area import expected as section
from pipeline.site.area.pages import AreaPage, area_pages
from pipeline.statistics import expected
from tests.example_areas import CONTEXT, example_copy, example_pages

CITY = "BU07580006"


def page_of(con: duckdb.DuckDBPyConnection, code: str = CITY) -> AreaPage:
    (page,) = area_pages(con, codes=[code], context=CONTEXT)
    return page


def test_the_least_number_of_areas_is_that_of_the_statistics() -> None:
    assert section.LEAST_AREAS == expected.LEAST_AREAS


def test_the_small_store_says_that_it_has_too_few_areas_and_gives_no_figure() -> None:
    for page in example_pages():
        if page.area.gebied.gebied_niveau == "land":
            assert "verwacht" not in page.contents
        else:
            found = page.contents["verwacht"]
            assert found.why.startswith("Daarvoor heeft deze site te weinig buurten: 56. Pas bij 1.000")
            assert not found.zinnen and not found.delen


def test_what_is_expected_is_told_and_a_level_or_area_without_says_why() -> None:
    con = example_copy()
    con.execute(
        "insert into mart.verwacht select gebied_code, '2025', 1237, 625.7, 0.18, 2.49, 1.47, 77.7, 1.3, 6.1,"
        " 1.98, 'gewoon' from core.gebied where gebied_code = ?",
        [CITY],
    )
    found = page_of(con).contents["verwacht"]
    assert found.zinnen[1] == "Het waren er 1.237: 2,0 keer zo veel."
    assert len(found.delen) == 3
    assert (
        page_of(con, "BU07580005").contents["verwacht"].why.startswith("Dat is niet te zeggen: van de buurt")
    )
    assert "van te weinig wijken" in page_of(con, "WK075800").contents["verwacht"].why


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("hoger", "meer dan"),
        ("lager", "minder dan"),
        ("ongeveer gelijk", "niet duidelijk meer of minder dan"),
    ],
)
def test_where_many_more_people_are_than_live_that_comes_first(verdict: str, words: str) -> None:
    con = example_copy()
    con.execute(
        "update mart.maatstaf set druk = true, oordeel = ? where gebied_code = 'BU07580005'", [verdict]
    )
    page = page_of(con, "BU07580005")
    (card,) = (one for one in page.contents["kop"].key_figures if one.verdict)
    said = [line for line in card.verdict if "veel meer mensen" in line or "gemiddeld in" in line]
    assert said == [
        "Hier zijn naar schatting veel meer mensen dan er wonen.",
        f"Gedeeld door inwoners en adressen samen was het {words} gemiddeld in Nederland.",
    ]
    assert card.verdict[2].startswith("Per 1.000")
    assert [row.name for row in page.contents["misdrijven"].maten.rows] == [
        "Inwoners",
        "Huishoudens",
        "Inwoners en adressen samen",
    ]
    assert "per inwoner zegt hier weinig" in card.meaning


def test_other_pages_have_one_measure() -> None:
    for page in example_pages():
        assert (page.contents["misdrijven"].maten is not None) == page.area.is_crowded
        said = " ".join(line for one in page.contents["kop"].key_figures for line in one.verdict)
        assert bool(re.search("veel meer mensen dan er wonen", said)) <= page.area.is_crowded
