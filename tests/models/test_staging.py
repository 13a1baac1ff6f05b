"""Staging trims, casts and renames what publishers send, and refuses what it does not know."""

import duckdb
import pytest

from tests.models.text_tables import run_model


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
    ("periode", "aantal", "named"), [("2024KW01", "1", "2024KW01"), ("2024JJ00", "veel", "veel")]
)
def test_what_is_not_known_is_refused_by_name(periode: str, aantal: str, named: str) -> None:
    with pytest.raises(duckdb.Error, match=named):
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
