"""How much counts swing: worked examples, and figures made by chance with a known swing."""

import duckdb
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline import warehouse
from pipeline.statistics.dispersion import CHANCE, Dispersion, fit, judged_interval, next_year, shared_shares


def drawn(mean: NDArray[np.float64], a: float, b: float, seed: int) -> NDArray[np.float64]:
    """Counts with variance a·mean + b·mean²."""
    size = mean**2 / ((a - 1) * mean + b * mean**2)
    return np.random.default_rng(seed).negative_binomial(size, size / (size + mean)).astype(float)


def test_the_variance_that_was_planted_is_found_again_whatever_all_areas_share() -> None:
    means = np.tile(np.repeat([4.0, 20.0, 80.0, 400.0], 1500), 3)
    years = np.repeat([2021, 2022, 2023], 6000)
    found = fit(years, drawn(means, 1.3, 0.012, 1), drawn(means * 0.8, 1.3, 0.012, 2))
    assert found is not None
    assert (found.a, found.b) == (pytest.approx(1.3, abs=0.06), pytest.approx(0.012, rel=0.08))
    assert found.pairs == pytest.approx(18000, abs=100)


def test_one_year_that_swings_more_than_all_others_does_not_set_the_margin() -> None:
    means = np.full(2000, 50.0)
    usual = [drawn(means, 1.5, 0.0, seed) for seed in range(6)]
    wild = drawn(means, 1.5, 0.2, 7)
    years = np.repeat([2021, 2022, 2023], 2000)
    found = fit(
        years, np.concatenate([usual[0], usual[2], usual[4]]), np.concatenate([usual[1], usual[3], wild])
    )
    assert found is not None
    assert found.factor(50) ** 2 == pytest.approx(1.5, rel=0.1)


def test_small_counts_never_swing_less_than_by_chance() -> None:
    # Pairs of 16 that deviate 2 and pairs of 64 that deviate 6: squares of 1 and 2,25, a line from 0,58.
    firsts, lasts = np.tile([10, 6, 38, 26], 50), np.tile([6, 10, 26, 38], 50)
    found = fit(np.full(200, 2021), firsts, lasts)
    assert found is not None
    assert found.a == 1.0
    assert 0 < found.b < 0.1


def test_too_few_pairs_and_years_without_anything_say_nothing() -> None:
    assert fit(np.full(99, 2020), np.full(99, 5), np.full(99, 6)) is None
    assert fit(np.full(500, 2020), np.zeros(500), np.zeros(500)) is None
    assert shared_shares([2020, 2021], [0, 1], [0, 3]).tolist() == [0.0, 0.75]


def test_phi_of_a_pair_follows_from_the_variance_of_each_year() -> None:
    # Two years of 50 each: the last one's deviation from half has a quarter of both variances together, which
    # is (2 x 1.2 x 50 + 2 x .01 x 2500) / 4 = 42.5; the binomial variance is 100/4 = 25.
    assert Dispersion(1.2, 0.01).phi(100) == pytest.approx(42.5 / 25)
    assert CHANCE.phi(100) == 1.0


def test_chance_alone_leaves_the_published_interval() -> None:
    lower, upper = judged_interval([0, 10], CHANCE)
    assert [float(upper[0]), float(lower[1]), float(upper[1])] == pytest.approx(
        [3.689, 4.80, 18.39], abs=0.005
    )
    lower, upper = judged_interval([0, 10], Dispersion(2.0, 0.2))  # 10: twice as wide, for 2 + .2 x 10 = 4
    assert [float(upper[0]), float(lower[1]), float(upper[1])] == pytest.approx(
        [2**0.5 * 3.689, 0.0, 10 + 2 * 8.39], abs=0.005
    )


def test_the_warehouse_judges_with_the_same_margin() -> None:
    connection = duckdb.connect()
    connection.execute(warehouse.MACROS)
    for count, lower, upper in ((0, 0.0, 3.689), (10, 4.795, 18.39), (200, 173.2, 229.7)):
        said = connection.execute(
            "select marge_onder($n, $low, 1.3, 0.02), marge_boven($n, $high, 1.3, 0.02)",
            {"n": count, "low": lower, "high": upper},
        ).fetchall()[0]
        wide = judged_interval(count, Dispersion(1.3, 0.02))
        assert said == pytest.approx([float(bound) for bound in wide], rel=2e-3)
    nothing = connection.execute("select marge_onder(10, 4.8, null, null)").fetchall()[0][0]
    assert nothing == pytest.approx(4.8)  # nothing measured: chance alone


@pytest.mark.parametrize("mean", [3.0, 25.0, 150.0, 900.0])
def test_next_year_lies_inside_as_often_as_is_said(mean: float) -> None:
    swing = Dispersion(1.3, 0.012)
    levels = np.full(4000, mean)
    low, high = next_year(drawn(levels, 1.3, 0.012, 11), swing, ratio=0.9)
    later = drawn(levels * 0.9, 1.3, 0.012, 12)
    assert 0.94 <= float(((low <= later) & (later <= high)).mean()) <= 0.985
