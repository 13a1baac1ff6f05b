"""Who asks for more contrast, or for the colours of the system, still sees every drawing, line and link."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.gates import WIDE, open_context

pytestmark = pytest.mark.browser
PAGES = ("", "gebied/gm0758/", "gebied/bu07580006/", "thema/drugsoverlast/", "vergelijk/?gebied=bu07580006")
LEAST = 3.0  # WCAG 1.4.11
DRAWN = (
    *(".vb-naast line", ".vb-naast circle", ".vb-getallen td[class^=d]::before", ".vb-lijntje path"),
    *("svg.vb-kaart pattern line", "svg.vb-kaart .vb-rand", "svg.vb-kaart a path"),
)
# Of each kind of drawing and of each link the least contrast with the paper, and how many were there.
SEEN = """selectors => {
    const channel = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(value => channel(value / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = document.createElement('div');
    paper.style.setProperty('background-color', 'Canvas');
    document.body.append(paper);
    const ground = light(getComputedStyle(paper).backgroundColor);
    const ratio = one => (Math.max(light(one), ground) + 0.05) / (Math.min(light(one), ground) + 0.05);
    const found = {};
    for (const selector of selectors) {
        const [of, part] = selector.split('::');
        const all = [...document.querySelectorAll(of)].map(one => {
            const style = getComputedStyle(one, part && '::' + part);
            if (!part) return ratio(selector === 'article a' ? style.color : style.stroke);
            // What a sheet paints behind words the system takes away, unless the sheet says that it may not.
            if (style.forcedColorAdjust !== 'none' && matchMedia('(forced-colors: active)').matches) return 0;
            const colours = style.backgroundImage.match(/rgba?\\([^)]*\\)/g).filter(one => !one.endsWith(', 0)'));
            return Math.min(...colours.map(ratio));
        });
        if (all.length) found[selector] = Math.min(...all);
    }
    return found;
}"""


def _seen(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(SEEN, [*DRAWN, "article a"])
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_the_system_draw_everything(browser: Browser, site_url: str, scheme: str) -> None:
    seen: set[str] = set()
    with open_context(browser, width=WIDE, color_scheme=scheme, forced_colors="active") as context:
        page = context.new_page()
        for address in PAGES:
            page.goto(site_url + address)
            found = _seen(page)
            assert {what: ratio for what, ratio in found.items() if ratio < LEAST} == {}, address
            seen |= set(found)
    assert seen == {*DRAWN, "article a"}


def test_with_colours_of_the_system_one_part_of_the_menu_is_marked(browser: Browser, site_url: str) -> None:
    under = "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    with open_context(browser, width=WIDE, forced_colors="active") as context:
        page = context.new_page()
        for address, links in (("thema/drugsoverlast/", ".md-tabs__link"), ("gebied/gm0758/", ".vb-menu a")):
            page.goto(site_url + address)
            colours = page.locator(links).evaluate_all(under)
            assert sorted(colours.count(one) for one in set(colours)) == [1, len(colours) - 1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_more_contrast_no_word_is_grey(browser: Browser, site_url: str, scheme: str) -> None:
    with open_context(browser, width=WIDE, color_scheme=scheme, contrast="more") as context:
        page = context.new_page()
        page.goto(site_url + "gebied/bu07580006/")
        colour = "one => getComputedStyle(one).color"
        ink = page.locator("h1").evaluate(colour)
        for small in (".vb-klein", ".vb-kern > p:nth-of-type(3)", ".vb-bron"):
            assert page.locator(small).first.evaluate(colour) == ink
