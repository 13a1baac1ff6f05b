"""A warehouse of older code lacks what this code asks: that is said in one sentence, and a fault of ours is not."""

import re
from pathlib import Path

import duckdb
import pytest

from pipeline.paths import Paths
from pipeline.warehouse import WarehouseError, fingerprint, of_this_code, open_warehouse


def _warehouse(folder: Path, mark: str) -> Paths:
    paths = Paths(build=folder)
    with duckdb.connect(str(paths.warehouse)) as con:
        con.execute("create schema contract")
        con.execute("create table contract.bouw as select $mark as vingerafdruk", {"mark": mark})
    return paths


@pytest.mark.parametrize("asked", ["select rij_heet from contract.bouw", "from contract.is_er_niet"])
def test_what_an_older_warehouse_lacks(tmp_path: Path, asked: str) -> None:
    paths = _warehouse(tmp_path, "van eerder")
    said = f"{paths.warehouse} is van een andere versie ("
    with (
        pytest.raises(WarehouseError, match=f"^{re.escape(said)}.*veiligheidsbeeld build$"),
        of_this_code(paths),
        open_warehouse(paths) as con,
    ):
        con.execute(asked)


def test_of_its_own_warehouse_the_fault_is_ours(tmp_path: Path) -> None:
    paths = _warehouse(tmp_path, fingerprint(Paths(build=tmp_path)))
    with pytest.raises(duckdb.BinderException), of_this_code(paths), open_warehouse(paths) as con:
        con.execute("select rij_heet from contract.bouw")


def test_another_error_is_left_alone(tmp_path: Path) -> None:
    paths = _warehouse(tmp_path, "van eerder")
    with pytest.raises(duckdb.ConversionException), of_this_code(paths), open_warehouse(paths) as con:
        con.execute("select vingerafdruk::int from contract.bouw")
