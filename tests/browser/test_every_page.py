"""Every page of the example's site passes every gate, on a phone and on a desk, in light and dark."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.gates import GATES, NARROW, WIDE, chromium, open_context, visit
from tests.browser.links import check_links
from tests.browser.problems import Problem, area_pages, html_pages, report
from tests.browser.serving import serve

AREAS_OF_THE_EXAMPLE = 69  # the country, Breda, 11 wijken, 56 buurten
# On average. The pages of this store have nuisance too, which the country lacks: its pages weigh 14 kB.
AREA_PAGE_BYTES = 20_200
FIGURES_A_KIND = 3


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


@pytest.fixture(scope="session")
def findings(browser: Browser, built_site: Path, site_url: str) -> Iterator[list[Problem]]:
    """All problems of all pages at both widths; a browser for each processor, at least one a width."""
    pages, parts = _unlike(html_pages(built_site)), max(1, (os.cpu_count() or 1) // 2)
    jobs = [(width, pages[part::parts]) for width in (NARROW, WIDE) for part in range(parts)]

    def judge(job: tuple[int, Sequence[str]]) -> list[Problem]:
        width, part = job
        with chromium() as own:
            return visit(own, site_url, part, width=width)

    with ThreadPoolExecutor(len(jobs)) as pool:
        yield [problem for problems in pool.map(judge, jobs) for problem in problems]


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
