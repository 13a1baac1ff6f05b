"""A map without a style sheet shows what it shows with one."""

import re

import duckdb

from pipeline.paths import PROJECT
from pipeline.site.map import maps, plain
from pipeline.site.map.rows import Choice


def test_colours_are_those_of_the_style_sheet() -> None:
    sheets = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "site/theme/assets/stylesheets").glob("*.css")
    )
    for colour in (*plain.COLOURS, plain.LINE, plain.BORDER):
        assert colour in sheets


def test_each_area_has_its_colour_and_a_picture_no_links(con: duckdb.DuckDBPyConnection) -> None:
    choice = Choice("GM0758", "overlast_drugs_alcohol", "2022")
    drawn = str(maps.of_choice(con, choice, link_prefix="../").drawn.svg)
    page, picture = (plain.coloured(drawn, linked=linked) for linked in (True, False))
    assert 'class="vb-namen' in drawn and page.count(plain.BORDER) == drawn.count("vb-rand")
    expected = [plain.COLOURS[int(step)] for step in re.findall(r'class="vb-k(\d)"', drawn)]
    assert expected and re.findall(r'<path[^>]* fill="(#\w+)"', page) == expected
    assert page.count("href=") == drawn.count("href=") > 0
    assert "href=" not in picture and "<a" not in picture
    assert picture.count("<title>") == drawn.count("<title>")
    assert "class=" not in page
