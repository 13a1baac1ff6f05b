"""Planted faults: each is put into a copy of the project, and the fast tests that should see it must fail.

    python -m benchmarks.mutanten            # all
    python -m benchmarks.mutanten noemer     # those with this in their name

The list is ``mutanten.toml``: a name, a file, the text before and after, and the tests that should see it. A text
that does not stand in its file exactly once is an error, so that the list goes along with the code. Exits with 1
if a fault lives, 2 if the list is wrong or the tests fail without a fault.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_name("mutanten.toml")
COPIED = ("pipeline", "tests", "benchmarks", "site", "data", "mkdocs.yml", "pyproject.toml")
LEFT_OUT = ("__pycache__", "voorbeeld")  # the country; the tests have a small store of their own
FAILED, PASSED = 1, 0  # pytest's exit codes
TIMEOUT = 600
# Plugins that take longer to load than most of these tests to run.
WITHOUT = tuple(f"-pno:{name}" for name in ("cacheprovider", "hypothesispytest", "xdist"))


class ListError(Exception):
    """The list does not fit the code; the message names every mutant that does not."""


@dataclass(frozen=True)
class Mutant:
    """One planted fault: in ``bestand``, ``voor`` becomes ``na``; one of ``tests`` must fail."""

    naam: str
    bestand: str
    voor: str
    na: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What the tests said: their exit code, the last lines and the seconds they took."""

    mutant: Mutant
    code: int
    said: str
    seconds: float


def read_list(file: Path = LIST, *, root: Path = ROOT) -> tuple[Mutant, ...]:
    """The mutants, each held against the code.

    Raises:
        ListError: a name stands twice, a file or test does not exist, a text does not stand in its file once.
    """
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    mutants = tuple(
        Mutant(one["naam"], one["bestand"], one["voor"], one["na"], tuple(one["tests"]))
        for one in raw["mutant"]
    )
    names = [one.naam for one in mutants]
    wrong = [
        f"{name}: staat twee keer in de lijst" for name in sorted({n for n in names if names.count(n) > 1})
    ]
    wrong += [f"{one.naam}: {why}" for one in mutants for why in _faults(one, root)]
    if wrong:
        raise ListError("\n".join(wrong))
    return mutants


def _faults(one: Mutant, root: Path) -> Iterator[str]:
    if not (root / one.bestand).is_file():
        yield f"{one.bestand} bestaat niet"
        return
    times = (root / one.bestand).read_text(encoding="utf-8").count(one.voor)
    if times != 1:
        yield f"de tekst staat {times} keer in {one.bestand}, verwacht één keer: {one.voor.strip()[:80]!r}"
    if one.voor == one.na:
        yield "de tekst verandert niet"
    yield from (f"{test} bestaat niet" for test in one.tests if not (root / test.partition("::")[0]).exists())
    if not one.tests:
        yield "zonder tests"


def copy_project(target: Path, *, root: Path = ROOT) -> Path:
    """A copy of what the fast tests need, in which a fault may be planted."""
    for name in COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
        else:
            shutil.copy(source, target / name)
    return target


def plant(copy: Path, one: Mutant) -> Outcome:
    """Run a mutant's tests in a copy that has its fault; the copy is whole again afterwards."""
    file = copy / one.bestand
    whole = file.read_text(encoding="utf-8")
    _write(file, whole.replace(one.voor, one.na))
    try:
        return _tested(copy, one)
    finally:
        _write(file, whole)


def _write(file: Path, text: str) -> None:
    # What Python compiled before is known by size and second: a change within one second would not be seen.
    later = file.stat().st_mtime + 2
    file.write_text(text, encoding="utf-8")
    os.utime(file, (later, later))


def _tested(copy: Path, one: Mutant) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", *WITHOUT, *one.tests],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    said = "\n".join(line for line in done.stdout.splitlines()[-4:] if line)
    return Outcome(one, done.returncode, said, time.monotonic() - began)


def run_all(mutants: Sequence[Mutant], *, workers: int) -> Iterator[Outcome]:
    """Try every mutant, each in a copy that no other uses at that time; outcomes as they come."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        free: Queue[Path] = Queue()
        for number in range(workers):
            free.put(copy_project(Path(folder) / str(number)))

        def one(mutant: Mutant) -> Outcome:
            copy = free.get()
            try:
                return plant(copy, mutant)
            finally:
                free.put(copy)

        yield from pool.map(one, mutants)


def without_fault(mutants: Sequence[Mutant]) -> Outcome:
    """Run all tests that the list names on the code as it is: they must pass, or a failure proves nothing."""
    tests = tuple(sorted({test for one in mutants for test in one.tests}))
    with tempfile.TemporaryDirectory() as folder:
        return _tested(copy_project(Path(folder) / "0"), Mutant("geen", "", "", "", tests))


def main(words: Sequence[str]) -> int:
    """Report caught or lived for every chosen mutant; the exit code."""
    try:
        mutants = [one for one in read_list() if not words or any(word in one.naam for word in words)]
    except ListError as error:
        print(error)
        return 2
    sound = without_fault(mutants)
    if sound.code != PASSED:
        print(f"de tests slagen ook zonder fout niet:\n{sound.said}")
        return 2
    lived, broken = [], []
    for outcome in run_all(mutants, workers=os.cpu_count() or 1):
        verdict = {FAILED: "gezien", PASSED: "LEEFT"}.get(outcome.code, f"KAPOT ({outcome.code})")
        print(f"{verdict:10} {outcome.seconds:5.1f} s  {outcome.mutant.naam}", flush=True)
        if outcome.code == PASSED:
            lived.append(outcome)
        elif outcome.code != FAILED:
            broken.append(outcome)
    print(f"{len(mutants) - len(lived) - len(broken)} van {len(mutants)} fouten gezien")
    for outcome in broken:
        print(f"\n{outcome.mutant.naam}: de tests konden niet beginnen\n{outcome.said}")
    return 1 if lived else 2 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
