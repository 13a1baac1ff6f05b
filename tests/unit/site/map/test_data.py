"""What the browser chooses from: one character an area, that means what mart.cijfer says."""

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from pipeline.indicator import read_indicators
from pipeline.site.map import data as map_data
from pipeline.site.map import rows as map_rows
from pipeline.words.status import OORZAKEN, STATUSSEN


@pytest.fixture(scope="module")
def written(con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    paths = map_data.write_maps(con, tmp_path_factory.mktemp("site"))
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def test_example_has_a_file_for_its_gemeente_and_none_for_the_country(written: dict[str, Any]) -> None:
    assert sorted(written) == ["gm0758.json", "indicatoren.json"]


def test_every_cell_is_the_class_or_the_reason(
    con: duckdb.DuckDBPyConnection, written: dict[str, Any]
) -> None:
    bounds = map_rows.read_bounds(con)
    data = written["gm0758.json"]
    codes = [code for code, _ in data["gebieden"]]
    assert codes == sorted(codes)
    seen = 0
    for indicator, years in data["reeksen"].items():
        for year, cells in years.items():
            rows = con.execute(
                "select lower(gebied_code), waarde, coalesce(oorzaak, status), onder, boven from mart.cijfer"
                " where indicator = $indicator and periode = $year and gebied_niveau = 'buurt'",
                {"indicator": indicator, "year": year},
            ).fetchall()
            figures = {code: figure for code, *figure in rows}
            for code, cell in zip(codes, cells, strict=True):
                value, why, onder, boven = figures[code]
                area = map_rows.Part(code, "", value, None, why, "", "", onder, boven)
                if map_rows.is_doubtful(area, bounds[indicator, "buurt"]):
                    assert cell == map_data.DOUBTFUL, (indicator, year, code)
                elif value is None:
                    assert map_data.EMPTY[cell] == why, (indicator, year, code)
                else:
                    place = np.searchsorted(bounds[indicator, "buurt"], value, side="right")
                    assert int(cell) == place, (indicator, year, code, value)
                seen += 1
    assert seen > 1_000


def test_every_reason_and_status_without_a_figure_has_a_character() -> None:
    assert sorted(map_data.EMPTY.values()) == sorted({*STATUSSEN, *OORZAKEN} - {"ok"})


def test_a_figure_on_a_bound_belongs_to_the_class_that_begins_there(con: duckdb.DuckDBPyConnection) -> None:
    kind = "overlast_drugs_alcohol"
    [(city,)] = con.execute(
        "select waarde from mart.cijfer"
        " where gebied_code = 'BU07580006' and indicator = ? and periode = '2022'",
        [kind],
    ).fetchall()
    definitions = read_indicators(con)
    for bound, place in ((city, "1"), (np.nextafter(city, np.inf), "0")):
        series = map_data._read_series(con, ["GM0758"], definitions, {(kind, "buurt"): (float(bound),)})
        codes = [code for code, _ in map_data._read_parts(con, ["GM0758"])["GM0758"]]
        assert series["GM0758"][kind]["2022"][codes.index("bu07580006")] == place


def test_classes_have_words_and_colours(written: dict[str, Any]) -> None:
    words = written["indicatoren.json"]
    for indicator, years in written["gm0758.json"]["reeksen"].items():
        classes = words["indicatoren"][indicator]["klassen"]["buurt"]
        used = {int(cell) for cells in years.values() for cell in cells if cell.isdigit()}
        assert max(used, default=0) < len(classes)
        assert [colour for colour, _ in classes] == sorted(colour for colour, _ in classes)
        assert classes[0][1].startswith("minder dan ") and classes[-1][1].endswith(" of meer")


def test_sensitive_kinds_and_bare_numbers_of_people_are_not_there_per_buurt(
    con: duckdb.DuckDBPyConnection, written: dict[str, Any]
) -> None:
    sensitive = {
        name for (name,) in con.execute("select indicator from contract.indicator where gevoelig").fetchall()
    }
    assert sensitive
    assert not (sensitive | {"inwoners"}) & set(written["gm0758.json"]["reeksen"])


def test_years_that_hardly_any_area_has_are_left_out(
    con: duckdb.DuckDBPyConnection, written: dict[str, Any]
) -> None:
    for years in written["gm0758.json"]["reeksen"].values():
        for cells in years.values():
            filled = sum(cell.isdigit() or cell == map_data.DOUBTFUL for cell in cells)
            assert filled >= map_rows.FILLED * len(cells)


def test_gemeenten_without_a_page_get_no_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    names = [path.name for path in map_data.write_maps(con, tmp_path, gemeenten=["GM0344"])]
    assert names == ["indicatoren.json"]
