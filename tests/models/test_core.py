"""Denominators, precedence of sources and hidden kinds."""

from tests.models.text_tables import run_model

KERNCIJFERS = (
    "gebied_code | periode | inwoners:bigint | huishoudens:bigint | indelingswijziging | "
    "dichtheid:bigint | oppervlakte_land_ha:bigint | tabel"
)
BEVOLKING = (
    "gebied_code | jaar:integer | inwoners:bigint | huishoudens:bigint | zelfde_indeling:boolean | tabel"
)


def test_denominator_is_the_nearest_year_within_two_and_the_newest_of_two_equally_near() -> None:
    rows = run_model(
        "core.noemer",
        {
            "core.bevolking": f"""
            {BEVOLKING}
            BU00010001 | 2017 | 100 | -  | true | t
            BU00010001 | 2020 | 200 | 90 | true | t
            BU00010001 | 2024 | 300 | -  | true | t
            BU00010001 | 2018 | 999 | 99 | false | t
            """,
        },
        columns="periode, inwoners, inwoners_jaar, huishoudens, huishoudens_jaar",
    )
    assert rows == [
        ("2015", 100, 2017, None, None),
        ("2016", 100, 2017, None, None),
        ("2017", 100, 2017, None, None),
        ("2018", 100, 2017, 90, 2020),  # households of 2017 are not known, those of 2020 are near enough
        ("2019", 200, 2020, 90, 2020),
        ("2020", 200, 2020, 90, 2020),
        ("2021", 200, 2020, 90, 2020),
        ("2022", 300, 2024, 90, 2020),  # 2020 and 2024 are equally near
        ("2023", 300, 2024, None, None),
        ("2024", 300, 2024, None, None),
        ("2025", 300, 2024, None, None),
        ("2026", 300, 2024, None, None),
        # not included: 2014 and 2027, more than two years from any count, and what was counted within another boundary
    ]


def same_division(rows: str) -> list[tuple[object, ...]]:
    codes = dict.fromkeys(row.split("|")[0].strip() for row in rows.strip().splitlines())
    return run_model(
        "core.bevolking",
        {
            "core.gebied": "gebied_code\n" + "\n".join(code for code in codes if code != "BU00019999"),
            "staging.cbs_kerncijfers": f"{KERNCIJFERS}\n{rows}",
        },
        columns="gebied_code, jaar, zelfde_indeling",
    )


def test_an_older_year_counts_only_with_the_same_boundary() -> None:
    rows = same_division("""
        BU00010001 | 2017 | 1000 | - | 1 | 100 | -    | t
        BU00010001 | 2020 | 1000 | - | 3 | -   | 1000 | t
        BU00010001 | 2024 | 1000 | - | 1 | -   | 1010 | t
        BU00010002 | 2020 | 100  | - | 1 | -   | 1000 | t
        BU00010002 | 2024 | 100  | - | 1 | -   | 500  | t
        BU00010003 | 2020 | 100  | - | 3 | -   | 10   | t
        BU00010003 | 2024 | 100  | - | - | -   | 11   | t
        BU00019999 | 2020 | 100  | - | 1 | -   | 40   | t
        """)
    assert rows == [
        ("BU00010001", 2017, False),  # the boundary changed in 2020
        ("BU00010001", 2020, True),
        ("BU00010001", 2024, True),
        ("BU00010002", 2020, False),  # half of the land went
        ("BU00010002", 2024, True),
        ("BU00010003", 2020, True),  # a hectare more is measuring, not a new boundary
        ("BU00010003", 2024, True),
        # not included: BU00019999, a code that no longer exists
    ]


def test_noemer_oude_grens_unknown_land_is_not_unchanged_land() -> None:
    rows = same_division("""
        GM0014     | 2017 | 202636 | - | . | 2125 | -     | t
        GM0014     | 2020 | 232874 | - | . | 1255 | 18560 | t
        GM0014     | 2024 | 243768 | - | - | 1314 | 18553 | t
        GM0758     | 2017 | 182304 | - | . | 1448 | -     | t
        GM0758     | 2024 | 188078 | - | - | 1497 | 12568 | t
        GM0820     | 2017 | 23000  | - | . | -    | -     | t
        GM0820     | 2024 | 24000  | - | - | 713  | 3365  | t
        BU00010001 | 2017 | 250    | - | 1 | 5    | -     | t
        BU00010001 | 2024 | 250    | - | - | 5    | 5000  | t
        BU00010002 | 2017 | 250    | - | 1 | 50   | -     | t
        BU00010002 | 2024 | 250    | - | - | 50   | -     | t
        """)
    assert [row for row in rows if row[1] != 2024] == [
        ("BU00010001", 2017, False),  # a density of 5 may be 10 percent off: that proves nothing
        ("BU00010002", 2017, True),  # the newest land follows from its density too
        ("GM0014", 2017, False),  # Groningen was half as large before it merged, under the same code
        ("GM0014", 2020, True),
        ("GM0758", 2017, True),
        ("GM0820", 2017, False),  # neither land nor density: no proof
    ]


def test_the_table_of_buurten_goes_before_the_table_of_regions_and_hidden_kinds_go() -> None:
    header = "soort | gebied_code | periode | aantal:bigint | tabel"
    rows = run_model(
        "core.registratie",
        {
            "staging.politie_misdrijven": f"""
            {header}
            0.0.0 | BU00010001 | 2023 | 5  | buurt
            0.0.0 | BU00000000 | 2023 | 9  | buurt
            0.0.0 | GM0001     | 2023 | 50 | buurt
            1.4.1 | BU00010001 | 2023 | 0  | buurt
            1.4.1 | GM0001     | 2023 | 7  | buurt
            3.9.9 | GM0001     | 2023 | 6  | buurt
            0.0.0 | BU00010002 | 2023 | -  | buurt
            """,
            "staging.politie_misdrijven_regio": f"""
            {header}
            0.0.0 | GM0001 | 2023 | 51  | regio
            0.0.0 | NL00   | 2023 | 800 | regio
            0.0.0 | PV27   | 2023 | 80  | regio
            0.0.0 | GM0999 | 2023 | 8   | regio
            3.9.9 | NL00   | 2023 | 90  | regio
            """,
            "staging.politie_overlast": f"""
            {header}
            0.0.0 | BU00010001 | 2023 | 2 | overlast
            1.4.1 | BU00010001 | 2023 | 3 | overlast
            """,
            "staging.politie_overlast_regio": f"{header}\n0.0.0 | GM0001 | 2023 | 12 | regio",
            "core.noemer": """
            gebied_code | periode | inwoners:bigint | huishoudens:bigint
            GM0001      | 2023    | 1000            | 400
            """,
            "core.verborgen": "soort | begin\n1.4.1 | BU\n1.4.1 | WK",
            "project.soort": "rubriek | soort\nmisdrijf | 0.0.0\nmisdrijf | 1.4.1\noverlast | 0.0.0",
        },
        columns="rubriek, soort, gebied_code, aantal, inwoners, tabel",
    )
    assert rows == [
        ("misdrijf", "0.0.0", "BU00010001", 5, None, "buurt"),
        ("misdrijf", "0.0.0", "GM0001", 50, 1000, "buurt"),  # 51 is the other table's
        ("misdrijf", "0.0.0", "NL00", 800, None, "regio"),
        ("misdrijf", "1.4.1", "GM0001", 7, 1000, "buurt"),
        ("overlast", "0.0.0", "BU00010001", 2, None, "overlast"),
        ("overlast", "0.0.0", "GM0001", 12, 1000, "regio"),  # the other kind's 50 does not stand in its way
        # not included: 0 hidden crimes in the buurt, unknown places, provinces, the empty cell, kinds not counted
    ]


def test_a_kind_is_hidden_by_level_and_one_with_an_indicator_stays_to_say_why() -> None:
    rows = run_model(
        "core.verborgen",
        {
            "reference.verborgen": """
            soort | indicator | niveau
            1.4.1 | -         | wijk
            1.4.1 | -         | buurt
            -     | geweld    | buurt
            E33   | onbegrepen | buurt
            """
        },
        columns="soort, begin",
    )
    assert rows == [("1.4.1", "BU"), ("1.4.1", "WK")]


def test_an_area_of_visitors_has_many_crimes_in_the_newest_year() -> None:
    rows = run_model(
        "core.bezoekersgebied",
        {
            "core.registratie": """
            rubriek  | soort | gebied_code | periode | aantal:bigint | inwoners:bigint
            misdrijf | 0.0.0 | BU00010001  | 2025    | 400           | 1000
            misdrijf | 0.0.0 | BU00010002  | 2025    | 399           | 1000
            misdrijf | 0.0.0 | BU00010003  | 2024    | 900           | 1000
            misdrijf | 0.0.0 | BU00010004  | 2025    | 900           | -
            misdrijf | 0.0.0 | BU00010007  | 2025    | 900           | 199
            misdrijf | 1.1.1 | BU00010005  | 2025    | 900           | 1000
            overlast | 0.0.0 | BU00010006  | 2025    | 900           | 1000
            """
        },
        columns="gebied_code, per_1000",
    )
    assert rows == [("BU00010001", 400.0)]


def test_blank_area_name_makes_way_for_the_code() -> None:
    """blank_area_name: spaces or nothing as title, as no title at all."""
    rows = run_model(
        "core.gebied",
        {
            "staging.cbs_kerncijfers": """
            gebied_code | periode | postcode | tabel
            NL00        | 2024    | -        | t
            GM0001      | 2024    | -        | t
            WK000101    | 2024    | -        | t
            BU00010101  | 2024    | -        | t
            """,
            "raw.cbs_kerncijfers_codes": """
            tabel | dimensie        | code       | titel   | omschrijving
            t     | WijkenEnBuurten | NL00       | Land    | -
            t     | WijkenEnBuurten | GM0001     | '   '   | -
            t     | WijkenEnBuurten | WK000101   | ''      | -
            """,
        },
        columns="gebied_code, gebied_naam, gemeente_naam",
    )
    assert rows == [
        ("BU00010101", "BU00010101", "GM0001"),
        ("GM0001", "GM0001", "GM0001"),
        ("NL00", "Land", None),
        ("WK000101", "WK000101", "GM0001"),
    ]
