"""Staging trims, casts and renames what publishers send, and refuses what it does not know."""

import re

import duckdb
import pytest

from pipeline import warehouse
from pipeline.model import Model
from tests.models import text_tables
from tests.models.text_tables import failing_rows, run_model


def test_padding_goes_and_the_country_has_one_code() -> None:
    rows = run_model(
        "staging.politie_overlast_regio",
        {
            "raw.politie_overlast_regio": """
            Overlast | RegioS   | Perioden | aantal:bigint | tabel
            'E38   ' | 'NL01  ' | 2023JJ00 | 59430         | 47021NED
            '0.0.0 ' | 'GM0758' | 2023JJ00 | 0             | 47021NED
            '0.0.0 ' | 'GM0758' | 2023MM04 | 4             | 47021NED
            'E33   ' | 'NL01  ' | 2023JJ00 | -             | 47021NED
            """
        },
        columns="soort, gebied_code, periode, aantal",
    )
    assert rows == [
        ("0.0.0", "GM0758", "2023", 0),  # not included: the month
        ("E33", "NL00", "2023", None),  # empty stays empty, never zero
        ("E38", "NL00", "2023", 59430),
    ]


def test_missing_markers_of_untyped_tables_are_empty() -> None:
    rows = run_model(
        "staging.rivm_gezondheid",
        {
            "raw.rivm_gezondheid": """
            WijkenEnBuurten | Perioden | Leeftijd | Marges  | tabel | ervaren_gezondheid_goed | stress     | regie | eenzaam | mantelzorg | vrijwilligers | geluid_buren | rondkomen
            'BU07580001'    | 2020JJ00 | 20300    | MW00000 | t     | '    80.1'              | '       .' | '   ' | -       | 1          | 2             | 3            | 4
            'BU07580001'    | 2020JJ00 | 53115    | MW00000 | t     | '    70.0'              | 1          | 1     | 1       | 1          | 2             | 3            | 4
            """  # not included: the row of another age group
        },
        columns="gebied_code, ervaren_gezondheid_goed, stress, regie, eenzaam",
    )
    assert rows == [("BU07580001", 80.1, None, None, None)]


def test_months_of_nuisance_per_buurt_stay_in_the_store() -> None:
    rows = run_model(
        "staging.politie_overlast",
        {
            "raw.politie_overlast": """
            Overlast | WijkenEnBuurten | Perioden | aantal | tabel
            'E38   ' | 'BU07580006'    | 2022JJ00 | '109'  | 47024NED
            'E38   ' | 'BU07580006'    | 2022MM03 | '9'    | 47024NED
            """
        },
        columns="gebied_code, periode, aantal",
    )
    assert rows == [("BU07580006", "2022", 109)]


def test_letters_in_a_code_stay() -> None:
    rows = run_model(
        "staging.politie_misdrijven",
        {
            "raw.politie_misdrijven": """
            SoortMisdrijf | WijkenEnBuurten | Perioden | aantal | tabel
            '2.6.10'      | 'BU0363AD03'    | 2024JJ00 | '    7' | 47018NED
            """
        },
        columns="soort, gebied_code, aantal",
    )
    assert rows == [("2.6.10", "BU0363AD03", 7)]


@pytest.mark.parametrize(
    ("periode", "aantal", "named"),
    [
        ("2024KW01", "1", "2024KW01"),
        ("2024JJ00", "veel", "geen geheel getal: 'veel'"),
        ("2024JJ00", "12.5", "geen geheel getal: '12.5'"),  # a count is never rounded
        ("2024JJ00", "-0", "geen geheel getal: '-0'"),
        ("2024JJ00", "NaN", "geen geheel getal: 'NaN'"),
        ("2024JJ00", "1e309", "geen geheel getal: '1e309'"),
        ("2024JJ00", "1\x002", "geen geheel getal: '1�2'"),
    ],
)
def test_what_is_not_known_is_refused_by_name(periode: str, aantal: str, named: str) -> None:
    with pytest.raises(duckdb.Error, match=re.escape(named)):
        run_model(
            "staging.politie_misdrijven",
            {
                "raw.politie_misdrijven": f"""
                SoortMisdrijf | WijkenEnBuurten | Perioden | aantal | tabel
                '0.0.0 '      | 'BU07580001'    | {periode} | {aantal} | 47018NED
                """
            },
            columns="*",
        )


@pytest.mark.parametrize("value", ["NaN", "inf", "-Infinity", "1e309", "-0", "-0.0", "1,5", "0x"])
def test_not_finite_measure_is_no_number(value: str) -> None:
    with pytest.raises(duckdb.Error, match=re.escape(f"geen eindig getal: '{value}'")):
        duckdb.connect().execute(f"{warehouse.MACROS}; select getal('{value}')").fetchall()


@pytest.mark.parametrize("macro", ["tekst", "gebied"])
def test_control_characters_are_no_text(macro: str) -> None:
    con = duckdb.connect()
    con.execute(warehouse.MACROS)
    for character in ("\x00", "\x07", "\n", "\x7f"):
        with pytest.raises(duckdb.Error, match="stuurteken in een tekst: 'BU�1'"):
            con.execute(f"select {macro}(x) from (values (?)) as t (x)", [f"BU{character}1"]).fetchall()


def test_numbers_as_publishers_write_them() -> None:
    con = duckdb.connect()
    con.execute(warehouse.MACROS)
    asked = "geheel(' 12 '), geheel('12.0'), geheel(7::bigint), geheel('.'), getal('  80.1'), getal('-3'), getal('')"
    assert con.execute(f"select {asked}").fetchall() == [(12, 12, 7, None, 80.1, -3.0, None)]


STAGING = [model for model in text_tables.MODELS.values() if model.schema == "staging"]


@pytest.mark.parametrize("model", STAGING, ids=lambda model: model.name)
def test_every_number_of_a_source_has_a_range(model: Model) -> None:
    numbers = set(re.findall(r"(?:getal|geheel)\(\w+\) as (\w+)", model.sql))
    assert not re.search(r"cast\(\w+ as (double|bigint)\)", model.sql), (
        "numbers go through getal() or geheel()"
    )
    for column in numbers:
        bounds = model.checks.accepted_range.get(column, {})
        assert set(bounds) == {"min", "max"}, f"{model.path}: {column} has no range"
        if column.endswith("_pct") or model.columns[column].endswith(", %"):
            assert (bounds["min"], bounds["max"]) == (0, 100)


@pytest.mark.parametrize(
    ("value", "refused"), [("-5", True), ("20001", True), ("0", False), ("20000", False), ("", False)]
)
def test_a_value_out_of_range_is_refused_with_area_and_column(value: str, refused: bool) -> None:
    model = text_tables.MODELS["staging.cbs_kerncijfers"]
    columns = [*model.source.dimensions, "tabel_periode", "tabel", *model.source.topics]  # type: ignore[union-attr]
    given = {"WijkenEnBuurten": "BU07580003", "tabel_periode": "2024", "tabel": "t", "woz": value}
    row = " | ".join(given.get(column) or "-" for column in columns)
    found = failing_rows(
        model.table,
        {"raw.cbs_kerncijfers": f"{' | '.join(columns)}\n{row}"},
        columns=("gebied_code", "periode", "woz"),
    )
    assert found == ([("BU07580003", "2024", float(value))] if refused else [])
