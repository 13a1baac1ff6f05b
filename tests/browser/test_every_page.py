"""Every page of the example's site passes every gate, on a phone and on a desk, in light and dark."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.gates import GATES, NARROW, WIDE, open_context, visit
from tests.browser.links import check_links
from tests.browser.problems import Problem, area_pages, html_pages, report
from tests.browser.serving import serve

AREAS_OF_THE_EXAMPLE = 69  # the country, Breda, 11 wijken, 56 buurten
# On average. The pages of this store have nuisance too, which the country lacks: its pages weigh 14 kB.
AREA_PAGE_BYTES = 20_200
FIGURES_A_KIND = 3
PARTS_A_WIDTH = 2


def _unlike(pages: Sequence[str]) -> list[str]:
    """Every page; of figures on their own, which differ in their numbers alone, some of each kind."""
    kinds: Counter[str] = Counter()
    chosen = []
    for page in pages:
        if found := re.match(r"figuur/(?:(kaart|trechter|wijken|soorten)-)?", page):
            kinds[found[1] or "lijn"] += 1
            if kinds[found[1] or "lijn"] > FIGURES_A_KIND:
                continue
        chosen.append(page)
    return chosen


@dataclass(frozen=True)
class Part:
    """Every second page, at one width: what one worker judges."""

    number: int
    width: int

    def __str__(self) -> str:
        return f"deel{self.number}"


PARTS = [
    Part(number, width)
    for number, width in enumerate(width for width in (NARROW, WIDE) for _ in range(PARTS_A_WIDTH))
]


@pytest.fixture(scope="session", params=PARTS, ids=str)
def findings(
    request: pytest.FixtureRequest, browser: Browser, built_site: Path, site_url: str
) -> list[Problem]:
    """All problems of the pages of a part."""
    part: Part = request.param
    pages = _unlike(html_pages(built_site))[part.number % PARTS_A_WIDTH :: PARTS_A_WIDTH]
    assert pages
    return visit(browser, site_url, pages, width=part.width)


@pytest.mark.browser
@pytest.mark.parametrize("gate", GATES)
def test_every_page_passes(findings: list[Problem], gate: str) -> None:
    found = [problem for problem in findings if problem.gate == gate]
    assert not found, report(found)


def test_every_link_leads_somewhere(built_site: Path) -> None:
    found = check_links(built_site)
    assert not found, report(found)


def test_every_area_has_a_page(built_site: Path) -> None:
    assert len(area_pages(built_site)) >= AREAS_OF_THE_EXAMPLE


def test_area_pages_stay_within_budget(built_site: Path) -> None:
    sizes = {page: (built_site / page).stat().st_size for page in area_pages(built_site)}
    average = sum(sizes.values()) / len(sizes)
    heaviest = max(sizes, key=lambda page: sizes[page])
    assert average <= AREA_PAGE_BYTES, f"{average:.0f} bytes on average; {heaviest} has {sizes[heaviest]}"


@pytest.mark.browser
def test_site_works_under_a_sub_path(browser: Browser, built_site: Path) -> None:
    """As a project site on a host of many: everything is found from where the page is."""
    pages = ["index.html", "gebied/bu07580006/index.html", "thema/drugsoverlast/index.html"]
    with serve(built_site, prefix="/veiligheidsbeeld/") as base:
        found = visit(browser, base, pages, width=WIDE)
        assert not found, report(found)
        with open_context(browser) as context:
            page = context.new_page()
            page.goto(base)
            page.locator("header a.md-logo").click()
            assert page.url == base
