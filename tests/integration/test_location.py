"""Drawings in which the pages of the whole country mark their areas weigh little, and lack no gemeente."""

import gzip
import json
import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.site.map.location import read_drawn, write_locations

LIGHTEST_MEGABYTES = 2.0  # all of the country together: pages of one gemeente share theirs
COUNTRY_BYTES = 45_000


@pytest.fixture(scope="module")
def country(upstream: Path) -> duckdb.DuckDBPyConnection:
    """Boundaries of the whole country; each gemeente is its own wijk."""
    path = upstream / "api.pdok.nl/wijken-en-buurten-2024/buurten.geojson.gz"
    features = [
        (one["properties"]["gemeentecode"], one["properties"]["buurtcode"], json.dumps(one["geometry"]))
        for one in json.loads(gzip.decompress(path.read_bytes()))["features"]
        if one["properties"]["water"] == "NEE"
    ]
    con = duckdb.connect()
    con.execute("create schema core; create schema staging")
    con.register(
        "buurten",
        pa.table(dict(zip(("gemeente", "buurt", "geometrie"), zip(*features, strict=True), strict=True))),
    )
    con.execute(
        "create table staging.pdok_gebieden as select buurt as gebied_code, 2024 as indeling_jaar, geometrie"
        " from buurten"
    )
    con.execute(
        "create table core.gebied as select buurt as gebied_code, buurt as gebied_naam,"
        " 'buurt' as gebied_niveau, 'WK' || substr(gemeente, 3) || '00' as ouder_code,"
        " gemeente as gemeente_code, 2024 as indeling_jaar from buurten"
    )
    return con


def test_the_country_is_light_and_has_every_gemeente(
    country: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    paths = write_locations(country, tmp_path)
    assert sum(path.stat().st_size for path in paths) < 1e6 * LIGHTEST_MEGABYTES
    whole = next(path for path in paths if path.name == "nl00.svg")
    assert whole.stat().st_size < COUNTRY_BYTES
    drawn = re.findall(r'id="(\w+)"', whole.read_text(encoding="utf-8"))
    assert sorted(drawn) == sorted(path.stem for path in paths if path != whole)
    assert set(map(str.upper, drawn)) <= read_drawn(country)
    empty = [path.name for path in paths if 'd=""' in path.read_text(encoding="utf-8")]
    assert not empty
