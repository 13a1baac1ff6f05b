"""The end of the printed sheet: sources, on what terms they may be used, and the address of the page."""

from tests.example_areas import example_pages


def test_the_sheet_says_on_what_terms_its_figures_may_be_used() -> None:
    foot = next(page.contents["blad"] for page in example_pages() if page.area.code == "BU07580006")
    assert foot.licence == "CC BY 4.0 (CBS); niet vermeld (Politie, RIVM en GGD)"
    assert foot.address == "gebied/bu07580006/"
    assert "Politie 47018NED" in foot.source
