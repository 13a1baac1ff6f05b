"""What a reader sees first waits for nothing but the page, and stays where it is when the rest comes."""

import re

import pytest
from playwright.sync_api import Browser

PAGES = ("", "thema/jeugd/", "uitleg/kleine-aantallen/")
_BLOCKING = """() => performance.getEntriesByType("resource")
    .filter(one => one.renderBlockingStatus === "blocking").map(one => one.name)"""
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


@pytest.mark.parametrize("path", PAGES)
def test_the_first_paint_of_a_written_page_waits_for_no_other_file(
    browser: Browser, site_url: str, path: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site_url + path)
    blocking = page.evaluate(_BLOCKING)
    context.close()
    assert blocking == []


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
