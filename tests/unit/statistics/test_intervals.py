"""Exact Poisson intervals against published values."""

import numpy as np
import pytest

from pipeline.statistics.intervals import negative_binomial_quantile, poisson_interval

# 95 % limits of Garwood (1936), Biometrika 28, 437-442, table as reprinted in many handbooks.
GARWOOD = {
    0: (0.0, 3.689), 1: (0.0253, 5.572), 2: (0.242, 7.225), 3: (0.619, 8.767), 4: (1.09, 10.24),
    5: (1.62, 11.67), 10: (4.80, 18.39), 20: (12.22, 30.89), 50: (37.11, 65.92), 100: (81.36, 121.63),
}  # fmt: skip


@pytest.mark.parametrize("count", GARWOOD)
def test_published_limits(count: int) -> None:
    lower, upper = poisson_interval(count)
    assert float(lower) == pytest.approx(GARWOOD[count][0], rel=5e-3, abs=1e-9)
    assert float(upper) == pytest.approx(GARWOOD[count][1], rel=5e-3)


@pytest.mark.parametrize("mean", [0.5, 1.0, 4.0, 10.0, 50.0])
def test_coverage_is_at_least_what_is_promised(mean: float) -> None:
    from scipy.stats import poisson

    counts = np.arange(0, 400)
    lower, upper = poisson_interval(counts)
    covered = (lower <= mean) & (mean <= upper)
    assert poisson.pmf(counts, mean)[covered].sum() >= 0.95


def test_wider_coverage_gives_wider_bounds() -> None:
    narrow, wide = poisson_interval([7]), poisson_interval([7], coverage=0.998)
    assert wide[0] < narrow[0] < 7 < narrow[1] < wide[1]


@pytest.mark.parametrize("wrong", [[-1], [2.5], [float("nan")], [1, -3]])
def test_what_is_no_count_is_refused_with_its_value(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match=str(wrong[-1]).replace(".", r"\.")):
        poisson_interval(wrong)


def test_coverage_outside_zero_and_one_is_refused() -> None:
    with pytest.raises(ValueError, match="95"):
        poisson_interval([1], coverage=95)


def test_quantiles_of_the_negative_binomial_are_those_of_scipy_stats() -> None:
    from scipy.stats import nbinom

    rng = np.random.default_rng(3)
    size, mean = np.exp(rng.uniform(-8, 8, 5000)), np.exp(rng.uniform(-6, 12, 5000))
    for chance in (0.025, 0.5, 0.975):
        own = negative_binomial_quantile(chance, size, size / (size + mean))
        assert np.array_equal(own, nbinom.ppf(chance, size, size / (size + mean)))
    # Nothing at all has a chance of 0.9999: scipy.special alone says 1e100.
    assert negative_binomial_quantile(0.025, 0.01, 0.99) == 0
