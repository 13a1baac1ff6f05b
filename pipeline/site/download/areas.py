"""Boundaries of buurten to keep: GeoParquet of all, GeoJSON of each gemeente. Both in degrees (WGS84)."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from pipeline.site.description.published import OUTLINES, Published
from pipeline.site.html.data import compact_json

_GEOMETRY = "geometry"
_PROPERTIES = ("gebied_code", "gebied_naam", "wijk_code", "gemeente_code", "indeling_jaar")


def write_areas(con: duckdb.DuckDBPyConnection, folder: Path, *, published: Published) -> list[Path]:
    """Write grenzen-buurten.parquet and gemeente/gm0758.geojson of each gemeente with files, below `folder`.

    Nothing where the store has no boundaries. GeoParquet 1.1 takes longitude and latitude where it names no
    other system, and GeoJSON (RFC 7946) knows no other; both want outer rings counterclockwise.
    """
    if published.outlines is None:
        return []
    sql = f"select {', '.join(_PROPERTIES)}, geometrie from ({OUTLINES}) order by gebied_code"
    with con.cursor() as cursor:
        found = cursor.sql(sql).to_arrow_table()
    shapes: Any = shapely.from_geojson(found["geometrie"].to_pylist())
    shapes = shapely.orient_polygons(shapes)
    (folder / "gemeente").mkdir(parents=True, exist_ok=True)
    written = [_write_parquet(folder / "grenzen-buurten.parquet", found, shapes, published)]
    features: dict[str, list[str]] = defaultdict(list)
    texts: Any = shapely.to_geojson(shapes)
    rows = found.drop_columns("geometrie").to_pylist()
    for row, outline in zip(rows, texts, strict=True):
        feature = f'{{"type":"Feature","properties":{compact_json(row)},"geometry":{outline}}}'
        features[row["gemeente_code"]].append(feature)
    for code in published.gemeenten:
        if code in features:
            path = folder / "gemeente" / f"{code.lower()}.geojson"
            path.write_text(_collection(features[code], code, published), encoding="utf-8")
            written.append(path)
    return written


def _collection(features: list[str], code: str, published: Published) -> str:
    described = published.outlines_of(code)
    about = {
        "type": "FeatureCollection",
        "titel": described.title,
        "citaat": described.citation,
        "licentie": "; ".join(one.sentence for one in described.licences),
    }
    head = compact_json(about).removesuffix("}")
    return head + ',"features":[\n' + ",\n".join(features) + "\n]}\n"


def _write_parquet(path: Path, found: pa.Table, shapes: Any, published: Published) -> Path:
    described = published.outlines_of_all()
    column = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "orientation": "counterclockwise",
        "edges": "planar",
        "bbox": [round(float(edge), 5) for edge in shapely.total_bounds(shapes)],
    }
    geo = {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}
    about = {
        "geo": json.dumps(geo),
        "titel": described.title,
        "citaat": described.citation,
        "licentie": "; ".join(one.sentence for one in described.licences),
    }
    binary: Any = shapely.to_wkb(shapes)
    outlines = pa.array(list(binary), type=pa.binary())
    table = found.drop_columns("geometrie").append_column(_GEOMETRY, outlines)
    pq.write_table(table.replace_schema_metadata(about), path, compression="zstd")
    return path
