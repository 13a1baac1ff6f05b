"""The files behind /vergelijk/: every newest figure of every area, rounded as it is shown."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.site.area.shared import read_shared
from pipeline.site.download import compare
from pipeline.words.numbers import figure_decimals, format_number


@pytest.fixture(scope="module")
def written(con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    paths = compare.write_data(con, tmp_path_factory.mktemp("site"))
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def _dutch(value: float | None, decimals: int) -> str | None:
    return None if value is None else format_number(value, decimals=decimals)


def test_every_figure_is_the_newest_of_the_mart(
    con: duckdb.DuckDBPyConnection, written: dict[str, Any]
) -> None:
    words = written["indicatoren.json"]
    areas = written["gm0758.json"]["gebieden"] | written["nl00.json"]["gebieden"]
    rows = con.execute(
        "select lower(gebied_code), indicator, periode, teller, waarde, onder, boven,"
        " voorlopig and teller is not null, coalesce(oorzaak, status)"
        " from mart.gebied_profiel join contract.indicator using (indicator)"
        " where meetwijze in ('geregistreerd', 'ervaren', 'omstandigheid')"
    ).fetchall()
    assert len(rows) > 1_000
    definitions = read_shared(con).indicatoren
    for code, indicator, year, count, *values, open_count, status in rows:
        figure = areas[code][2][words["volgorde"].index(indicator)]
        letter = figure.pop(0) if isinstance(figure[0], str) else None
        assert (letter or "").endswith("p") is (bool(open_count) and letter is not None), (code, indicator)
        letter = letter and letter[0]
        assert (compare.STATUS[letter] if letter else "ok") == status, (code, indicator)
        figure += [None] * (6 - len(figure))
        assert [str(figure[0]), figure[1]] == [year, count], (code, indicator)
        usual = words["indicatoren"][indicator]["decimalen"]
        shown = [_dutch(value, usual if figure[5] is None else figure[5]) for value in figure[2:5]]
        decimals = (
            figure_decimals(definitions[indicator], values[0], *values[1:]) if figure[2:3] != [None] else 0
        )
        assert shown == [_dutch(value, decimals) for value in values], (code, indicator)


def test_every_area_has_its_name_and_place(con: duckdb.DuckDBPyConnection, written: dict[str, Any]) -> None:
    areas = written["gm0758.json"]["gebieden"] | written["nl00.json"]["gebieden"]
    known = con.execute("select lower(gebied_code), gebied_naam, gebied_niveau from core.gebied").fetchall()
    assert {code: (name, niveau) for code, (name, niveau, *_) in areas.items()} == {
        code: (name, niveau) for code, name, niveau in known
    }


def test_each_kind_of_measurement_has_tables_of_its_own(
    con: duckdb.DuckDBPyConnection, written: dict[str, Any]
) -> None:
    kinds = dict(con.execute("select indicator, meetwijze from contract.indicator").fetchall())
    tables = written["indicatoren.json"]["tabellen"]
    assert len(tables) == 5
    for table in tables:
        assert len({kinds[name] for name in table["rijen"]}) == 1, table["titel"]
    rows = [name for table in tables for name in table["rijen"]]
    assert len(rows) == len(set(rows))


def test_gemeenten_without_a_page_get_no_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    names = {path.name for path in compare.write_data(con, tmp_path, gemeenten=["GM0344"])}
    assert names == {"indicatoren.json", "nl00.json"}
