"""One approach: treated areas beside areas that are alike, the ring around them, and the verdict.

The estimator is that of ``evaluation``. Two things are added, both measured on real placebos (see the page
on validation): areas of one gemeente swing together, so sets of them vary more than as many areas all over
the country; and with a single year before the start areas that were chosen at their peak come down by
themselves, whatever is done, so that there is no verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from pipeline.statistics import evaluation
from pipeline.statistics.change import LEAST_YEARS, POWER
from pipeline.statistics.dispersion import Dispersion
from pipeline.statistics.evaluation import Contrasts, Effect
from pipeline.statistics.intervals import COVERAGE
from pipeline.statistics.verdicts import (
    BETTER,
    DIFFUSED,
    DISPLACED,
    LESS,
    MORE,
    NO_DIFFERENCE,
    UNKNOWN,
)

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

FEWEST_UNTREATED = 100  # areas that the swing of a contrast rests on
YEARS_BEFORE = 2  # with fewer, no verdict


@dataclass(frozen=True)
class Panel:
    """Counts of all areas of one level.

    Attributes:
        codes: of the areas, in order.
        group: number of the gemeente of each.
        years: in order.
        counts: areas x years, NaN where not known.
    """

    codes: tuple[str, ...]
    group: Rows
    years: tuple[int, ...]
    counts: Floats

    def of(self, years: Sequence[int]) -> Floats:
        """The counts of some years, areas x years."""
        return self.counts[:, [self.years.index(year) for year in years]]

    def rows(self, codes: Sequence[str]) -> Rows:
        """Row numbers of those codes that are there."""
        place = {code: row for row, code in enumerate(self.codes)}
        return np.array([place[code] for code in codes if code in place], dtype=np.int64)


@dataclass(frozen=True)
class Base:
    """Every area of a level beside its controls in one window.

    Attributes:
        rows: rows of the panel that are complete in the window; all other numbers are places among these.
        eligible: which may be a control.
        shared: the swing that areas of one gemeente share, as a part of what is expected, squared.
    """

    rows: Rows
    before: Floats
    after: Floats
    eligible: NDArray[np.bool_]
    found: Contrasts
    swing: Dispersion
    shared: float
    group: Rows

    @cached_property
    def early(self) -> "Base | None":
        """The same with a start one year too early, from the years before the real one; None if too few."""
        if self.before.shape[1] < LEAST_YEARS:
            return None
        first, last = self.before[:, :-1], self.before[:, -1:]
        return _base(self.rows, first, last, eligible=self.eligible, group=self.group)


def base_of(panel: Panel, before: Sequence[int], after: Sequence[int], excluded: ArrayLike) -> Base | None:
    """Contrasts of all areas in a window; None where too few are left to compare with.

    Args:
        excluded: areas of the panel that may be no control: treated ones and those around them.
    """
    first, last = panel.of(before), panel.of(after)
    rows = np.flatnonzero(~np.isnan(first.sum(axis=1) + last.sum(axis=1)))
    eligible = ~np.asarray(excluded, dtype=bool)[rows]
    if eligible.sum() < FEWEST_UNTREATED:
        return None
    return _base(rows, first[rows], last[rows], eligible=eligible, group=panel.group[rows])


def _base(rows: Rows, before: Floats, after: Floats, *, eligible: NDArray[np.bool_], group: Rows) -> Base:
    found = evaluation.contrasts(before, after, evaluation.match(before, eligible))
    swing = evaluation.contrast_dispersion(found, eligible)
    shared = shared_swing(found, eligible, group)
    return Base(rows, before, after, eligible, found, swing, shared, group)


def shared_swing(found: Contrasts, untreated: ArrayLike, group: ArrayLike) -> float:
    """The squared part of the expected count by which areas of one group deviate together; at least 0.

    Of two areas in a group the mean product of deviations is this times the product of what is expected;
    each group weighs by one over its own expected count, so that the largest do not decide.
    """
    rows = np.flatnonzero(np.asarray(untreated, dtype=bool))
    _, place = np.unique(np.asarray(group)[rows], return_inverse=True)
    off, size = found.difference[rows], found.expected[rows]
    sums, squares, total, of_each = (np.bincount(place, values) for values in (off, off**2, size, size**2))
    weight = np.divide(1.0, total, out=np.zeros(len(total)), where=total > 0)
    pairs = float(((total**2 - of_each) * weight).sum())
    return max(0.0, float(((sums**2 - squares) * weight).sum()) / pairs) if pairs > 0 else 0.0


@dataclass(frozen=True)
class Cohort:
    """Areas that began at one moment, in the window of that moment.

    Attributes:
        areas: places in the base.
        named: places in the base to compare with, instead of the ten that are alike.
    """

    base: Base
    areas: Rows
    named: Rows | None = None

    @cached_property
    def found(self) -> Contrasts:
        """Every area of the base beside those that these are compared with."""
        if self.named is None:
            return self.base.found
        controls = np.tile(self.named, (len(self.base.rows), 1))
        return evaluation.contrasts(self.base.before, self.base.after, controls)

    @cached_property
    def early(self) -> "Cohort | None":
        """The same with a start one year too early, beside areas that are alike; None with too few years."""
        return Cohort(self.base.early, self.areas) if self.base.early else None


def effect_of(cohorts: Sequence[Cohort]) -> Effect:
    """The effect in all areas together, per year after the start of each, with what a gemeente shares.

    Areas of one gemeente that began at different moments share their swing as those of one moment do: their
    windows overlap, and how far is not measured, so that the widest margin is taken.
    """
    every = sum(len(one.areas) for one in cohorts)
    estimate, error = effects_of(cohorts, np.zeros(every, dtype=np.int64))
    return Effect(float(estimate[0]), float(error[0]))


def effects_of(cohorts: Sequence[Cohort], sets: Rows) -> tuple[Floats, Floats]:
    """Estimate and standard error of many sets of areas at once.

    Args:
        sets: of each area of the cohorts, one after another, the number of its set, from 0.
    """
    parts = [(one.base, one.found, one.areas) for one in cohorts]
    estimate = np.concatenate([found.difference[areas] for _, found, areas in parts])
    plain = np.concatenate([evaluation.swung(found, areas, base.swing) for base, found, areas in parts])
    swing = np.concatenate([np.sqrt(base.shared) * found.expected[areas] for base, found, areas in parts])
    group = np.concatenate([base.group[areas] for base, _, areas in parts])
    pair, place = np.unique(sets * (group.max() + 1) + group, return_inverse=True)
    together = np.bincount(pair // (group.max() + 1), np.bincount(place, swing) ** 2)
    variance = np.bincount(sets, plain) + together - np.bincount(sets, swing**2)
    return np.asarray(np.bincount(sets, estimate), dtype=np.float64), np.sqrt(variance)


def smallest_of(outcome: Effect, expected: float) -> float:
    """The smallest decline found in four of five cases, as a part of the expected count; at most 1."""
    need = -float(ndtri((1 - COVERAGE) / 2)) + float(ndtri(POWER))
    return min(1.0, need * outcome.error / expected) if expected > 0 else 1.0


@dataclass(frozen=True)
class Outcome:
    """What came of some areas together, per year.

    Attributes:
        before, after: counts a year.
        expected: a year after the start, without the approach.
        ratio: after over expected, with its bounds; NaN where nothing is expected.
        smallest: the smallest decline that could have been seen, as a part of what is expected.
        controls: codes of the areas that they were compared with.
        run: expected count of every year of the panel, NaN where a control has none.
    """

    before: float
    after: float
    expected: float
    effect: Effect
    ratio: tuple[float, float, float]
    smallest: float
    controls: tuple[str, ...]
    run: Floats


def outcome_of(panel: Panel, cohorts: Sequence[Cohort]) -> Outcome:
    """The outcome of some areas, each in the window of its own start."""
    effect = effect_of(cohorts)
    expected = sum(float(one.found.expected[one.areas].sum()) for one in cohorts)
    used = {row for one in cohorts for row in one.base.rows[np.unique(one.found.controls[one.areas])]}
    return Outcome(
        sum(_yearly(one.base.before, one.areas) for one in cohorts),
        sum(_yearly(one.base.after, one.areas) for one in cohorts),
        expected,
        effect,
        _ratio(expected, effect),
        smallest_of(effect, expected),
        tuple(panel.codes[row] for row in sorted(used)),
        np.sum([_run(panel, one) for one in cohorts], axis=0),
    )


def _run(panel: Panel, one: Cohort) -> Floats:
    """What is expected in every year of the panel: the controls, at the level of the areas beforehand."""
    used, level = one.found.controls[one.areas], one.base.before.sum(axis=1)
    scale = (level[one.areas] + 0.5) / (level[used].sum(axis=1) + 0.5)
    every = panel.counts[one.base.rows]
    return np.asarray((scale[:, None] * every[used].sum(axis=1)).sum(axis=0))


def _yearly(table: Floats, areas: Rows) -> float:
    return float(table[areas].sum() / table.shape[1])


def _ratio(expected: float, effect: Effect) -> tuple[float, float, float]:
    """After over expected, with the interval of the difference."""
    if expected <= 0:
        return (float("nan"),) * 3
    low, high = effect.interval
    return 1 + effect.estimate / expected, max(0.0, 1 + low / expected), 1 + high / expected


@dataclass(frozen=True)
class Judged:
    """Verdict and reason about the treated areas, with what it rests on.

    Attributes:
        below: how many of the placebo sets had a difference as low; `sets` of them.
        in_time: effect of a start one year too early; None with fewer than three years before.
    """

    outcome: Outcome
    verdict: str
    reason: str
    below: int
    sets: int
    in_time: Effect | None


def judge(panel: Panel, cohorts: Sequence[Cohort], *, seed: int) -> Judged:
    """The verdict about some areas, each in the window of its own start; the shortest run-up decides."""
    outcome = outcome_of(panel, cohorts)
    drawn = [_placebos(one, seed + number) for number, one in enumerate(cohorts)]
    below = int((np.sum(drawn, axis=0) <= outcome.effect.estimate).sum())
    ready = [one.early for one in cohorts if one.early]
    early = effect_of(ready) if ready else None
    verdict, reason = evaluation.verdict(outcome.effect, outcome.smallest), ""
    if min(one.base.before.shape[1] for one in cohorts) < YEARS_BEFORE:
        verdict, reason = UNKNOWN, "een_jaar_vooraf"
    elif early is not None and early.interval[0] * early.interval[1] > 0:
        verdict, reason = UNKNOWN, "andere_aanloop"
    elif verdict == UNKNOWN:
        reason = "te_weinig"
    return Judged(outcome, verdict, reason, below, len(drawn[0]), early)


def _placebos(one: Cohort, seed: int) -> Floats:
    """The summed difference of each placebo set."""
    sets = evaluation.placebo_sets(one.base.before, one.areas, one.base.eligible, seed=seed)
    return np.asarray(one.base.found.difference[sets].sum(axis=1))


def judge_ring(treated: Judged, ring: Outcome) -> str:
    """What happened around, in one word; where nothing is said of the areas, nothing is said of their ring.

    "Geen verschil te zien" where all that went from the areas would have been seen around them.
    """
    if treated.reason in ("een_jaar_vooraf", "andere_aanloop"):
        return UNKNOWN
    low, high = ring.effect.interval
    better = treated.verdict == BETTER
    if low > 0:
        return DISPLACED if better else MORE
    if high < 0:
        return DIFFUSED if better else LESS
    gone = -treated.outcome.effect.estimate / ring.expected if ring.expected > 0 else 0.0
    wanted = gone if better else evaluation.LARGEST_UNSEEN
    return NO_DIFFERENCE if ring.smallest <= wanted else UNKNOWN
