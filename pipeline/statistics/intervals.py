"""Exact intervals for counts.

Garwood (1936), in the chi-square form of Ulm (1990), "A simple method to calculate the confidence interval
of a standardized mortality ratio", American Journal of Epidemiology 131, 373-375.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, nbdtrik

COVERAGE = 0.95


def poisson_interval(
    count: ArrayLike, *, coverage: float = COVERAGE
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds of the mean of a Poisson variable that was observed once as ``count``.

    Args:
        count: observed counts, whole numbers of at least 0, any shape.
        coverage: the least coverage, between 0 and 1.

    Returns:
        Lower and upper bounds in the unit of the count, in the shape of ``count``; the lower bound of 0 is 0.

    Raises:
        ValueError: a count is negative, not whole or not finite, or the coverage lies outside (0, 1).
    """
    counts = np.asarray(count, dtype=np.float64)
    wrong = counts[~(np.isfinite(counts) & (counts >= 0) & (counts == np.floor(counts)))]
    if wrong.size:
        raise ValueError(f"geen aantallen: {wrong[:10].tolist()}")
    if not 0 < coverage < 1:
        raise ValueError(f"dekking {coverage} ligt niet tussen 0 en 1")
    tail = (1 - coverage) / 2
    # Half the chi-square quantile with 2k degrees of freedom is the gamma quantile of shape k; importing
    # scipy.stats for it would take a second.
    lower = np.where(counts == 0, 0.0, gammaincinv(np.maximum(counts, 1), tail))
    upper = np.asarray(gammaincinv(counts + 1, 1 - tail), dtype=np.float64)
    return lower, upper


def negative_binomial_quantile(chance: float, size: ArrayLike, share: ArrayLike) -> NDArray[np.float64]:
    """The smallest count that a negative-binomial variable stays at or under with at least that chance.

    That of scipy.stats, whose import takes longer than all the counts of the country.

    Args:
        size, share: its mean is ``size·(1 - share)/share``, its variance the mean over ``share``.
    """
    sizes, shares = np.asarray(size, dtype=np.float64), np.asarray(share, dtype=np.float64)
    # Where even nothing at all has that chance, the inverse of scipy may be anything.
    none = shares**sizes >= chance
    return np.where(none, 0.0, np.ceil(nbdtrik(chance, sizes, np.where(none, 0.5, shares))))
