"""Funnel limits: by hand, and outliers that do not widen them."""

import numpy as np
import pytest

from pipeline.statistics.funnel import INNER, OUTER, limits, overdispersion, scores


def test_limits_of_95_and_998_percent_around_one() -> None:
    # Spiegelhalter (2005): target ± z √(V0); for a ratio of counts V0 = 1/expected, z = 1.960 and 3.090.
    assert [float(bound) for bound in limits(100)] == pytest.approx([1 - 0.196, 1 + 0.196], abs=1e-4)
    assert [float(bound) for bound in limits(100, coverage=OUTER)] == pytest.approx([0.691, 1.309], abs=1e-4)
    assert [float(bound) for bound in limits(100, phi=4.0)] == pytest.approx([1 - 0.392, 1 + 0.392], abs=1e-4)
    assert limits(1)[0] == 0.0  # never under nothing
    assert INNER == 0.95


def test_overdispersion_is_the_mean_of_squared_winsorised_scores() -> None:
    # Ten scores: the ends become the quantiles at a tenth, ±3.5 + .1 steps of one: -4.5 + .9 = -3.6 and 3.6.
    values = np.arange(10) - 4.5
    assert overdispersion(values) == pytest.approx(
        (2 * 3.6**2 + 2 * (3.5**2 + 2.5**2 + 1.5**2 + 0.5**2)) / 10
    )
    assert overdispersion([0.1, -0.1, 0.2]) == 1.0
    assert overdispersion([]) == 1.0


def test_a_few_outliers_do_not_widen_the_funnel() -> None:
    rng = np.random.default_rng(1)
    expected = np.full(500, 80.0)
    calm = rng.poisson(expected).astype(float)
    wild = np.where(np.arange(500) < 20, calm * 4, calm)
    assert overdispersion(scores(wild, expected)) < 1.5
    low, high = limits(expected)
    assert ((calm / expected > low) & (calm / expected < high)).mean() == pytest.approx(0.95, abs=0.03)
