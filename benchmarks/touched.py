"""Touch one thing, build anew, and see what that costs and that it equals a build from nothing.

    python -m benchmarks.touched [--store DIR] [--edits sql,text] [--random 20 --seed 1] [--without-site]

Without ``--random`` it prints a table of the edits: seconds and processor seconds of build and site, tables made
and files written. With it edits are drawn, and after each everything is held against a build from nothing.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks import stages
from benchmarks.disturb import DEFINITION, KEPT, YEARS, checkout, rows_of, site_of
from pipeline.paths import PROJECT, Paths

SPARE = ("wapenhandel", "openbare_dronkenschap", "drugshandel")
"""Indicators that nothing else names: they can be changed, and taken away."""


class OtherwiseError(RuntimeError):
    """A build that kept something differs from one from nothing."""


@dataclass(frozen=True)
class Project:
    """A checkout of its own that edits may spoil; ``apart`` is for what is built from nothing."""

    root: Path
    site: bool = True

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def apart(self) -> Path:
        return self.root / "apart"

    def run(self, verb: str, *options: str, build: Path | None = None) -> stages.Run:
        """Run one verb of the code that lies here."""
        command = [sys.executable, "-m", "pipeline", verb, *options, "--root", str(self.root)]
        command += ["--build", str(build or self.build), "--data", "voorbeeld"]
        settings = {"PYTHONPATH": str(self.root), "VB_VOORBEELD": ""}
        return stages.measure(verb, command, cwd=self.root, settings=settings)

    def both(self, *options: str, build: Path | None = None) -> list[stages.Run]:
        """Build, and site unless this is about the warehouse alone."""
        return [
            self.run(verb, *options, build=build)
            for verb in ("build", "site")
            if self.site or verb == "build"
        ]


def project(folder: Path, *, store: Path, site: bool = True) -> Project:
    """A checkout below a folder, with a store of figures as the example; nothing is built yet."""
    return Project(checkout(folder, store=store), site)


def _replace(file: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1)
    if not count:
        raise LookupError(f"{file}: no {pattern}")
    file.write_text(text, encoding="utf-8")


def _spare(root: Path, chance: random.Random) -> Path:
    folder = root / "pipeline" / "models" / "indicator"
    return chance.choice([file for name in SPARE if (file := folder / f"{name}.sql").is_file()])


def sql(root: Path, chance: random.Random) -> None:
    """A year less of one indicator."""
    file = _spare(root, chance)
    with file.open("a", encoding="utf-8") as text:
        text.write(f"    and periode != '{chance.randint(2013, 2024)}'\n")


def one_gemeente(root: Path, chance: random.Random) -> None:
    """A year less of one indicator in one gemeente."""
    with _spare(root, chance).open("a", encoding="utf-8") as text:
        year = chance.randint(2013, 2024)
        text.write(f"    and (periode != '{year}' or substr(gebied_code, 3, 4) != '0758')\n")


def remark(root: Path, chance: random.Random) -> None:
    """A remark in the SQL of an indicator: no figure changes."""
    with _spare(root, chance).open("a", encoding="utf-8") as text:
        text.write(f"    -- {chance.random()}\n")


def header(root: Path, chance: random.Random) -> None:
    """The definition of an indicator, in words."""
    _replace(_spare(root, chance), r'definition = "', f'definition = "Keer {chance.randint(1, 99)}. ')


def decimals(root: Path, chance: random.Random) -> None:
    """How many decimals an indicator has."""
    _replace(_spare(root, chance), r"decimals = \d", f"decimals = {chance.randint(0, 3)}")


def municipal(root: Path, chance: random.Random) -> None:
    """A new file of a gemeente."""
    definition = root / "data" / "bronnen" / f"{KEPT}.toml"
    definition.write_text(DEFINITION, encoding="utf-8")
    cells = [(number, year) for number in (1, 5, 6) for year in YEARS]
    rows = [f"BU07580{number:03};{year};{chance.randint(5, 97)}" for number, year in cells]
    file = root / "rijen.csv"
    file.write_text("\n".join(["gebied;jaar;aantal", *rows, ""]), encoding="utf-8")
    Project(root).run("bron", "test", str(definition), "--bestand", str(file), "--bewaar")


def approach(root: Path, chance: random.Random) -> None:
    """What an approach does, in words."""
    file = root / "data" / "aanpak" / "nplv-breda-noord.toml"
    _replace(file, r'mechanisme = "', f'mechanisme = "Keer {chance.randint(1, 99)}. ')


def reference(root: Path, chance: random.Random) -> None:
    """The text of a caveat."""
    file = root / "data" / "reference" / "voorbehouden.csv"
    _replace(file, r"\nafronding_cbs,\"", f'\nafronding_cbs,"Keer {chance.randint(1, 99)}. ')


def macro(root: Path, chance: random.Random) -> None:
    """Of how many people a rate is told: a macro that few tables use."""
    file = root / "pipeline" / "warehouse" / "macros.sql"
    _replace(file, r"(te_weinig_inwoners\(x\) as x <) \d+", rf"\1 {chance.randint(190, 230)}")


def removed(root: Path, chance: random.Random) -> None:
    """An indicator that is taken away, or brought back."""
    folder = root / "pipeline" / "models" / "indicator"
    file = folder / "wapenhandel.sql"
    if file.is_file():
        file.unlink()
    else:
        shutil.copy(PROJECT / "pipeline" / "models" / "indicator" / file.name, file)


def added(root: Path, chance: random.Random) -> None:
    """One more indicator."""
    folder = root / "pipeline" / "models" / "indicator"
    new = folder / f"proef_{chance.randint(1, 3)}.sql"
    shutil.copy(folder / "drugshandel.sql", new)
    _replace(new, r'title = ".*"', f'title = "Proef {chance.randint(1, 99)}"')


def text(root: Path, chance: random.Random) -> None:
    """A sentence more on a written page."""
    with (root / "site" / "docs" / "uitleg" / "begrippen.md").open("a", encoding="utf-8") as page:
        page.write(f"\nKeer {chance.randint(1, 99)}.\n")


EDITS: dict[str, Callable[[Path, random.Random], None]] = {
    one.__name__: one
    for one in (
        *(text, header, remark, one_gemeente, sql, decimals, municipal, approach, reference),
        *(macro, removed, added),
    )
}


def written(before: dict[str, tuple[int, int]], build: Path) -> int:
    """How many files of the site are new, or other than those that stood before."""
    return sum(before.get(name) != mark for name, mark in files_of(build).items())


def files_of(build: Path) -> dict[str, tuple[int, int]]:
    """File of the site → its size and its time: a file that is as it was keeps its time."""
    root = (build / "site").resolve()
    return {
        file.relative_to(root).as_posix(): (file.stat().st_size, file.stat().st_mtime_ns)
        for file in root.rglob("*")
        if file.is_file()
    }


def table(made: Project, names: Sequence[str], chance: random.Random) -> Iterator[list[str]]:
    """A row for each edit, one after another on what stands."""
    for name in ["nothing", *names]:
        before = files_of(made.build)
        if name != "nothing":
            EDITS[name](made.root, chance)
        runs = made.both()
        seconds, processor = sum(run.seconds for run in runs), sum(run.processor for run in runs)
        each = " + ".join(f"{run.processor:.1f}" for run in runs)
        yield [name, f"{seconds:.1f}", f"{processor:.1f}", each, str(written(before, made.build))]


def held(made: Project, rounds: int, chance: random.Random) -> Iterator[str]:
    """Draw edits, and hold what stands after each against a build from nothing.

    Raises:
        OtherwiseError: they differ; the message names edit, tables and files.
    """
    made.both()
    for number in range(rounds):
        name = chance.choice(list(EDITS))
        EDITS[name](made.root, chance)
        made.both()
        compare(made, f"{number} {name}")
        yield name


def compare(made: Project, when: str) -> None:
    """Hold what stands against a build from nothing.

    Raises:
        OtherwiseError: they differ.
    """
    shutil.rmtree(made.apart, ignore_errors=True)
    made.both("--force", build=made.apart)
    found, expected = rows_of(made.build), rows_of(made.apart)
    wrong = sorted(name for name in found | expected if found.get(name) != expected.get(name))
    wrong += sorted(name for name, *_ in _columns(made.build) ^ _columns(made.apart))
    if made.site:
        pages, others = site_of(made.build), site_of(made.apart)
        wrong += sorted(name for name in pages | others if pages.get(name) != others.get(name))
    if wrong:
        raise OtherwiseError(f"{when}: {len(wrong)} differ: {', '.join(wrong[:20])}")


def _columns(build: Path) -> set[tuple[str, ...]]:
    """Every column with its place, type and explanation."""
    with duckdb.connect(str(build / "veiligheid.duckdb"), read_only=True) as con:
        return set(
            con.execute(
                "select schema_name || '.' || table_name, column_name, column_index, data_type, comment "
                "from duckdb_columns() where not internal"
            ).fetchall()
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.touched")
    parser.add_argument("--store", type=Path, default=Paths().example)
    parser.add_argument("--edits", default=",".join(EDITS))
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-site", action="store_true")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        made = project(Path(name) / "p", store=options.store, site=not options.without_site)
        if options.random:
            for number, edit in enumerate(held(made, options.random, chance)):
                print(number, edit, "equal", flush=True)
            return
        print("| touched | seconds | processor seconds | build + site | files written |")
        print("| --- | ---: | ---: | ---: | ---: |", flush=True)
        made.both()
        for row in table(made, options.edits.split(","), chance):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
