"""Evaluation: the published example to its printed digits, planted effects, and areas where nothing was done."""

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.statistics.dispersion import CHANCE, Dispersion
from pipeline.statistics.evaluation import (
    Contrasts,
    Counted,
    Effect,
    contrast_dispersion,
    contrasts,
    displacement_difference,
    effect,
    match,
    placebo_in_time,
    placebo_sets,
    placebo_share,
    ratio_difference,
    smallest_effect,
    verdict,
)
from pipeline.statistics.verdicts import BETTER, NO_DIFFERENCE, UNKNOWN, WORSE


def test_the_published_example() -> None:
    """Wheeler and Ratcliffe (2018): an estimate of -118 with variance 1,568."""
    found = displacement_difference(
        Counted(207, 110), Counted(308, 318), ring=(Counted(178, 157), Counted(150, 140))
    )
    assert found.estimate == -118
    assert found.error**2 == pytest.approx(1568)
    assert found.score == pytest.approx(-2.98, abs=0.005)
    assert found.interval == pytest.approx((-196, -40), abs=0.5)


def test_the_published_example_with_areas_of_different_size() -> None:
    found = displacement_difference(
        Counted(207, 110, 1.2), Counted(308, 318, 0.9), ring=(Counted(178, 157, 1.5), Counted(150, 140, 1.6))
    )
    assert (found.estimate, found.error, found.score) == (
        pytest.approx(-99.694, abs=5e-4),
        pytest.approx(35.428, abs=5e-4),
        pytest.approx(-2.814, abs=5e-4),
    )
    assert found.interval == pytest.approx((-169.13, -30.26), abs=0.006)


def test_the_published_example_with_periods_of_different_length() -> None:
    found = displacement_difference(Counted(80, 20), Counted(100, 50), periods=(2, 1))
    assert found.estimate == -20
    assert found.error**2 == pytest.approx(115)


def test_swing_widens_the_interval_and_leaves_the_estimate() -> None:
    plain = displacement_difference(Counted(80, 20), Counted(100, 90))
    wide = displacement_difference(Counted(80, 20), Counted(100, 90), swing=4.0)
    assert (wide.estimate, wide.error) == (plain.estimate, pytest.approx(2 * plain.error))
    change, (low, high) = ratio_difference(Counted(100, 60), Counted(200, 200))
    assert change == pytest.approx(-0.4, abs=0.003)
    assert low < change < high < 0
    wider = ratio_difference(Counted(100, 60), Counted(200, 200), swing=4.0)[1]
    assert wider[0] < low and wider[1] > 0


def drawn(mean: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    size = mean**2 / (0.3 * mean + 0.013 * mean**2)
    return np.random.default_rng(seed).negative_binomial(size, size / (size + mean)).astype(float)


LEVELS = np.exp(np.random.default_rng(9).normal(3.6, 0.9, 3000))
YEARS = np.stack([drawn(LEVELS, 30 + year) for year in range(5)], axis=1)
ALL = np.full(len(LEVELS), True)


def evaluated(years: NDArray[np.float64], eligible: NDArray[np.bool_]) -> tuple[Contrasts, Dispersion]:
    found = contrasts(years[:, :3], years[:, 3:], match(years[:, :3], eligible))
    return found, contrast_dispersion(found, eligible)


def test_areas_where_nothing_was_done_are_rarely_called_better_not_even_at_their_peak() -> None:
    found, swing = evaluated(YEARS, ALL)
    order = np.argsort(YEARS[:, 2] / (YEARS[:, :2].mean(axis=1) + 1))
    for chosen in (np.arange(len(LEVELS)), order[-300:]):
        bounds = [effect(found, [area], swing).interval for area in chosen]
        assert np.mean([high < 0 for _, high in bounds]) <= 0.05
        assert np.mean([low > 0 for low, _ in bounds]) <= 0.07


def test_a_planted_decline_is_found_and_its_ring_tells_of_displacement() -> None:
    years = YEARS.copy()
    treated, ring = np.arange(10), np.arange(10, 20)
    years[treated, 3:] = np.floor(years[treated, 3:] * 0.5)
    years[ring, 3:] *= 1.8
    eligible = ALL.copy()
    eligible[:20] = False
    found, swing = evaluated(years, eligible)
    assert not np.isin(found.controls, np.arange(20)).any()
    outcome = effect(found, treated, swing)
    assert verdict(outcome, smallest_effect(found, treated, swing)) == BETTER
    assert verdict(effect(found, ring, swing), 0.3) == WORSE
    sets = placebo_sets(years[:, :3], treated, eligible, seed=1)
    assert sets.shape == (200, 10)
    assert not np.isin(sets, np.arange(20)).any()
    assert placebo_share(found, treated, sets) <= 0.05
    assert placebo_share(found, ring, sets) >= 0.9


def test_no_difference_and_cannot_be_said_are_two_things() -> None:
    unclear = Effect(-3.0, 4.0)
    assert verdict(unclear, 0.3) == NO_DIFFERENCE
    assert verdict(unclear, 0.8) == UNKNOWN
    assert verdict(Effect(-9.0, 4.0), 0.8) == BETTER
    found, swing = evaluated(YEARS, ALL)
    few, many = np.argsort(LEVELS)[:1], np.argsort(LEVELS)[-10:]
    assert smallest_effect(found, few, swing) > 0.5 > smallest_effect(found, many, swing)
    assert smallest_effect(found, many, CHANCE) < smallest_effect(found, many, swing)


def test_an_area_is_never_its_own_control_and_too_few_are_refused() -> None:
    controls = match(np.ones((40, 3)), np.full(40, True))
    assert controls.shape == (40, 10)
    assert not (controls == np.arange(40)[:, None]).any()
    with pytest.raises(ValueError, match="10 gebieden"):
        match(np.ones((10, 3)), np.full(10, True))


def test_a_start_one_year_too_early_shows_nothing_unless_the_areas_moved_before() -> None:
    alarms = 0
    for first in range(0, 400, 10):
        areas = np.arange(first, first + 10)
        low, high = placebo_in_time(YEARS[:, :3], areas, ALL).interval
        alarms += low > 0 or high < 0
    assert alarms <= 5
    moved = YEARS[:, :3].copy()
    moved[:10, 2] = np.floor(moved[:10, 2] * 0.4)
    eligible = ALL.copy()
    eligible[:10] = False
    assert placebo_in_time(moved, np.arange(10), eligible).interval[1] < 0
    with pytest.raises(ValueError, match="2 jaren"):
        placebo_in_time(YEARS[:, :2], [0], ALL)
