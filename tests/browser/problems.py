"""What a gate finds, how it is told, and which pages there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PAGES_NAMED = 6


@dataclass(frozen=True, order=True)
class Problem:
    page: str  # path in the site: gebied/gm0758/index.html
    gate: str
    what: str


def html_pages(site: Path) -> tuple[str, ...]:
    """Paths of all HTML files under `site`, sorted: gebied/gm0758/index.html."""
    return tuple(sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")))


def is_area_page(page: str) -> bool:
    """Whether `page` is that of one area: gebied/<code>/index.html, not the list gebied/index.html."""
    return page.startswith("gebied/") and page.count("/") == 2


def area_pages(site: Path) -> tuple[str, ...]:
    return tuple(filter(is_area_page, html_pages(site)))


def report(problems: Iterable[Problem]) -> str:
    """One block for each different problem, with how many pages have it and the first few by name."""
    pages = defaultdict(set)
    for problem in problems:
        pages[problem.gate, problem.what].add(problem.page)
    blocks = []
    for (gate, what), names in sorted(pages.items(), key=lambda item: (-len(item[1]), item[0])):
        more = f" and {len(names) - _PAGES_NAMED} more" if len(names) > _PAGES_NAMED else ""
        blocks.append(f"[{gate}] {what}\n    on {', '.join(sorted(names)[:_PAGES_NAMED])}{more}")
    return f"{len(blocks)} different problems\n" + "\n".join(blocks)
