"""What the tools for programs and the trails of figures say of pages holds for the pages of the built site."""

import re
from pathlib import Path

import duckdb
import pytest

from pipeline.machine.published import PublishedSite
from pipeline.site.figure.origin import read_trails


def test_every_area_that_the_tools_find_has_its_page(built_site: Path) -> None:
    places = PublishedSite(built_site).places
    assert {"NL00", "GM0758", "BU07580006"} <= set(places)
    assert [one.code for one in places.values() if not (built_site / one.adres).is_dir()] == []


@pytest.mark.parametrize("code", ["GM0758", "NL00"])
def test_the_page_has_the_figure_of_the_trail(
    con: duckdb.DuckDBPyConnection, built_site: Path, code: str
) -> None:
    page = (built_site / f"gebied/{code.lower()}/index.html").read_text(encoding="utf-8")
    told = (built_site / f"herkomst/{code.lower()}/index.html").read_text(encoding="utf-8")
    trails = read_trails(con, [code])[code]
    assert len(trails) > 30
    for trail in trails:
        name = trail.shown.indicator
        assert re.search(rf"id={name}\b", told), name
        assert trail.written in page, name
