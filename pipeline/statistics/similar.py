"""Areas with circumstances like those of an area, to compare with (nearest neighbours, as CIPFA's).

Not a prediction: an area's own last year predicts better. It is a fairer comparison than the gemeente.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from pipeline.statistics.intervals import poisson_interval

Floats = NDArray[np.float64]

NEIGHBOURS = 10
LEAST_FILLED = 0.75  # part of the circumstances that an area must have
LEAST_AREAS = 50  # among fewer, the nearest are not alike
LEAST_POOLED = 8  # of the ten: with fewer figures the rest says something else


@dataclass(frozen=True)
class Neighbours:
    """Nearest areas first.

    Attributes:
        area: row numbers of the areas that have neighbours.
        nearest: for each of them the row numbers of its neighbours, areas x k.
        distance: how far each is, in standard deviations per circumstance; same shape.
    """

    area: NDArray[np.int64]
    nearest: NDArray[np.int64]
    distance: Floats


def neighbours(features: ArrayLike, urbanity: ArrayLike, *, k: int = NEIGHBOURS) -> Neighbours:
    """The k areas with the most similar circumstances, of the same class of urbanity or one off.

    Args:
        features: areas x circumstances, NaN where missing; skewed ones as logarithms.
        urbanity: class of each area, 1 to 5, NaN where unknown.

    Returns:
        Only areas with enough filled, in classes with enough areas; a missing circumstance counts as the
        mean one. A circumstance that few areas have is not used.
    """
    table, classes = (np.asarray(values, dtype=np.float64) for values in (features, urbanity))
    table = table[:, np.isfinite(table).mean(axis=0) >= LEAST_FILLED] if len(table) else table
    if not table.size:
        return Neighbours(np.zeros(0, int), np.zeros((0, k), int), np.zeros((0, k)))
    usable = np.flatnonzero((np.isfinite(table).mean(axis=1) >= LEAST_FILLED) & np.isfinite(classes))
    standard = _standardised(table[usable])
    found = Neighbours(np.zeros(0, int), np.zeros((0, k), int), np.zeros((0, k)))
    for one in np.unique(classes[usable]):
        near = np.flatnonzero(np.abs(classes[usable] - one) <= 1)
        asked = np.flatnonzero(classes[usable] == one)
        if len(near) < max(LEAST_AREAS, k + 1):
            continue
        found_at = cKDTree(standard[near]).query(standard[asked], k=k + 1)
        distance, place = np.asarray(found_at[0]), np.asarray(found_at[1])
        itself = near[place] == asked[:, None]
        itself[~itself.any(axis=1), -1] = True  # of many equal ones the last is left out
        others = ~itself
        found = Neighbours(
            np.append(found.area, usable[asked]),
            np.vstack([found.nearest, usable[near[place[others].reshape(-1, k)]]]),
            np.vstack([found.distance, distance[others].reshape(-1, k) / np.sqrt(table.shape[1])]),
        )
    return found


def _standardised(table: Floats) -> Floats:
    """Mean 0 and standard deviation 1; a circumstance that is the same everywhere or nowhere known is 0."""
    known = np.isfinite(table)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, table, 0.0).sum(axis=0) / count
    centred = np.where(known, table - mean, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / count)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0))


@dataclass(frozen=True)
class Cells:
    """Figures of areas, each NaN where it is not known.

    Attributes:
        count, base: a count and what it is divided by.
        value: the figure itself.
        hidden: whether a count is not published because it is small.
    """

    count: Floats
    base: Floats
    value: Floats
    hidden: NDArray[np.bool_]


@dataclass(frozen=True)
class Pooled:
    """Some cells together, one row each.

    Attributes:
        counted: how many have a count and a base above nothing; `total`, `squares`: sums over those.
        base: sum of the bases of cells with a count.
        measured: how many have a value; `middle`: the median of those, NaN without any.
        hidden: whether any is hidden.
        lower, higher: how many have a lower and a higher value than the row's own.
    """

    counted: NDArray[np.int64]
    total: Floats
    squares: Floats
    base: Floats
    measured: NDArray[np.int64]
    middle: Floats
    hidden: NDArray[np.bool_]
    lower: NDArray[np.int64]
    higher: NDArray[np.int64]


def pooled(cells: Cells, at: NDArray[np.int32], own: Floats) -> Pooled:
    """Put the cells of each row together.

    Args:
        at: rows x k, numbers of cells, -1 where there is none.
        own: value that the row's cells are compared with, NaN where not known.
    """
    there = at >= 0
    count, base, value = (
        np.where(there, one[at], np.nan) if len(one) else np.full(at.shape, np.nan)
        for one in (cells.count, cells.base, cells.value)
    )
    hidden = there & cells.hidden[at] if len(cells.hidden) else there
    known, usable = np.isfinite(count), np.isfinite(count) & (base > 0)
    counted = np.where(usable, count, 0.0)
    measured = np.isfinite(value).sum(axis=1)
    ordered = np.sort(value, axis=1)  # not a number comes last
    low, high = (
        np.take_along_axis(ordered, place[:, None], axis=1)[:, 0]
        for place in (np.maximum(measured - 1, 0) // 2, np.minimum(measured // 2, at.shape[1] - 1))
    )
    return Pooled(
        usable.sum(axis=1),
        counted.sum(axis=1),
        (counted**2).sum(axis=1),
        np.where(known & np.isfinite(base), base, 0.0).sum(axis=1),
        measured,
        (low + high) / 2,
        np.asarray(hidden.any(axis=1)),
        (value < own[:, None]).sum(axis=1),
        (value > own[:, None]).sum(axis=1),
    )


def pooled_rate(count: ArrayLike, base: ArrayLike, found: Neighbours) -> Floats:
    """Rate of an area's neighbours together, for each area that has them; NaN if their base is nothing."""
    counts, bases = (np.asarray(values, dtype=np.float64)[found.nearest] for values in (count, base))
    known = np.isfinite(counts) & np.isfinite(bases)
    total = np.where(known, bases, 0.0).sum(axis=1)
    pooled = np.where(known, counts, 0.0).sum(axis=1)
    return np.asarray(np.divide(pooled, total, out=np.full(len(total), np.nan), where=total > 0))


def pooled_interval(
    total: ArrayLike, squares: ArrayLike, *, a: ArrayLike, b: ArrayLike
) -> tuple[Floats, Floats]:
    """The margin of a sum of counts of some areas, each of which swings by itself.

    A count around its level has variance ``a·mu + b·mu²`` (`pipeline.statistics.dispersion`), so a sum has
    ``a + b·Σn²/Σn`` times that of chance. With one area it is the margin of that area.

    Args:
        total: sum of the counts.
        squares: sum of their squares.
    """
    totals, squared, first, second = (np.asarray(one, dtype=np.float64) for one in (total, squares, a, b))
    lower, upper = poisson_interval(totals)
    mean = np.divide(squared, totals, out=np.zeros_like(totals), where=totals > 0)
    factor = np.sqrt(np.maximum(1.0, first + second * mean))
    return np.maximum(0.0, totals - (totals - lower) * factor), totals + (upper - totals) * factor
