"""Did an approach work: weighted displacement difference, with the swing that untreated areas show.

Wheeler and Ratcliffe 2018, Crime Science 7:11, with area and time weights; their Poisson variance times the
dispersion of the same before/after contrast in untreated areas, for with the published variance alone a
quarter to a third of placebos gives a false alarm. Controls are matched on level and on movement before the
start: with level alone, areas chosen at their peak come down by themselves.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree
from scipy.special import ndtri

from pipeline.statistics.dispersion import Dispersion, line
from pipeline.statistics.intervals import COVERAGE
from pipeline.statistics.verdicts import BETTER, NO_DIFFERENCE, UNKNOWN, WORSE

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

CONTROLS = 10  # as in the placebos that false alarms and power were measured with
PLACEBO_SETS = 200
ALIKE = 50  # untreated areas among which a placebo area is drawn

LARGEST_UNSEEN = 0.5  # where not even a halving could have been seen, nothing can be said


@dataclass(frozen=True)
class Counted:
    """Counts before and after, of areas together; ``weight`` divides them, as the size of an area does."""

    before: float
    after: float
    weight: float = 1.0


@dataclass(frozen=True)
class Effect:
    """A difference in counts per period after the start, below zero if there are fewer."""

    estimate: float
    error: float

    @property
    def score(self) -> float:
        """The estimate in standard errors."""
        return self.estimate / self.error if self.error else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Bounds of 95 %."""
        width = -float(ndtri((1 - COVERAGE) / 2)) * self.error
        return self.estimate - width, self.estimate + width


@dataclass(frozen=True)
class Contrasts:
    """Each area beside its own controls.

    Attributes:
        difference: count per year after the start minus the expected one.
        variance: of that difference, by chance alone.
        expected: count per year after the start, if the area had moved as its controls did.
        controls: row numbers of the controls, areas x k.
    """

    difference: Floats
    variance: Floats
    expected: Floats
    controls: Rows


def displacement_difference(
    treated: Counted,
    control: Counted,
    *,
    ring: tuple[Counted, Counted] | None = None,
    periods: tuple[float, float] = (1.0, 1.0),
    swing: float = 1.0,
) -> Effect:
    """The weighted displacement difference, and with a ring around also what moved there.

    Args:
        ring: the areas around the treated ones, and their own control.
        periods: how many periods before and after are counted.
        swing: variance over that of chance; 1 is the published method.
    """
    terms = [(treated, 1), (control, -1)] + ([(ring[0], 1), (ring[1], -1)] if ring else [])
    before, after = periods
    estimate = sum(sign * (one.after / after - one.before / before) / one.weight for one, sign in terms)
    variance = sum((one.after / after**2 + one.before / before**2) / one.weight**2 for one, _ in terms)
    return Effect(estimate, float(np.sqrt(swing * variance)))


def match(before: ArrayLike, eligible: ArrayLike, *, k: int = CONTROLS) -> Rows:
    """The k eligible areas nearest in level and in movement before the start, never the area itself.

    Args:
        before: areas x years before the start, oldest first; with one year, on level alone.
        eligible: which areas may be a control: no treated ones, and none of the ring.
    """
    traits = _traits(np.asarray(before, dtype=np.float64))
    allowed = np.flatnonzero(np.asarray(eligible, dtype=bool))
    if len(allowed) <= k:
        raise ValueError(f"{len(allowed)} gebieden om mee te vergelijken; nodig zijn er meer dan {k}")
    place = allowed[np.asarray(cKDTree(traits[allowed]).query(traits, k=k + 1)[1])]
    itself = place == np.arange(len(traits))[:, None]
    itself[~itself.any(axis=1), -1] = True
    return np.asarray(place[~itself].reshape(-1, k), dtype=np.int64)


def _traits(before: Floats) -> Floats:
    """Level, and how far the last year lies from the earlier ones in units of chance."""
    level = np.sqrt(before.mean(axis=1) + 0.375)
    if before.shape[1] == 1:
        return np.asarray(level[:, None] * 2)
    moved = np.sqrt(before[:, -1] + 0.375) - np.sqrt(before[:, :-1].mean(axis=1) + 0.375)
    return np.stack([level * 2, moved * 2], axis=1)


def contrasts(before: ArrayLike, after: ArrayLike, controls: Rows) -> Contrasts:
    """Every area beside its controls, whose counts are scaled to its level before the start.

    Args:
        before, after: areas x years.
    """
    pre, post = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    later = post.shape[1]
    first, last = pre.sum(axis=1), post.sum(axis=1)
    control_first = first[controls].sum(axis=1) + 0.5
    control_last = last[controls].sum(axis=1)
    scale = (first + 0.5) / control_first
    expected = control_last * scale / later
    # The scale comes from the area's own count before the start: its chance goes along.
    variance = (last + 0.5) / later**2 + scale**2 * control_last / later**2 + expected**2 / (first + 0.5)
    return Contrasts(last / later - expected, variance, expected, controls)


def contrast_dispersion(found: Contrasts, untreated: ArrayLike) -> Dispersion:
    """The swing of the same contrast in areas where nothing was done, by expected count."""
    rows = np.flatnonzero(np.asarray(untreated, dtype=bool) & (found.expected > 0))
    return Dispersion(
        *line(found.difference[rows] ** 2 / found.variance[rows], found.expected[rows]), len(rows)
    )


def swung(found: Contrasts, rows: Rows, swing: Dispersion) -> Floats:
    """The variance of each area's difference, with the swing of areas of its size."""
    phi = np.maximum(1.0, swing.a + swing.b * found.expected[rows])
    return np.asarray(found.variance[rows] * phi)


def verdict(outcome: Effect, smallest: float) -> str:
    """One of four words; "geen verschil te zien" only where a halving would have been seen."""
    low, high = outcome.interval
    if high < 0:
        return BETTER
    if low > 0:
        return WORSE
    return UNKNOWN if smallest > LARGEST_UNSEEN else NO_DIFFERENCE


def placebo_sets(
    before: ArrayLike, areas: ArrayLike, eligible: ArrayLike, *, seed: int, sets: int = PLACEBO_SETS
) -> Rows:
    """Sets of untreated areas like the treated ones: for each area one of the fifty most alike.

    Returns:
        Row numbers, sets x areas; an area may stand in a set twice.
    """
    traits = _traits(np.asarray(before, dtype=np.float64))
    rows = np.asarray(areas, dtype=np.int64)
    allowed = np.flatnonzero(np.asarray(eligible, dtype=bool))
    alike = allowed[np.asarray(cKDTree(traits[allowed]).query(traits[rows], k=min(ALIKE, len(allowed)))[1])]
    drawn = np.random.default_rng(seed).integers(0, alike.shape[1], (sets, len(rows)))
    return np.asarray(alike[np.arange(len(rows)), drawn], dtype=np.int64)
