"""What a built site weighs: area pages raw and as a web server sends them, folders, kinds of files.

python -m benchmarks.sizes [--build build]
"""

import argparse
import gzip
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stages import markdown
from pipeline.gebied import slug_of
from pipeline.paths import Paths
from pipeline.site.area.pages import area_codes
from pipeline.warehouse import open_warehouse

BUDGET = 900_000_000  # bytes of GitHub Pages' gigabyte that the whole site may take
SERVED = 6  # gzip's level on most web servers
SMALL = 500_000  # bytes; kinds of files below this stand together


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
    site = (build / "site").resolve()
    with open_warehouse(Paths(build=build.resolve(), store="live")) as con:
        known = [site / "gebied" / slug_of(code) / "index.html" for code in area_codes(con)]
    pages = [page.read_bytes() for page in known if page.is_file()]
    files = [(str(file.relative_to(site)), file.stat().st_size) for file in site.rglob("*") if file.is_file()]
    return "\n\n".join([_page_table(pages), _file_table(totals(files))])


def _page_table(pages: Sequence[bytes]) -> str:
    rows = {"as a file": spread(list(map(len, pages)))}
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
        [f"whole site, {whole / BUDGET:.0%} of {BUDGET / 1e6:.0f} MB", f"{count:,}", f"{whole / 1e6:.1f}"]
    )
    return markdown(("files of the site", "files", "MB"), rows)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=Path, default=Path("build"))
    print(measure_site(parser.parse_args().build))


if __name__ == "__main__":
    main()
