import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import shapely

from pipeline.site.description.published import Published, read_published
from pipeline.site.download.areas import write_areas
from tests.unit.site.warehouse import make_warehouse


@pytest.fixture(scope="module")
def published(con: duckdb.DuckDBPyConnection) -> Published:
    return read_published(con, gemeenten=["GM0758"])


@pytest.fixture(scope="module")
def folder(
    con: duckdb.DuckDBPyConnection, published: Published, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("bestanden")
    write_areas(con, out, published=published)
    return out


def test_geoparquet_says_where_its_outlines_are_and_how(folder: Path, con: duckdb.DuckDBPyConnection) -> None:
    table = pq.read_table(folder / "grenzen-buurten.parquet")
    geo = json.loads(table.schema.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], geo["primary_column"], column["encoding"]) == ("1.1.0", "geometry", "WKB")
    assert "crs" not in column  # longitude and latitude: OGC:CRS84
    shapes = shapely.from_wkb(table["geometry"].to_pylist())
    assert set(column["geometry_types"]) == {shape.geom_type for shape in shapes}
    assert column["bbox"] == pytest.approx(shapely.total_bounds(shapes).tolist(), abs=1e-5)
    west, south, east, north = column["bbox"]
    assert 4.5 < west < east < 5.0 and 51.4 < south < north < 51.8  # Breda: not in metres, not swapped
    rings = [shapely.get_exterior_ring(part) for shape in shapes for part in shapely.get_parts(shape)]
    assert all(shapely.is_ccw(ring) for ring in rings)
    stored = con.execute(
        "select geometrie from staging.pdok_gebieden where gebied_code = 'BU07580006'"
    ).fetchall()
    row = table["gebied_code"].to_pylist().index("BU07580006")
    assert shapes[row].equals(shapely.from_geojson(stored[0][0]))
    assert table["wijk_code"][row].as_py() == "WK075800"
    assert table.schema.metadata[b"licentie"].decode() == "CBS en Kadaster: CC BY 4.0"


def test_geojson_has_the_same_buurten(folder: Path, published: Published) -> None:
    told = json.loads((folder / "gemeente" / "gm0758.geojson").read_text())
    table = pq.read_table(folder / "grenzen-buurten.parquet").to_pylist()
    assert told["type"] == "FeatureCollection"
    assert [one["properties"] for one in told["features"]] == [
        {key: value for key, value in row.items() if key != "geometry"}
        for row in table
        if row["gemeente_code"] == "GM0758"
    ]
    assert told["citaat"].startswith("Veiligheidsbeeld, Grenzen van buurten in Breda, bewerking van CBS")
    described = published.outlines_of("GM0758")
    assert [file.rows for file in described.files] == [len(told["features"])]


def test_a_store_without_boundaries_gets_no_file(tmp_path: Path) -> None:
    with make_warehouse() as small:
        published = read_published(small)
        assert write_areas(small, tmp_path, published=published) == []
    assert "grenzen-buurten" not in {one.name for one in published.datasets()}
