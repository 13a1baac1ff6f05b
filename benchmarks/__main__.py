"""``make bench``: one report on the country from full synthetic cubes, printed as it comes, in Markdown.

    python -m benchmarks [--stages build site others phone] [--shares 0.25 0.5 1] [--pages 1000] [--work DIR]

For each share of the country: making the cubes, `build`, and again with nothing changed; `site` with every area,
and again. Then, for the largest share, what the site weighs, the same pages by other tools, and pages on a slow
phone. A stage that is not chosen still runs where a later one needs what it makes.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks import others, phone, sizes, stages
from pipeline.paths import PROJECT, Paths
from pipeline.site.area.pages import area_codes
from pipeline.snapshot import read_lock
from pipeline.warehouse import open_warehouse

STAGES = ("build", "site", "others", "phone")


@dataclass(frozen=True)
class Scale:
    """What one share of the country came to: rows and areas, and the runs of build and site."""

    share: float
    rows: int
    areas: int
    build: stages.Run | None
    site: stages.Run | None


def main() -> None:
    """Run the stages and print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.25, 0.5, 1.0], help="of the country")
    parser.add_argument("--pages", type=int, default=1_000, help="that every other tool makes")
    parser.add_argument("--runs", type=int, default=3, help="visits a page on the phone")
    parser.add_argument("--work", type=Path, help="where everything goes (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="veiligheidsbeeld-") as temporary:
        _report(
            (options.work or Path(temporary)).resolve(),
            chosen=set(options.stages),
            shares=sorted(options.shares),
            pages=options.pages,
            runs=options.runs,
        )


def _report(work: Path, *, chosen: set[str], shares: Sequence[float], pages: int, runs: int) -> None:
    _say("# Measurements", "Figures are SYNTHETIC, from a fixed seed (benchmarks.cubes).", machine())
    scales = []
    for share in shares:
        last = share == shares[-1]
        build = work / f"deel-{share:g}"
        scale, done = _stages(build, share=share, chosen=chosen, last=last)
        scales.append(scale)
        if done:
            _say(f"## {share:.0%} of the country: {scale.areas:,} areas", stages.table(done))
    if chosen & {"build", "site"}:
        _say("## Cost against rows and pages", scaling(scales))
    if "site" in chosen:
        _say("## What the site weighs", sizes.measure_site(build))
    if "others" in chosen:
        _say(f"## {pages:,} pages by other tools", others.compare(build, work, count=pages))
        _say("## Every page by other tools", others.compare(build, work, count=scales[-1].areas, menus=False))
    if "phone" in chosen:
        _say("## On a mid-range phone with a slow connection", phone.measure_site(build, runs=runs))


def _stages(build: Path, *, share: float, chosen: set[str], last: bool) -> tuple[Scale, list[stages.Run]]:
    """Run what was chosen, and what a later stage needs and is not there yet."""
    done = []
    if not (build / "raw" / "snapshots.json").is_file():
        command = [sys.executable, "-m", "benchmarks.cubes", str(build / "raw"), "--share", str(share)]
        done.append(stages.measure("making the cubes", command))
    built = sited = None
    if "build" in chosen or not Paths(build=build).warehouse.is_file():
        built = stages.verb("build", "build", "--force", build=build)
        done += [built, stages.verb("build again, nothing changed", "build", build=build)]
    site_needed = last and chosen & {"phone", "others"} and not Paths(build=build).site.exists()
    if "site" in chosen or site_needed:
        sited = stages.verb("site", "site", "--force", build=build, SITE_GEMEENTEN="all")
        again = stages.verb("site again, nothing changed", "site", build=build, SITE_GEMEENTEN="all")
        done += [sited, again]
    lock = read_lock(build / "raw")
    rows = sum(part.rows for source in lock.sources.values() for part in source.parts)
    with open_warehouse(Paths(build=build, store="live")) as con:
        areas = len(area_codes(con))
    return Scale(share, rows, areas, built, sited), done


def scaling(scales: Sequence[Scale]) -> str:
    """Processor time a million rows and a thousand pages at each share, as a Markdown table."""
    rows = [
        [
            f"{one.share:.0%}",
            f"{one.rows / 1e6:.1f}",
            f"{one.build.processor:.1f}" if one.build else "–",
            f"{one.build.processor / one.rows * 1e6:.2f}" if one.build else "–",
            f"{one.areas:,}",
            f"{one.site.processor:.1f}" if one.site else "–",
            f"{one.site.processor / one.areas * 1e3:.2f}" if one.site else "–",
        ]
        for one in scales
    ]
    return stages.markdown(
        (
            *("share of the country", "million rows", "build (processor s)", "a million rows (s)"),
            *("areas", "site (processor s)", "a thousand areas (s)"),
        ),
        rows,
    )


def machine() -> str:
    """Where and when: processor, cores, memory, versions, date, commit, and how busy it was."""
    processor = platform.processor() or platform.machine()
    if (told := Path("/proc/cpuinfo")).is_file():
        names = [line for line in told.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"Machine: {processor}, {os.cpu_count()} cores, {memory:.0f} GB; load at the start {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}; "
        f"{datetime.now(UTC):%Y-%m-%d}, commit {_commit()}."
    )


def _commit() -> str:
    command = ["git", "-C", str(PROJECT), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _say(*parts: str) -> None:
    for part in parts:
        print(f"{part}\n", flush=True)


if __name__ == "__main__":
    main()
