"""What circumstances would lead one to expect: a negative-binomial regression with splines.

Log link, variance ``mu + alpha·mu²`` (McCullagh and Nelder 1989; Cameron and Trivedi 2013, chapter 3),
restricted cubic splines (Harrell 2015, chapter 2.4). It says what goes together, never what causes what.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from pipeline.statistics.intervals import COVERAGE, negative_binomial_quantile

Floats = NDArray[np.float64]

LEAST_AREAS = 1000  # with three columns a circumstance, some thirty areas a column
LEAST_SUMS = 100  # sums of areas on which a spread rests
EDGE = 0.005  # part of the areas at each end of a circumstance
KNOTS = (0.05, 0.35, 0.65, 0.95)
RIDGE = 1e-6  # a spline of a circumstance that hardly varies would have no solution


@dataclass(frozen=True)
class Model:
    """A fitted regression.

    Attributes:
        knots: circumstances x knots, in their own unit.
        middle: mean of each circumstance, which stands in where it is missing.
        lowest, highest: beyond these a circumstance counts as these: a line drawn further is no knowledge.
        weights: one per column of the design.
        alpha: how much areas with the same circumstances differ: variance mu + alpha·mu².
    """

    knots: Floats
    middle: Floats
    lowest: Floats
    highest: Floats
    weights: Floats
    alpha: float

    def predict(self, features: ArrayLike) -> Floats:
        """Expected counts of areas with these circumstances."""
        return np.exp(self._design(features)[0] @ self.weights)

    def contributions(self, features: ArrayLike) -> Floats:
        """What each circumstance adds to the logarithm of the expected count: areas x circumstances.

        A row adds up to that logarithm without the intercept. Circumstances that go together share what they
        say between them in no fixed way: add those up before reading anything into one.
        """
        design, owner = self._design(features)
        parts = design * self.weights
        return np.stack([parts[:, owner == one].sum(axis=1) for one in range(len(self.middle))], axis=1)

    def _design(self, features: ArrayLike) -> tuple[Floats, NDArray[np.int64]]:
        table = np.clip(np.asarray(features, dtype=np.float64), self.lowest, self.highest)
        return _design(table, self.knots, self.middle)


def fit(count: ArrayLike, features: ArrayLike) -> Model:
    """Fit on areas with a count; a missing circumstance counts as the mean one.

    Args:
        count: counts of the areas.
        features: areas x circumstances, skewed ones as logarithms. The first is the logarithm of inhabitants:
            of that a line may go on as far as there are areas.
    """
    counts, table = (np.asarray(values, dtype=np.float64) for values in (count, features))
    lowest, highest = np.nanquantile(table, [EDGE, 1 - EDGE], axis=0)
    lowest[0], highest[0] = -np.inf, np.inf
    table = np.clip(table, lowest, highest)
    middle = np.nanmean(table, axis=0)
    knots = np.nanquantile(table, KNOTS, axis=0).T
    design, _ = _design(table, knots, middle)
    weights = _start(counts, design)
    alpha = 1.0
    for _ in range(40):
        means = np.exp(np.clip(design @ weights, -20, 20))
        work = means / (1 + alpha * means)
        target = design @ weights + (counts - means) / means
        step = _solve(design, work, target)
        alpha = _alpha(counts, np.exp(np.clip(design @ step, -20, 20)), design.shape[1])
        if np.abs(step - weights).max() < 1e-6:
            break
        weights = step
    return Model(knots, middle, lowest, highest, weights, alpha)


def ratio_interval(expected: ArrayLike, alpha: float) -> tuple[Floats, Floats]:
    """Where 95 % of counts lie, over what is expected, if they vary by ``mu + alpha·mu²``."""
    means = np.asarray(expected, dtype=np.float64)
    size = 1 / alpha
    tail = (1 - COVERAGE) / 2
    bounds = (
        negative_binomial_quantile(chance, size, size / (size + means)) / means for chance in (tail, 1 - tail)
    )
    lower, upper = (np.asarray(bound, dtype=np.float64) for bound in bounds)
    return lower, upper


def spread(count: ArrayLike, mean: ArrayLike) -> float:
    """The most likely alpha of counts around their means (golden section on its logarithm).

    The one of the fit follows squared deviations, which a few stations and shopping centres carry: an
    interval with it holds 98 instead of 95 of a hundred buurten.
    """
    counts, means = (np.asarray(values, dtype=np.float64) for values in (count, mean))

    def unlikely(logarithm: float) -> float:
        size = np.exp(-logarithm)
        own = gammaln(counts + size) - gammaln(size) - size * np.log1p(means / size)
        return -float((own + counts * np.log(means / (size + means))).sum())

    ratio = (np.sqrt(5.0) - 1) / 2
    low, high = np.log(1e-6), np.log(1e3)
    for _ in range(60):
        first, second = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, second) if unlikely(first) < unlikely(second) else (first, high)
    return float(np.exp((low + high) / 2))


def usual_factor(count: ArrayLike, mean: ArrayLike) -> float:
    """By which factor half of the areas is off at most."""
    counts, means = (np.asarray(values, dtype=np.float64) for values in (count, mean))
    return float(np.exp(np.median(np.abs(np.log((counts + 0.5) / (means + 0.5))))))


def deviance(count: ArrayLike, mean: ArrayLike, alpha: float) -> Floats:
    """Negative-binomial deviance of each count from its mean."""
    counts, means = (np.asarray(values, dtype=np.float64) for values in (count, mean))
    own = np.where(counts > 0, counts * np.log(np.maximum(counts, 1e-9) / means), 0.0)
    return 2 * (own - (counts + 1 / alpha) * np.log((1 + alpha * counts) / (1 + alpha * means)))


def _start(counts: Floats, design: Floats) -> Floats:
    return _solve(design, np.ones(len(counts)), np.log(counts + 0.5))


def _solve(design: Floats, work: Floats, target: Floats) -> Floats:
    weighted = design * work[:, None]
    square = design.T @ weighted + RIDGE * np.eye(design.shape[1])
    return np.asarray(np.linalg.solve(square, weighted.T @ target), dtype=np.float64)


def _alpha(counts: Floats, means: Floats, columns: int) -> float:
    """The alpha with which squared scores are 1 on average (Breslow 1984), by bisection on its logarithm."""
    low, high = np.log(1e-6), np.log(1e3)
    for _ in range(50):
        middle = (low + high) / 2
        spread = ((counts - means) ** 2 / (means + np.exp(middle) * means**2)).sum()
        low, high = (middle, high) if spread > len(counts) - columns else (low, middle)
    return float(np.exp(low))


def _design(table: Floats, knots: Floats, middle: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """An intercept, and per circumstance a straight and two curved columns; and of which each column is."""
    filled = np.where(np.isfinite(table), table, middle)
    columns, owner = [np.ones(len(filled))], [-1]
    for one, (values, points) in enumerate(zip(filled.T, knots, strict=True)):
        width = points[-1] - points[0]
        if width <= 0:
            continue
        scaled, own = (values - points[0]) / width, (points - points[0]) / width
        columns.append(scaled)
        owner.append(one)
        last, before = own[-1], own[-2]
        if last <= before:
            continue
        for point in own[:-2]:
            ends = (last - point) / (last - before), (before - point) / (last - before)
            columns.append(
                _cube(scaled - point) - _cube(scaled - before) * ends[0] + _cube(scaled - last) * ends[1]
            )
            owner.append(one)
    return np.stack(columns, axis=1), np.array(owner)


def _cube(values: Floats) -> Floats:
    return np.maximum(values, 0.0) ** 3
