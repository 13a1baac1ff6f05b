"""Indicators that are more than one kind of one table."""

from tests.models.text_tables import run_model

SAME_AREA = """
gebied_code | jaar:bigint | zelfde_indeling:boolean
GM0758      | 2023        | true
GM0002      | 2023        | false
"""


def test_violence_is_a_sum_of_all_its_kinds_or_nothing() -> None:
    kinds = ("1.4.3", "1.4.4", "1.4.5", "1.4.6", "1.4.7")
    whole = [f"misdrijf | {kind} | GM0001 | 2023 | 10 | 1000 | T1" for kind in kinds]
    partly = [f"misdrijf | {kind} | GM0002 | 2023 | 10 | 1000 | T1" for kind in kinds[1:]]
    other = [
        "misdrijf | 1.4.2 | GM0001 | 2023 | 99 | 1000 | T1",
        "overlast | 1.4.3 | GM0001 | 2023 | 77 | 1000 | T1",
    ]
    header = "rubriek | soort | gebied_code | periode | aantal:bigint | inwoners:bigint | tabel"
    rows = run_model(
        "indicator.geweld",
        {"core.registratie": "\n".join([header, *whole, *partly, *other])},
        columns="gebied_code, periode, teller, noemer, tabel",
    )
    assert rows == [("GM0001", "2023", 50, 1000, "T1")]  # not included: GM0002, that lacks a kind


def test_school_leaving_is_a_part_of_all_pupils_of_both_sexes() -> None:
    rows = run_model(
        "indicator.schoolverlaters",
        {
            "raw.cbs_schoolverlaters": """
            Geslacht   | Regiokenmerken | Perioden | leerlingen | schoolverlaters | tabel
            'T001038 ' | 'GM0758'       | 2023SJ00 | '8000'     | '160'           | 84780NED
            '3000   '  | 'GM0758'       | 2023SJ00 | '4000'     | '100'           | 84780NED
            'T001038 ' | 'NL01  '       | 2023SJ00 | '1000000'  | '25000'         | 84780NED
            'T001038 ' | 'GM0001'       | 2023SJ00 | '    .'    | '    .'         | 84780NED
            'T001038 ' | 'GM0002'       | 2023SJ00 | '1000'     | '30'            | 84780NED
            """,
            "raw.cbs_schoolverlaters_codes": """
            tabel    | dimensie | code    | titel
            84780NED | Geslacht | T001038 | Totaal mannen en vrouwen
            84780NED | Geslacht | 3000    | Mannen
            """,
            "core.bevolking": SAME_AREA,
        },
        columns="gebied_code, periode, waarde",
        through=("core.andere_grens", "staging.cbs_schoolverlaters", "core.schoolverlaters"),
    )
    # Not included: GM0001, that says nothing, and GM0002, that was another area then.
    assert rows == [("GM0758", "2023", 2.0), ("NL00", "2023", 2.5)]


def test_young_suspects_are_found_by_what_the_publisher_calls_their_age() -> None:
    rows = run_model(
        "indicator.jonge_verdachten",
        {
            "raw.cbs_verdachten": """
            Geslacht   | Leeftijd | RegioS   | Perioden | verdachten | tabel
            'T001038 ' | 'A1   '  | 'GM0758' | 2024JJ00 | '210'      | 85655NED
            'T001038 ' | 'A2   '  | 'GM0758' | 2024JJ00 | '1900'     | 85655NED
            '3000   '  | 'A1   '  | 'GM0758' | 2024JJ00 | '170'      | 85655NED
            'T001038 ' | 'A1   '  | 'GM0001' | 2024JJ00 | '    .'    | 85655NED
            """,
            "raw.cbs_verdachten_codes": """
            tabel    | dimensie | code    | titel
            85655NED | Geslacht | T001038 | Totaal mannen en vrouwen
            85655NED | Geslacht | 3000    | Mannen
            85655NED | Leeftijd | A1      | 12 tot 18 jaar
            85655NED | Leeftijd | A2      | Totaal
            """,
            "core.bevolking": SAME_AREA,
        },
        columns="gebied_code, periode, waarde",
        through=("core.andere_grens", "staging.cbs_verdachten", "core.verdachten"),
    )
    assert rows == [("GM0758", "2024", 210.0)]
