"""The map of a gemeente: links for mouse and keyboard, another figure and year, the same without JavaScript."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.gates import NARROW, WCAG, WIDE, axe, load_axe, open_context

pytestmark = pytest.mark.browser
GEMEENTE = "gebied/gm0758/"
BUURT = re.compile(r"/gebied/bu0758\w{4}/$")
BUURTEN = 56


def _open_chooser(page: Page, site_url: str) -> None:
    page.goto(site_url + GEMEENTE)
    page.get_by_role("button", name="Kies een ander cijfer of jaar").click()
    expect(page.get_by_label("Cijfer", exact=True)).to_be_focused()


def _shapes(page: Page) -> list[str]:
    return [shape.get_attribute("class") or "" for shape in page.locator("svg.vb-kaart > a").all()]


def test_map_stands_without_javascript(browser: Browser, site_url: str) -> None:
    with open_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + GEMEENTE)
        assert page.locator("svg.vb-kaart > a").count() == BUURTEN
        expect(page.locator(".vb-kaart__uitleg .vb-legenda li").first).to_be_visible()
        expect(page.get_by_role("button", name="Kies een ander cijfer of jaar")).to_be_hidden()
        page.locator("svg.vb-kaart > a").first.click()
        page.wait_for_url(BUURT)


def test_enter_on_an_area_leads_to_its_page(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + GEMEENTE)
        page.locator(".vb-overslaan").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('svg.vb-kaart') !== null")
        page.keyboard.press("Enter")
        page.wait_for_url(BUURT)


@pytest.mark.parametrize(
    ("key", "axis", "sign"),
    [("ArrowRight", "x", 1), ("ArrowLeft", "x", -1), ("ArrowDown", "y", 1), ("ArrowUp", "y", -1)],
)
def test_map_is_one_stop_and_arrows_lead_to_the_area_on_that_side(
    browser: Browser, site_url: str, key: str, axis: str, sign: int
) -> None:
    middle = (
        "link => { const box = link.getBBox(); return {x: box.x + box.width / 2, y: box.y + box.height / 2} }"
    )
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + GEMEENTE)
        city = page.locator('svg.vb-kaart > a[href$="bu07580006/"]')
        city.focus()
        expect(page.locator("svg.vb-kaart > a[tabindex='0']")).to_have_count(1)
        page.keyboard.press(key)
        beside = page.locator("svg.vb-kaart > a:focus")
        assert sign * (beside.evaluate(middle)[axis] - city.evaluate(middle)[axis]) > 0
        expect(page.locator(".vb-kaart__nu")).to_have_text(beside.locator("title").text_content() or "")
        expect(page.locator("svg.vb-kaart > a[tabindex='0']")).to_have_count(1)
        page.keyboard.press("End")
        expect(page.locator("svg.vb-kaart > a:focus title")).to_contain_text("Zandberg")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('svg.vb-kaart') === null")


def test_map_can_be_skipped(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + GEMEENTE)
        page.locator(".vb-overslaan").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('svg.vb-kaart') === null")


def test_another_figure_and_year_recolour_the_map(browser: Browser, site_url: str, built_site: Path) -> None:
    data = json.loads((built_site / "assets/kaart/gm0758.json").read_text(encoding="utf-8"))
    words = json.loads((built_site / "assets/kaart/indicatoren.json").read_text(encoding="utf-8"))
    with open_context(browser) as context:
        page = context.new_page()
        _open_chooser(page, site_url)
        expect(page.get_by_role("button", name="Kies een ander cijfer of jaar")).to_have_count(0)
        page.get_by_label("Cijfer", exact=True).select_option("misdrijven")
        page.get_by_label("Jaar", exact=True).select_option("2018")
        expect(page.locator("figure[data-kaart] .vb-figuur__titel")).to_have_text(
            "Geregistreerde misdrijven per buurt in Breda, 2018"
        )
        classes = words["indicatoren"]["misdrijven"]["klassen"]["buurt"]
        cells = data["reeksen"]["misdrijven"]["2018"]
        for (code, name), cell in zip(data["gebieden"], cells, strict=True):
            shape = page.locator(f'svg.vb-kaart > a[href="../{code}/"]')
            title = shape.locator("title").text_content() or ""
            if cell == words["onzeker"][0]:
                assert shape.get_attribute("class") == "vb-onzeker"
                assert title == f"{name}: {words['onzeker'][1]}"
            elif cell in words["leeg"]:
                assert shape.get_attribute("class") == "vb-leeg"
                assert title == f"{name}: {words['leeg'][cell]}"
            else:
                colour, span = classes[int(cell)]
                assert shape.get_attribute("class") == f"vb-k{colour}"
                assert title == f"{name}: {span} per 1.000 inwoners"
        counted = page.locator(".vb-kaart__uitleg li").all_text_contents()
        assert sum(int(one.rpartition("(")[2].rstrip(")")) for one in counted) == BUURTEN
        expect(page.locator("figure[data-kaart] .vb-bron")).to_contain_text("Politie 47018NED, stand ")


def test_chosen_again_the_first_figure_has_its_first_colours(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _open_chooser(page, site_url)
        drawn = _shapes(page)
        figure, year = (page.get_by_label(name, exact=True) for name in ("Cijfer", "Jaar"))
        first, newest = figure.input_value(), year.input_value()
        figure.select_option("misdrijven")
        assert _shapes(page) != drawn
        figure.select_option(first)
        year.select_option(newest)
        assert _shapes(page) == drawn


def test_another_figure_leads_to_its_own_page_and_the_first_is_taken_along_here(
    browser: Browser, site_url: str
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url + GEMEENTE)
        page.evaluate(
            "document.querySelector('figure[data-kaart]').insertAdjacentHTML("
            "'beforeend', '<div class=\"vb-meenemen\">Citeer</div>')"
        )  # as below the map of the country
        page.get_by_role("button", name="Kies een ander cijfer of jaar").click()
        figure, taken = page.get_by_label("Cijfer", exact=True), page.locator("figure .vb-meenemen")
        first = figure.input_value()
        figure.select_option("misdrijven")
        expect(taken).to_be_hidden()
        figure.select_option(first)
        expect(taken).to_be_visible()
        expect(page.get_by_text("Citeren of bewaren:")).to_have_count(0)
        figure.select_option("misdrijven")
        page.locator("figure[data-kaart]").get_by_role("link", name="Geregistreerde misdrijven").click()
        page.wait_for_url(re.compile("/indicator/misdrijven/$"))


def test_sensitive_kind_can_not_be_chosen_per_buurt(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _open_chooser(page, site_url)
        values = (
            page.get_by_label("Cijfer", exact=True)
            .locator("option")
            .evaluate_all("options => options.map(option => option.value)")
        )
        assert "misdrijven" in values
        assert not {"overlast_onbegrepen_gedrag", "overlast_zwervers"} & set(values)


def test_unreachable_data_leave_the_map(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.route("**/assets/kaart/*.json", lambda route: route.abort())
        page.goto(site_url + GEMEENTE)
        page.get_by_role("button", name="Kies een ander cijfer of jaar").click()
        expect(page.get_by_role("alert")).to_contain_text("Kiezen lukt nu niet")
        assert page.locator("svg.vb-kaart > a").count() == BUURTEN


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_chooser_is_accessible(browser: Browser, site_url: str, width: int, scheme: str) -> None:
    with open_context(browser, width=width, color_scheme=scheme) as context:
        page = context.new_page()
        _open_chooser(page, site_url)
        page.get_by_label("Cijfer", exact=True).select_option("woz")
        load_axe(page)
        assert list(axe(page, WCAG)) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
