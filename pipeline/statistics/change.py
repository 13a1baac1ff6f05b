"""What changed, and what could have been seen at all.

Two years of one area: its share of the pair's total against the share of all areas together (conditional
binomial: Przyborowski and Wilenski 1940, Biometrika 31, 313-323), with the swing of counts of that size. Many
areas at once: Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57, 289-300.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtri, stdtr, stdtrit

from pipeline.statistics.dispersion import HALF, Dispersion
from pipeline.statistics.intervals import COVERAGE

Floats = NDArray[np.float64]

FALSE_DISCOVERIES = 0.05
LEAST_EFFECT = 1.25  # a ratio nearer to 1 than this, or its inverse, is in no list however sure it is
LEAST_YEARS = 3
POWER = 0.8
EDGE = 1 - (1 - COVERAGE) / 2

# Tails of year pairs, measured on all buurten of 2021-2025: normal under 50 together, t with 14 degrees of
# freedom around 100 and less above. The heaviest (4 above 500) are partly real changes; with them as chance
# no change could ever be found.
TAIL, HEAVIEST_TAIL = 1400.0, 12.0

UP, DOWN, STEADY, UNKNOWN = "neemt toe", "neemt af", "geen duidelijke verandering", "niet te zeggen"


@dataclass(frozen=True)
class YearPair:
    """Two years of some areas.

    Attributes:
        ratio: the last year over the first, divided by that of all areas; NaN where there is nothing.
        lower, upper: 95 % interval of that ratio.
        chance: two-sided probability of a deviation as large, if the area moved as all do.
    """

    ratio: Floats
    lower: Floats
    upper: Floats
    chance: Floats


def year_pair(first: ArrayLike, last: ArrayLike, share: ArrayLike, dispersion: Dispersion) -> YearPair:
    """Compare two years of areas with the movement that all areas share.

    Args:
        first, last: counts of both years.
        share: the last year's share of all areas' total, strictly between 0 and 1.
    """
    firsts, lasts, shares = (np.asarray(values, dtype=np.float64) for values in (first, last, share))
    totals = firsts + lasts
    phi = dispersion.phi(totals, shares)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = (lasts - totals * shares) / np.sqrt(totals * shares * (1 - shares) * phi)
        ratio = lasts / firsts * (1 - shares) / shares
    tail = (1 - COVERAGE) / 2
    low = np.where(lasts > 0, betaincinv(np.maximum(lasts, 1e-9) / phi, firsts / phi + 1, tail), 0.0)
    high = np.where(firsts > 0, betaincinv(lasts / phi + 1, np.maximum(firsts, 1e-9) / phi, 1 - tail), 1.0)
    with np.errstate(divide="ignore"):
        lower, upper = (bound / (1 - bound) * (1 - shares) / shares for bound in (low, high))
    return YearPair(ratio, lower, upper, np.where(totals > 0, heavy_tailed(scores, totals), 1.0))


def heavy_tailed(score: ArrayLike, total: ArrayLike) -> Floats:
    """Two-sided probability of a standardised deviation; beyond 95 % the tails are those of t.

    Args:
        score: deviation over its standard deviation; 1.96 has probability .05 at any size.
        total: counts of both years together, which say how heavy the tails are.
    """
    freedom, stretch = _tails(total)
    return np.asarray(2 * stdtr(freedom, -np.abs(np.asarray(score, dtype=np.float64)) * stretch))


def _tails(total: ArrayLike) -> tuple[Floats, Floats]:
    """Degrees of freedom of counts of that size, and how many times as far out their 95 % lies."""
    freedom = np.maximum(HEAVIEST_TAIL, TAIL / np.maximum(np.asarray(total, dtype=np.float64), 1.0))
    return freedom, np.asarray(stdtrit(freedom, EDGE) / ndtri(EDGE))


def benjamini_hochberg(chance: ArrayLike, *, rate: float = FALSE_DISCOVERIES) -> NDArray[np.bool_]:
    """Which of many tests are discoveries, so that on average at most ``rate`` of them is false."""
    chances = np.asarray(chance, dtype=np.float64)
    if not chances.size:
        return np.zeros(0, dtype=bool)
    ordered = np.sort(chances)
    within = np.flatnonzero(ordered <= rate * np.arange(1, len(chances) + 1) / len(chances))
    return chances <= ordered[within[-1]] if within.size else np.zeros(len(chances), dtype=bool)


def listing_chance(chance: ArrayLike, *, rate: float = FALSE_DISCOVERIES) -> float:
    """How small the probability of one more test must be to join the discoveries among these."""
    chances = np.asarray(chance, dtype=np.float64)
    found = int(benjamini_hochberg(chances, rate=rate).sum())
    return rate * max(1, found) / max(1, chances.size)


def large_enough(ratio: ArrayLike) -> NDArray[np.bool_]:
    """Whether a ratio differs from 1 by enough to matter; from nothing to something always does."""
    ratios = np.asarray(ratio, dtype=np.float64)
    return ~((ratios < LEAST_EFFECT) & (ratios > 1 / LEAST_EFFECT))


def smallest_decline(
    count: ArrayLike, dispersion: Dispersion, *, chance: float = 1 - COVERAGE, power: float = POWER
) -> Floats:
    """The smallest decline a year later that is found with that power, as a part of the count.

    1 means: even if nothing is left, that is not sure to be seen.

    Args:
        count: counts of this year.
        chance: two-sided probability at which a change counts as found.
    """
    counts = np.maximum(np.asarray(count, dtype=np.float64), HALF)
    freedom, stretch = _tails(2 * counts)
    need, sure = -stdtrit(freedom, chance / 2) / stretch, ndtri(power)
    low, high = np.zeros_like(counts), np.ones_like(counts)
    for _ in range(40):
        middle = (low + high) / 2
        later = counts * (1 - middle)
        null = np.sqrt(2 * dispersion.variance((counts + later) / 2))
        spread = np.sqrt(dispersion.variance(counts) + dispersion.variance(later))
        seen = counts - later >= need * null + sure * spread
        low, high = np.where(seen, low, middle), np.where(seen, middle, high)
    return high


@dataclass(frozen=True)
class Trend:
    """Verdicts over years.

    Attributes:
        verdict: neemt toe, neemt af, geen duidelijke verandering or niet te zeggen.
        score: standardised slope; NaN with fewer than three years.
        change: last over first year of the fitted straight line, minus 1; NaN where nothing was counted.
    """

    verdict: NDArray[np.str_]
    score: Floats
    change: Floats


def trend(counts: ArrayLike, dispersion: Dispersion | None) -> Trend:
    """Whether counts rise or fall, against one level for all years.

    The score test of a slope in a model with variance ``a·mu + b·mu²``; years that are missing are left out.
    "Niet te zeggen": fewer than three years, or so few counted that no straight decline to nothing would be
    found in four of five cases.

    Args:
        counts: areas x years without a break between them, NaN where missing.
        dispersion: None where there are too few areas to measure it, as of the country: then each series is
            judged by how far its own years lie from the straight line (the t test of a slope).
    """
    table = np.asarray(counts, dtype=np.float64)
    known = ~np.isnan(table)
    years = known.sum(axis=1)
    place = np.where(known, np.arange(table.shape[1], dtype=np.float64), 0.0)
    filled = np.where(known, table, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        level = filled.sum(axis=1) / years
        from_middle = np.where(known, place - (place.sum(axis=1) / years)[:, None], 0.0)
        squares = (from_middle**2).sum(axis=1)
        slope = (from_middle * filled).sum(axis=1) / squares
        left = np.where(known, filled - level[:, None] - from_middle * slope[:, None], 0.0)
        own = np.maximum((left**2).sum(axis=1) / (years - 2), level)
        error = np.sqrt((own if dispersion is None else dispersion.variance(level)) / squares)
        score = np.where(years >= LEAST_YEARS, slope / error, np.nan)
        first, last = _ends(from_middle, known)
        change = (level + slope * last) / np.maximum(level + slope * first, HALF) - 1
        steepest = level / last / error  # the slope that reaches nothing in the last year
    edge = ndtri(EDGE) if dispersion else stdtrit(np.maximum(years - 2, 1), EDGE)
    unseen = ~(steepest >= edge + ndtri(POWER))
    verdict = np.select(
        [years < LEAST_YEARS, score >= edge, score <= -edge, unseen], [UNKNOWN, UP, DOWN, UNKNOWN], STEADY
    )
    return Trend(verdict, score, np.where(years >= LEAST_YEARS, np.maximum(change, -1.0), np.nan))


def _ends(from_middle: Floats, known: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Place of the first and of the last known year, from the middle of all known ones."""
    return (
        np.where(known, from_middle, np.inf).min(axis=1, initial=np.inf),
        np.where(known, from_middle, -np.inf).max(axis=1, initial=-np.inf),
    )
