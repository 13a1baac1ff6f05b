"""The finder on the home page: a name, a postcode or a code leads to the page of the area."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.gates import NARROW, WCAG, axe, load_axe, open_context

pytestmark = pytest.mark.browser
CITY = re.compile(r"/gebied/bu07580006/$")


def _search(page: Page, site_url: str, text: str) -> None:
    page.goto(site_url)
    field = page.locator("main input[role=combobox]")
    field.fill(text)
    expect(page.locator("main [role=option]").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("text", ["City", "city", "bu07580006"])
def test_name_or_code_leads_to_the_area_by_keyboard(browser: Browser, site_url: str, text: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, text)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(CITY)


def test_option_leads_to_the_area_by_pointer(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        _search(page, site_url, "City")
        page.locator("main [role=option]").first.click()
        page.wait_for_url(CITY)


def test_postcode_lists_areas_that_have_it(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, "4811")
        for option in page.locator("main [role=option]").all():
            expect(option).to_contain_text("4811")


@pytest.mark.parametrize(
    "slip", ["Valkenbreg", "Valkenbrg", "Valkenbberg", "Walkenberg", "Valkenber", "valkenbrug"]
)
def test_one_slip_of_the_finger_is_forgiven(browser: Browser, site_url: str, slip: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, slip)
        expect(page.locator("main [role=option]").first).to_contain_text("Valkenberg")


def test_a_slip_is_said_and_a_short_word_is_not_guessed(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, "Valkenbreg")
        expect(page.locator("main").get_by_role("status")).to_contain_text(
            "Geen gebied met precies deze naam"
        )
        page.locator("main input[role=combobox]").fill("Cty")
        expect(page.locator("main").get_by_role("status")).to_contain_text("Geen gebied gevonden.")


@pytest.mark.parametrize("text", ["4811AB", "4811 ab"])
def test_a_whole_postcode_is_found_by_its_digits_and_that_is_said(
    browser: Browser, site_url: str, text: str
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, text)
        expect(page.locator("main [role=option]").first).to_contain_text("4811")
        expect(page.locator("main").get_by_role("status")).to_contain_text("alleen de cijfers: 4811")


def test_a_postcode_that_no_buurt_has_most_is_said_to_be_so(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url)
        page.locator("main input[role=combobox]").fill("9999 ZZ")
        expect(page.locator("main").get_by_role("status")).to_contain_text(
            "9999 de meest voorkomende postcode"
        )


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("haagse beemden", ["Breda noord-west (Haagse Beemden) wijk in Breda"]),
        ("hage beemden", ["Breda noord-west (Haagse Beemden) wijk in Breda"]),
        ("breda noord-west", ["Breda noord-west wijk in Breda"]),
        ("hoge vucht", [f"{name} (Hoge Vucht) buurt in Breda" for name in ("Biesdonk", "Geeren-noord")]),
        ("doornbosch", ["Doornbos-Linie buurt in Breda"]),
    ],
)
def test_a_local_name_leads_to_the_area_behind_it(
    browser: Browser, site_url: str, text: str, options: list[str]
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        _search(page, site_url, text)
        listed = page.locator("main [role=option]").all_text_contents()
        assert [one.partition(" ·")[0] for one in listed][: len(options)] == options


# Synthetic: what the example of one gemeente does not have.
TWO_GEMEENTEN = {
    "land": "Nederland",
    "gemeenten": [
        ["0014", "Groningen", ["00", "Centrum", "Verspreide huizen"], ["01", "Noord", "Verspreide huizen"]],
        ["0518", "'s-Gravenhage (Den Haag)", ["28", "Centrum", ["11", "Kortenbos"], "Voorhout"]],
        ["1900", "Súdwest-Fryslân", ["01", None, "Blauwhuis"]],
    ],
    "elders": ["Almere", "Centrum", "'s-Hertogenbosch (Den Bosch)"],
    "postcodes": "zoeker-postcodes.json?v=1",
}
POSTCODES = ["9712", "9731", "2513", "2514", "8615"]


@pytest.fixture
def national(browser: Browser, site_url: str) -> Iterator[Page]:
    with open_context(browser) as context:
        page = context.new_page()
        page.route("**/zoeker.json*", lambda route: route.fulfill(json=TWO_GEMEENTEN))
        page.route("**/zoeker-postcodes.json*", lambda route: route.fulfill(json=POSTCODES))
        page.goto(site_url)
        yield page


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("centrum", ["Centrum wijk in 's-Gravenhage (Den Haag)", "Centrum wijk in Groningen"]),
        ("centrum gron", ["Centrum wijk in Groningen"]),
        ("groningen centrum", ["Centrum wijk in Groningen"]),
        ("centrun groningen", ["Centrum wijk in Groningen"]),
        ("sudwest fryslan", ["Súdwest-Fryslân gemeente"]),
        ("s gravenhage", ["'s-Gravenhage (Den Haag) gemeente"]),
        ("Den Haag", ["'s-Gravenhage (Den Haag) gemeente"]),
        ("BU05182812", ["Voorhout buurt in 's-Gravenhage (Den Haag) · 2514"]),
        ("8615", ["Blauwhuis buurt in Súdwest-Fryslân · 8615"]),
        ("8615 a", ["Blauwhuis buurt in Súdwest-Fryslân · 8615"]),
        (
            "verspreide",
            [
                "Verspreide huizen buurt in Groningen · Centrum",
                "Verspreide huizen buurt in Groningen · Noord",
            ],
        ),
    ],
)
def test_the_most_exact_comes_first_and_namesakes_are_told_apart(
    national: Page, text: str, options: list[str]
) -> None:
    national.locator("main input[role=combobox]").fill(text)
    listed = national.locator("main [role=option]")
    expect(listed.first).to_be_visible()
    assert listed.all_text_contents()[: len(options)] == options


def test_a_gemeente_without_pages_is_named_as_such(national: Page) -> None:
    national.locator("main input[role=combobox]").fill("almere")
    status = national.locator("main").get_by_role("status")
    expect(status).to_have_text(
        "Almere staat niet op deze site. Die gaat over Groningen, 's-Gravenhage (Den Haag), Súdwest-Fryslân."
    )
    for local in ("den bosch", "s hertogenbosch", "den bos"):
        national.locator("main input[role=combobox]").fill(local)
        expect(status).to_contain_text("'s-Hertogenbosch (Den Bosch) staat niet op deze site.")
    national.locator("main input[role=combobox]").fill("centrum")
    expect(status).to_contain_text("Wel gevonden:")
    expect(national.locator("main [role=option]")).to_have_count(2)


def test_postcodes_are_fetched_when_a_digit_is_typed(national: Page) -> None:
    asked: list[str] = []
    national.on("request", lambda request: asked.append(request.url))
    field = national.locator("main input[role=combobox]")
    field.fill("kortenbos")
    expect(national.locator("main [role=option]")).to_have_count(1)
    assert not [url for url in asked if "postcodes" in url]
    with national.expect_request("**/*postcodes*"):
        field.fill("2513")
    expect(national.locator("main [role=option]")).to_contain_text("Kortenbos")
    assert len([url for url in asked if "postcodes" in url]) == 1


def test_an_index_that_does_not_come_is_said_and_tried_again(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.route("**/zoeker.json*", lambda route: route.abort())
        page.goto(site_url)
        field = page.locator("main input[role=combobox]")
        field.fill("City")
        expect(page.locator("main").get_by_role("status")).to_contain_text("Zoeken lukt nu niet")
        page.unroute("**/zoeker.json*")
        field.fill("Cit")
        expect(page.locator("main [role=option]").first).to_be_visible()


def test_nonsense_is_answered_in_words(browser: Browser, site_url: str) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.goto(site_url)
        page.locator("main input[role=combobox]").fill("qqqq")
        expect(page.locator("main").get_by_role("status")).to_contain_text(
            "Geen gebied gevonden. Typ de naam van een buurt, wijk of gemeente, of vier cijfers van een postcode. "
            "Deze site gaat over Breda."
        )


def test_open_list_is_accessible(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        _search(page, site_url, "br")
        page.keyboard.press("ArrowDown")
        load_axe(page)
        assert list(axe(page, WCAG)) == []


def test_list_of_areas_is_there_without_javascript(browser: Browser, site_url: str) -> None:
    with open_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url)
        page.locator("main").get_by_role("link", name=re.compile("alle gebieden|lijst", re.I)).first.click()
        page.get_by_role("link", name="City", exact=True).first.click()
        page.wait_for_url(CITY)


def test_a_page_that_is_not_there_has_a_finder_that_works(
    browser: Browser, site_url: str, built_site: Path
) -> None:
    """A host serves 404.html at any depth; its addresses start at the root."""
    with open_context(browser) as context:
        page = context.new_page()
        body = (built_site / "404.html").read_text(encoding="utf-8")
        address = f"{site_url}gebied/bu07581234/diep/"
        page.route(address, lambda route: route.fulfill(status=404, body=body, content_type="text/html"))
        _search(page, address, "City")
        page.locator("main [role=option]").first.click()
        page.wait_for_url(CITY)
