"""Where an area lies: the drawing that marks it, and the areas that it borders on."""

from dataclasses import replace

import pytest

from pipeline.site.area.location import MOST
from pipeline.site.area.pages import AreaPage, area_pages
from tests.example_areas import CONTEXT, example_copy, example_pages, example_warehouse

CITY = "BU07580006"


def of(code: str) -> AreaPage:
    return next(page for page in example_pages() if page.area.code == code)


@pytest.mark.parametrize("level", ["buurt", "wijk"])
def test_neighbours_are_those_of_its_buurten_by_name(level: str) -> None:
    column = {"buurt": "gebied_code", "wijk": "ouder_code"}[level]
    for page in example_pages():
        if page.area.gebied.gebied_niveau != level:
            continue
        names = [
            " ".join(name.split())
            for (name,) in example_warehouse()
            .execute(
                f"""
                select distinct on (ander.gebied_code) ander.gebied_naam
                from statistiek.buren as n
                join core.gebied as a on n.buurt_code = a.gebied_code
                join core.gebied as b on n.buur_code = b.gebied_code
                join core.gebied as ander on ander.gebied_code = b.{column}
                where a.{column} = $code and ander.gebied_code != $code
                """,
                {"code": page.area.code},
            )
            .fetchall()
        ]
        found = page.contents["ligging"]
        told = [link.name for link in found.neighbours]
        assert set(told) <= set(names)
        assert len(told) + found.others == len(names)
        assert len(told) == min(MOST, len(names))
        assert [name.lower() for name in told] == sorted(name.lower() for name in told)


def test_the_drawing_is_that_of_the_gemeente_with_the_area_marked() -> None:
    assert of(CITY).contents["ligging"].picture == "../../assets/ligging/gm0758.svg#bu07580006"
    assert of("WK075800").contents["ligging"].picture == "../../assets/ligging/gm0758.svg#wk075800"
    assert of("GM0758").contents["ligging"].picture == ""  # one gemeente makes no country to mark it in
    assert "ligging" not in of("NL00").contents


def test_a_neighbour_without_a_page_is_named_without_a_link() -> None:
    elsewhere = replace(CONTEXT, gemeenten=("GM9901",))
    (page,) = area_pages(example_warehouse(), codes=[CITY], context=elsewhere)
    assert page.contents["ligging"].neighbours
    assert all(link.name and not link.address for link in page.contents["ligging"].neighbours)


def test_an_area_without_boundaries_has_no_drawing_and_no_neighbours() -> None:
    con = example_copy()
    con.execute("delete from staging.pdok_gebieden where gebied_code = ?", [CITY])
    con.execute("delete from statistiek.buren where buurt_code = $code or buur_code = $code", {"code": CITY})
    (page,) = area_pages(con, codes=[CITY], context=CONTEXT)
    assert page.contents["ligging"].picture == ""
    assert page.contents["ligging"].neighbours == ()
