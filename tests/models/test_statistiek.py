"""How much counts swing beyond chance, through the production runner."""

import numpy as np
import pytest

from pipeline.statistics.intervals import poisson_interval
from tests.models.text_tables import run_model

INDICATOR = "indicator | kind\ntelling | verhouding\nmisdrijven | verhouding\nenquete | meting"
BREUKEN = "indicator | datum"


def counts(rows: list[tuple[str, str, int, int]]) -> str:
    lines = [f"{kind} | {area} | {year} | {count} | 100 | T" for kind, area, year, count in rows]
    return "\n".join(["indicator | gebied_code | periode | teller:bigint | noemer:bigint | tabel", *lines])


def areas(codes: list[str]) -> str:
    return "\n".join(["gebied_code | gebied_niveau", *(f"{code} | buurt" for code in codes)])


CODES = [f"BU0001{number:04}" for number in range(100)]

# Half of them 10 then 30, half 30 then 10: the chance of all together is one half, so each deviates 10 from 20
# with a variance of 40 x 1/4 = 10; squared and divided that is 10.
OPPOSITE = [
    ("telling", code, year, count)
    for number, code in enumerate(CODES)
    for year, count in ((2020, 10 + 20 * (number % 2)), (2021, 30 - 20 * (number % 2)))
]


def measured(rows: list[tuple[str, str, int, int]], *, breuken: str = BREUKEN) -> list[tuple[object, ...]]:
    return run_model(
        "statistiek.spreiding",
        {
            "core.gebied": areas(CODES),
            "contract.indicator": INDICATOR,
            "statistiek.waarde": counts(rows),
            "reference.breuken": breuken,
        },
        columns="indicator, gebied_niveau, van, paren, a, b",
        through=["core.breuk"],
    )


def test_dispersion_is_the_mean_squared_deviation_over_the_binomial_variance() -> None:
    assert measured(OPPOSITE) == [("telling", "buurt", "telling", 100, pytest.approx(10.0), 0.0)]


def test_a_change_that_all_share_is_no_dispersion() -> None:
    shared = [("telling", code, year, count) for code in CODES for year, count in ((2020, 10), (2021, 30))]
    assert measured(shared) == [("telling", "buurt", "telling", 100, 1.0, 0.0)]


def test_fewer_than_a_hundred_pairs_take_what_was_measured_for_the_total() -> None:
    total = [("misdrijven", *rest) for _, *rest in OPPOSITE]
    few = OPPOSITE[:198]
    assert measured(few) == []
    assert [row[:4] for row in measured([*few, *total])] == [
        ("misdrijven", "buurt", "misdrijven", 100),
        ("telling", "buurt", "misdrijven", 100),
    ]


def test_what_was_measured_of_a_kind_itself_goes_before_the_total() -> None:
    calm = [("misdrijven", code, year, count) for code in CODES for year, count in ((2020, 10), (2021, 30))]
    assert [(row[0], row[2], row[4]) for row in measured([*OPPOSITE, *calm])] == [
        ("misdrijven", "misdrijven", 1.0),
        ("telling", "telling", pytest.approx(10.0)),
    ]


def test_years_with_a_year_between_them_are_no_pair() -> None:
    apart = [(kind, code, 2023 if year == 2021 else year, count) for kind, code, year, count in OPPOSITE]
    assert measured(apart) == []


def test_a_wijk_without_enough_years_swings_as_buurten_do() -> None:
    total = [("misdrijven", *rest) for _, *rest in OPPOSITE]
    found = run_model(
        "statistiek.spreiding",
        {
            "core.gebied": areas(CODES) + "\nWK000100 | wijk\nGM0001 | gemeente",
            "contract.indicator": INDICATOR,
            "statistiek.waarde": counts(total),
            "reference.breuken": BREUKEN,
        },
        columns="indicator, gebied_niveau, van, van_niveau",
        through=["core.breuk"],
    )
    assert ("telling", "wijk", "misdrijven", "buurt") in found
    assert not [row for row in found if row[1] == "gemeente"]


@pytest.mark.parametrize(
    ("date", "pairs"), [("2021-07", 0), ("2020-07", 0), ("2021-01", 0), ("2020-01", 100), ("2022-01", 100)]
)
def test_no_pair_crosses_a_break(date: str, pairs: int) -> None:
    """A break half way a year leaves it like neither neighbour; one in January leaves it like the next."""
    found = measured(OPPOSITE, breuken=f"{BREUKEN}\ntelling | {date}")
    assert [row[3] for row in found] == [pairs][: pairs // 100]


SWING = """
indicator | gebied_niveau | a:double | b:double
telling   | buurt         | 1.3      | 0.013
"""
REGISTERED = (
    "indicator | kind | meetwijze\ntelling | verhouding | geregistreerd\nstroom | verhouding | omstandigheid"
)


def of_years(
    table: str, rows: list[tuple[str, str, int, int]], *, columns: str, breuken: str = BREUKEN
) -> object:
    given = {
        "core.gebied": areas(CODES),
        "contract.indicator": REGISTERED,
        "statistiek.waarde": counts(rows),
        "statistiek.spreiding": SWING,
        "reference.breuken": breuken,
    }
    return run_model(table, given, columns=columns, through=["core.breuk"])


def test_the_newest_two_years_are_compared_with_all_areas_of_the_level() -> None:
    rows = [("telling", code, year, 20 * year - 40380) for code in CODES[1:] for year in (2020, 2021)]
    rows += [("telling", CODES[0], 2020, 60), ("telling", CODES[0], 2021, 3), ("stroom", CODES[0], 2021, 5)]
    found = of_years(
        "statistiek.verandering",
        rows,
        columns="gebied_code, periode, vorige_periode, teller, gevonden, allen",
    )
    assert len(found) == 100  # type: ignore[arg-type]
    code, *rest, shared = found[0]  # type: ignore[index]
    assert (code, *rest) == (CODES[0], "2021", "2020", 3, True)
    assert shared == pytest.approx((99 * 40 + 3) / (99 * 20 + 60))
    assert not any(row[4] for row in found[1:])  # type: ignore[index]


def in_a_year(levels: list[float], *, seed: int, planted: dict[int, float]) -> set[str]:
    """Areas that the model finds in two years drawn around these levels, with the swing of SWING."""
    rng = np.random.default_rng(seed)
    rows = []
    for year in (2020, 2021):
        means = np.array(levels)
        if year == 2021:
            for number, ratio in planted.items():
                means[number] *= ratio
        size = means**2 / (0.3 * means + 0.013 * means**2)
        counts = rng.negative_binomial(size, size / (size + means))
        rows += [("telling", code, year, int(count)) for code, count in zip(CODES, counts, strict=True)]
    found = of_years("statistiek.verandering", rows, columns="gebied_code, gevonden")
    return {code for code, listed in found if listed}  # type: ignore[attr-defined]


def test_planted_changes_are_found_and_years_without_change_are_empty() -> None:
    levels = [20.0 + 4 * number for number in range(100)]
    filled = [seed for seed in range(40) if in_a_year(levels, seed=seed, planted={})]
    assert len(filled) <= 2  # one in twenty
    planted = {30: 0.1, 60: 0.15, 90: 4.0}
    found = [in_a_year(levels, seed=seed, planted=planted) for seed in range(5)]
    assert all({CODES[number] for number in planted} <= one for one in found)
    assert sum(len(one) for one in found) <= 5 * len(planted) + 1


def test_what_would_be_listed_is_more_than_what_one_area_alone_would_show() -> None:
    rows = [("telling", code, year, 100) for code in CODES for year in (2020, 2021)]
    found = of_years("statistiek.verandering", rows, columns="zichtbaar, opvallend")
    seen, listed = found[0]  # type: ignore[index]
    assert 0.4 < seen < listed - 0.1 < 0.9


@pytest.mark.parametrize(("date", "rows"), [("2021-03", 0), ("2020-03", 0), ("2020-01", 1), ("2021-01", 0)])
def test_no_change_is_computed_across_a_break(date: str, rows: int) -> None:
    given = [("telling", CODES[0], 2020, 60), ("telling", CODES[0], 2021, 30)]
    found = of_years(
        "statistiek.verandering", given, columns="gebied_code", breuken=f"{BREUKEN}\ntelling | {date}"
    )
    assert len(found) == rows  # type: ignore[arg-type]


def test_a_trend_starts_after_the_last_break() -> None:
    falling = [("telling", CODES[1], 2012 + year, 100 - 15 * year) for year in range(6)]
    short = [("telling", CODES[2], year, 50) for year in (2016, 2017)]
    found = of_years(
        "statistiek.trend",
        [("telling", CODES[0], 2012 + year, 5 if year < 2 else 50) for year in range(6)] + falling + short,
        columns="gebied_code, van, tot, jaren, oordeel",
        breuken=f"{BREUKEN}\ntelling | 2013-05\ntelling | 2011-01",
    )
    assert found == [
        (CODES[0], "2014", "2017", 4, "geen duidelijke verandering"),
        (CODES[1], "2014", "2017", 4, "neemt af"),
        (CODES[2], "2016", "2017", 2, "niet te zeggen"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "known"),
    [
        (2018, 2023, ("2018", "2023", 6)),  # in the middle they are years like others
        (2020, 2024, ("2022", "2024", 3)),
        (2021, 2024, ("2022", "2024", 3)),
        (2016, 2020, ("2016", "2019", 4)),
        (2016, 2021, ("2016", "2019", 4)),
        (2020, 2021, None),
    ],
)
def test_no_trend_begins_or_ends_in_a_year_of_corona(
    first: int, last: int, known: tuple[str, str, int] | None
) -> None:
    rows = [
        ("telling", CODES[0], year, 10 if year in (2020, 2021) else 50) for year in range(first, last + 1)
    ]
    found = of_years("statistiek.trend", rows, columns="van, tot, jaren, oordeel")
    assert found == ([(*known, "geen duidelijke verandering")] if known else [])


def test_the_country_is_judged_by_its_own_years() -> None:
    """100 more or less each year are more than chance, and no trend: of one country no swing is measured."""
    years = [
        ("telling", "NL00", 2012 + place, count) for place, count in enumerate((900, 1100, 950, 1150, 1000))
    ]
    given = {
        "core.gebied": "gebied_code | gebied_niveau\nNL00 | land",
        "contract.indicator": REGISTERED,
        "statistiek.waarde": counts(years),
        "statistiek.spreiding": SWING,
        "reference.breuken": BREUKEN,
    }
    found = run_model("statistiek.trend", given, columns="oordeel, verandering", through=["core.breuk"])
    assert found[0][0] == "geen duidelijke verandering"
    as_of_one_area = {**given, "statistiek.spreiding": SWING + "telling | land | 1 | 0"}
    alone = run_model("statistiek.trend", as_of_one_area, columns="oordeel", through=["core.breuk"])
    assert alone[0][0] == "neemt toe"


LEVEL = {
    "contract.indicator": """
    indicator | meetwijze | per:bigint
    telling | geregistreerd | 1000
    stroom | omstandigheid | 1000
    """,
    "mart.gebied_profiel": """
    gebied_code | indicator | periode | teller:bigint | noemer:bigint | waarde:double
    B1 | telling | 2021 | 20 | 400 | 50
    B1 | stroom  | 2021 | 20 | 400 | 50
    B2 | telling | 2021 | 20 | 40  | -
    B3 | telling | 2021 | 20 | 400 | 50
    """,
    "mart.cijfer": """
    gebied_code | indicator | periode | teller:bigint
    B1 | telling | 2019 | 40
    B1 | telling | 2020 | 30
    B1 | telling | 2021 | 20
    B1 | stroom  | 2019 | 40
    B1 | stroom  | 2020 | 30
    B2 | telling | 2019 | 40
    B2 | telling | 2020 | 30
    B3 | telling | 2019 | -
    B3 | telling | 2020 | 30
    """,
}


@pytest.mark.parametrize(
    ("date", "known"),
    [("2019-01", True), ("2018-07", True), ("2019-03", False), ("2021-02", False), ("2022-01", True)],
)
def test_the_level_of_three_years_needs_all_three_without_a_break(date: str, known: bool) -> None:
    found = run_model(
        "mart.drie_jaar",
        {**LEVEL, "reference.breuken": f"{BREUKEN}\ntelling | {date}"},
        columns="gebied_code, van, tot, aantal, waarde",
        through=["core.breuk"],
    )
    expected = [("B1", "2019", "2021", 27.0, 67.5), ("B2", "2019", "2021", 27.0, None)]
    assert found == (expected if known else [])


def test_without_any_count_there_is_no_trend_and_no_change() -> None:
    assert of_years("statistiek.trend", [], columns="gebied_code") == []
    assert of_years("statistiek.verandering", [], columns="gebied_code") == []


CHANGED = (
    "gebied_code | indicator | periode | vorige_periode | teller:bigint | vorige_teller:bigint | allen:double "
    "| verhouding:double | onder:double | boven:double | gevonden:boolean | zichtbaar:double"
)


def test_only_published_figures_are_listed_and_by_name() -> None:
    found = run_model(
        "mart.verandering",
        {
            "core.gebied": "gebied_code | gebied_naam | gebied_niveau\nB1 | Zuid | buurt\nB2 | Noord | buurt",
            "statistiek.verandering": f"""
            {CHANGED}
            B1 | telling | 2021 | 2020 | 30 | 60 | 1 | .5 | .3 | .8 | true  | .5
            B1 | gevoelig | 2021 | 2020 | 3 | 60 | 1 | .1 | .0 | .2 | true  | .5
            B2 | telling | 2021 | 2020 | 55 | 60 | 1 | .9 | .6 | 1.4 | false | .5
            B2 | andere | 2021 | 2020 | 70 | 60 | 2 | .6 | .5 | .9 | true | .5
            """,
            "mart.cijfer": """
            gebied_code | indicator | periode | teller:bigint
            B1 | telling  | 2021 | 30
            B1 | telling  | 2020 | 60
            B1 | gevoelig | 2021 | -
            B1 | gevoelig | 2020 | 60
            B2 | telling  | 2021 | 55
            B2 | telling  | 2020 | 60
            B2 | andere   | 2021 | 70
            B2 | andere   | 2020 | 60
            """,
        },
        columns="gebied_naam, indicator, richting",
    )
    assert found == [("Noord", "andere", "minder"), ("Zuid", "telling", "minder")]


def test_a_trend_over_a_hidden_year_is_not_published() -> None:
    found = run_model(
        "mart.trend",
        {
            "statistiek.trend": """
            gebied_code | indicator | van | tot | jaren:bigint | oordeel | verandering:double
            B1 | telling | 2017 | 2021 | 5 | neemt af | -.3
            B2 | telling | 2017 | 2021 | 5 | neemt toe | .9
            """,
            "statistiek.verandering": f"{CHANGED}\nB1 | telling | 2021 | 2020 | 30 | 60 | 1 | .5 | .3 | .8 | true | .6",
            "mart.cijfer": """
            gebied_code | indicator | periode | status
            B1 | telling | 2021 | ok
            B2 | telling | 2021 | ok
            B2 | telling | 2019 | minder_dan_5
            """,
        },
        columns="gebied_code, oordeel, zichtbaar",
    )
    assert found == [("B1", "neemt af", 0.6)]


KERN = (
    "gebied_code | periode | stedelijkheid:bigint | inwoners:bigint | jongeren_0_15:bigint | ouderen_65:bigint "
    "| huishoudgrootte:double | dichtheid:bigint | woz:double | eengezinswoning_pct:double "
    "| koopwoningen_pct:double | inkomen_per_inwoner:double | oppervlakte_land_ha:bigint "
    "| omgevingsadressendichtheid:bigint"
)


def test_similar_areas_are_of_the_same_level_and_of_the_newest_year() -> None:
    wide = [f"BU0001{number:04}" for number in range(60)]
    rows = [
        f"{code} | 2024 | 3 | {1000 + 50 * number} | 100 | 200 | 2.1 | 3000 | 300 | 60 | 55 | - | 40 | 1500"
        for number, code in enumerate(wide)
    ]
    old = "BU00010059 | 2023 | 3 | 1000 | 100 | 200 | 2.1 | 3000 | 300 | 60 | 55 | - | 40 | 1500"
    small = "BU00019999 | 2024 | 3 | 45 | 1 | 2 | 2.1 | 3000 | 300 | 60 | 55 | - | 40 | 1500"
    given = {
        "core.gebied": areas([*wide, "BU00019999"]) + "\nGM0001 | gemeente",
        "staging.cbs_kerncijfers": "\n".join([KERN, *rows, old, small]),
    }
    found = run_model(
        "statistiek.vergelijkbaar",
        given,
        columns="gebied_code, rang, ander_code, afstand",
        through=["core.kenmerk"],
    )
    assert len(found) == 600
    of_first = sorted((rank, other) for code, rank, other, _ in found if code == "BU00010000")
    assert of_first[:2] == [(1, "BU00010001"), (2, "BU00010002")]
    few = {**given, "staging.cbs_kerncijfers": "\n".join([KERN, *rows[:30]])}
    assert run_model("statistiek.vergelijkbaar", few, columns="gebied_code", through=["core.kenmerk"]) == []


TEN = [f"B{number}" for number in range(1, 11)]
TOGETHER = {
    "core.gebied": "\n".join(["gebied_code", "BU", *TEN]),
    "statistiek.vergelijkbaar": "gebied_code | rang:bigint | ander_code\n"
    + "\n".join(f"BU | {rank} | {code}" for rank, code in enumerate(TEN, 1)),
    "statistiek.spreiding": "indicator | gebied_niveau | a:double | b:double\ntelling | buurt | 1.5 | 0.25",
    "contract.indicator": """
    indicator | kind       | meetwijze     | per:bigint
    telling   | verhouding | geregistreerd | 1000
    leeftijd  | meting     | omstandigheid | -
    gevoel    | meting     | ervaren       | -
    """,
    "mart.gebied_profiel": """
    gebied_code | indicator | periode | waarde:double
    BU          | telling   | 2024    | 45
    BU          | leeftijd  | 2023    | -
    BU          | gevoel    | 2023    | 5
    """,
}


def together(rows: list[str]) -> list[tuple[object, ...]]:
    head = "gebied_code | indicator | periode | teller:bigint | noemer:bigint | waarde:double | status"
    return run_model(
        "mart.vergelijkbaar_cijfer",
        {**TOGETHER, "mart.cijfer": "\n".join([head, *rows])},
        columns="indicator, periode, gebieden, teller, noemer, waarde, onder, boven, lager, hoger",
    )


def test_similar_areas_are_added_up_with_a_margin_that_knows_how_each_swings() -> None:
    of_ten = [
        f"{code} | telling | 2024 | {10 * rank} | 1000 | {10 * rank} | ok" for rank, code in enumerate(TEN, 1)
    ]
    ((name, year, known, count, base, rate, low, high, lower, higher),) = together(
        [*of_ten, "B1 | telling | 2023 | 900 | 1000 | 900 | ok", "B1 | gevoel | 2023 | - | - | 5 | ok"]
    )
    assert (name, year, known, count, base, rate, lower, higher) == (
        "telling",
        "2024",
        10,
        550,
        10000,
        55,
        4,
        6,
    )
    # 38,500 over 550 is 70: the sum swings as a count of 70 does, 1.5 + 0.25 x 70 = 19 times chance.
    exact = poisson_interval(550)
    assert low == pytest.approx((550 - (550 - exact[0]) * 19**0.5) / 10)
    assert high == pytest.approx((550 + (exact[1] - 550) * 19**0.5) / 10)


def test_without_eight_of_the_ten_or_with_one_that_is_hidden_there_is_no_sum() -> None:
    rows = [f"{code} | telling | 2024 | 10 | 1000 | 10 | ok" for code in TEN]
    assert [row[2:5] for row in together([*rows[:8], "B9 | telling | 2024 | 3 | - | - | geen_noemer"])] == [
        (8, 80, 8000)
    ]
    assert together(rows[:7]) == []
    assert together([*rows[:9], "B10 | telling | 2024 | - | 1000 | - | minder_dan_5"]) == []


def test_of_a_measurement_the_middle_one_stands_for_the_ten() -> None:
    rows = [f"{code} | leeftijd | 2023 | - | - | {rank} | ok" for rank, code in enumerate(TEN, 1)]
    assert together(rows) == [("leeftijd", "2023", 10, None, None, 5.5, None, None, None, None)]


def test_similar_areas_are_named_on_alphabet_with_how_alike_they_are() -> None:
    found = run_model(
        "mart.vergelijkbaar",
        {
            "core.gebied": """
            gebied_code | gebied_naam | gemeente_code | gemeente_naam
            B1 | Zuid  | GM1 | Daar
            B2 | Noord | GM2 | Elders
            B3 | Élan  | GM2 | Elders
            """,
            "statistiek.vergelijkbaar": """
            gebied_code | rang:bigint | ander_code | afstand:double
            BU | 1 | B1 | 0.29
            BU | 2 | B2 | 0.3
            BU | 3 | B3 | 0.5
            """,
        },
        columns="ander_naam, ander_gemeente, gelijkenis",
    )
    assert sorted(found) == sorted(
        [("Élan", "Elders", "een beetje"), ("Noord", "Elders", "redelijk"), ("Zuid", "Daar", "sterk")]
    )
