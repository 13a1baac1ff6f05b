"""The files behind the spine charts: what areas share once, and the same rows back."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from pipeline.site.area.circumstances import _place, pack, read_rows, write_circumstances
from pipeline.site.area.newest import Place
from pipeline.site.area.pages import pages
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from tests.example_areas import CONTEXT

BUURTEN = ("BU07580001", "BU07580002", "BU07580003", "BU07580004")


def _row(value: float, *, label: str = "Koopwoningen", highest: float = 90.0) -> dict[str, object]:
    """Synthetic."""
    return {
        "indicator": "koopwoningen",
        "label": label,
        "eenheid": "%",
        "waarde": value,
        "laagste": 10.0,
        "kwart": 20.0,
        "midden": 30.0,
        "driekwart": 40.0,
        "hoogste": highest,
        "referentie": None,
        "gelijk": 33.0,
    }


def test_what_areas_share_stands_in_the_file_once() -> None:
    areas = {code: [_row(10.0 + at), _row(5.5, label="Bijstand")] for at, code in enumerate(BUURTEN)}

    packed = pack("Breda", areas)

    assert packed["naam"] == "Breda"
    assert packed["soorten"] == [("Koopwoningen", "%"), ("Bijstand", "%")]
    assert packed["verdelingen"] == [
        (0, 10.0, 20.0, 30.0, 40.0, 90.0, None),
        (1, 10.0, 20.0, 30.0, 40.0, 90.0, None),
    ]
    assert packed["gebieden"]["BU07580003"] == [0, 12.0, 33.0, 1, 5.5, 33.0]


def test_another_period_has_a_distribution_of_its_own() -> None:
    areas = {code: [_row(50.0)] for code in BUURTEN} | {"BU07580005": [_row(50.0, highest=80.0)]}

    packed = pack("Breda", areas)

    assert len(packed["verdelingen"]) == 2
    assert packed["gebieden"]["BU07580005"] == [1, 50.0, 33.0]


def test_too_few_areas_have_no_middle_half() -> None:
    areas = {code: [_row(50.0)] for code in (*BUURTEN, "WK075800", "WK075801")}

    packed = pack("Breda", areas)

    assert sorted(packed["gebieden"]) == sorted(BUURTEN)


def test_each_gemeente_has_a_file_with_its_areas(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (path,) = write_circumstances(con, tmp_path)
    assert path == tmp_path / "assets/omstandigheden/gm0758.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["naam"] == "Breda"
    assert {"BU07580006", "WK075800"} <= set(content["gebieden"])


def test_circumstances_stand_between_lowest_and_highest(con: duckdb.DuckDBPyConnection) -> None:
    rows = read_rows(con, ["BU07580006", "WK075800"])["BU07580006"]
    assert {"koopwoningen", "woz", "huishoudens_alleen"} <= {row["indicator"] for row in rows}
    assert "inwoners" not in {row["indicator"] for row in rows}
    for row in rows:
        assert row["laagste"] <= row["kwart"] <= row["midden"] <= row["driekwart"] <= row["hoogste"]
        assert row["laagste"] <= row["waarde"] <= row["hoogste"]


def test_similar_areas_stand_beside_where_the_store_has_them() -> None:
    con = duckdb.connect()
    con.execute(
        """
        create schema core; create schema mart; create schema contract;
        create table core.gebied as select 'BU0758000' || n as gebied_code, 'GM0758' as gemeente_code,
            'buurt' as gebied_niveau from range(4) as r (n);
        create table contract.indicator as select 'koopwoningen' as indicator, 'Koopwoningen' as kort, '%' as eenheid,
            'omstandigheden' as thema, 'meting' as kind, 1 as volgorde;
        create table mart.gebied_profiel as select gebied_code, 'koopwoningen' as indicator, '2024' as periode,
            cast(right(gebied_code, 1) as double) as waarde from core.gebied;
        create table mart.cijfer as from mart.gebied_profiel limit 0;
        create table mart.vergelijkbaar_cijfer as select gebied_code, indicator, periode, 2.5 as waarde
            from mart.gebied_profiel where gebied_code = 'BU07580003';
        """
    )
    rows = read_rows(con, ["BU07580000", "BU07580003"])
    assert [rows[code][0]["gelijk"] for code in ("BU07580000", "BU07580003")] == [None, 2.5]
    con.execute("delete from core.gebied where gebied_code = 'BU07580001'")
    assert read_rows(con, ["BU07580000"]) == {}  # three have no quarters


def test_the_place_of_an_area_stands_in_its_table_without_a_script(con: duckdb.DuckDBPyConnection) -> None:
    (row,) = [
        one for one in read_rows(con, ["BU07580006"])["BU07580006"] if one["indicator"] == "koopwoningen"
    ]
    place = (
        "laag" if row["waarde"] < row["kwart"] else "hoog" if row["waarde"] > row["driekwart"] else "midden"
    )
    shell = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
    made = dict(pages(con, shell, codes=["BU07580006", "GM0758"], context=CONTEXT))
    page = made["gebied/bu07580006/index.html"].partition("id=omstandigheden")[2].partition("</table>")[0]
    assert "laag is het laagste kwart van de buurten van Breda" in page
    assert re.search(rf"{re.escape(row['label'])}.*?<td class=vb-p\d+>{place}", page, re.S)
    assert "Plek" not in made["gebied/gm0758/index.html"]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (0, Place("laag", 0)),
        (9.99, Place("laag", 4)),  # never on the middle half
        (10, Place("midden", 5)),
        (20, Place("midden", 10)),
        (30, Place("midden", 12)),
        (40, Place("midden", 15)),
        (40.01, Place("hoog", 16)),
        (1000, Place("hoog", 20)),
    ],
)
def test_a_dot_lies_in_the_quarter_that_the_word_says(value: float, place: Place) -> None:
    assert _place(value, 0, 10, 20, 40, 1000) == place


def test_where_half_of_the_areas_have_the_lowest_value_it_is_the_middle() -> None:
    assert _place(0, 0, 0, 0, 2, 3) == Place("midden", 10)


def test_gemeente_has_no_place_among_its_own_areas(con: duckdb.DuckDBPyConnection) -> None:
    assert read_rows(con, ["GM0758", "NL00"]) == {}
