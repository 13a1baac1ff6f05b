"""The frame of a written page: what it does by itself, and the theme's script that comes for the search alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.gates import NARROW, WIDE, background, luminance, open_context

pytestmark = pytest.mark.browser

TEXT = "uitleg/kleine-aantallen/"
BUNDLE = re.compile(r"/bundle\.\w+\.min\.js$")
INDEX = "search/search_index.json"
FOUND = ".md-search-result__item a"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_context(browser) as context:
        yield context.new_page()


def _asked(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.parametrize("path", ["", TEXT, "thema/jeugd/", "indicator/misdrijven/", "vergelijk/"])
def test_a_page_does_without_the_script_of_the_theme(browser: Browser, site_url: str, path: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        asked = _asked(page)
        page.goto(site_url + path, wait_until="networkidle")
        assert any(url.endswith("/geschreven.js") for url in asked)
        assert not [url for url in asked if BUNDLE.search(url) or url.endswith(INDEX)]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_is_typed_while_the_search_is_on_its_way_is_found(
    browser: Browser, site_url: str, width: int
) -> None:
    held: list[Route] = []
    with open_context(browser, width=width) as context:
        page = context.new_page()
        page.route(BUNDLE, lambda route: held.append(route))
        page.goto(site_url + TEXT)
        field = page.get_by_placeholder("Zoek in de uitleg")
        if width == NARROW:
            expect(field).not_to_be_in_viewport()
            page.get_by_role("button", name="Zoeken").press("Enter")
            expect(field).to_be_focused()
        else:
            field.focus()
        page.keyboard.type("marge")
        page.wait_for_timeout(300)
        assert len(held) == 1
        expect(field).to_have_value("marge")
        held[0].continue_()
        expect(page.locator(FOUND).first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(page.locator(FOUND).first).to_be_focused()


def test_a_search_that_does_not_come_says_so_and_is_asked_again(page: Page, site_url: str) -> None:
    page.route(BUNDLE, lambda route: route.abort())
    page.goto(site_url + TEXT)
    field = page.get_by_placeholder("Zoek in de uitleg")
    field.focus()
    expect(page.locator(".md-search-result__meta")).to_have_text("Zoeken lukt nu niet.")
    page.unroute(BUNDLE)
    field.blur()
    field.fill("marge")
    expect(page.locator(FOUND).first).to_be_attached()


def test_letters_are_no_shortcuts(page: Page, site_url: str) -> None:
    page.goto(site_url + TEXT)
    page.get_by_placeholder("Zoek in de uitleg").fill("marge")
    expect(page.locator(FOUND).first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#inhoud h1").click()
    for key in "fsnp/":
        page.keyboard.press(key)
    expect(page.get_by_placeholder("Zoek in de uitleg")).not_to_be_focused()
    assert page.url == site_url + TEXT


def test_the_menu_of_a_phone_opens_and_closes(browser: Browser, site_url: str) -> None:
    with open_context(browser, width=NARROW) as context:
        page = context.new_page()
        page.goto(site_url + TEXT)
        button = page.get_by_role("button", name="Menu")
        inside = (
            page.locator(".md-sidebar--primary")
            .get_by_role("link", name="Privacy")
            .or_(page.locator(".md-sidebar--primary .md-nav__link:visible"))
        )
        expect(page.locator(".md-sidebar--primary")).to_be_hidden()
        button.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(inside.first).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.locator(".md-sidebar--primary")).to_be_hidden()
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("device", ["light", "dark"])
def test_colours_are_there_with_the_first_words_and_chosen_by_key(
    browser: Browser, site_url: str, device: str
) -> None:
    """Also before any script of a file: nobody sees a page in other colours first."""
    with open_context(browser, color_scheme="dark" if device == "dark" else "light") as context:
        page = context.new_page()
        page.route(re.compile(r"\.js$"), lambda route: route.abort())
        page.goto(site_url + TEXT)
        dark = device == "dark"
        assert (luminance(background(page)) < 0.5) == dark
        choice = page.get_by_role("radio", name="Kleuren volgen het apparaat")
        expect(choice).to_be_checked()
        choice.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("radio", name=re.compile("^Lichte"))).to_be_focused()
        assert luminance(background(page)) > 0.5
        page.keyboard.press("Space")
        assert luminance(background(page)) < 0.5
        page.reload()
        assert luminance(background(page)) < 0.5
        page.keyboard.press("Tab")
        page.get_by_role("radio", name=re.compile("^Donkere")).press("Enter")
        assert (luminance(background(page)) < 0.5) == dark


def test_a_choice_that_cannot_be_read_follows_the_device(browser: Browser, site_url: str) -> None:
    with open_context(browser, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(site_url + TEXT)
        for spoilt in ("niet", "null", '{"index": 7}', '{"index": "constructor"}'):
            page.evaluate("text => localStorage.setItem('/.__palette', text)", spoilt)
            page.reload()
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
            page.emulate_media(color_scheme="light")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
            page.emulate_media(color_scheme="dark")


def test_the_header_names_the_page_and_the_list_beside_the_text_follows_it(page: Page, site_url: str) -> None:
    page.goto(site_url + TEXT)
    title = page.locator(".md-header__title")
    links = page.locator(".md-sidebar--secondary .md-nav__list .md-nav__link")
    active = page.locator(".md-sidebar--secondary .md-nav__link--active")
    expect(active).to_have_count(0)
    links.nth(2).click()
    expect(title).to_have_class(re.compile("md-header__title--active"))
    expect(active).to_have_text(links.nth(2).inner_text())
    expect(links.nth(1)).to_have_class(re.compile("md-nav__link--passed"))
    page.evaluate("scrollTo(0, 0)")
    expect(active).to_have_count(0)
    expect(title).not_to_have_class(re.compile("md-header__title--active"))


def test_the_list_beside_the_text_stays_in_sight_and_above_the_footer(page: Page, site_url: str) -> None:
    page.goto(site_url + "thema/geluid/")
    beside = page.locator(".md-sidebar--secondary .md-nav--secondary")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    page.wait_for_timeout(100)
    half = beside.bounding_box()
    assert half is not None and 0 < half["y"] < 100
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(100)
    box = page.locator(".md-sidebar--secondary").bounding_box()
    footer = page.locator(".vb-voet").bounding_box()
    assert box is not None and footer is not None
    assert box["y"] + box["height"] <= footer["y"] + 1


def test_what_is_folded_is_printed_and_folded_again(page: Page, site_url: str) -> None:
    page.goto(site_url + "thema/geluid/")
    folded = page.locator("#inhoud details:not([open])")
    count = folded.count()
    assert count > 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).to_have_count(count)
