"""From a written-down approach to its verdict, with the command line alone, on the figures of the country.

A year of fixture figures is added: in one trio of buurten 40 percent went, in one nothing did, and from one
half moved to the buurten around. The commands are those of the page for builders.
"""

import csv
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.paths import PROJECT
from pipeline.snapshot import LOCK_NAME, sha256_of

KEPT = ("cbs_kerncijfers", "pdok_gebieden", "politie_misdrijven")
GONE = ("BU07580100", "BU07580101", "BU07580102")
SAME = ("BU07580501", "BU07580503", "BU07580607")
MOVED = ("BU07580002", "BU07580004", "BU07580006")
AROUND = ("BU07580001", "BU07580003", "BU07580005", "BU07580200", "BU07580201", "BU07580202", "BU07580400")
AROUND += ("BU07580500", "BU07580502")
PAGE = PROJECT / "site" / "docs" / "bouwen" / "aanpak.md"


class Project:
    """A project of its own, with the country's figures and its own approaches."""

    def __init__(self, folder: Path) -> None:
        self.root, self.build, self.store = folder / "project", folder / "build", folder / "opslag"
        shutil.copytree(PROJECT / "data" / "reference", self.root / "data" / "reference")
        shutil.copytree(PROJECT / "data" / "voorbeeld", self.store)
        self.lock = json.loads((self.store / LOCK_NAME).read_text(encoding="utf-8"))
        self.lock["sources"] = {name: self.lock["sources"][name] for name in KEPT}
        self.write_lock()

    def write_lock(self) -> None:
        (self.store / LOCK_NAME).write_text(json.dumps(self.lock), encoding="utf-8")

    def run(self, *arguments: str) -> int:
        return main([*arguments, "--root", str(self.root), "--build", str(self.build), "--data", "voorbeeld"])

    def file(self, name: str) -> Path:
        return self.root / "data" / "aanpak" / f"{name}.toml"

    def add_year(self) -> None:
        """2026: the mean of three years with the swing of buurten, and in the trios what was planted."""
        con = duckdb.connect()
        files = [
            str(self.store / f"politie_misdrijven/{year}/nederland.parquet") for year in (2023, 2024, 2025)
        ]
        rows = con.execute(
            "select WijkenEnBuurten, any_value(SoortMisdrijf), avg(GeregistreerdeMisdrijven_1) "
            "from read_parquet(?) where trim(SoortMisdrijf) = '0.0.0' and WijkenEnBuurten like 'BU%' "
            "group by 1 having count(*) = 3 order by 1",
            [files],
        ).fetchall()
        mean = np.maximum([float(row[2]) for row in rows], 0.2)
        size = mean / (0.5 + 0.02 * mean)
        counts = np.random.default_rng(1).negative_binomial(size, size / (size + mean))
        place = {row[0].strip(): number for number, row in enumerate(rows)}
        planted = dict.fromkeys(GONE, 0.6) | dict.fromkeys(SAME, 1.0) | dict.fromkeys(MOVED, 0.5)
        gone = sum(mean[place[code]] for code in MOVED) * 0.5
        planted |= dict.fromkeys(AROUND, 1 + gone / sum(mean[place[code]] for code in AROUND))
        for code, factor in planted.items():
            counts[place[code]] = round(mean[place[code]] * factor)
        con.execute("create table jaar (soort varchar, gebied varchar, periode varchar, aantal integer)")
        con.executemany(
            "insert into jaar values (?, ?, '2026JJ00', ?)",
            [(row[1], row[0], int(count)) for row, count in zip(rows, counts, strict=True)],
        )
        part = "politie_misdrijven/2026/nederland.parquet"
        (self.store / part).parent.mkdir()
        con.execute(
            "copy (select soort as SoortMisdrijf, gebied as WijkenEnBuurten, periode as Perioden, "
            f"aantal as GeregistreerdeMisdrijven_1 from jaar) to '{self.store / part}' (format parquet)"
        )
        source = self.lock["sources"]["politie_misdrijven"]
        source["tables"]["47018NED"]["modified"] = "2027-01-15T02:00:00"
        named = {"path": part, "table": "47018NED", "periode": "2026", "rows": len(rows)}
        source["parts"].append(named | {"sha256": sha256_of(self.store / part)})
        self.write_lock()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    made = Project(tmp_path_factory.mktemp("aanpak"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VB_VOORBEELD", str(made.store))
        assert made.run("build", "-q") == 0
        yield made


def commands() -> list[list[str]]:
    """What the page for builders tells to type, about approaches."""
    (block,) = re.findall(r"^```bash\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.S | re.M)
    lines = [shlex.split(line)[1:] for line in block.splitlines()]
    return [line for line in lines if line[0] == "aanpak"]


def new(project: Project, title: str, areas: tuple[str, ...]) -> int:
    return project.run(
        *("aanpak", "nieuw", "--titel", title, "--thema", "veiligheid_algemeen", "--gebied", *areas),
        *("--start", "2026-01-01", "--indicator", "misdrijven", "--mechanisme", "Meer licht."),
        *("--bewoners", "Zij kijken mee.", "--partij", "Gemeente: lampen", "--evaluatie", "2027-03-01"),
    )


Output = Callable[[], str]


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    return lambda: capsys.readouterr().out


def test_the_commands_of_the_page_do_what_it_says(
    project: Project, output: Output, capsys: pytest.CaptureFixture[str]
) -> None:
    first, test, power, record = commands()
    assert project.run(*first) == 0
    made, told = capsys.readouterr()
    assert made.strip() == str(project.file("licht-in-het-park"))
    assert "bekend uit onderzoek bij dit thema" in told

    def on_file(line: list[str]) -> int:
        return project.run(*line[:-1], str(project.root / line[-1]))

    assert on_file(test) == 0
    assert "in orde" in output()
    assert on_file(power) == 0
    told = output()
    assert [int(found) for found in re.findall(r"na (\d) jaar  \[", told)] == [1, 2, 3]
    assert project.run("build", "-q") == 0
    assert on_file(record) == 0
    assert "misdrijven: niet te zeggen (nog_geen_jaar)" in output()
    assert on_file(record) == 0
    assert "niets nieuws" in output()
    project.file("licht-in-het-park").unlink()


def test_what_was_planted_is_found_and_what_moved_is_named(project: Project, output: Output) -> None:
    for title, areas in (("Minder", GONE), ("Gelijk", SAME), ("Verplaatst", MOVED)):
        assert new(project, title, areas) == 0
    project.add_year()
    assert project.run("build", "-q") == 0
    output()
    assert project.run("query", "select aanpak, oordeel, verhouding, omgeving from mart.evaluatie") == 0
    found = {row["aanpak"]: row for row in csv.DictReader(io.StringIO(output()))}
    assert {name: row["oordeel"] for name, row in found.items()} == {
        "minder": "verbeterd",
        "gelijk": "geen verschil te zien",
        "verplaatst": "verbeterd",
    }
    assert float(found["minder"]["verhouding"]) == pytest.approx(0.6, abs=0.08)
    assert found["verplaatst"]["omgeving"] == "verplaatsing"


def test_a_bad_file_is_told_by_line_and_the_standing_warehouse_stays(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(project, "Fout", GONE) == 0
    path = project.file("fout")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"BU07580101"', '"BU07589999"'), encoding="utf-8")
    before = (project.build / "veiligheid.duckdb").read_bytes()
    capsys.readouterr()
    assert project.run("aanpak", "test", str(path)) == 1
    line = text[: text.index("gebieden =")].count("\n") + 1
    assert f"{path}:{line}: gebieden heeft 'BU07589999'" in capsys.readouterr().out
    assert project.run("build", "-q") == 1
    assert f"{path}:{line}: gebieden heeft 'BU07589999'" in capsys.readouterr().err
    assert (project.build / "veiligheid.duckdb").read_bytes() == before
    path.unlink()


def test_who_cannot_be_asked_is_told_what_is_missing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.run("aanpak", "nieuw", "--titel", "Half") == 1
    assert "--thema --gebied --indicator --mechanisme --bewoners --partij" in capsys.readouterr().err
    assert not project.file("half").exists()
