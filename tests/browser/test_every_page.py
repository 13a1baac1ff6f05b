"""Every page of the example's site passes every gate, on a phone and on a desk, in light and dark."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.gates import GATES, NARROW, WIDE, open_context, visit
from tests.browser.links import check_links
from tests.browser.problems import Problem, area_pages, html_pages, report
from tests.browser.serving import serve

AREAS_OF_THE_EXAMPLE = 69  # the country, Breda, 11 wijken, 56 buurten
# On average. The pages of this store have nuisance too, which the country lacks: its pages weigh 14 kB.
AREA_PAGE_BYTES = 18_900
OF_A_KIND = 3
PARTS = ("deel0 gebieden", "deel1 teksten")
"""What one worker judges each."""


def _kind(page: str) -> str:
    """Pages of one template: those of a folder, or of a kind of figure or area; any other page is a kind alone."""
    folder, _, name = page.partition("/")
    if folder == "figuur":
        drawn = re.match(r"kaart|trechter|wijken|soorten", name)
        return f"{folder} {drawn[0] if drawn else 'lijn'}"
    if folder == "gebied":
        return f"{folder} {name[:2]}"
    return folder


def _later(pages: Sequence[str]) -> list[str]:
    """Those of which there are `OF_A_KIND` before."""
    kinds: Counter[str] = Counter()
    found = []
    for page in pages:
        kinds[_kind(page)] += 1
        if kinds[_kind(page)] > OF_A_KIND:
            found.append(page)
    return found


@pytest.fixture(scope="session", params=PARTS)
def findings(
    request: pytest.FixtureRequest, browser: Browser, built_site: Path, site_url: str
) -> list[Problem]:
    """All problems of the pages of a part, on a phone and on a desk; of figures on their own some of each kind."""
    of_areas = request.param == PARTS[0]
    pages = [one for one in html_pages(built_site) if one.startswith(("gebied/", "herkomst/")) == of_areas]
    later = set(_later(pages))
    judged = [one for one in pages if one not in later or not one.startswith("figuur/")]
    assert judged
    return visit(browser, site_url, judged, widths=(NARROW, WIDE), once=later)


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
        found = visit(browser, base, pages, widths=[WIDE])
        assert not found, report(found)
        with open_context(browser) as context:
            page = context.new_page()
            page.goto(base)
            page.locator("header a.md-logo").click()
            assert page.url == base
