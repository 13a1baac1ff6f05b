"""What a built site weighs: area pages raw and as a web server sends them, folders, kinds of files.

python -m benchmarks.sizes [--build build] [--gate]

The tables say what part of the budgets of full cubes the site takes. With --gate only whether the site of the
embedded country is within its own: exit status 1 and what is over, or nothing.
"""

import argparse
import gzip
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stages import markdown
from pipeline.gebied import slug_of
from pipeline.paths import Paths
from pipeline.site.area.pages import area_codes
from pipeline.warehouse import open_warehouse

SERVED = 6  # gzip's level on most web servers
SMALL = 500_000  # bytes; kinds of files below this stand together


@dataclass(frozen=True)
class Budget:
    """Bytes that area pages may weigh on average, as a file, and that the whole site may take."""

    area_page: int
    whole: int


FULL = Budget(area_page=24_000, whole=900_000_000)
"""Of full cubes: GitHub Pages' gigabyte with a tenth in reserve; a byte on each area page is 18 kB of it."""

EMBEDDED = Budget(area_page=15_300, whole=480_000_000)
"""Of the embedded country, whose areas have fewer figures: a little above what they weigh."""


@dataclass(frozen=True)
class Spread:
    """Some sizes in bytes; `p95`: 95 in 100 are no larger."""

    count: int
    mean: float
    p95: int
    largest: int


def spread(sizes: Sequence[int]) -> Spread:
    """Mean, 95th percentile (nearest rank) and largest.

    Raises:
        ValueError: there are no sizes.
    """
    if not sizes:
        raise ValueError("no sizes to spread")
    ordered = sorted(sizes)
    return Spread(
        len(ordered), sum(ordered) / len(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1], ordered[-1]
    )


def totals(files: Iterable[tuple[str, int]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Number and bytes of files by first folder and kind, from (path below the site, bytes)."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for relative, size in files:
        path = Path(relative)
        key = path.parts[0] if len(path.parts) > 1 else "/", path.suffix.lstrip(".") or "none"
        count, weight = found.get(key, (0, 0))
        found[key] = count + 1, weight + size
    return found


def measure_site(build: Path) -> str:
    """Tables of what the site in a build folder weighs, in Markdown.

    Raises:
        WarehouseError: there is no warehouse in the folder.
        ValueError: the site has no page of any area.
    """
    pages = [page.read_bytes() for page in _area_pages(build)]
    return "\n\n".join([_page_table(pages), _file_table(totals(_files(build)))])


def too_heavy(*, pages: Sequence[int], whole: int, budget: Budget = EMBEDDED) -> list[str]:
    """What of a site is over its budget, in words.

    Args:
        pages: the size of each area page, in bytes.
        whole: that of all files.
        budget: what they may weigh.

    Raises:
        ValueError: there are no area pages.
    """
    mean = spread(pages).mean
    over = []
    if mean > budget.area_page:
        over.append(f"area pages weigh {mean:.0f} bytes on average; at most {budget.area_page}")
    if whole > budget.whole:
        over.append(f"the whole site weighs {whole} bytes; at most {budget.whole}")
    return over


def _area_pages(build: Path) -> list[Path]:
    with open_warehouse(Paths(build=build.resolve(), store="live")) as con:
        known = [build / "site" / "gebied" / slug_of(code) / "index.html" for code in area_codes(con)]
    return [page for page in known if page.is_file()]


def _files(build: Path) -> list[tuple[str, int]]:
    site = (build / "site").resolve()
    return [(str(file.relative_to(site)), file.stat().st_size) for file in site.rglob("*") if file.is_file()]


def _page_table(pages: Sequence[bytes]) -> str:
    raw = spread(list(map(len, pages)))
    rows = {f"as a file, {raw.mean / FULL.area_page:.0%} of {FULL.area_page / 1e3:.0f} kB": raw}
    rows["as sent (gzip)"] = spread([len(gzip.compress(page, SERVED, mtime=0)) for page in pages])
    return markdown(
        ("area pages", "pages", "mean (kB)", "95th percentile (kB)", "largest (kB)"),
        (
            [what, f"{one.count:,}", *(f"{size / 1000:.1f}" for size in (one.mean, one.p95, one.largest))]
            for what, one in rows.items()
        ),
    )


def _file_table(found: Mapping[tuple[str, str], tuple[int, int]]) -> str:
    large = {key: value for key, value in found.items() if value[1] >= SMALL}
    small = [value for key, value in found.items() if key not in large]
    rows = [
        [f"{folder.rstrip('/')}/, {kind}", f"{count:,}", f"{size / 1e6:.1f}"]
        for (folder, kind), (count, size) in sorted(large.items(), key=lambda item: -item[1][1])
    ]
    rows.append(
        ["the rest", f"{sum(one[0] for one in small):,}", f"{sum(one[1] for one in small) / 1e6:.1f}"]
    )
    whole = sum(size for _, size in found.values())
    count = sum(number for number, _ in found.values())
    rows.append(
        [
            f"whole site, {whole / FULL.whole:.0%} of {FULL.whole / 1e6:.0f} MB",
            f"{count:,}",
            f"{whole / 1e6:.1f}",
        ]
    )
    return markdown(("files of the site", "files", "MB"), rows)


def main() -> None:
    """Print the tables, or judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--gate", action="store_true")
    asked = parser.parse_args()
    if not asked.gate:
        print(measure_site(asked.build))
        return
    sizes = [page.stat().st_size for page in _area_pages(asked.build)]
    over = too_heavy(pages=sizes, whole=sum(size for _, size in _files(asked.build)))
    sys.exit("\n".join(over) or None)


if __name__ == "__main__":
    main()
