"""Disturb every verb, many times, and see that warehouse and site come out whole and as if nothing happened.

    python -m benchmarks.disturb [--rounds 50] [--seed 1]

Each round, at random moments and on the small store of the tests:

- two of build, of site and of `bron test --bewaar` at once: at least one ends with 0, and one that does not was
  refused in one sentence (`benchmarks.kill` does the same with fetch);
- kill -9 of build, of site and of `bron test --bewaar`: all that they had started ends within seconds;
- kill -9 of one process that site had started: site ends with one line;
- kill -9 of build and of site after a change, so that they keep what did not change: build once more gives the
  rows of a build from nothing, and with the change taken back both give what stood;

and after each, what stood still stands, and the verb run once more gives the site of an undisturbed run byte
for byte, and the same rows in the warehouse and in the store of rows, with nothing left beside them.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import duckdb

from benchmarks.processes import OutlivedError, end_within, is_tracker, started_by
from pipeline import releases, snapshot
from pipeline.alone import HOLDER, LOCK
from pipeline.paths import PROJECT

REFUSED = "loopt al een opdracht"
STORE = PROJECT / "tests" / "opslag"
LONGEST = 600.0
KEPT = "breda_proef"
CHANGED = ("misdrijven,2018-07", "misdrijven,2019-07")  # a break of another year, in many tables and pages
YEARS = (2019, 2020, 2021)
DEFINITION = """
title = "Proef"
gemeente = "GM0758"
publisher = "Gemeente Breda"
licence = "CC0"
citation = "Gemeente Breda"
frequency = "nooit"
kind = "csv"
delimiter = ";"
[gebied]
form = "code"
column = "gebied"
[periode]
form = "jaar"
column = "jaar"
[[indicator]]
name = "aantal"
title = "Aantal"
kind = "verhouding"
column = "aantal"
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geluid"
question = "Hoe vaak?"
definition = "Verzonnen."
short = "Aantal"
subject = "meldingen"
richting = "neutraal"
caveats = []
order = 1
decimals = 1
"""


class DisturbedError(RuntimeError):
    """Something was left half, or ended otherwise than it should."""


@dataclass(frozen=True)
class Running:
    """A verb in a process of its own, with its output in a file."""

    process: subprocess.Popen[bytes]
    output: Path

    def ended(self) -> tuple[int, str]:
        """Wait for it: exit code and output."""
        code = self.process.wait(LONGEST)
        return code, self.output.read_text(encoding="utf-8", errors="replace")


Rows: TypeAlias = dict[str, tuple[int, str]]


@dataclass
class Trial:
    """A project of its own that verbs are run in.

    Attributes:
        seen: how disturbances ended, counted.
        changed: the rows of a warehouse that was built from nothing after a change.
    """

    root: Path
    chance: random.Random
    seen: Counter[str] = field(default_factory=Counter)
    changed: Rows = field(default_factory=dict)

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def keep(self) -> list[str]:
        """The verb that keeps rows of a gemeente, in a store of its own that no build reads."""
        definition = self.root / "data" / "bronnen" / f"{KEPT}.toml"
        file = self.root / "rijen.csv"
        build = ["--build", str(self.apart), "--data", "live"]
        return ["bron", "test", str(definition), "--bestand", str(file), "--bewaar", *build]

    @property
    def apart(self) -> Path:
        """A build folder with the same warehouse and a store of rows."""
        return self.root / "apart"

    def start(self, verb: Sequence[str]) -> Running:
        """Start a verb on this project."""
        handle, name = tempfile.mkstemp(dir=self.root)
        with os.fdopen(handle, "wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "pipeline", *verb, "--root", str(self.root), *_example_unless(verb)],
                cwd=self.root,
                env=os.environ | {"PYTHONPATH": str(self.root), "VB_VOORBEELD": "", "SITE_GEMEENTEN": "all"},
                stdout=output,
                stderr=output,
            )
        return Running(process, Path(name))

    def run(self, verb: Sequence[str]) -> float:
        """Run a verb to its end; seconds it took."""
        started = time.monotonic()
        code, text = self.start(verb).ended()
        if code != 0:
            raise DisturbedError(f"{' '.join(verb)} that was left alone ended with {code}: {text[-2000:]}")
        return time.monotonic() - started


def project(folder: Path, chance: random.Random) -> Trial:
    """A checkout with the small store of the tests as the example; nothing is built yet."""
    return Trial(checkout(folder, store=STORE), chance)


def checkout(folder: Path, *, store: Path) -> Path:
    """Code, texts and data below a folder, with a store of figures as the example."""
    # With what Python compiled, for each copy would compile it anew; not what it is writing just now.
    skipped = shutil.ignore_patterns("voorbeeld", "*.pyc.*")
    for name in ("pipeline", "site", "data"):
        shutil.copytree(PROJECT / name, folder / name, ignore=skipped)
    shutil.copytree(store, folder / "data" / "voorbeeld")
    for name in ("mkdocs.yml", "requirements.lock"):
        shutil.copy(PROJECT / name, folder / name)
    return folder


def _example_unless(verb: Sequence[str]) -> list[str]:
    return [] if "--data" in verb else ["--data", "voorbeeld"]


def kept_rows(trial: Trial) -> list[tuple[str, int]]:
    """Checksum and number of the rows in the store of rows; empty if there are none yet.

    Raises:
        SnapshotError: a file is not what the lock says.
    """
    folder = trial.apart / "raw"
    if not (folder / snapshot.LOCK_NAME).is_file():
        return []
    lock = snapshot.read_lock(folder)
    for name, source in lock.sources.items():
        snapshot.verify(folder, name, source)
    return [(part.sha256, part.rows) for source in lock.sources.values() for part in source.parts]


def beside_rows(trial: Trial) -> list[str]:
    """What lies in the store of rows that its lock does not name."""
    folder = trial.apart / "raw"
    known = {folder / name for name in (snapshot.LOCK_NAME, releases.LOG_NAME, LOCK, HOLDER)}
    for source in snapshot.read_lock(folder).sources.values():
        known |= {folder / part.path for part in source.parts}
        known |= {folder / source.meta.path} if source.meta else set()
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path not in known)


def site_of(build: Path) -> dict[str, bytes]:
    """Every file of the standing site."""
    root = (build / "site").resolve()
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def other_files(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    """Names of files that differ: a site is too large to print when a test fails."""
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def rows_of(build: Path) -> Rows:
    """Table → how many rows, and a mark of all of them whatever their order (DuckDB's files differ a little)."""
    with duckdb.connect(str(build / "veiligheid.duckdb"), read_only=True) as con:
        names = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by 1"
        ).fetchall()
        return {
            name: con.execute(
                f"select count(*), coalesce(sum(hash(t)), 0)::varchar from {name} as t"
            ).fetchall()[0]
            for (name,) in names
        }


def beside(build: Path) -> list[str]:
    """What lies in a build folder that no finished run leaves."""
    kept = {"veiligheid.duckdb", "site", "versies", "pages", "cache", LOCK}
    stray = [path.name for path in build.iterdir() if path.name not in kept]
    versions = build / "versies"
    return stray + [path.name for path in versions.glob(".*")] if versions.is_dir() else stray


def _named(verb: Sequence[str]) -> str:
    return " ".join(verb[: 2 if verb[0] == "bron" else 1])


def two_at_once(trial: Trial, verb: Sequence[str], gap: float) -> None:
    """Two of a verb, the second a moment later."""
    first = trial.start(verb)
    time.sleep(gap)
    second = trial.start(verb)
    ends = [first.ended(), second.ended()]
    for code, text in ends:
        refused = code == 1 and REFUSED in text and len(text.splitlines()) == 1
        if not (code == 0 or refused):
            raise DisturbedError(f"two of {' '.join(verb)}: one ended with {code}: {text[-2000:]}")
    if all(code for code, _ in ends):
        raise DisturbedError(f"two of {' '.join(verb)}: both were refused")
    trial.seen[f"two of {_named(verb)}: {sum(code == 1 for code, _ in ends)} refused"] += 1


def kill_parent(trial: Trial, verb: Sequence[str], moment: float) -> None:
    """Kill a verb; what it started must end by itself."""
    running = trial.start(verb)
    time.sleep(moment)
    helpers = started_by(running.process.pid)
    running.process.kill()
    running.process.wait()
    end_within(helpers)
    trial.seen[f"kill of {_named(verb)}: {'with' if helpers else 'no'} helpers"] += 1


def kill_helper(trial: Trial, verb: Sequence[str], moment: float) -> None:
    """Kill one process that a verb started; the verb itself must end with one line."""
    running = trial.start(verb)
    time.sleep(moment)
    helpers = sorted(helper for helper in started_by(running.process.pid) if not is_tracker(helper))
    if helpers:
        os.kill(trial.chance.choice(helpers), signal.SIGKILL)
    code, text = running.ended()
    if code not in (0, 1) or "Traceback" in text:
        raise DisturbedError(f"{verb[0]} without a helper ended with {code}: {text[-2000:]}")
    end_within(set(helpers))
    trial.seen[f"kill of a helper of {verb[0]}: ended with {code}"] += 1


@contextmanager
def changed(trial: Trial) -> Iterator[None]:
    """A break of another year, as long as the context lasts."""
    file = trial.root / "data" / "reference" / "breuken.csv"
    before, (old, new) = file.read_text(encoding="utf-8"), CHANGED
    if before.count(old) != 1:
        raise DisturbedError(f"{file}: {before.count(old)} times {old}")
    file.write_text(before.replace(old, new), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(before, encoding="utf-8")


def kill_after_change(trial: Trial, moments: Mapping[str, float], *, old: Rows, new: Rows) -> None:
    """Kill build and site while they make what a change touches; then take the change back."""
    with changed(trial):
        kill_parent(trial, ["build"], moments["build"])
        if rows_of(trial.build) not in (old, new):
            raise DisturbedError(
                f"build after a change, killed after {moments['build']:.2f} s: neither stands"
            )
        trial.run(["build"])
        if rows_of(trial.build) != new:
            raise DisturbedError("build after a change: other rows than from nothing")
        kill_parent(trial, ["site"], moments["site"])
    trial.run(["build"])
    trial.run(["site"])


@contextmanager
def undisturbed(
    folder: Path, chance: random.Random, prepare: Callable[[Path], None]
) -> Iterator[tuple[Trial, dict[str, float]]]:
    """A project in which build and site have run, and seconds that each takes."""
    trial = project(folder, chance)
    prepare(trial.build)
    set_apart(trial)
    with changed(trial):
        trial.run(["build"])
        trial.changed = rows_of(trial.build)
    seconds = {"build": trial.run(["build", "--force"]), "site": trial.run(["site", "--force"])}
    yield trial, seconds | {"bron": trial.run(trial.keep)}


def set_apart(trial: Trial) -> None:
    """A file of a gemeente, its definition, and a place to keep its rows."""
    trial.apart.mkdir()
    (trial.apart / "veiligheid.duckdb").symlink_to(trial.build / "veiligheid.duckdb")
    rows = [f"BU07580{number:03};{year};{number * year % 97}" for number in (1, 5, 6) for year in YEARS]
    (trial.root / "rijen.csv").write_text("\n".join(["gebied;jaar;aantal", *rows, ""]), encoding="utf-8")
    (trial.root / "data" / "bronnen" / f"{KEPT}.toml").write_text(DEFINITION, encoding="utf-8")


def disturb(rounds: int, seed: int, *, prepare: Callable[[Path], None] = lambda _: None) -> Counter[str]:
    """Run the loop; how the disturbances ended.

    Args:
        prepare: told of the build folder before anything is built in it.

    Raises:
        DisturbedError: with what was not as it should be.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, undisturbed(Path(name), chance, prepare) as (trial, seconds):
        rows, pages, kept = rows_of(trial.build), site_of(trial.build), kept_rows(trial)

        def whole(when: str) -> None:
            if rows_of(trial.build) != rows:
                raise DisturbedError(f"{when}: other rows in the warehouse")
            found = site_of(trial.build)
            if found != pages:
                other = other_files(found, pages)
                raise DisturbedError(f"{when}: another site: {len(other)} files, {other[:5]}")

        for number in range(1, rounds + 1):
            for verb in ("build", "site"):
                forced = [verb, "--force"]
                for disturbance in (two_at_once, kill_parent, *([kill_helper] if verb == "site" else [])):
                    moment = chance.uniform(0, seconds[verb])
                    when = f"round {number}: {disturbance.__name__} of {verb} after {moment:.2f} s"
                    disturbance(trial, forced, moment)
                    whole(when)
                    trial.run([verb] if disturbance is two_at_once else forced)
                    whole(f"{when}, then once more")
                    if left := beside(trial.build):
                        raise DisturbedError(f"{when}: left behind: {left}")
            moments = {verb: chance.uniform(0, seconds[verb]) for verb in ("build", "site")}
            kill_after_change(trial, moments, old=rows, new=trial.changed)
            whole(f"round {number}: killed after a change ({moments}), and taken back")
            if left := beside(trial.build):
                raise DisturbedError(f"round {number}: after a change ({moments}): left behind: {left}")
            for disturbance in (two_at_once, kill_parent):
                moment = chance.uniform(0, seconds["bron"])
                when = f"round {number}: {disturbance.__name__} of bron test after {moment:.2f} s"
                disturbance(trial, trial.keep, moment)
                if kept_rows(trial) != kept:
                    raise DisturbedError(f"{when}: other rows in the store")
                trial.run(trial.keep)
                if kept_rows(trial) != kept or beside_rows(trial):
                    raise DisturbedError(f"{when}, then once more: {beside_rows(trial)}")
            print(f"{number} rounds: {dict(sorted(trial.seen.items()))}", flush=True)
        return trial.seen


def main() -> int:
    """Run the loop; 0 if all came out whole and equal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    try:
        seen = disturb(options.rounds, options.seed)
    except (DisturbedError, OutlivedError) as error:
        print(error)
        return 1
    print(f"{options.rounds} rounds: {dict(sorted(seen.items()))}; all came out whole and equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
