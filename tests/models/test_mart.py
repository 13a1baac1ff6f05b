"""What is published: value, interval, status, vintage and comparison of every cell."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.models.text_tables import failing_rows, run_model

GEBIEDEN = """
gebied_code | gebied_naam | gebied_niveau | gemeente_code | indeling_jaar:integer
NL00        | Nederland   | land          | -             | 2024
GM0001      | Stad        | gemeente      | GM0001        | 2024
BU00010001  | Kade        | buurt         | GM0001        | 2024
WK000100    | Oost        | wijk          | GM0001        | 2024
BU00010002  | Plein       | buurt         | GM0001        | 2024
"""
INDICATOREN = """
indicator | kind       | per:bigint | eenheid            | noemer_soort | voorbehoud | gevoelig:boolean | meetwijze
telling   | verhouding | 1000       | per 1.000 inwoners | inwoners     | toeval     | false            | geregistreerd
kwetsbaar | verhouding | 1000       | per 1.000 inwoners | inwoners     | toeval     | true             | geregistreerd
gemeld    | verhouding | 1000       | per 1.000 inwoners | inwoners     | toeval     | true             | gemeente
enquete   | meting     | -          | %                  | -            | steekproef | false            | ervaren
"""
TOWARDS_CIJFER = ("statistiek.waarde", "mart.reeks", "mart.status")
SPREIDING = "indicator | gebied_niveau | a:double | b:double"
LEEG = "indicator | gebied_code | periode | status | reden | tabel"
METING = "indicator | gebied_code | periode | waarde:double | onder:double | boven:double | tabel"
VERHOUDING = "indicator | gebied_code | periode | teller:bigint | noemer:bigint | tabel"


def inputs(verhouding: str, *, meting: str = "", noemer: str = "", **reference: str) -> Mapping[str, str]:
    return {
        "core.gebied": GEBIEDEN,
        "contract.indicator": INDICATOREN,
        "contract.verhouding": f"{VERHOUDING}\n{verhouding}",
        "contract.meting": f"{METING}\n{meting}",
        "contract.snapshot": """
        tabel | publisher | modified   | fetched_at          | reconstructed
        T1    | Politie   | 2026-01-15 | 2026-02-01T00:00:00 | -
        T2    | CBS       | -          | -                   | TableInfos
        """,
        "statistiek.marge": """
        teller:bigint | onder:double | boven:double
        0             | 0            | 3.6889
        3             | 0.6187       | 8.7673
        4             | 1.0899       | 10.2416
        5             | 1.6235       | 11.6683
        20            | 12.2165      | 30.8884
        """,
        "core.noemer": "gebied_code | periode | inwoners:bigint | inwoners_jaar:integer | huishoudens_jaar:integer\n"
        + (noemer or "BU00010001 | 2022 | 1000 | 2020 | 2019\nBU00010002 | 2022 | 199 | 2020 | 2019"),
        "statistiek.spreiding": reference.get("spreiding", SPREIDING),
        "contract.gemeente_leeg": reference.get("leeg", LEEG),
        "core.noemer_ontbreekt": reference.get("noemer_ontbreekt", "gebied_code | periode | soort | oorzaak"),
        "core.bevolking": reference.get("bevolking", "gebied_code | jaar:integer | zelfde_indeling:boolean"),
        "contract.bouw": f"opslag\n{reference.get('opslag', 'live')}",
        "core.bezoekersgebied": reference.get("bezoekersgebied", "gebied_code"),
        "reference.verborgen": reference.get("verborgen", "indicator | niveau"),
        "reference.voorlopig": reference.get("voorlopig", "indicator | periode"),
        "reference.breuken": reference.get("breuken", "indicator | datum"),
    }


def also(table: str, **columns: str) -> str:
    """The same table with more columns, each with one value in every row."""
    head, *rows = [line for line in table.strip().splitlines() if line.strip()]
    return "\n".join([" | ".join((head, *columns)), *(" | ".join((row, *columns.values())) for row in rows)])


def run_cijfer(given: Mapping[str, str], *, columns: str) -> list[tuple[Any, ...]]:
    return run_model("mart.cijfer", given, columns=columns, through=TOWARDS_CIJFER)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("telling | BU00010001 | 2022 | 20 | 1000 | T1", ("ok", 20, 20.0)),
        ("telling | BU00010001 | 2022 | 0 | 1000 | T1", ("ok", 0, 0.0)),  # a published zero is a zero
        ("telling | BU00010001 | 2022 | 20 | - | T1", ("geen_noemer", 20, None)),
        ("telling | BU00010001 | 2022 | 20 | 0 | T1", ("te_klein", 20, None)),  # nothing divides by nobody
        ("kwetsbaar | BU00010001 | 2022 | 4 | 1000 | T1", ("minder_dan_5", None, None)),
        ("kwetsbaar | BU00010001 | 2022 | 5 | 1000 | T1", ("ok", 5, 5.0)),
        ("kwetsbaar | BU00010001 | 2022 | 0 | 1000 | T1", ("ok", 0, 0.0)),
    ],
)
def test_status_teller_and_waarde(row: str, expected: tuple[str, int | None, float | None]) -> None:
    rows = run_cijfer(
        inputs(row),
        columns="case when gebied_code = 'BU00010001' then status end, teller, waarde",
    )
    assert expected in rows


@pytest.mark.parametrize(
    ("area", "expected"), [("BU00010001", None), ("WK000100", None), ("GM0001", 3), ("NL00", 3)]
)
def test_small_sensitive_counts_hide_in_wijken_too(area: str, expected: int | None) -> None:
    """A wijk may consist of one buurt: its count would be the buurt's."""
    rows = run_cijfer(inputs(f"kwetsbaar | {area} | 2022 | 3 | 1000 | T1"), columns="gebied_code, teller")
    assert (area, expected) in rows


def test_a_rate_needs_two_hundred_inhabitants_and_the_count_stays() -> None:
    rows = run_cijfer(
        inputs(
            "telling | BU00010001 | 2022 | 5 | 200 | T1\ntelling | BU00010002 | 2022 | 5 | 199 | T1",
            noemer="BU00010001 | 2022 | 200 | 2022 | -\nBU00010002 | 2022 | 199 | 2022 | -",
        ),
        columns="gebied_code, status, teller, waarde",
    )
    assert rows == [("BU00010001", "ok", 5, 25.0), ("BU00010002", "te_klein", 5, None)]


def test_an_area_that_the_source_leaves_out_is_missing_not_zero() -> None:
    rows = run_cijfer(
        inputs("telling | BU00010001 | 2022 | 5 | 1000 | T1"),
        columns="gebied_code, status, teller",
    )
    assert rows == [("BU00010001", "ok", 5), ("BU00010002", "ontbreekt", None)]
    # not included: gemeente and country, where the source gives nothing for this indicator


def test_interval_vintage_and_break_are_part_of_the_figure() -> None:
    rows = run_cijfer(
        inputs(
            "telling | BU00010001 | 2022 | 20 | 1000 | T1",
            breuken="indicator | datum\ntelling | 2022-07\ntelling | 2022-03\ntelling | 2021-01",
            voorlopig="indicator | periode\ntelling | 2022",
        ),
        columns="gebied_code, round(onder, 3), round(boven, 3), breuk, bron, vintage, status",
    )
    assert rows[0] == (
        "BU00010001", 12.217, 30.888, "2022-03;2022-07", "Politie T1", "2026-01-15; inwoners 2020", "voorlopig",
    )  # fmt: skip


def test_a_survey_keeps_its_own_margins_or_has_none() -> None:
    rows = run_cijfer(
        inputs(
            "", meting="enquete | NL00 | 2023 | 3.3 | - | - | T2\nenquete | GM0001 | 2023 | 5 | 4 | 6 | T2"
        ),
        columns="gebied_code, waarde, onder, boven, teller, noemer, vintage",
    )
    assert rows == [
        ("GM0001", 5.0, 4.0, 6.0, None, None, "datum niet vermeld (herleid)"),
        ("NL00", 3.3, None, None, None, None, "datum niet vermeld (herleid)"),
    ]


def test_an_area_of_visitors_carries_a_caveat_where_visitors_count() -> None:
    given = dict(
        inputs(
            "telling | BU00010001 | 2022 | 20 | 1000 | T1\ntelling | BU00010002 | 2022 | 20 | 1000 | T1\n"
            "kwetsbaar | BU00010001 | 2022 | 20 | 1000 | T1",
            bezoekersgebied="gebied_code\nBU00010001",
        )
    )
    given["contract.indicator"] = INDICATOREN.replace("toeval ", "bezoekers;toeval ", 1)
    rows = run_cijfer(given, columns="gebied_code, indicator, voorbehoud")
    assert rows == [
        ("BU00010001", "kwetsbaar", "toeval"),
        ("BU00010001", "telling", "bezoekers;toeval;weinig_inwoners_veel_bezoekers"),
        ("BU00010002", "kwetsbaar", "toeval"),
        ("BU00010002", "telling", "bezoekers;toeval"),
    ]


def test_a_hidden_kind_is_hidden_also_where_the_source_gives_zero() -> None:
    rows = run_cijfer(
        inputs(
            "telling | BU00010001 | 2022 | 0 | 1000 | T1", verborgen="indicator | niveau\ntelling | buurt"
        ),
        columns="gebied_code, status, teller, noemer, waarde",
    )
    assert rows == [
        ("BU00010001", "verborgen", None, None, None),
        ("BU00010002", "verborgen", None, None, None),
    ]


@pytest.mark.parametrize(
    ("modified", "periods"),
    [
        ("2025-02-14", ["2024", "2025-01"]),  # 2025 and its February were still running
        ("2025-12-31", ["2024", "2025", "2025-01", "2025-02"]),
        ("2025-02-28", ["2024", "2025-01", "2025-02"]),
        ("-", ["2024"]),  # the day of fetching goes where the source has no date: 2025-01-01
    ],
)
def test_year_to_date_is_no_whole_year_and_gives_no_zeros(modified: str, periods: list[str]) -> None:
    given = dict(
        inputs(
            "telling | GM0001 | 2024 | 5 | 1000 | T3\ntelling | GM0001 | 2025 | 0 | 1000 | T3\n"
            + ("" if modified == "-" else "telling | GM0001 | 2025-01 | 0 | 1000 | T3\n")
            + ("" if modified == "-" else "telling | GM0001 | 2025-02 | 1 | 1000 | T3"),
            meting="enquete | GM0001 | 2025 | 5 | 4 | 6 | T3",
        )
    )
    given["contract.snapshot"] = f"""
        tabel | publisher | modified   | fetched_at | reconstructed
        T3    | Gemeente  | {modified} | 2025-01-01 | -
        """
    rows = run_cijfer(given, columns="indicator, periode")
    assert [periode for indicator, periode in rows if indicator == "telling"] == periods
    last = date.fromisoformat("2025-01-01" if modified == "-" else modified)
    left = run_model("statistiek.lopend", given, columns="indicator, periode, tot")
    assert left == ([] if "2025" in periods else [("telling", "2025", last)])
    assert ("enquete", "2025") in rows  # a survey or a day of reference need not wait for the year to end


def test_a_period_after_the_date_of_its_source_is_refused_by_name() -> None:
    failures = failing_rows(
        "statistiek.waarde",
        inputs("telling | GM0001 | 2027 | 5 | 1000 | T1"),
        columns=("gebied_code", "periode"),
    )
    assert failures == [("GM0001", "2027")]


CIJFER = "gebied_code | indicator | periode | teller:bigint | noemer:bigint | waarde:double | onder:double | boven:double"


def newest(*rows: str) -> str:
    """Rows of mart.gebied_profiel without figures: those of the comparison come from mart.cijfer."""
    head = "gebied_code | indicator | periode | teller:bigint | noemer:bigint | waarde:double | onder:double | boven:double"
    return "\n".join([f"{head} | status", *(f"{row} | - | - | - | - | - | ok" for row in rows)])


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ("", (12.2165, 30.8884)),  # nothing measured: chance alone
        ("telling | wijk | 4 | 0", (12.2165, 30.8884)),  # another level
        ("telling | buurt | 4 | 0", (20 - 2 * 7.7835, 20 + 2 * 10.8884)),  # twice as wide
        ("telling | buurt | 1 | 0.15", (20 - 2 * 7.7835, 20 + 2 * 10.8884)),  # 1 + .15 x 20 is 4
        ("telling | buurt | 9 | 0", (0, 20 + 3 * 10.8884)),  # never under zero
    ],
)
def test_a_margin_is_as_wide_as_counts_of_that_size_swing(
    measured: str, expected: tuple[float, float]
) -> None:
    rows = run_cijfer(
        inputs("telling | BU00010001 | 2022 | 20 | 1000 | T1", spreiding=f"{SPREIDING}\n{measured}"),
        columns="gebied_code, onder, boven",
    )
    assert rows[0] == (
        "BU00010001",
        pytest.approx(expected[0], abs=1e-4),
        pytest.approx(expected[1], abs=1e-4),
    )


ALIKE = "gebied_code | indicator | periode | teller:bigint | waarde:double"


def test_comparison_uses_the_newest_common_year_and_judges_by_the_interval() -> None:
    rows = run_model(
        "mart.vergelijking",
        {
            "mart.vergelijkbaar_cijfer": ALIKE,
            "core.gebied": GEBIEDEN,
            "mart.gebied_profiel": newest(
                "BU00010001 | telling | 2023", "GM0001 | telling | 2022", "NL00 | telling | 2022"
            ),
            "contract.bouw": "opslag\nvoorbeeld",
            "mart.cijfer": also(
                f"""
            {CIJFER} | status
            BU00010001 | telling | 2023 | 5 | 100 | 50 | 16 | 117 | ok
            BU00010001 | telling | 2022 | 5 | 100 | 50 | 16 | 117 | ok
            BU00010001 | telling | 2022-03 | 5 | 100 | 50 | 16 | 117 | ok
            BU00010001 | telling | 2021 | 5 | 100 | 50 | 16 | 117 | ok
            GM0001     | telling | 2021 | 5 | 100 | 15 | 14 | 16 | ok
            GM0001     | telling | 2022 | 5 | 100 | 15 | 14 | 16 | ok
            GM0001     | telling | 2022-03 | 5 | 100 | 15 | 14 | 16 | ok
            NL00       | telling | 2022-03 | 5 | 100 | 16 | 15 | 17 | ok
            GM0001     | telling | 2023 | 5 | 100 | -  | -  | - | geen_noemer
            NL00       | telling | 2021 | 5 | 100 | 15 | 14 | 16 | ok
            NL00       | telling | 2022 | 5 | 100 | 16 | 15 | 17 | ok
            """,
                oorzaak="-",
            ),
        },
        columns="gebied_code, referentie, periode, referentie_waarde, oordeel",
    )
    assert rows == [
        ("BU00010001", "gemeente", "2022", 15.0, "hoger"),
        ("BU00010001", "land", "2022", 16.0, "ongeveer gelijk"),  # 16 lies on the bound
        ("GM0001", "land", "2022", 16.0, "ongeveer gelijk"),
    ]


@pytest.mark.parametrize(("together", "oordeel"), [(15, "hoger"), (16, "ongeveer gelijk"), (118, "lager")])
def test_an_area_is_judged_beside_similar_areas_by_the_same_interval(together: int, oordeel: str) -> None:
    rows = run_model(
        "mart.vergelijking",
        {
            "core.gebied": GEBIEDEN,
            "mart.gebied_profiel": """
            gebied_code | indicator | periode | teller:bigint | noemer:bigint | waarde:double | onder:double | boven:double | status
            BU00010001 | telling | 2023 | 5 | 100 | 50 | 16 | 117 | ok
            GM0001     | telling | 2022 | - | -   | -  | -  | - | ok
            """,
            "contract.bouw": "opslag\nlive",
            "mart.cijfer": f"{CIJFER} | status | oorzaak\nBU00010001 | telling | 2023 | 5 | 100 | 50 | 16 | 117 | ok | -",
            "mart.vergelijkbaar_cijfer": f"""
            {ALIKE}
            BU00010001 | telling | 2023 | 40 | {together}
            GM0001     | telling | 2022 | 40 | 15
            """,
        },
        columns="gebied_code, referentie_code, periode, referentie_waarde, referentie_status, oordeel, referentie",
    )
    assert [row[:-1] for row in rows if row[-1] == "vergelijkbaar"] == [
        ("BU00010001", None, "2023", together, "ok", oordeel),
        ("GM0001", None, "2022", 15, "ok", None),
    ]


def test_an_area_without_a_figure_still_stands_beside_its_references() -> None:
    rows = run_model(
        "mart.vergelijking",
        {
            "mart.vergelijkbaar_cijfer": ALIKE,
            "core.gebied": GEBIEDEN,
            "mart.gebied_profiel": newest("BU00010001 | telling | 2022", "GM0001 | telling | 2023"),
            "contract.bouw": "opslag\nvoorbeeld",
            "mart.cijfer": f"""
            {CIJFER} | status | oorzaak
            BU00010001 | telling | 2022 | - | 100 | -  | -  | -  | minder_dan_5 | -
            BU00010001 | telling | 2021 | - | 100 | -  | -  | -  | minder_dan_5 | -
            GM0001     | telling | 2023 | 5 | 100 | 15 | 14 | 16 | ok | -
            GM0001     | telling | 2022 | 5 | 100 | 14 | 13 | 15 | ok | -
            NL00       | telling | 2022 | 5 | -   | -  | -  | -  | geen_noemer | andere_grens
            NL00       | telling | 2021 | 5 | 100 | 12 | 11 | 13 | ok | -
            NL00       | telling | 2020 | 5 | 100 | 11 | 10 | 12 | ok | -
            """,
        },
        columns="gebied_code, referentie, periode, waarde, referentie_waarde, referentie_status,"
        " referentie_oorzaak, oordeel",
    )
    assert rows == [
        ("BU00010001", "gemeente", "2022", None, 14.0, "ok", None, None),
        ("BU00010001", "land", "2021", None, 12.0, "ok", None, None),  # its newest: no year of its own here
        # The country has no row of that year, and the example need not have it.
        ("GM0001", "land", "2023", 15.0, None, "ontbreekt", "niet_in_voorbeeld", None),
    ]


def test_profile_prefers_the_newest_value_over_a_newer_gap() -> None:
    rows = run_model(
        "mart.gebied_profiel",
        {
            "mart.cijfer": also(
                f"""
            {CIJFER} | status | tabel | vintage | noemer_jaar:integer
            BU00010001 | a | 2024 | 6  | -   | -  | - | - | geen_noemer | T | v | -
            BU00010001 | a | 2022 | 5  | 100 | 50 | 1 | 99 | ok         | T | v | 2022
            BU00010001 | a | 2023 | 5  | 100 | 50 | 1 | 99 | ok         | T | v | 2022
            BU00010001 | a | 2024-03 | 5 | 100 | 50 | 1 | 99 | ok       | T | v | 2022
            BU00010001 | b | 2024 | -  | -   | -  | - | - | ontbreekt   | T | v | -
            BU00010001 | b | 2012 | 7  | -   | -  | - | - | geen_noemer | T | v | -
            BU00010001 | c | 2011 | -  | -   | -  | - | - | ontbreekt   | T | v | -
            BU00010001 | c | 2012 | -  | -   | -  | - | - | ontbreekt   | T | v | -
            BU00010001 | d | 2021 | 9  | 210 | 43 | 1 | 99 | ok         | T | v | 2020
            BU00010001 | d | 2024 | 8  | 190 | -  | - | - | te_klein    | T | v | 2024
            BU00010001 | d | 2025 | -  | -   | -  | - | - | ontbreekt   | T | v | -
            """,
                oorzaak="-",
                **{"voorlopig:boolean": "false"},
            )
        },
        columns="indicator, periode, status",
    )
    assert rows == [
        ("a", "2023", "ok"),
        ("b", "2012", "geen_noemer"),
        ("c", "2012", "ontbreekt"),
        ("d", "2024", "te_klein"),  # fewer than two hundred people live there now
    ]


@pytest.mark.parametrize(("indicator", "status"), [("gemeld", "minder_dan_5"), ("kwetsbaar", "ok")])
def test_what_a_gemeente_counts_of_sensitive_kinds_is_protected_at_every_level(
    indicator: str, status: str
) -> None:
    rows = run_cijfer(
        inputs(f"{indicator} | GM0001 | 2022 | 4 | 1000 | T1", noemer="GM0001 | 2022 | 1000 | 2020 | 2020"),
        columns="gebied_code, status",
    )
    assert rows == [("GM0001", status)]


def test_what_one_gemeente_publishes_is_not_missing_in_another() -> None:
    given = inputs("gemeld | GM0001 | 2022 | 9 | - | T1\ntelling | GM0001 | 2022 | 9 | - | T1")
    both = {**given, "core.gebied": GEBIEDEN + "GM0002 | Elders | gemeente | GM0002 | 2024\n"}
    rows = run_cijfer(both, columns="indicator, gebied_code, status")
    assert rows == [
        ("gemeld", "GM0001", "geen_noemer"),
        ("telling", "GM0001", "geen_noemer"),
        ("telling", "GM0002", "ontbreekt"),
    ]


def test_a_reference_is_written_with_its_year_where_that_is_another_one() -> None:
    rows = run_model(
        "mart.gebied_woorden",
        {
            "contract.indicator": """
            indicator | kind | decimalen:integer | voorbehoud
            telling   | verhouding | 1 | enquete
            """,
            "mart.gebied_profiel": """
            gebied_code | indicator | periode | waarde:double | onder:double | boven:double
            BU00010001  | telling   | 2022    | 1234.25       | 0.0312       | 2000
            GM0001      | telling   | 2022    | -             | -            | -
            NL00        | telling   | 2022    | 3.3           | 3.2          | 3.4
            WK000100    | telling   | 2022    | 0             | 0            | 0.0041
            WK000101    | telling   | 2022    | 1.5           | 0.0312       | -
            """,
            "mart.vergelijking": """
            gebied_code | indicator | referentie | periode | referentie_waarde:double | referentie_status | referentie_oorzaak
            BU00010001  | telling   | gemeente   | 2021    | 0.5                      | ok | -
            BU00010001  | telling   | land       | 2022    | 3.3                      | voorlopig | -
            BU00010001  | telling   | vergelijkbaar | 2022 | 0.25                     | ok | -
            GM0001      | telling   | land       | 2022    | -                        | verborgen | -
            WK000100    | telling   | gemeente   | 2022    | -                        | geen_noemer | andere_grens
            """,
        },
        columns="gebied_code, decimalen, cijfer, onder, boven, gemeente, gemeente_leeg, land, land_leeg, "
        "vergelijkbaar",
    )
    assert rows == [
        ("BU00010001", 2, "1.234,25", "0,03", "2.000,00", "0,50 (2021)", None, "3,3", None, "0,25"),
        ("GM0001", None, None, None, None, None, None, None, "verborgen", None),
        ("NL00", 1, "3,3", "3,2", "3,4", None, None, None, None, None),
        ("WK000100", 3, "0,000", "0,000", "0,004", None, "andere_grens", None, None, None),
        ("WK000101", 2, "1,50", "0,03", None, None, None, None, None, None),
    ]


def test_small_counts_of_a_buurt_are_in_no_list_of_what_was_revised() -> None:
    rows = run_model(
        "mart.herzien",
        {
            "core.gebied": GEBIEDEN,
            "reference.verborgen": "soort | niveau\nE33 | buurt",
            "contract.indicator_soort": """
            indicator | rubriek  | soort
            drugs     | overlast | E38
            anders    | misdrijf | E38
            """,
            "staging.herzien": """
            bron_tabel | gebied_code | periode | soort | kolom                   | oud:double | nieuw:double | vintage_oud | vintage_nieuw
            T1         | BU00010001  | 2022    | E38   | GeregistreerdeOverlast  | 5          | 8            | 2023-01-01  | 2024-01-01
            T1         | BU00010001  | 2022    | E33   | GeregistreerdeOverlast  | 50         | 80           | 2023-01-01  | 2024-01-01
            T1         | BU00010001  | 2021    | E38   | GeregistreerdeOverlast  | 4          | 8            | 2023-01-01  | 2024-01-01
            T1         | BU00010001  | 2020    | E38   | GeregistreerdeOverlast  | 9          | 4            | 2023-01-01  | 2024-01-01
            T1         | GM0001      | 2022    | E38   | GeregistreerdeOverlast  | 3          | 1            | 2023-01-01  | 2024-01-01
            T2         | BU00010001  | 2022    | -     | AantalInwoners          | 2          | 4            | 2023-01-01  | 2024-01-01
            T1         | BU00019999  | 2022    | E38   | GeregistreerdeOverlast  | 20         | 30           | 2023-01-01  | 2024-01-01
            """,
        },
        columns="gebied_code, periode, kolom, verschil, indicator",
    )
    assert rows == [
        ("BU00010001", "2022", "AantalInwoners", 2.0, None),  # no registration of anybody
        ("BU00010001", "2022", "GeregistreerdeOverlast", 3.0, "drugs"),
        ("GM0001", "2022", "GeregistreerdeOverlast", -2.0, "drugs"),
        # not included: counts below five of a buurt, before or after; a kind that is left out there; a gone code
    ]


def test_a_cell_of_a_gemeente_keeps_its_own_status_and_reason() -> None:
    rows = run_cijfer(
        inputs(
            "gemeld | BU00010001 | 2022 | 20 | 1000 | T1\ngemeld | WK000100 | 2022 | 3 | 1000 | T1",
            leeg=f"""{LEEG}
            gemeld | BU00010002 | 2022 | minder_dan_5 | bron_verbergt | T1
            gemeld | BU00010001 | 2023 | voorlopig | loopt_tot:2023-02-14 | T1
            gemeld | GM0001 | 2022 | verborgen | deel_verborgen;ten_minste:24 | T1
            """,
        ),
        columns="gebied_code, periode, status, teller, waarde, voorbehoud",
    )
    assert rows == [
        ("BU00010001", "2022", "ok", 20, 20.0, "toeval"),
        # A period of which no area has a figure is there too, with the reason.
        ("BU00010001", "2023", "voorlopig", None, None, "toeval;loopt_tot:2023-02-14"),
        ("BU00010002", "2022", "minder_dan_5", None, None, "toeval;bron_verbergt"),
        ("BU00010002", "2023", "ontbreekt", None, None, "toeval"),
        ("GM0001", "2022", "verborgen", None, None, "toeval;deel_verborgen;ten_minste:24"),
        ("WK000100", "2022", "minder_dan_5", None, None, "toeval"),
    ]


def test_a_count_without_a_rate_has_the_reason_and_says_that_it_is_provisional() -> None:
    rows = run_cijfer(
        inputs(
            "telling | BU00010001 | 2022 | 5 | - | T1\ntelling | BU00010002 | 2022 | 9 | 199 | T1\n"
            "telling | BU00010001 | 2021 | 5 | - | T1\nkwetsbaar | BU00010001 | 2022 | 3 | - | T1",
            noemer="BU00010002 | 2022 | 199 | 2022 | -",
            noemer_ontbreekt="""
            gebied_code | periode | soort | oorzaak
            BU00010001  | 2022    | inwoners    | andere_grens
            BU00010001  | 2022    | huishoudens | noemer_onbekend
            """,
            voorlopig="indicator | periode\ntelling | 2022\nkwetsbaar | 2022",
        ),
        columns="indicator, gebied_code, periode, status, oorzaak, voorlopig, voorbehoud",
    )
    assert [row for row in rows if row[3] != "ontbreekt"] == [
        ("kwetsbaar", "BU00010001", "2022", "minder_dan_5", None, False, "toeval"),
        ("telling", "BU00010001", "2021", "geen_noemer", "noemer_jaar_ontbreekt", False,
         "toeval;noemer_jaar_ontbreekt"),
        ("telling", "BU00010001", "2022", "geen_noemer", "andere_grens", True,
         "toeval;andere_grens;voorlopig_aantal"),
        ("telling", "BU00010002", "2022", "te_klein", None, True, "toeval;voorlopig_aantal"),
    ]  # fmt: skip


BEVOLKING = "gebied_code | jaar:integer | zelfde_indeling:boolean"


@pytest.mark.parametrize(
    ("store", "area", "reason"),
    [
        ("voorbeeld", "BU00010002", "niet_in_voorbeeld"),
        ("live", "BU00010002", None),  # the source was asked for this gemeente, and left it empty
        ("live", "BU00020001", "niet_in_opslag"),  # and not for that one
    ],
)
def test_what_is_not_fetched_is_told_from_what_is_not_published(
    store: str, area: str, reason: str | None
) -> None:
    given = inputs("telling | BU00010001 | 2022 | 5 | 1000 | T1", opslag=store)
    both = {**given, "core.gebied": GEBIEDEN + "BU00020001 | Elders | buurt | GM0002 | 2024\n"}
    rows = run_cijfer(both, columns="gebied_code, status, oorzaak")
    assert (area, "ontbreekt", reason) in rows


@pytest.mark.parametrize(
    ("caveats", "population", "reason"),
    [
        ("toeval", "BU00010002 | 2022 | true", "niet_in_voorbeeld"),
        ("toeval", "BU00010002 | 2022 | false", "andere_grens"),
        ("toeval", "BU00010001 | 2022 | true", "andere_grens"),  # it was not there yet
        ("toeval", "BU00010002 | 2021 | false", "niet_in_voorbeeld"),  # of the year itself nothing is known
        ("klein_gebied_leeg", "BU00010002 | 2022 | true", None),  # the source leaves small areas empty
    ],
)
def test_a_circumstance_of_another_boundary_is_not_called_unpublished(
    caveats: str, population: str, reason: str | None
) -> None:
    given = inputs(
        "",
        meting="omstandig | BU00010001 | 2022 | 5 | - | - | T2",
        opslag="voorbeeld",
        bevolking=f"{BEVOLKING}\n{population}",
    )
    kind = f"omstandig | meting | - | % | - | {caveats} | false | omstandigheid\n"
    rows = run_cijfer(
        {**given, "contract.indicator": INDICATOREN + kind}, columns="gebied_code, status, oorzaak"
    )
    assert ("BU00010002", "ontbreekt", reason) in rows


def test_why_a_denominator_is_missing() -> None:
    rows = run_model(
        "core.noemer_ontbreekt",
        {
            "core.gebied": GEBIEDEN,
            "core.noemer": """
            gebied_code | periode | inwoners:bigint | huishoudens:bigint
            GM0001      | 2018    | 900             | -
            GM0001      | 2024    | 1000            | 400
            WK000100    | 2024    | 500             | -
            BU00010002  | 2018    | 30              | -
            """,
            "core.bevolking": """
            gebied_code | jaar:integer | inwoners:bigint | huishoudens:bigint | zelfde_indeling:boolean
            GM0001      | 2017         | 900             | -                  | true
            GM0001      | 2024         | 1000            | 400                | true
            WK000100    | 2017         | 450             | -                  | false
            WK000100    | 2024         | 500             | -                  | true
            BU00010001  | 2024         | -               | -                  | true
            BU00010002  | 2017         | 30              | -                  | true
            """,
        },
        columns="gebied_code, periode, soort, oorzaak",
    )
    found = {row[:3]: row[3] for row in rows}
    assert found["WK000100", "2018", "inwoners"] == "andere_grens"
    assert found["WK000100", "2024", "huishoudens"] == "noemer_ander_niveau"  # of gemeenten alone
    assert found["GM0001", "2018", "huishoudens"] == "noemer_jaar_ontbreekt"
    assert found["BU00010001", "2018", "inwoners"] == "andere_grens"  # 2017 knows other buurten, not this one
    assert found["BU00010001", "2024", "inwoners"] == "noemer_ander_niveau"
    assert ("GM0001", "2024", "inwoners") not in found
    assert set(found.values()) == {"andere_grens", "noemer_ander_niveau", "noemer_jaar_ontbreekt"}


def test_an_area_that_is_known_without_its_inhabitants() -> None:
    rows = run_model(
        "core.noemer_ontbreekt",
        {
            "core.gebied": GEBIEDEN,
            "core.noemer": """
            gebied_code | periode | inwoners:bigint | huishoudens:bigint
            BU00010002  | 2024    | 500             | 100
            """,
            "core.bevolking": """
            gebied_code | jaar:integer | inwoners:bigint | huishoudens:bigint | zelfde_indeling:boolean
            BU00010001  | 2024         | -               | -                  | true
            BU00010002  | 2024         | 500             | 100                | true
            """,
        },
        columns="gebied_code, soort, oorzaak",
    )
    assert ("BU00010001", "inwoners", "noemer_onbekend") in rows


def test_a_period_in_which_no_area_has_a_figure_is_not_the_newest() -> None:
    rows = run_model(
        "mart.nieuwste_periode",
        {
            "mart.cijfer": """
            indicator | tabel | gebied_code | periode | teller:bigint | waarde:double
            telling   | T1    | GM0001      | 2023    | 0             | 0
            telling   | T1    | BU00010001  | 2024    | 3             | -
            telling   | T1    | GM0001      | 2025    | -             | -
            telling   | T2    | NL00        | 2012    | 9             | -
            enquete   | T3    | GM0001      | 2021    | -             | 40
            leeg      | T3    | GM0001      | 2021    | -             | -
            """
        },
        columns="indicator, tabel, periode",
    )
    assert rows == [("enquete", "T3", "2021"), ("telling", "T1", "2024"), ("telling", "T2", "2012")]
