"""How much counts swing beyond chance, through the production runner."""

import pytest

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
