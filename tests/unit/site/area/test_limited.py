"""A site of some gemeenten links to no page that it does not have."""

from dataclasses import replace
from pathlib import Path

from pipeline.site.area.pages import AreaContext, area_pages
from tests.example_areas import example_warehouse

TEMPLATES = Path(__file__).resolve().parents[4] / "site" / "templates"


def test_the_country_names_only_gemeenten_with_a_page() -> None:
    everything = AreaContext(templates=TEMPLATES)
    (all_of_them,) = area_pages(example_warehouse(), codes=["NL00"], context=everything)
    assert [link.address for link in all_of_them.contents["gebieden"]] == ["../gm0758/"]
    (limited,) = area_pages(
        example_warehouse(), codes=["NL00"], context=replace(everything, gemeenten=("GM0344",))
    )
    assert "gebieden" not in limited.contents
