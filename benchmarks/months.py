"""What it costs to have one year of crime by month (47022NED) beside the years: build, site and their sizes.

    python -m benchmarks.months [--share 1.0] [--work DIR]

Two stores of full synthetic cubes, alike but for twelve more rows of each kind of crime and area in the last
year. Each is built, and its site made with the pages of one gemeente: downloads and trails cover the whole store
all the same.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import cubes, stages
from benchmarks.__main__ import machine
from pipeline.paths import Paths
from pipeline.snapshot import read_lock
from pipeline.warehouse import open_warehouse

GEMEENTE = "GM0001"
MONTHS_IN_ALL = 168  # of 2012 to 2025
MEMORY = 4_000  # MB that the build may take


@dataclass(frozen=True)
class Cost:
    """One store: rows that went in and figures that came out, both runs, bytes of warehouse and site."""

    rows: int
    figures: int
    build: stages.Run
    site: stages.Run
    warehouse: int
    published: int


def main() -> None:
    """Measure both and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--share", type=float, default=1.0, help="of the country")
    parser.add_argument("--work", type=Path, help="where everything goes (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="veiligheidsbeeld-") as temporary:
        work = (options.work or Path(temporary)).resolve()
        years = _cost(work / "jaren", share=options.share, months_of=())
        months = _cost(work / "maanden", share=options.share, months_of=(cubes.YEARS[-1],))
    print(f"{machine()}\n\n{options.share:.0%} of the country, synthetic.\n")
    print(told(years, months))


def _cost(build: Path, *, share: float, months_of: Sequence[int]) -> Cost:
    listed = [str(year) for year in months_of]
    command = [sys.executable, "-m", "benchmarks.cubes", str(build / "raw"), "--share", str(share)]
    stages.measure("making the cubes", [*command, "--months", *listed])
    built = stages.verb("build", "build", "--force", build=build)
    sited = stages.verb("site", "site", "--force", build=build, SITE_GEMEENTEN=GEMEENTE)
    paths = Paths(build=build, store="live")
    with open_warehouse(paths) as con:
        figures = con.execute("select count(*) from mart.cijfer").fetchall()[0][0]
    return Cost(
        rows=sum(
            part.rows for source in read_lock(paths.snapshots).sources.values() for part in source.parts
        ),
        figures=figures,
        build=built,
        site=sited,
        warehouse=paths.warehouse.stat().st_size,
        published=sum(file.stat().st_size for file in paths.site.rglob("*") if file.is_file()),
    )


def told(years: Cost, months: Cost) -> str:
    """Both beside each other, and what every month since 2012 would come to if each costs as much.

    A peak says nothing about a larger one, so it is not drawn further.
    """
    lines = [
        ("million rows in", years.rows / 1e6, months.rows / 1e6),
        ("million figures", years.figures / 1e6, months.figures / 1e6),
        ("build (processor s)", years.build.processor, months.build.processor),
        ("build, peak (MB)", years.build.memory, months.build.memory),
        ("site of one gemeente (processor s)", years.site.processor, months.site.processor),
        ("site, peak (MB)", years.site.memory, months.site.memory),
        ("warehouse (MB)", years.warehouse / 1e6, months.warehouse / 1e6),
        ("site (MB)", years.published / 1e6, months.published / 1e6),
    ]
    rows = [
        [
            name,
            f"{before:,.1f}",
            f"{after:,.1f}",
            "–" if "peak" in name else f"{before + (after - before) * MONTHS_IN_ALL / 12:,.0f}",
        ]
        for name, before, after in lines
    ]
    within = "within" if months.build.memory <= MEMORY else "OVER"
    heads = ("", "years", "and one year of months", "and all 168 months, if each costs as much")
    return f"{stages.markdown(heads, rows)}\n\nThe build is {within} {MEMORY:,} MB."


if __name__ == "__main__":
    main()
