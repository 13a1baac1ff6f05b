"""What may become the standing warehouse: what the lock says, what passes every check, and nothing older."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import VeiligheidsbeeldError
from pipeline.paths import Paths
from pipeline.warehouse import checks
from pipeline.warehouse.build import models_and_code
from tests import once
from tests.stores import OVERLAST, copied_store, locked_parts, relock, rewrite

STANDING = b"yesterday's"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A store of its own, with a warehouse that stands already."""
    paths = copied_store(tmp_path)
    paths.build.mkdir()
    paths.warehouse.write_bytes(STANDING)
    return paths


def refused(paths: Paths, kind: type[VeiligheidsbeeldError], *, says: str) -> None:
    with pytest.raises(kind, match=says):
        warehouse.build(paths, say=lambda _: None, force=True)
    assert paths.warehouse.read_bytes() == STANDING
    assert list(paths.build.glob(".*.nieuw*")) == []


def part_of(paths: Paths, source: str = OVERLAST) -> str:
    found: str = locked_parts(paths, source)[0]["path"]
    return found


def test_rows_that_share_a_key_stop_the_build(paths: Paths) -> None:
    part = part_of(paths)
    rewrite(paths, part, lambda rows: [*rows, rows[-1]])
    refused(paths, checks.CheckError, says=rf"(?s)staging\.{OVERLAST}: unique .*in: {part}")


def test_an_area_that_does_not_exist_stops_the_build(paths: Paths) -> None:
    part = part_of(paths)
    rewrite(
        paths, part, lambda rows: [*rows, [cell.replace("BU07580006", "BU07580777") for cell in city(rows)]]
    )
    refused(paths, checks.CheckError, says=r"(?s)core\.\w+: relationships gebied_code .*BU07580777")


def city(rows: list[list[str]]) -> list[str]:
    return next(row for row in rows if any(cell.strip() == "BU07580006" for cell in row))


def test_fewer_rows_than_the_lock_has_stop_the_build(paths: Paths) -> None:
    part = part_of(paths)
    rows = locked_parts(paths, OVERLAST)[0]["rows"]
    relock(paths, part, rows=rows + 1)
    refused(paths, VeiligheidsbeeldError, says=rf"{OVERLAST}: .*{part}: {rows} rijen, in de lock {rows + 1}")


def test_a_part_that_was_changed_by_hand_stops_the_build(paths: Paths) -> None:
    part = paths.example / part_of(paths)
    part.write_bytes(part.read_bytes().replace(b"109", b"901"))
    refused(paths, VeiligheidsbeeldError, says="is veranderd of afgekapt")


def test_only_what_has_changed_is_built_anew(tmp_path: Path) -> None:
    paths = copied_store(tmp_path)
    once.seed(paths.build)

    def build() -> bool:
        return warehouse.build(paths, say=lambda _: None)

    assert build()
    assert not build()
    texts = paths.reference / "voorbehouden.csv"
    texts.write_text(texts.read_text(encoding="utf-8") + "nieuw,Pas op met dit cijfer.\n", encoding="utf-8")
    assert build()
    with warehouse.open_warehouse(paths) as con:
        assert con.execute("from reference.voorbehouden where voorbehoud = 'nieuw'").fetchall()


def test_the_warehouse_is_asked_and_never_changed(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error, match="read-only"):
        con.execute("delete from mart.cijfer")


def test_every_module_that_a_build_loads_is_in_its_fingerprint() -> None:
    code = "import sys, pipeline.warehouse; print(*(vars(m).get('__file__') for n, m in sys.modules.items() if n.split('.')[0] == 'pipeline'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {Path(name) for name in done.stdout.split()}
    marked = set(models_and_code(Paths()))
    assert Path(warehouse.__file__) in loaded
    assert sorted(loaded - marked) == []
    assert Path(warehouse.__file__).with_name("macros.sql") in marked
    assert Paths().models / "contract" / "bouw.sql" in marked
