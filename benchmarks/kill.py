"""Kill a fetch at random moments, and run two at once, many times, and see that nothing is ever half.

    python -m benchmarks.kill [--kills 200] [--seed 1]

Each time: a store with one release, a fetch of the next release that is killed (SIGKILL), every file of the
lock verified, then a fetch that runs to its end; the store must equal that of an undisturbed run, byte for
byte but for the moment of fetching. Then two of that fetch at once: one is refused or has nothing to do, and
the store comes out the same. `benchmarks.disturb` does this with build and site.
"""

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline import snapshot
from pipeline.alone import BusyError
from pipeline.fetch import runner
from pipeline.fetch.http import Patience
from pipeline.paths import PROJECT, Paths
from tests.upstream_server import UpstreamServer

REFUSED = 75
SOURCES = ("politie_overlast", "rivm_gezondheid", "pdok_gebieden", "veiligheidsmonitor_publicaties")


def serve(addresses: Any) -> None:
    """Two stand-ins: the example, and its next release, in which every count is one higher."""

    def higher(_: str, rows: pa.Table) -> pa.Table:
        for place, name in enumerate(rows.column_names):
            if name.startswith("Geregistreerde"):
                rows = rows.set_column(place, name, pc.add(rows[name], 1))
        return rows

    with UpstreamServer(page=25) as before, UpstreamServer(page=25) as after:
        for table in after.state.upstream.tables:
            after.state.modified[table] = "2031-01-15T02:00:00"
        after.state.transform = higher
        addresses.put((before.url, after.url))
        time.sleep(36_000)


def paths_in(folder: Path) -> Paths:
    """A project below a folder, with the models and the example of this one."""
    return Paths(root=PROJECT, build=folder, store="live", models=folder.parent / "models")


def models_in(folder: Path) -> None:
    """The staging files, none of them bound to be complete: the example is a part of the country."""
    for file in (PROJECT / "pipeline" / "models" / "staging").glob("*.sql"):
        target = folder / "models" / "staging" / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text("utf-8").replace("volledig = true", "volledig = false"), "utf-8")


def start(folder: Path, url: str) -> int:
    """Fetch in a child process; its number."""
    child = os.fork()
    if child == 0:
        patience = Patience(connect=2, read=5, tries=2, shortest=0, longest=0)
        try:
            code = runner.fetch(
                paths_in(folder), sources=SOURCES, upstream=url, say=lambda _: None, patience=patience
            )
        except BusyError:
            code = REFUSED
        os._exit(code)
    return child


def run(folder: Path, url: str) -> float:
    """Fetch to the end; seconds it took."""
    started = time.monotonic()
    _, status = os.waitpid(start(folder, url), 0)
    if status != 0:
        raise SystemExit(f"a fetch that was left alone ended with {status}")
    return time.monotonic() - started


def run_two(folder: Path, url: str, gap: float) -> int:
    """Two fetches, the second a moment later; how many were refused."""
    children = [start(folder, url)]
    time.sleep(gap)
    children.append(start(folder, url))
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    if sorted(codes) not in ([0, 0], [0, REFUSED]):
        raise SystemExit(f"two fetches at once ended with {codes}")
    return codes.count(REFUSED)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of the store; the lock without the moments of fetching."""
    root = folder / "raw"
    found = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
    lock = json.loads(found[snapshot.LOCK_NAME])
    for source in lock["sources"].values():
        for table in source["tables"].values():
            table["fetched_at"] = None
    return found | {snapshot.LOCK_NAME: json.dumps(lock).encode()}


def verify(folder: Path) -> str:
    """Hold every file against the lock; a word for which releases it has."""
    lock = snapshot.read_lock(folder / "raw")
    for source_id, source in lock.sources.items():
        snapshot.verify(folder / "raw", source_id, source)
    stamps = {table.modified for source in lock.sources.values() for table in source.tables.values()}
    newer = sum(str(stamp).startswith("2031") for stamp in stamps)
    return ("old", "new")[newer] if len(stamps - {None}) == 1 else "some of each"


def main() -> int:
    """Run the loop; 0 if every store came out equal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    addresses = multiprocessing.get_context("spawn").Queue()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(addresses,), daemon=True)
    server.start()
    before, after = addresses.get()
    seen: dict[str, int] = {}
    refused = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models_in(folder)
        run(folder / "first", before)
        shutil.copytree(folder / "first", folder / "undisturbed")
        longest = run(folder / "undisturbed", after)
        expected = content(folder / "undisturbed")
        for number in range(options.kills):
            shutil.copytree(folder / "first", folder / "killed")
            child = start(folder / "killed", after)
            time.sleep(chance.uniform(0, longest))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            state = verify(folder / "killed")
            seen[state] = seen.get(state, 0) + 1
            run(folder / "killed", after)
            found = content(folder / "killed")
            if found != expected:
                other = sorted(key for key in found.keys() | expected if found.get(key) != expected.get(key))
                print(f"kill {number}: differs from an undisturbed run: {', '.join(other)}")
                return 1
            shutil.rmtree(folder / "killed")
            shutil.copytree(folder / "first", folder / "killed")
            refused += run_two(folder / "killed", after, chance.uniform(0, longest))
            if content(folder / "killed") != expected:
                print(f"two at once {number}: differs from an undisturbed run")
                return 1
            shutil.rmtree(folder / "killed")
    server.terminate()
    print(
        f"{options.kills} kills within {longest:.2f} s; then in the store: {seen}; "
        f"of as many pairs at once {refused} were refused; all came out equal"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
