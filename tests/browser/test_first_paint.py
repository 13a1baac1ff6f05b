"""What a reader sees first waits for nothing but the page, and stays where it is when the rest comes."""

import re

import pytest
from playwright.sync_api import Browser

PAGES = ("", "thema/jeugd/", "uitleg/kleine-aantallen/")
AREAS = ("gebied/bu07580006/", "gebied/wk075800/", "gebied/gm0758/", "gebied/nl00/", "herkomst/gm0758/")
_FIRST_PAINT = """() => new Promise(painted => new PerformanceObserver(list => painted(list.getEntries()[0].startTime))
    .observe({type: "paint", buffered: true}))"""
# Every element up to the first words, with what an eye sees of it.
_TOP = """() => {
    const title = document.querySelector("h1");
    const above = [...document.querySelectorAll("body *")].filter(one =>
        !one.matches("script, style, link") && !one.contains(title) &&
        (one === title.nextElementSibling || one.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING));
    return [...above, title].map(one => {
        const {x, y, width, height} = one.getBoundingClientRect();
        const {color, backgroundColor, visibility, opacity, fontSize} = getComputedStyle(one);
        return [one.outerHTML.slice(0, 60), x, y, width, height, color, backgroundColor, visibility, opacity, fontSize];
    });
}"""


# The first words of an area page, with their lines: crumbs, name, what it is, and the first sentence.
_WORDS = """() => {
    const first = document.querySelector("article > .vb-inleiding");
    const words = [...document.querySelectorAll("article > nav li, article > h1, article > p")].filter(one =>
        one === first || one.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING);
    return words.map(one => {
        const {x, y, width, height} = one.getBoundingClientRect();
        const {color, fontWeight} = getComputedStyle(one);
        const rounded = [x, y, width, height].map(Math.round);
        return [one.textContent, ...rounded, color, fontWeight, getComputedStyle(document.body).backgroundColor];
    });
}"""


@pytest.mark.parametrize("path", PAGES + AREAS)
def test_the_first_paint_of_a_page_waits_for_no_other_file(
    browser: Browser, site_url: str, path: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.route(re.compile(r"\.(?:woff2|js|css)$"), lambda route: None)  # they never come
    page.goto(site_url + path, wait_until="commit")
    painted = page.evaluate(_FIRST_PAINT)
    context.close()
    assert painted > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_the_top_of_a_written_page_is_the_same_before_its_sheet_has_come(
    browser: Browser, site_url: str, path: str, width: int, scheme: str
) -> None:
    """Without the letter, which comes later than either, and without scripts that wait for the whole page."""
    tops = []
    for late in (r"\.(?:woff2|js)$", r"\.(?:woff2|js|css)$"):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        page.route(re.compile(late), lambda route: route.abort())
        page.goto(site_url + path)
        tops.append(page.evaluate(_TOP))
        context.close()
    with_sheet, without = tops
    assert len(with_sheet) > 50
    assert without == with_sheet


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", AREAS)
def test_the_first_words_of_an_area_page_on_a_phone_are_the_same_before_its_sheet_has_come(
    browser: Browser, site_url: str, path: str, scheme: str
) -> None:
    """Without the letter, which comes later than either; a script that runs late gives the colours of the scheme."""
    words = []
    for late in (r"\.woff2$", r"\.(?:woff2|js|css)$"):
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        page.route(re.compile(late), lambda route: route.abort())
        page.goto(site_url + path)
        words.append(page.evaluate(_WORDS))
        context.close()
    with_sheet, without = words
    assert len(with_sheet) >= 5
    assert without == with_sheet


def test_a_wide_screen_shows_an_area_page_with_its_sheet_and_also_when_that_never_comes(
    browser: Browser, site_url: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.route(re.compile(r"\.(?:css|js)$"), lambda route: route.abort())
    page.goto(site_url + AREAS[0])
    assert not page.get_by_role("heading", level=1).is_visible()
    page.unroute_all()
    page.route(re.compile(r"\.css$"), lambda route: route.abort())
    page.goto(site_url + AREAS[0])
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("banner").is_visible()
    context.close()
