"""Drawings in which a page marks its area: everything that has boundaries is in them, once."""

import re
from pathlib import Path

import duckdb

from pipeline.site.map.location import read_drawn, write_locations


def named(drawing: str) -> list[str]:
    return re.findall(r'id="(\w+)"', drawing)


def test_every_buurt_lies_in_the_group_of_its_wijk(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (path,) = write_locations(con, tmp_path)
    assert path.name == "gm0758.svg"
    drawing = path.read_text(encoding="utf-8")
    groups = {
        wijk: re.findall(r'<path id="(\w+)" d="M[^"]+z"', inside)
        for wijk, inside in re.findall(r'<g id="(\w+)">(.*?)</g>', drawing)
    }
    rows = con.execute(
        "select lower(ouder_code), list(lower(gebied_code) order by gebied_code) from core.gebied"
        " where gebied_niveau = 'buurt' group by ouder_code"
    ).fetchall()
    assert groups == dict(rows)
    assert len(named(drawing)) == len(set(named(drawing)))
    # A country of one gemeente is none.
    assert read_drawn(con) == {code.upper() for code in named(drawing)}


def test_a_gemeente_without_a_page_has_no_drawing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert write_locations(con, tmp_path, gemeenten=["GM9901"]) == []
