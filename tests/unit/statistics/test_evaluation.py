"""Evaluation: the published example to its printed digits, planted effects, and areas where nothing was done."""

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from pipeline.statistics.approach import smallest_of
from pipeline.statistics.dispersion import CHANCE, Dispersion
from pipeline.statistics.evaluation import (
    Contrasts,
    Counted,
    Effect,
    contrast_dispersion,
    contrasts,
    displacement_difference,
    match,
    placebo_sets,
    swung,
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


def drawn(mean: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    size = mean**2 / (0.3 * mean + 0.013 * mean**2)
    return np.random.default_rng(seed).negative_binomial(size, size / (size + mean)).astype(float)


LEVELS = np.exp(np.random.default_rng(9).normal(3.6, 0.9, 3000))
YEARS = np.stack([drawn(LEVELS, 30 + year) for year in range(5)], axis=1)
ALL = np.full(len(LEVELS), True)


def evaluated(years: NDArray[np.float64], eligible: NDArray[np.bool_]) -> tuple[Contrasts, Dispersion]:
    found = contrasts(years[:, :3], years[:, 3:], match(years[:, :3], eligible))
    return found, contrast_dispersion(found, eligible)


def effect(found: Contrasts, areas: ArrayLike, swing: Dispersion) -> Effect:
    """The effect in some areas together, none of them sharing its swing with another."""
    rows = np.asarray(areas)
    return Effect(float(found.difference[rows].sum()), float(np.sqrt(swung(found, rows, swing).sum())))


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
    assert verdict(outcome, smallest_of(outcome, found.expected[treated].sum())) == BETTER
    assert verdict(effect(found, ring, swing), 0.3) == WORSE
    sets = placebo_sets(years[:, :3], treated, eligible, seed=1)
    assert sets.shape == (200, 10)
    assert not np.isin(sets, np.arange(20)).any()
    placebos = found.difference[sets].sum(axis=1)
    assert (placebos <= outcome.estimate).mean() <= 0.05
    assert (placebos <= effect(found, ring, swing).estimate).mean() >= 0.9


def test_no_difference_and_cannot_be_said_are_two_things() -> None:
    unclear = Effect(-3.0, 4.0)
    assert verdict(unclear, 0.3) == NO_DIFFERENCE
    assert verdict(unclear, 0.8) == UNKNOWN
    assert verdict(Effect(-9.0, 4.0), 0.8) == BETTER
    found, swing = evaluated(YEARS, ALL)
    few, many = np.argsort(LEVELS)[:1], np.argsort(LEVELS)[-10:]
    smallest = [smallest_of(effect(found, rows, swing), found.expected[rows].sum()) for rows in (few, many)]
    assert smallest[0] > 0.5 > smallest[1]
    assert smallest_of(effect(found, many, CHANCE), found.expected[many].sum()) < smallest[1]


def test_an_area_is_never_its_own_control_and_too_few_are_refused() -> None:
    controls = match(np.ones((40, 3)), np.full(40, True))
    assert controls.shape == (40, 10)
    assert not (controls == np.arange(40)[:, None]).any()
    with pytest.raises(ValueError, match="10 gebieden"):
        match(np.ones((10, 3)), np.full(10, True))


def test_a_start_one_year_too_early_shows_nothing_where_nothing_moved() -> None:
    found = contrasts(YEARS[:, :2], YEARS[:, 2:3], match(YEARS[:, :2], ALL))
    swing = contrast_dispersion(found, ALL)
    sets = [effect(found, np.arange(first, first + 10), swing).interval for first in range(0, 400, 10)]
    assert sum(low > 0 or high < 0 for low, high in sets) <= 5
