"""Titles and descriptions: of two areas with one name each has its own."""

from dataclasses import replace

from pipeline.site.area.area import Area
from pipeline.site.area.pages import area_pages
from pipeline.site.area.title import description, title
from tests.example_areas import CONTEXT, example_pages, example_warehouse

CITY = "BU07580006"


def of(code: str) -> Area:
    return next(page.area for page in example_pages() if page.area.code == code)


def namesakes(*codes: str, wijk: str) -> list[Area]:
    """Areas of the example that are all called Centrum and lie in `wijk`, or where they lay."""
    found = []
    pages = {
        page.area.code: page.area for page in area_pages(example_warehouse(), codes=codes, context=CONTEXT)
    }
    first = pages[codes[0]]
    gebieden = dict(first.batch.gebieden)
    for code in codes:
        around = wijk or gebieden[code].ouder_code
        gebieden[code] = gebieden[code]._replace(gebied_naam="Centrum", ouder_code=around)
    batch = replace(first.batch, gebieden=gebieden)
    for code in codes:
        found.append(Area(code, batch, first.shared, first.context))
    return found


def test_a_part_is_called_with_its_gemeente() -> None:
    assert title(of(CITY)) == "City, buurt in Breda"
    assert title(of("GM0758")) == "Breda, gemeente"
    assert title(of("NL00")) == "Nederland"


def test_two_buurten_of_one_name_are_told_apart_by_their_wijk() -> None:
    one, other = namesakes(CITY, "BU07580102", wijk="")
    assert title(one) == "Centrum, buurt in de wijk Breda centrum, Breda"
    assert title(other) == "Centrum, buurt in de wijk Breda noord, Breda"


def test_in_one_wijk_they_are_told_apart_by_their_code() -> None:
    assert [title(area) for area in namesakes("BU07580102", "BU07580103", wijk="")] == [
        "Centrum (BU07580102), buurt in Breda",
        "Centrum (BU07580103), buurt in Breda",
    ]


def test_a_wijk_and_a_buurt_may_have_one_name() -> None:
    assert title(namesakes("WK075800", CITY, wijk="")[1]) == "Centrum, buurt in Breda"


def test_the_description_of_a_part_says_where_it_lies() -> None:
    said = description(of(CITY))
    assert said.startswith("City, buurt in Breda. In 2022 registreerde de politie hier 109 keer overlast")
    assert description(of("GM0758")).count("Breda") == 1
