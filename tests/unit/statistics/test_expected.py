"""Expected counts: a planted relation is found again, on areas that were not looked at."""

import numpy as np
import pytest

from pipeline.statistics.expected import deviance, fit, ratio_interval, spread, usual_factor


def planted(seed: int, areas: int = 4000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    rng = np.random.default_rng(seed)
    people, share = rng.normal(7, 1, areas), rng.uniform(0, 1, areas)
    mean = np.exp(-4 + people + 1.5 * (share - 0.5) ** 2 * 4)
    size = 1 / 0.3
    return rng.negative_binomial(size, size / (size + mean)).astype(float), np.stack([people, share], 1), mean


def test_a_curved_relation_and_the_spread_of_areas_are_found_again() -> None:
    count, features, _ = planted(1)
    model = fit(count, features)
    assert model.alpha == pytest.approx(0.3, rel=0.12)
    _, unseen, mean = planted(2)
    assert np.abs(np.log(model.predict(unseen) / mean)).mean() < 0.1


def test_nineteen_of_twenty_areas_lie_inside() -> None:
    count, features, _ = planted(3)
    expected = fit(count, features).predict(features)
    lower, upper = ratio_interval(expected, fit(count, features).alpha)
    assert ((count / expected >= lower) & (count / expected <= upper)).mean() == pytest.approx(
        0.955, abs=0.015
    )


def test_what_is_missing_or_the_same_everywhere_does_not_break_the_fit() -> None:
    count, features, _ = planted(4, areas=500)
    features[:50, 1] = np.nan
    same = np.column_stack([features, np.ones(500)])
    model = fit(count, same)
    assert np.isfinite(model.predict(same)).all()
    assert model.predict(same).sum() == pytest.approx(count.sum(), rel=0.1)


def test_deviance_is_zero_where_the_mean_is_the_count() -> None:
    assert deviance([5, 80], [5, 80], 0.4) == pytest.approx([0, 0], abs=1e-9)
    # Poisson in the limit: 2 (0 - (0 - 3)) = 6 for a count of 0 with mean 3.
    assert deviance([0], [3], 1e-9) == pytest.approx([6], rel=1e-4)


def test_contributions_add_up_to_the_expected_count() -> None:
    rng = np.random.default_rng(8)
    features = rng.normal(size=(400, 3))
    features[3, 1] = np.nan
    model = fit(rng.poisson(np.exp(2 + 0.5 * features[:, 0])), features)
    parts = model.contributions(features)
    assert parts.shape == (400, 3)
    assert np.log(model.predict(features)) == pytest.approx(parts.sum(axis=1) + model.weights[0])


def test_the_most_likely_spread_is_that_of_the_counts_and_ignores_a_few_far_ones() -> None:
    rng = np.random.default_rng(9)
    means = np.exp(rng.normal(3.5, 1, 8000))
    counts = rng.negative_binomial(1 / 0.35, 1 / (1 + 0.35 * means)).astype(float)
    assert spread(counts, means) == pytest.approx(0.35, abs=0.02)
    low, high = ratio_interval(means, spread(counts, means))
    assert ((counts / means >= low) & (counts / means <= high)).mean() == pytest.approx(0.955, abs=0.012)
    counts[:10] = 60 * means[:10]
    by_squares = (((counts - means) ** 2 - means) / means**2).mean()
    assert 0.35 < spread(counts, means) < by_squares / 5


def test_a_usual_area_is_off_by_the_middle_factor() -> None:
    assert usual_factor([9.5, 39.5, 19.5], [19.5, 19.5, 19.5]) == pytest.approx(2.0)


def test_beyond_the_edges_a_circumstance_adds_nothing_but_inhabitants_do() -> None:
    rng = np.random.default_rng(10)
    features = rng.normal(size=(2000, 2))
    model = fit(rng.poisson(np.exp(2 + features[:, 0] + 0.5 * features[:, 1])), features)
    edge = float(np.quantile(features[:, 1], 0.995))
    ordinary, far, large = model.predict([[0.0, edge], [0.0, 50.0], [6.0, 0.0]])
    assert far == pytest.approx(ordinary)
    assert large > 100 * model.predict([[0.0, 0.0]])[0]
