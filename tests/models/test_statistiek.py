"""How much counts swing beyond chance, against a hand-computed example."""

import pytest

from tests.models.text_tables import run_model


def counts(rows: list[tuple[str, str, int, int]]) -> str:
    lines = [f"telling | {area} | {year} | {count} | 100 | T" for _, area, year, count in rows]
    return "\n".join(["indicator | gebied_code | periode | teller:bigint | noemer:bigint | tabel", *lines])


def areas(codes: list[str]) -> str:
    return "\n".join(["gebied_code | gebied_niveau", *(f"{code} | buurt" for code in codes)])


def test_dispersion_is_the_mean_squared_deviation_over_the_binomial_variance() -> None:
    # A hundred buurten, half of them 10 then 30, half 30 then 10: the chance of all together is one half, so each
    # deviates 10 from 20 with a variance of 40 x 1/4 = 10; squared and divided that is 10.
    codes = [f"BU0001{number:04}" for number in range(100)]
    rows = []
    for number, code in enumerate(codes):
        first, second = (10, 30) if number % 2 else (30, 10)
        rows += [("telling", code, 2020, first), ("telling", code, 2021, second)]
    found = run_model(
        "statistiek.spreiding",
        {"core.gebied": areas(codes), "statistiek.waarde": counts(rows)},
        columns="indicator, gebied_niveau, paren, spreiding",
    )
    assert found == [("telling", "buurt", 100, pytest.approx(10.0))]


def test_a_change_that_all_share_is_no_dispersion_and_few_pairs_give_none() -> None:
    codes = [f"BU0001{number:04}" for number in range(100)]
    shared = [("telling", code, year, count) for code in codes for year, count in ((2020, 10), (2021, 30))]
    asked = "paren, spreiding"
    inputs = {"core.gebied": areas(codes), "statistiek.waarde": counts(shared)}
    assert run_model("statistiek.spreiding", inputs, columns=asked) == [(100, 1.0)]
    few = {"core.gebied": areas(codes[:99]), "statistiek.waarde": counts(shared[:198])}
    assert run_model("statistiek.spreiding", few, columns=asked) == []
