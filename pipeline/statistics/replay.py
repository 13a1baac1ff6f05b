"""Years in which nothing changes, drawn around the levels of areas, and what becomes of the largest rise.

Gamma-Poisson: counts with the variance of `dispersion`. Regression to the mean: Galton 1886, Journal of the
Anthropological Institute 15, 246-263. site/theme/assets/javascripts/toeval.js draws in the same way.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.statistics.dispersion import HALF, Dispersion

Counts = NDArray[np.int64]

YEARS = 3  # last year, this year and the next


@dataclass(frozen=True)
class Replay:
    """Counts of areas in three years around the same levels.

    Attributes:
        years: areas x 3 (last year, this year, next year).
        top: places of the areas with the largest rise from last year to this one, the largest first.
    """

    years: Counts
    top: NDArray[np.int64]


def draw(levels: ArrayLike, dispersion: Dispersion, *, seed: int, top: int) -> Replay:
    """Draw three years; `levels` are the yearly means of the areas, above 0."""
    means = np.asarray(levels, dtype=np.float64)
    rng = np.random.default_rng(seed)
    extra = dispersion.variance(means) - means
    shape = means**2 / np.maximum(extra, 1e-9)
    own = [np.where(extra > 1e-9, rng.gamma(shape, means / shape), means) for _ in range(YEARS)]
    years = np.stack([rng.poisson(one) for one in own], axis=1)
    return Replay(years, np.argsort(-rises(years), kind="stable")[:top])


def rises(years: Counts, *, after: int = 0) -> NDArray[np.float64]:
    """How many times as much each area has in the year after `after`; half a count is added to both."""
    return np.asarray((years[:, after + 1] + HALF) / (years[:, after] + HALF), dtype=np.float64)
