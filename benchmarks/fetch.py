"""How fast and how frugal fetching is, against the local stand-in's full synthetic cube.

    python -m benchmarks.fetch [--types 59] [--years 14] [--beside-types 2]

Prints rows, seconds (passed, and of processor time) and peak memory of the process that fetches; and the
same for ``cbsodata.download_data`` on the part of the cube that it can hold (``--beside-types`` kinds).
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import cbsodata

from pipeline.fetch import runner
from pipeline.paths import Paths
from tests.upstream_data import CUBE_REGIONS, CUBE_YEARS
from tests.upstream_server import UpstreamServer

HEADER = """/*---
title = "SYNTHETISCH"
key = ["soort"]
[source]
publisher = "SYNTHETISCH"
host = "dataderden.cbs.nl"
licence = "geen"
page = "geen"
tables = { alles = "47018NED" }
dimensions = ["SoortMisdrijf", "WijkenEnBuurten", "Perioden"]
partition = ["Perioden", "SoortMisdrijf"]
volledig = true
[source.topics]
aantal = "GeregistreerdeMisdrijven"
[columns]
soort = "soort"
---*/
select SoortMisdrijf as soort from raw.politie_misdrijven
"""


def serve(types: int, years: int, address: Any) -> None:
    """The stand-in in a process of its own, so that its memory is not counted."""
    size = {"types": types, "years": range(CUBE_YEARS.stop - years, CUBE_YEARS.stop)}
    with UpstreamServer(cube=True, cube_size=size) as server:
        address.put(server.url)
        time.sleep(36_000)


def ours(url: str, folder: Path) -> int:
    """Fetch the cube with this project; rows."""
    models = folder / "models" / "staging"
    models.mkdir(parents=True)
    (models / "politie_misdrijven.sql").write_text(HEADER, encoding="utf-8")
    paths = Paths(root=folder, build=folder / "build", store="live", models=models.parent)
    said: list[str] = []
    if runner.fetch(paths, upstream=url, say=said.append) != 0:
        raise SystemExit("\n".join(said))
    counts = (paths.live / "row_counts.csv").read_text(encoding="utf-8").splitlines()[1:]
    return sum(int(line.rsplit(",", 1)[1]) for line in counts)


def theirs(url: str, _: Path) -> int:
    """Fetch the cube with cbsodata's download_data, all of it in memory; rows."""
    cbsodata.options.use_https = False
    data = cbsodata.download_data("47018NED", catalog_url=urlsplit(url).netloc, timeout=120)
    return len(data["TypedDataSet"])


def measured(work: Callable[[str, Path], int], url: str, results: Any) -> None:
    """Run one way of fetching; put rows, seconds, seconds of processor time and peak memory (MB)."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rows = work(url, Path(folder))
        seconds = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    results.put((rows, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))


def measure(name: str, work: Callable[[str, Path], int], *, types: int, years: int) -> None:
    """Measure one way on a cube of its own, in processes of its own, and print the outcome."""
    fresh = multiprocessing.get_context("spawn")
    address, results = fresh.Queue(), fresh.Queue()
    server = fresh.Process(target=serve, args=(types, years, address), daemon=True)
    server.start()
    fetching = fresh.Process(target=measured, args=(work, address.get(), results))
    fetching.start()
    fetching.join()
    server.terminate()
    server.join()
    if fetching.exitcode != 0:
        raise SystemExit(f"{name}: ended with {fetching.exitcode}")
    rows, seconds, busy, peak = results.get()
    print(
        f"{name}: {rows:,} rows ({types} types x {CUBE_REGIONS:,} areas x {years} years), "
        f"{seconds:.1f} s, {rows / seconds:,.0f} rows/s; "
        f"{busy:.1f} s of processor, {rows / busy:,.0f} rows/s of it; peak {peak:.0f} MB",
        flush=True,
    )


def main() -> None:
    """Measure both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--types", type=int, default=59)
    parser.add_argument("--years", type=int, default=len(CUBE_YEARS))
    parser.add_argument("--beside-types", type=int, default=2)
    options = parser.parse_args()
    measure("fetch", ours, types=options.types, years=options.years)
    if options.beside_types:
        types = min(options.beside_types, options.types)
        measure("fetch, same part", ours, types=types, years=options.years)
        measure("cbsodata.download_data", theirs, types=types, years=options.years)


if __name__ == "__main__":
    main()
