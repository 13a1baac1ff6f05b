"""noemer-oude-grens: gemeenten that merged under the same code, on the real kerncijfers of the country."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline import snapshot, warehouse
from pipeline.paths import Paths
from pipeline.warehouse.load import load_source
from tests.models.text_tables import MODELS

SOURCE = "cbs_kerncijfers"
TABLES = ("staging.cbs_kerncijfers", "core.gebied", "core.bevolking", "core.noemer")


def cases() -> list[dict[str, str]]:
    with Path(__file__).with_name("noemer_oude_grens.csv").open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def country() -> Iterator[duckdb.DuckDBPyConnection]:
    store = Paths().data / "voorbeeld"
    connection = duckdb.connect()
    connection.execute(warehouse.MACROS)
    for schema in ("raw", "staging", "core"):
        connection.execute(f"create schema {schema}")
    lock = snapshot.read_lock(store)
    load_source(connection, store, MODELS[f"staging.{SOURCE}"], lock.sources[SOURCE])
    for table in TABLES:
        warehouse.make_table(connection, MODELS[table])
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "row", cases(), ids=lambda row: f"{row['gebied_code']}-{row['indicator']}-{row['periode']}"
)
def test_noemer_oude_grens(row: dict[str, str], country: duckdb.DuckDBPyConnection) -> None:
    found = country.execute(
        "select inwoners from core.noemer where gebied_code = ? and periode = ?",
        [row["gebied_code"], row["periode"]],
    ).fetchall()
    if row["juist_status"] == "geen_noemer":
        assert found in ([], [(None,)])
    else:
        assert found == [(int(row["juist_noemer"]),)]
        rate = 1000 * int(row["teller"]) / found[0][0]
        assert rate == pytest.approx(float(row["juist_waarde"]), abs=1e-4)


def test_most_gemeenten_keep_their_denominator(country: duckdb.DuckDBPyConnection) -> None:
    """Land as it follows from density is precise: proof fails where land changed, not for lack of measuring."""
    rows = country.execute(
        "select count(*) filter (zelfde_indeling), count(*) from core.bevolking"
        " where gebied_code like 'GM%' and jaar = 2017"
    ).fetchall()
    assert rows == [(308, 325)]
