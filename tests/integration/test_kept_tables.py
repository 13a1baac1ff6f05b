"""Which tables a build may keep: those of which nothing changed, in a warehouse that is whole."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from benchmarks.disturb import rows_of
from pipeline import warehouse
from pipeline.paths import Paths
from tests import once
from tests.stores import copied_store

HEADERS, BLOCK = 3 * 4096, 256 * 1024  # of DuckDB's files
CAVEAT = "nieuw,Pas op met dit cijfer.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gebouwd")
    paths = copied_store(folder)
    once.seed(paths.build)
    warehouse.build(paths, say=lambda _: None)
    return folder


def copy_of(built: Path, folder: Path) -> tuple[Paths, Callable[..., set[str]]]:
    """A project with a standing warehouse, and what builds it again and names the tables that were made."""
    shutil.copytree(built, folder / "p")
    root = folder / "p"
    shutil.copytree(Paths().models, root / "models")
    paths = Paths(root=root, build=root / "build", example=root / "opslag", models=root / "models")

    def build() -> set[str]:
        said: list[str] = []
        warehouse.build(paths, say=said.append)
        return {one for one in said if one.count(".") == 1 and " " not in one}

    return paths, build


def test_a_remark_makes_one_table_and_another_year_what_reads_it(built: Path, tmp_path: Path) -> None:
    paths, build = copy_of(built, tmp_path)
    file = paths.models / "indicator" / "wapenhandel.sql"
    file.write_text(file.read_text(encoding="utf-8") + "    -- nog eens\n", encoding="utf-8")
    # Where a figure comes from is told with the SQL that made it.
    assert build() == {"indicator.wapenhandel", "contract.bouw", "mart.herkomst"}
    file.write_text(file.read_text(encoding="utf-8") + "    and periode != '2015'\n", encoding="utf-8")
    made = build()
    assert {"contract.verhouding", "mart.cijfer", "mart.vergelijking"} <= made
    assert not made & {"core.registratie", "contract.meting", "indicator.misdrijven", "statistiek.buren"}
    standing = rows_of(paths.build)
    warehouse.build(paths, say=lambda _: None, force=True)
    assert rows_of(paths.build) == standing


def test_of_a_damaged_warehouse_nothing_is_kept(built: Path, tmp_path: Path) -> None:
    paths, build = copy_of(built, tmp_path)
    with duckdb.connect(str(paths.warehouse), read_only=True) as con:
        (block,) = con.execute("select max(block_id) from pragma_storage_info('core.gebied')").fetchall()[0]
    with paths.warehouse.open("r+b") as file:
        file.seek(HEADERS + block * BLOCK + BLOCK // 2)
        file.write(b"beschadigd")
    caveats = paths.reference / "voorbehouden.csv"
    caveats.write_text(caveats.read_text(encoding="utf-8") + CAVEAT, encoding="utf-8")
    made = build()
    assert {"core.gebied", "mart.cijfer", "staging.politie_misdrijven"} <= made
    with warehouse.open_warehouse(paths) as con:
        con.execute("from mart.cijfer").fetchall()


def test_a_failed_build_leaves_what_stands_and_the_next_keeps_it(built: Path, tmp_path: Path) -> None:
    paths, build = copy_of(built, tmp_path)
    file = paths.models / "indicator" / "wapenhandel.sql"
    good, before = file.read_text(encoding="utf-8"), paths.warehouse.read_bytes()
    file.write_text(good.replace("aantal as teller", "-aantal as teller"), encoding="utf-8")
    with pytest.raises(warehouse.WarehouseError.__base__, match="teller en noemer niet negatief"):
        build()
    assert paths.warehouse.read_bytes() == before
    file.write_text(good + "    -- zo is het goed\n", encoding="utf-8")
    assert "core.gebied" not in build()
    assert sorted(path.name for path in paths.build.iterdir()) == [".bezig", paths.warehouse.name]
