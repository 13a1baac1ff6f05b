"""``make bench``: the country from full synthetic cubes, one stage after the other.

    python -m benchmarks [--shares 0.25 0.5 1.0] [--work DIR]

For each share of the country: the warehouse, and again with nothing changed. For the whole country also the
site with every area page, and again with nothing changed; then what the site weighs.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks import cubes, stages


def main() -> None:
    """Run the stages and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.25, 0.5, 1.0])
    parser.add_argument("--work", type=Path, help="where the stores go (default: a temporary folder)")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="veiligheidsbeeld-"))
    runs = []
    for share in sorted(options.shares):
        build = work / f"deel-{share}"
        if not (build / "raw" / "snapshots.json").is_file():
            cubes.make_store(build / "raw", share=share)
        runs.append(stages.run(f"build, {share:.0%} of the country", "build", "--force", build=build))
        runs.append(stages.run(f"build again, {share:.0%}", "build", build=build))
        if share == 1.0:
            runs.append(stages.run("site, every area", "site", build=build, SITE_GEMEENTEN="all"))
            runs.append(stages.run("site again", "site", build=build, SITE_GEMEENTEN="all"))
            print(_weights((build / "site").resolve()))
    print(stages.table(runs))
    if options.work is None:
        shutil.rmtree(work)


def _weights(site: Path) -> str:
    areas = [page.stat().st_size for page in site.glob("gebied/*/index.html")]
    files = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    return (
        f"{len(areas)} area pages, {sum(areas) / len(areas):.0f} bytes on average; "
        f"{len(files)} files, {sum(files) / 1e6:.0f} MB in all"
    )


if __name__ == "__main__":
    main()
