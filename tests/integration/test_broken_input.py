"""Broken input: an error that names file and value, and the standing warehouse stays."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.alone import LOCK
from tests.integration.example import Example, copy_example

CRIMES = "politie_misdrijven/2022/breda.csv"
KERNCIJFERS = "cbs_kerncijfers/2024/breda.csv"

Break = Callable[[Example], None]


def truncate(example: Example) -> None:
    path = example.store / CRIMES
    path.write_bytes(path.read_bytes()[:-40])


def remove(example: Example) -> None:
    (example.store / CRIMES).unlink()


def wrong_row_count(example: Example) -> None:
    example.relock(CRIMES, rows=7)


def renamed_column(example: Example) -> None:
    example.rewrite(KERNCIJFERS, lambda rows: [[*rows[0][:2], "AantalBewoners_5", *rows[0][3:]], *rows[1:]])


def duplicate_key(example: Example) -> None:
    example.rewrite(CRIMES, lambda rows: [*rows, rows[1]])


def cell(row: int, column: int, value: str) -> Callable[[list[list[str]]], list[list[str]]]:
    def change(rows: list[list[str]]) -> list[list[str]]:
        rows[row][column] = value
        return rows

    return change


BROKEN: list[tuple[str, Break, tuple[str, ...]]] = [
    ("truncated snapshot", truncate, (CRIMES, "veranderd of afgekapt", "sha256")),
    ("missing snapshot", remove, (CRIMES, "ontbreekt")),
    ("row count", wrong_row_count, (CRIMES, "in de lock 7")),
    ("renamed column", renamed_column, (KERNCIJFERS, "AantalBewoners_5", "AantalInwoners_5")),
    ("duplicate key", duplicate_key, ("unique", "0.0.0", "BU07580001", "keer=2", CRIMES)),
    (
        "unknown area",
        lambda e: e.rewrite(CRIMES, cell(1, 1, "BU07589876")),
        ("BU07589876", "core.gebied", CRIMES),
    ),
    ("negative count", lambda e: e.rewrite(CRIMES, cell(1, 3, "-12")), ("aantal=-12", CRIMES)),
    (
        "no number",
        lambda e: e.rewrite(CRIMES, cell(1, 3, "twaalf")),
        ("twaalf", CRIMES, "politie_misdrijven.sql", "BU07580001", "kolom aantal"),
    ),
    *(
        (
            f"not_finite_measure {value}",
            lambda e, value=value: e.rewrite(KERNCIJFERS, cell(3, 8, value)),
            ("cbs_kerncijfers", KERNCIJFERS, "BU07580003", "woz", value),
        )
        for value in ("NaN", "1e309", "-5")
    ),
    (
        "count with a fraction",
        lambda e: e.rewrite(CRIMES, cell(1, 3, "12.5")),
        ("geen geheel getal: '12.5'", CRIMES, "BU07580001", "kolom aantal"),
    ),
    (
        "control character",
        lambda e: e.rewrite(KERNCIJFERS, cell(3, 0, "BU0758\x070003")),
        ("stuurteken", KERNCIJFERS, "kolom WijkenEnBuurten"),
    ),
    (
        "unknown period",
        lambda e: e.rewrite(CRIMES, cell(1, 2, "2022KW01")),
        ("2022KW01", "politie_misdrijven.sql"),
    ),
    (
        "lock is no JSON",
        lambda e: (e.store / "snapshots.json").write_text("{") and None,
        ("snapshots.json", "JSON"),
    ),
]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Example:
    example = copy_example(tmp_path_factory.mktemp("goed"))
    example.build()
    return example


@pytest.mark.parametrize(("breaks", "says"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_error_names_file_and_value_and_the_warehouse_stands(
    good: Example, tmp_path: Path, breaks: Break, says: tuple[str, ...]
) -> None:
    shutil.copytree(good.root, tmp_path / "p", symlinks=True)
    example = Example(tmp_path / "p")
    before = (example.root / "build" / "veiligheid.duckdb").read_bytes()
    breaks(example)
    done = example.run("build")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    for text in says:
        assert text in done.stderr
    assert (example.root / "build" / "veiligheid.duckdb").read_bytes() == before
    assert sorted(p.name for p in (example.root / "build").iterdir()) == [LOCK, "veiligheid.duckdb"]


def test_nothing_to_do_is_quiet_and_leaves_the_file_alone(good: Example) -> None:
    file = good.root / "build" / "veiligheid.duckdb"
    before = file.stat().st_mtime_ns
    done = good.run("build")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert file.stat().st_mtime_ns == before


def test_a_changed_model_builds_again(good: Example, tmp_path: Path) -> None:
    shutil.copytree(good.root, tmp_path / "p")
    example = Example(tmp_path / "p")
    model = example.root / "pipeline" / "models" / "core" / "gebied.sql"
    model.write_text(model.read_text().replace("g.gebied_naam,", "upper(g.gebied_naam) as gebied_naam,", 1))
    assert example.run("build").returncode == 0
    answer = example.run("query", "select gebied_naam from core.gebied where gebied_code = 'GM0758'")
    assert answer.stdout == "gebied_naam\nBREDA\n"
