"""A sum with a missing, hidden or suppressed part is no figure, and what publishers do not add up is not added.

National figures: the places where a sum is made, and those where one would be tempting.
"""

import re
from collections.abc import Mapping

import duckdb
import pytest

from pipeline import warehouse
from tests.models.text_tables import MODELS, failing_rows, run_model

SUMS = {
    "indicator.geweld": "a composite of five kinds",
    "core.aanwezig": "people present in a wijk, of its buurten",
}
KINDS = ("1.4.3", "1.4.4", "1.4.5", "1.4.6", "1.4.7")
STAGED = "soort | gebied_code | periode | aantal:bigint | tabel"
TOWARDS_VIOLENCE = ("core.verborgen", "core.registratie")


def staged(buurt: str = "", regio: str = "", *, nuisance: str = "", hidden: str = "") -> Mapping[str, str]:
    """The four police tables as staging has them; every area of GM0001 has a thousand inhabitants."""
    areas = ("NL00", "GM0001", "GM0002", "WK000100", "BU00010001", "BU00010002")
    years = ("2023", "2024")
    people = "\n".join(f"{area} | {year} | 1000 | 400" for area in areas for year in years)
    counted = "\n".join(f"misdrijf | {kind}" for kind in ("0.0.0", *KINDS))
    return {
        "project.soort": f"rubriek | soort\noverlast | 0.0.0\n{counted}",
        "staging.politie_misdrijven": f"{STAGED}\n{buurt}",
        "staging.politie_misdrijven_regio": f"{STAGED}\n{regio}",
        "staging.politie_overlast": f"{STAGED}\n{nuisance}",
        "staging.politie_overlast_regio": STAGED,
        "core.noemer": f"gebied_code | periode | inwoners:bigint | huishoudens:bigint\n{people}",
        "reference.verborgen": f"soort | indicator | niveau\n{hidden}",
    }


def rows_of(area: str, *, kinds: tuple[str, ...] = KINDS, count: str = "10", table: str = "T1") -> str:
    return "\n".join(f"{kind} | {area} | 2023 | {count} | {table}" for kind in kinds)


def violence(given: Mapping[str, str]) -> list[tuple[object, ...]]:
    return run_model("indicator.geweld", given, columns="gebied_code, teller", through=TOWARDS_VIOLENCE)


def test_every_model_before_the_marts_that_adds_up_is_tested_here() -> None:
    adding = {
        name
        for name, model in MODELS.items()
        if model.schema in ("staging", "core", "indicator", "contract")
        and re.search(r"\b(sum|avg)\(", model.sql)
    }
    assert adding == set(SUMS)


@pytest.mark.parametrize(
    "of_the_other", ["", "BU2 | 2024 | - | 10 | 1000 | 20", "BU2 | 2024 | 30 | 10 | - | 20"]
)
def test_people_present_in_a_wijk_are_those_of_all_its_buurten(of_the_other: str) -> None:
    columns = "inwoners:bigint | huishoudens:bigint | omgevingsadressendichtheid:bigint | oppervlakte_land_ha:bigint"
    given = {
        "core.gebied": "gebied_code | gebied_niveau | wijk_code\nBU1 | buurt | WK1\nBU2 | buurt | WK1",
        "staging.cbs_kerncijfers": (
            f"gebied_code | periode | {columns}\nBU1 | 2024 | 100 | 50 | 2000 | 50\n{of_the_other}"
        ),
    }
    assert run_model("core.aanwezig", given, columns="gebied_code, aanwezig") == [("BU1", 1100.0)]


@pytest.mark.parametrize(
    ("rows", "hidden", "found"),
    [
        (rows_of("BU00010001"), "", [("BU00010001", 50)]),
        (rows_of("BU00010001", count="0"), "", [("BU00010001", 0)]),  # five published zeros are a zero
        (rows_of("BU00010001", kinds=KINDS[1:]), "", []),  # a kind without a row
        (
            f"{rows_of('BU00010001', kinds=KINDS[1:])}\n1.4.3 | BU00010001 | 2023 | - | T1",
            "",
            [],  # a kind that the publisher left empty
        ),
        (
            rows_of("BU00010001"),
            "1.4.5 | - | buurt",
            [],
        ),  # a kind that is hidden there, whatever stands there
        (rows_of("WK000100"), "1.4.5 | - | buurt", [("WK000100", 50)]),
        (f"{rows_of('BU00010001')}\n{rows_of('BU00010002', kinds=KINDS[:4])}", "", [("BU00010001", 50)]),
    ],
    ids=["whole", "zeros", "absent", "empty", "hidden", "hidden elsewhere", "neighbour"],
)
def test_a_composite_over_a_gap_is_no_figure(rows: str, hidden: str, found: list[tuple[str, int]]) -> None:
    assert violence(staged(rows, hidden=hidden)) == found


def test_kinds_of_two_tables_are_not_added() -> None:
    """Two releases may count otherwise: a kind from the other table does not fill the gap."""
    given = staged(rows_of("GM0001", kinds=KINDS[:4]), rows_of("GM0001", table="T2"))
    assert violence(given) == []
    assert violence(staged(regio=rows_of("GM0001", table="T2"))) == [("GM0001", 50)]


def crimes(given: Mapping[str, str]) -> list[tuple[object, ...]]:
    return run_model(
        "indicator.misdrijven", given, columns="gebied_code, periode, teller", through=TOWARDS_VIOLENCE
    )


def test_a_wijk_is_not_made_from_its_buurten_nor_the_country_from_its_gemeenten() -> None:
    """2.5 percent of what is registered lies in no buurt: a sum would look like fewer crimes."""
    given = staged(
        "0.0.0 | BU00010001 | 2023 | 5 | T1\n0.0.0 | BU00010002 | 2023 | 7 | T1",
        "0.0.0 | GM0001 | 2023 | 12 | T2\n0.0.0 | GM0002 | 2023 | 9 | T2\n0.0.0 | PV27 | 2023 | 21 | T2",
    )
    assert crimes(given) == [
        ("BU00010001", "2023", 5),
        ("BU00010002", "2023", 7),
        ("GM0001", "2023", 12),
        ("GM0002", "2023", 9),
        # not included: the wijk, the country, the province
    ]


@pytest.mark.parametrize("months", [11, 12])
def test_months_do_not_make_a_year(months: int) -> None:
    some = "\n".join(f"0.0.0 | GM0001 | 2023-{month:02d} | 4 | T1" for month in range(1, months + 1))
    rows = run_model(
        "indicator.overlast", staged(nuisance=some), columns="periode, teller", through=TOWARDS_VIOLENCE
    )
    assert rows == []


def test_a_suppressed_total_is_not_made_from_its_kinds() -> None:
    """The total is the publisher's: hidden kinds are in it."""
    given = staged(f"0.0.0 | BU00010001 | 2023 | - | T1\n{rows_of('BU00010001')}")
    assert crimes(given) == []


def test_a_total_of_the_region_table_fills_only_areas_above_the_wijk() -> None:
    given = staged(
        "0.0.0 | BU00010001 | 2023 | - | T1",
        "0.0.0 | BU00010001 | 2023 | 5 | T2\n0.0.0 | GM0001 | 2023 | 12 | T2",
    )
    assert crimes(given) == [("GM0001", "2023", 12)]


# ---- periods that have not ended ----------------------------------------------------------------------

RUNNING = {
    "contract.indicator": """
    indicator  | kind       | meetwijze
    misdrijven | verhouding | geregistreerd
    """,
    "contract.meting": "indicator | gebied_code | periode | waarde:double | onder:double | boven:double | tabel",
}


def counted(periods: Mapping[str, int], modified: str) -> dict[str, str]:
    rows = "\n".join(
        f"misdrijven | NL00 | {one} | {count} | 1000 | 47022NED" for one, count in periods.items()
    )
    return {
        **RUNNING,
        "contract.verhouding": f"indicator | gebied_code | periode | teller:bigint | noemer:bigint | tabel\n{rows}",
        "contract.snapshot": f"tabel | modified | fetched_at\n47022NED | {modified} | 2026-03-01T05:30:00",
    }


@pytest.mark.parametrize(
    ("modified", "kept"),
    [
        ("2026-02-14T02:00:00", ["2025", "2025-12", "2026-01"]),
        ("2026-01-15T02:00:00", ["2025", "2025-12"]),
        ("-", ["2025", "2025-12", "2026-01", "2026-02"]),  # the day of fetching stands in: March has begun
    ],
)
def test_a_national_year_or_month_that_has_not_ended_is_withheld(modified: str, kept: list[str]) -> None:
    given = counted({"2025": 800, "2025-12": 60, "2026-01": 66, "2026-02": 30, "2026": 96}, modified)
    if modified.startswith("2026-01-15"):  # a period after the date of its source is refused, see below
        given = counted({"2025": 800, "2025-12": 60, "2026-01": 30, "2026": 30}, modified)
    rows = run_model("statistiek.waarde", given, columns="periode, teller")
    assert [period for period, _ in rows] == kept
    assert 0 not in [count for _, count in rows]


def test_zeros_for_months_to_come_are_refused_by_name() -> None:
    given = counted({"2026-01": 66, "2026-03": 0}, "2026-02-14T02:00:00")
    assert failing_rows("statistiek.waarde", given, columns=("gebied_code", "periode")) == [
        ("NL00", "2026-03")
    ]


@pytest.mark.parametrize("code", ["2026KW01", "2026HJ01", "26JJ00", "2026", "2026MM1"])
def test_a_national_period_that_is_neither_year_nor_month_is_refused(code: str) -> None:
    with duckdb.connect() as con:
        con.execute(warehouse.MACROS)
        with pytest.raises(duckdb.Error, match=f"onbekende periode: {code}"):
            con.execute("select periode(?)", [code])
