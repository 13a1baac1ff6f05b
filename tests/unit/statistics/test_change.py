"""Change: published examples, planted changes, and years in which nothing changed."""

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.statistics.change import (
    DOWN,
    STEADY,
    UNKNOWN,
    UP,
    benjamini_hochberg,
    heavy_tailed,
    large_enough,
    listing_chance,
    smallest_decline,
    trend,
    year_pair,
)
from pipeline.statistics.dispersion import CHANCE, Dispersion

SWING = Dispersion(1.26, 0.0126)

# The fifteen probabilities of Benjamini and Hochberg (1995), section 3.1: at 5 % the procedure rejects the four
# smallest, where Bonferroni's rejects three.
MYOCARDIAL = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]  # fmt: skip


def drawn(mean: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    size = mean**2 / ((SWING.a - 1) * mean + SWING.b * mean**2)
    return np.random.default_rng(seed).negative_binomial(size, size / (size + mean)).astype(float)


def test_the_published_example_of_false_discoveries() -> None:
    assert benjamini_hochberg(MYOCARDIAL).sum() == 4
    assert benjamini_hochberg(MYOCARDIAL[::-1]).tolist() == [False] * 11 + [True] * 4
    assert not benjamini_hochberg([0.9, 0.4]).any()
    assert benjamini_hochberg([]).tolist() == []


def test_one_more_test_joins_a_list_under_its_threshold() -> None:
    few = [0.0001, 0.0004, *[0.5] * 98]
    assert listing_chance(few) == pytest.approx(0.05 * 2 / 100)
    assert listing_chance([0.5] * 100) == pytest.approx(0.05 / 100)
    assert listing_chance([]) == pytest.approx(0.05)


def test_two_counts_under_chance_alone_give_the_exact_binomial_interval() -> None:
    # Clopper and Pearson for 10 of 40: .127 to .412 (reprinted in many handbooks); the ratio is p / (1 - p).
    pair = year_pair([30], [10], 0.5, CHANCE)
    assert float(pair.ratio[0]) == pytest.approx(1 / 3)
    assert [float(pair.lower[0]), float(pair.upper[0])] == pytest.approx(
        [0.1269 / 0.8731, 0.4120 / 0.5880], rel=2e-3
    )


def test_what_all_areas_share_is_no_change_and_nothing_gives_no_ratio() -> None:
    pair = year_pair([100, 0, 0, 5], [50, 0, 6, 0], 1 / 3, SWING)
    assert float(pair.ratio[0]) == pytest.approx(1.0)
    assert float(pair.chance[0]) == pytest.approx(1.0)
    assert np.isnan(pair.ratio[1]) and pair.chance[1] == 1.0
    assert np.isinf(pair.ratio[2]) and np.isinf(pair.upper[2]) and pair.lower[2] > 0
    assert pair.ratio[3] == 0 and pair.lower[3] == 0 and np.isfinite(pair.upper[3])


def test_tails_are_heavier_for_large_counts_and_the_edge_stays_at_one_in_twenty() -> None:
    assert heavy_tailed(1.959964, [10, 5000]) == pytest.approx([0.05, 0.05], rel=1e-3)
    small, large = heavy_tailed(4.0, [10, 5000])
    assert small == pytest.approx(8e-5, rel=0.2)
    assert large > 8 * small


def test_a_year_without_change_gives_an_empty_list() -> None:
    levels = np.exp(np.random.default_rng(3).normal(3.1, 1.3, 5000))
    filled = 0
    for seed in range(40):
        pair = year_pair(drawn(levels, 2 * seed), drawn(levels, 2 * seed + 1), 0.5, SWING)
        filled += bool((benjamini_hochberg(pair.chance) & large_enough(pair.ratio)).any())
    assert filled <= 2


def test_a_planted_change_is_listed() -> None:
    levels = np.full(3000, 150.0)
    later = np.concatenate([np.full(20, 15.0), levels[20:]])
    pair = year_pair(drawn(levels, 1), drawn(later, 2), 0.5, SWING)
    listed = benjamini_hochberg(pair.chance) & large_enough(pair.ratio)
    assert listed[:20].sum() >= 15
    assert listed[20:].sum() <= 2
    assert large_enough([0.81, 1.24, 0.8, 1.25, np.inf, np.nan]).tolist() == [False, False, *[True] * 4]


@pytest.mark.parametrize("count", [60.0, 100.0, 2000.0])
def test_the_smallest_decline_is_found_four_times_in_five(count: float) -> None:
    left = 1 - float(smallest_decline(count, SWING))
    before, after = drawn(np.full(8000, count), 5), drawn(np.full(8000, count * left), 6)
    found = (year_pair(before, after, 0.5, SWING).chance < 0.05).mean()
    assert 0.75 <= found <= 0.88


def test_what_is_too_small_to_be_seen_is_said() -> None:
    assert smallest_decline([0, 2], SWING).tolist() == [1.0, 1.0]
    assert smallest_decline(100, SWING, chance=1e-4) > smallest_decline(100, SWING)


@pytest.mark.parametrize(
    ("years", "verdict"),
    [
        ([100, 80, 60, 40], DOWN),
        ([40, 60, 80, 100], UP),
        ([60, 62, 59, 61], STEADY),
        ([60, np.nan, 59, 61], STEADY),
        ([60, np.nan, np.nan, 10], UNKNOWN),  # two years are no trend
        ([1, 0, 1, 0], UNKNOWN),  # nothing could be seen here
        ([0, 0, 0, 0], UNKNOWN),
        ([np.nan] * 4, UNKNOWN),
    ],
)
def test_verdict_of_a_series(years: list[float], verdict: str) -> None:
    assert trend([years], SWING).verdict.tolist() == [verdict]


def test_the_change_of_a_straight_line_is_read_from_its_ends() -> None:
    assert trend([[100, 80, 60]], SWING).change == pytest.approx([-0.4])
    assert np.isnan(trend([[100, 80, np.nan]], SWING).change).all()


def test_steady_levels_are_rarely_called_a_trend() -> None:
    levels = np.exp(np.random.default_rng(4).normal(3.5, 1, 6000))
    found = trend(np.stack([drawn(levels, 20 + year) for year in range(5)], axis=1), SWING)
    assert np.isin(found.verdict, [UP, DOWN]).mean() <= 0.06


def test_without_a_dispersion_a_series_is_judged_by_its_own_years() -> None:
    """Of the country there is one: the t test of a slope, as a textbook has it."""
    from scipy.stats import linregress

    around = np.random.default_rng(5).normal(0, 150, (40, 8))
    series = np.round(2000 + np.linspace(-75, 75, 40)[:, None] * np.arange(8) + around)
    verdicts = trend(series, None).verdict
    chances = np.array([linregress(np.arange(8), years).pvalue for years in series])
    assert (np.isin(verdicts, [UP, DOWN]) == (chances < 0.05)).all()
    assert {UP, DOWN, STEADY} == set(verdicts.tolist())


def test_years_that_lie_closer_to_a_line_than_chance_allows_prove_no_more_than_chance_does() -> None:
    straight = [[10.0, 11.0, 12.0, 13.0, 14.0, 15.0]]
    assert trend(straight, None).verdict.tolist() == [STEADY]
    assert trend([[1000.0, 1100.0, 1200.0, 1300.0, 1400.0, 1500.0]], None).verdict.tolist() == [UP]
    assert trend([[1000.0, 5000.0, np.nan]], None).verdict.tolist() == [UNKNOWN]
