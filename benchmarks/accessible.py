"""The gates of the browser tests over a sample of the country's area pages, chosen by kind.

    python -m benchmarks.accessible [--build build] [--pages 200] [--width 360]

The tests open every page of one gemeente; here are the kinds that it lacks: gemeenten of every size, areas with
few people or none, areas whose borders changed, codes that are gone. axe judges by WCAG 2.2 A and AA, in light and
dark.
"""

import argparse
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from pipeline.gebied import slug_of
from pipeline.paths import Paths
from tests.browser.gates import NARROW, chromium, find_chromium, visit
from tests.browser.problems import Problem, area_pages, report
from tests.browser.serving import serve

PEOPLE = """
    select gebied_code from core.gebied left join (
        select gebied_code, waarde from mart.gebied_profiel where indicator = 'inwoners'
    ) using (gebied_code)
    where gebied_niveau = 'buurt' and
"""
KINDS = {
    "gemeente": "select gebied_code from core.gebied where gebied_niveau = 'gemeente'",
    "wijk": "select gebied_code from core.gebied where gebied_niveau = 'wijk'",
    "buurt": "select gebied_code from core.gebied where gebied_niveau = 'buurt'",
    "few people": f"{PEOPLE} waarde between 1 and 199",
    "no people": f"{PEOPLE} coalesce(waarde, 0) = 0",
    "borders changed": "select distinct gebied_code from core.andere_grens",
}
GONE = "gone"
"""Codes that have a page which leads on, and are in no list of areas."""


def choose(con: duckdb.DuckDBPyConnection, site: Path, *, pages: int) -> Mapping[str, list[str]]:
    """Kind → paths of its pages, about as many of each: steps of the same size through the codes in order."""
    there = {Path(page).parent.name: page for page in area_pages(site)}
    slugs = {kind: [slug_of(code) for (code,) in con.execute(sql).fetchall()] for kind, sql in KINDS.items()}
    known = {slug_of(code) for (code,) in con.execute("select gebied_code from core.gebied").fetchall()}
    slugs[GONE] = sorted(set(there) - known)
    of_each = max(1, pages // len(slugs))
    chosen: dict[str, list[str]] = {}
    taken: set[str] = set()
    for kind, codes in slugs.items():
        left = sorted(set(codes) & set(there) - taken)
        picked = left[:: max(1, len(left) // of_each)][:of_each]
        taken |= set(picked)
        chosen[kind] = [there[slug] for slug in picked]
    return chosen


def judge(site: Path, pages: list[str], *, width: int) -> list[Problem]:
    """What the gates find on these pages; two browsers share them."""
    with serve(site) as base:

        def part(names: list[str]) -> list[Problem]:
            with chromium() as browser:
                return visit(browser, base, names, widths=[width])

        with ThreadPoolExecutor(2) as pool:
            return [one for found in pool.map(part, (pages[::2], pages[1::2])) for one in found]


def main() -> int:
    """Print how many pages of each kind were opened and what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=Path, default=Paths().build)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--width", type=int, default=NARROW)
    options = parser.parse_args()
    if find_chromium() is None:
        print("Chromium is not here: nothing was looked at.")
        return 1
    site = (options.build / "site").resolve()
    with duckdb.connect(str(Paths(build=options.build).warehouse), read_only=True) as con:
        chosen = choose(con, site, pages=options.pages)
    found = judge(site, [page for pages in chosen.values() for page in pages], width=options.width)
    # Beside too few areas, or without figures, nothing is drawn among others: the table stays.
    found = [one for one in found if not (one.gate == "chart" and "spine" in one.what)]
    print(", ".join(f"{kind}: {len(pages)}" for kind, pages in chosen.items()))
    print(report(found) or "no problems")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
