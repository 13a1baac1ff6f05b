"""Inhabitants of every year 2012-2025: a table a year, each with its own columns, numbers and dimensions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import snapshot, warehouse
from pipeline.fetch import runner
from pipeline.fetch.http import Patience
from pipeline.paths import PROJECT, Paths
from pipeline.warehouse.load import load_source
from tests.models.text_tables import MODELS
from tests.upstream_data import StoredTable
from tests.upstream_server import UpstreamServer, serving

SOURCE = "cbs_kerncijfers"
HEADER = MODELS[f"staging.{SOURCE}"].source
QUICK = Patience(connect=2, read=1.5, total=5, tries=2, shortest=0, longest=0)
SEVERAL_YEARS, OTHER_NAME, USUAL = "70904ned", "82339NED", "84799NED"


def topic(number: int, key: str, unit: str) -> dict[str, Any]:
    return {"ID": number, "ParentID": None, "Type": "Topic", "Key": key, "Title": key, "Datatype": "Long",
            "Unit": unit}  # fmt: skip


def dimension(number: int, key: str, kind: str) -> dict[str, Any]:
    return {"ID": number, "ParentID": None, "Type": kind, "Key": key, "Title": key}


def stored(table_id: str, dimensions: dict[str, str], topics: dict[str, str], rows: pa.Table) -> StoredTable:
    """A made-up table: dimension → kind, column → unit."""
    properties = [dimension(number, *one) for number, one in enumerate(dimensions.items())]
    properties += [topic(10 + number, *one) for number, one in enumerate(topics.items())]
    codes = {
        name: [{"Key": key, "Title": key.strip()} for key in dict.fromkeys(rows[name].to_pylist())]
        for name in dimensions
    }
    info = {"Identifier": table_id, "Title": f"SYNTHETISCH {table_id}", "Modified": "2016-03-31T02:00:00"}
    sets = {"TableInfos": [info], "DataProperties": properties, **codes}
    return StoredTable(table_id, "opendata.cbs.nl", sets, rows)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(root=PROJECT, build=tmp_path / "build", store="live")


@pytest.fixture
def server() -> Any:
    """2012 among more years, with shares where later years have counts; 2013 with another name and numbers."""
    with serving(page=25) as running:
        tables = running.state.upstream.tables
        years = ["2011JJ00", "2011JJ00", "2012JJ00", "2012JJ00"]
        tables[SEVERAL_YEARS] = stored(
            SEVERAL_YEARS,
            {"WijkenEnBuurten": "GeoDetail", "Perioden": "TimeDimension"},
            {"AantalInwoners_3": "aantal", "k_0Tot15Jaar_6": "%", "HuishoudensTotaal_20": "aantal"},
            pa.table(
                {
                    "ID": [0, 1, 2, 3],
                    "WijkenEnBuurten": ["NL00      ", "BU07580006"] * 2,
                    "Perioden": years,
                    "AantalInwoners_3": [16_655_799, 1910, 16_730_348, 1925],
                    "k_0Tot15Jaar_6": [17, 9, 17, 8],
                    "HuishoudensTotaal_20": [7_443_801, 1300, 7_512_824, 1310],
                }
            ),
        )
        tables[OTHER_NAME.lower()] = stored(
            OTHER_NAME,
            {"RegioS": "GeoDetail"},
            {"AantalInwoners_4": "aantal", "k_0Tot15Jaar_7": "aantal", "OppervlakteLand_100": "ha"},
            pa.table(
                {
                    "ID": [0, 1],
                    "RegioS": ["NL00      ", "BU07580006"],
                    "AantalInwoners_4": [16_779_575, 1930],
                    "k_0Tot15Jaar_7": [2_905_000, 155],
                    "OppervlakteLand_100": [3_368_628, 21],
                }
            ),
        )
        yield running


@pytest.fixture
def fetch(paths: Paths, server: UpstreamServer) -> Callable[..., tuple[int, list[str]]]:
    def run(**options: Any) -> tuple[int, list[str]]:
        lines: list[str] = []
        server.state.requests.clear()
        given = {"upstream": server.url, "say": lines.append, "patience": QUICK, **options}
        return runner.fetch(paths, sources=[SOURCE], **given), lines

    return run


def staged(paths: Paths) -> list[tuple[Any, ...]]:
    """What the staging model makes of two areas, with the publisher's own columns in the store."""
    lock = snapshot.read_lock(paths.live)
    with duckdb.connect() as con:
        con.execute(warehouse.MACROS)
        con.execute("create schema raw; create schema staging")
        load_source(con, paths.live, MODELS[f"staging.{SOURCE}"], lock.sources[SOURCE])
        warehouse.make_table(con, MODELS[f"staging.{SOURCE}"])
        return con.execute(
            "select periode, inwoners, jongeren_0_15, huishoudens, oppervlakte_land_ha, tabel"
            " from staging.cbs_kerncijfers where gebied_code = 'BU07580006' order by periode"
        ).fetchall()


def test_every_year_2012_to_2025_has_a_table() -> None:
    assert HEADER is not None
    assert list(HEADER.tables) == [str(year) for year in range(2012, 2026)]


def test_each_year_comes_in_with_its_own_columns_and_dimensions(
    paths: Paths, fetch: Callable[..., tuple[int, list[str]]], server: UpstreamServer
) -> None:
    code, lines = fetch()
    assert code == 0
    rows = {row[0]: row[1:] for row in staged(paths)}
    assert list(rows) == ["2012", "2013", "2017", "2020", "2024"]
    assert rows["2012"] == (1925, None, 1310, None, SEVERAL_YEARS)  # 8 % is no count of 8
    assert rows["2013"] == (1930, 155, None, 21, OTHER_NAME)
    asked = [path for path in server.state.requests if f"{SEVERAL_YEARS}/TypedDataSet" in path]
    assert len(asked) == 1
    assert "Perioden%20eq%20%272012JJ00%27" in asked[0]
    (told,) = (line for line in lines if SEVERAL_YEARS in line and "rijen" in line)
    assert "2 rijen, 2012, Nederland 2012: 16730348; zonder kolom voor " in told
    assert "jongeren_0_15" in told
    (absent,) = (line for line in lines if "niet bij deze plaatsvervanger" in line)
    assert "83487NED" in absent  # 2016: named, not passed over
    part = next(
        part for part in snapshot.read_lock(paths.live).sources[SOURCE].parts if part.periode == "2013"
    )
    assert pq.read_table(paths.live / part.path).column_names[0] == "RegioS"  # as the publisher has it


def test_what_is_there_is_not_asked_again(
    fetch: Callable[..., tuple[int, list[str]]], server: UpstreamServer
) -> None:
    fetch()
    assert fetch()[0] == 0
    assert not [path for path in server.state.requests if "DataSet" in path]


def test_a_publisher_without_a_table_fails_that_year_alone(
    paths: Paths, fetch: Callable[..., tuple[int, list[str]]], server: UpstreamServer, monkeypatch: Any
) -> None:
    """At the publisher itself a table that is gone is an error, not a stand-in's lack."""
    server.state.without = {OTHER_NAME.lower()}
    monkeypatch.setattr(runner, "_absent_from", lambda _: lambda table: table.startswith("83"))
    assert HEADER is not None
    some = {year: table for year, table in HEADER.tables.items() if year in ("2012", "2013", "2020")}
    monkeypatch.setattr(runner, "headers_of", lambda _: {SOURCE: replace(HEADER, tables=some)})
    code, lines = fetch()
    assert code == 1
    (wrong,) = (line for line in lines if OTHER_NAME in line)
    assert wrong.endswith("er is nog geen opname")
    assert {part.periode for part in snapshot.read_lock(paths.live).sources[SOURCE].parts} == {"2012", "2020"}


def test_a_year_that_the_table_no_longer_has_is_refused_by_name(
    fetch: Callable[..., tuple[int, list[str]]], server: UpstreamServer
) -> None:
    table = server.state.upstream.tables[SEVERAL_YEARS]
    assert isinstance(table, StoredTable)
    table.sets["Perioden"] = table.sets["Perioden"][:1]
    code, lines = fetch()
    assert code == 1
    assert any("70904ned: codelijst Perioden is leeg of valt buiten de keuze" in line for line in lines)
