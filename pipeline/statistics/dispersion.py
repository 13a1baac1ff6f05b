"""How much counts swing beyond chance, by their size; and the one margin that follows from it.

A count around its own level ``mu`` has the variance ``a·mu + b·mu²``: chance alone is a = 1 and b = 0. Of
two years with ``n`` together, the last one's share is binomial under chance alone; its variance is then
``phi`` times as large, with ``phi = a + 2b·p(1-p)·n`` (quasi-likelihood: McCullagh and Nelder 1989, chapter
4.5; overdispersion that grows with the size: Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.statistics.intervals import COVERAGE, negative_binomial_quantile, poisson_interval

Floats = NDArray[np.float64]

FEWEST_PAIRS = 100  # on fewer no estimate rests
YEAR_PAIRS = 30  # a year with fewer pairs gives no estimate of its own
HALF = 0.5  # a count of k fits a level of about k + 1/2 (Jeffreys), so that 0 has a next year too


@dataclass(frozen=True)
class Dispersion:
    """Variance ``a·mu + b·mu²`` of a count around its level; ``pairs`` of years that it rests on."""

    a: float
    b: float
    pairs: int = 0

    def variance(self, level: ArrayLike) -> Floats:
        """Variance of a count around its level, in squared counts."""
        levels = np.asarray(level, dtype=np.float64)
        return self.a * levels + self.b * levels**2

    def factor(self, count: ArrayLike) -> Floats:
        """How many times as wide as chance alone a margin around a count is; at least 1."""
        return np.sqrt(np.maximum(1.0, self.a + self.b * np.asarray(count, dtype=np.float64)))

    def phi(self, total: ArrayLike, share: ArrayLike = HALF) -> Floats:
        """Variance of the last year's share of a pair's total, over the binomial one; at least 1."""
        shares = np.asarray(share, dtype=np.float64)
        grown = self.a + 2 * self.b * shares * (1 - shares) * np.asarray(total, dtype=np.float64)
        return np.maximum(1.0, grown)


CHANCE = Dispersion(1.0, 0.0)


def fit(year: ArrayLike, first: ArrayLike, last: ArrayLike) -> Dispersion | None:
    """Fit on pairs of consecutive years; None where there are fewer than a hundred.

    What all areas share in a year is no dispersion. Each year is fitted by itself, and the year that swings
    most is left out: the end of a lockdown is no usual swing. The rest is averaged.

    Args:
        year: last year of each pair.
        first, last: counts of an area in the year before and in that year.
    """
    years, firsts, lasts = (np.asarray(values, dtype=np.float64) for values in (year, first, last))
    shares = shared_shares(years, firsts, lasts)
    totals = firsts + lasts
    usable = (totals > 0) & (shares > 0) & (shares < 1)
    if usable.sum() < FEWEST_PAIRS:
        return None
    years, lasts, shares, totals = (values[usable] for values in (years, lasts, shares, totals))
    chance = totals * shares * (1 - shares)
    squares = (lasts - totals * shares) ** 2 / chance
    named, sizes = np.unique(years, return_counts=True)
    groups = [years == name for name in named[sizes >= YEAR_PAIRS]] or [np.full(len(years), True)]
    fitted = np.array([line(squares[group], 2 * chance[group]) for group in groups])
    swing = fitted[:, 0] + fitted[:, 1] * 2 * chance.mean()
    kept = fitted[np.argsort(swing)[: max(1, len(fitted) - 1)]].mean(axis=0)
    return Dispersion(float(kept[0]), float(kept[1]), int(usable.sum()))


def shared_shares(year: ArrayLike, first: ArrayLike, last: ArrayLike) -> Floats:
    """The last year's share of all areas' totals, for each pair; 0 where a year has nothing at all."""
    _, place = np.unique(np.asarray(year), return_inverse=True)
    lasts = np.bincount(place, weights=np.asarray(last, dtype=np.float64))
    totals = lasts + np.bincount(place, weights=np.asarray(first, dtype=np.float64))
    shares = np.divide(lasts, totals, out=np.zeros(len(lasts)), where=totals > 0)
    return np.asarray(shares[place], dtype=np.float64)


def line(squares: Floats, size: Floats) -> tuple[float, float]:
    """``squares ≈ a + b·size`` with a ≥ 1 and b ≥ 0, weighted by 1/mean²: a square's spread is its mean."""
    a, b = max(1.0, float(squares.mean())), 0.0
    for _ in range(30):
        weights = (a + b * size) ** -2
        total, sizes, mean = weights.sum(), (weights * size).sum(), (weights * squares).sum()
        spread = total * (weights * size**2).sum() - sizes**2
        if spread <= 1e-9 * total**2:
            return max(1.0, float(mean / total)), 0.0
        b = max(0.0, float((total * (weights * size * squares).sum() - sizes * mean) / spread))
        a = float((mean - b * sizes) / total)
        if a < 1:
            a = 1.0
            b = max(0.0, float((weights * size * (squares - 1)).sum() / (weights * size**2).sum()))
    return a, b


def judged_interval(count: ArrayLike, dispersion: Dispersion) -> tuple[Floats, Floats]:
    """The margin with which a figure is judged: the exact one, widened by the swing of a count of that size.

    The macros ``marge_onder`` and ``marge_boven`` of the warehouse say the same for whole columns.
    """
    counts = np.asarray(count, dtype=np.float64)
    lower, upper = poisson_interval(counts)
    factor = dispersion.factor(counts)
    return np.maximum(0.0, counts - (counts - lower) * factor), counts + (upper - counts) * factor


def next_year(
    count: ArrayLike, dispersion: Dispersion, *, ratio: ArrayLike = 1.0, coverage: float = COVERAGE
) -> tuple[Floats, Floats]:
    """Bounds of the count a year later, if nothing but the shared movement happens.

    Negative binomial, with the variance of both years: the level is known from one count only.

    Args:
        count: counts of this year.
        ratio: how many times as much all areas together have a year later.
    """
    ratios = np.asarray(ratio, dtype=np.float64)
    means = (np.asarray(count, dtype=np.float64) + HALF) * ratios
    variance = dispersion.a * means * (1 + ratios) + 2 * dispersion.b * means**2
    size = means**2 / np.maximum(variance - means, 1e-9)
    chance = size / (size + means)
    tail = (1 - coverage) / 2
    lower, upper = (negative_binomial_quantile(one, size, chance) for one in (tail, 1 - tail))
    return lower, upper
