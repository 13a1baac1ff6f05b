"""Funnel limits with over-dispersion: Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202.

Around a target ratio of observed to expected, with limits of 95 and 99.8 % that narrow as more is expected.
The multiplicative over-dispersion is the mean of squared scores, winsorised so that the outliers that a
funnel is to show do not widen it (his section 4).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]

INNER, OUTER = 0.95, 0.998
WINSOR = 0.1  # part at each end


def scores(observed: ArrayLike, expected: ArrayLike, *, target: float = 1.0) -> Floats:
    """Standardised deviation of each observed/expected from the target, under chance alone."""
    observations, expectations = (np.asarray(values, dtype=np.float64) for values in (observed, expected))
    return np.asarray((observations - target * expectations) / np.sqrt(target * expectations))


def overdispersion(score: ArrayLike, *, winsor: float = WINSOR) -> float:
    """Mean of squared winsorised scores, never under 1."""
    values = np.asarray(score, dtype=np.float64)
    if not values.size:
        return 1.0
    low, high = np.quantile(values, [winsor, 1 - winsor])
    return max(1.0, float((np.clip(values, low, high) ** 2).mean()))


def limits(
    expected: ArrayLike, *, coverage: float = INNER, target: float = 1.0, phi: float = 1.0
) -> tuple[Floats, Floats]:
    """Lower and upper limit of observed/expected, for each expected count; never under 0."""
    expectations = np.asarray(expected, dtype=np.float64)
    width = -ndtri((1 - coverage) / 2) * np.sqrt(target * phi / expectations)
    return np.maximum(0.0, target - width), target + width
