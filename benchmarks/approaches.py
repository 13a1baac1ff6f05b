"""How far evaluations hold on real figures: false alarms and power, on areas where nothing was done."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.lines import SEED, TIMES, Line
from benchmarks.national import Figures
from pipeline.statistics import approach, dispersion, evaluation
from pipeline.statistics.approach import Base, Cohort, Panel
from pipeline.statistics.evaluation import Effect
from pipeline.statistics.verdicts import BETTER, WORSE

Rows = NDArray[np.int64]

SIZES = (1, 3, 10)
TOGETHER = (3, 10, 30)
REPEATS = 5000  # a share of 5 % is then known to half a percent
EFFECTS = (0.2, 0.3, 0.4)
APPROACHES = 200
USUAL = 10  # crimes a year that a buurt must have to be drawn
YEARS = (2021, 2022, 2023, 2024, 2025)
STARTS = (
    ((2021, 2022), (2023, 2024, 2025)),
    ((2021, 2022, 2023), (2024, 2025)),
    ((2022, 2023, 2024), (2025,)),
)
MIDDLE = 1  # the start of 2024, that power is measured for
STAGGERED = (4, 10)


def alone(figures: Figures) -> Iterator[Line]:
    """False alarms and power of areas anywhere in the country."""
    base = _base(figures, *STARTS[MIDDLE])
    usual, peak = _usual(base), _peak(base)
    rng = np.random.default_rng(SEED)
    for chosen, name in ((usual, "willekeurig gekozen"), (peak, "gekozen op hun piek")):
        for size in SIZES:
            sets = [rng.choice(chosen, size, replace=False) for _ in range(REPEATS)]
            part = "Vals alarm bij gebieden zonder aanpak"
            where = f"{size} {'buurt' if size == 1 else 'buurten'}, {name}"
            better, worse = _found(base, sets)
            yield Line(part, where, "deel verbeterd", better, None, 0.05)
            yield Line(part, where, "deel verslechterd", worse)
            if chosen is usual:
                plain, _ = _found(replace(base, swing=dispersion.CHANCE, shared=0.0), sets)
                yield Line(part, where, "deel verbeterd met de gepubliceerde variantie", plain)
            yield from _power(base, sets, where)


def of_one_gemeente(figures: Figures) -> Iterator[Line]:
    """False alarms and power of buurten of one gemeente, with and without what those share.

    Few gemeenten have many buurten, and all buurten of one are one case: false alarms are those of every
    start that the figures have two years before.
    """
    part = "Vals alarm bij buurten van een gemeente"
    drawn = [(base, _usual(base)) for base in (_base(figures, *years) for years in STARTS)]
    for size in TOGETHER:
        where = f"{size} buurten van een gemeente"
        sets = [(base, _of_one_group(usual, base.group, size)) for base, usual in drawn]
        better = [_found(base, own)[0] for base, own in sets]
        yield Line(part, where, "deel verbeterd", float(np.mean(better)), None, 0.05)
        plain = [_found(replace(base, shared=0.0), own)[0] for base, own in sets]
        yield Line(part, where, "deel verbeterd zonder wat zij samen doen", float(np.mean(plain)))
        groups = [len(np.unique(np.concatenate([base.group[own[:1]] for own in lot]))) for base, lot in sets]
        yield Line(part, where, "aantal gemeenten", float(max(groups)))
        yield from _power(*sets[MIDDLE], where)


def staggered(figures: Figures) -> Iterator[Line]:
    """False alarms and power of areas of which a half began a year later, seen from the start of each."""
    part = "Vals alarm bij gebieden die niet tegelijk begonnen"
    first, second = (_base(figures, *years) for years in STARTS[:2])
    usual = np.intersect1d(_usual(first), _usual(second))
    peak = np.intersect1d(_peak(first), _usual(second)), np.intersect1d(_peak(second), _usual(first))
    rng = np.random.default_rng(SEED)
    for size in STAGGERED:
        half = size // 2
        for name, sets in (
            ("willekeurig gekozen", [_halves(rng, usual, usual, half) for _ in range(REPEATS)]),
            ("gekozen op hun piek", [_halves(rng, *peak, half) for _ in range(REPEATS)]),
            ("van een gemeente", [np.split(own, [half]) for own in _of_one_group(usual, first.group, size)]),
        ):
            where = f"{size} buurten, {name}"
            yield Line(part, where, "deel verbeterd", _found_later(first, second, sets)[0], None, 0.05)
            for effect in EFFECTS:
                planted = [_planted(base, effect, np.random.default_rng(SEED)) for base in (first, second)]
                group = f"{where}, de helft een jaar later, daling van {effect * 100:.0f} procent"
                seen = _found_later(planted[0], planted[1], sets)[0]
                yield Line("Hoe vaak een echte daling gevonden wordt", group, "deel verbeterd", seen)


def _halves(rng: np.random.Generator, first: Rows, second: Rows, half: int) -> list[Rows]:
    """Areas of the first start, and as many others of the second."""
    own = rng.choice(first, half, replace=False)
    return [own, rng.choice(np.setdiff1d(second, own, assume_unique=True), half, replace=False)]


def _found_later(first: Base, second: Base, sets: Sequence[Sequence[Rows]]) -> tuple[float, float]:
    """How many sets are called better and worse, whose second half has the second start."""
    halves = [[one[place] for one in sets] for place in (0, 1)]
    number = np.concatenate([np.repeat(np.arange(len(sets)), [len(one) for one in own]) for own in halves])
    cohorts = [Cohort(base, np.concatenate(own)) for base, own in zip((first, second), halves, strict=True)]
    return _shares(cohorts, number)


def _usual(base: Base) -> Rows:
    """Buurten with enough crimes before the start to be drawn."""
    return np.flatnonzero(base.before.mean(axis=1) >= USUAL)


def _peak(base: Base) -> Rows:
    """The tenth of the usual ones that rose most in the year before the start."""
    usual = _usual(base)
    rise = base.before[:, -1] / (base.before[:, :-1].mean(axis=1) + 1)
    return np.asarray(usual[np.argsort(rise[usual])[-len(usual) // 10 :]], dtype=np.int64)


def _power(base: Base, sets: Sequence[Rows], where: str) -> Iterator[Line]:
    """How many sets are called better when a part of their crimes is taken away, each by chance."""
    rng = np.random.default_rng(SEED)
    for effect in EFFECTS:
        planted = _planted(base, effect, rng)
        percent = f"{effect * 100:.0f} procent"
        part = "Hoe vaak een echte daling gevonden wordt"
        yield Line(part, f"{where}, daling van {percent}", "deel verbeterd", _found(planted, sets)[0])


def _planted(base: Base, effect: float, rng: np.random.Generator) -> Base:
    """The base as it would be had every area lost this part after the start, and no control anything."""
    years = base.after.shape[1]
    gone = (base.after.sum(axis=1) - rng.binomial(base.after.astype(int), 1 - effect).sum(axis=1)) / years
    own = base.found
    variance = np.maximum(own.variance - gone / years, 0.0)
    return replace(base, found=replace(own, difference=own.difference - gone, variance=variance))


def one_year_before(figures: Figures) -> Iterator[Line]:
    """False alarms with one year and with two years before the start, of areas chosen at their peak."""
    part = "Vals alarm met weinig jaren voor de start"
    first, second = (figures.buurten[:, column] for column in (0, 1))
    usual = np.flatnonzero((first + second) / 2 >= USUAL)
    rise = second / (first + 1)
    peak = usual[np.argsort(rise[usual])[-len(usual) // 10 :]]
    for before, name in (((2022,), "een jaar"), ((2021, 2022), "twee jaren")):
        base = _base(figures, before, YEARS[3:])
        for chosen, how in ((usual, "willekeurig gekozen"), (peak, "gekozen op hun piek")):
            rng = np.random.default_rng(SEED)
            for size in SIZES:
                sets = [rng.choice(chosen, size, replace=False) for _ in range(REPEATS)]
                noun = "buurt" if size == 1 else "buurten"
                better, _ = _found(base, sets)
                # With one year there is no verdict: this says why.
                most = None if len(before) == 1 else 0.05
                yield Line(part, f"{size} {noun}, {name} vooraf, {how}", "deel verbeterd", better, None, most)


def around(figures: Figures) -> Iterator[Line]:
    """How often the ring around areas where nothing was done seems to have changed."""
    base = _base(figures, *STARTS[MIDDLE])
    rng = np.random.default_rng(SEED)
    part = "Vals alarm in de buurten eromheen"
    usual = [row for row in np.flatnonzero(base.before.mean(axis=1) >= USUAL) if len(figures.around[row])]
    for size in SIZES:
        sets = []
        for _ in range(REPEATS):
            areas = rng.choice(usual, size, replace=False)
            ring = set(np.concatenate([figures.around[row] for row in areas]).tolist()) - set(areas.tolist())
            sets.append(np.array(sorted(ring), dtype=np.int64))
        better, worse = _found(base, [ring for ring in sets if len(ring)])
        where = f"rond {size} {'buurt' if size == 1 else 'buurten'}"
        yield Line(part, where, "deel met een toename", worse, None, 0.05)
        yield Line(part, where, "deel met een afname", better, None, 0.05)


def speed(figures: Figures) -> Iterator[Line]:
    """Two hundred approaches with ring and placebo sets, none compared with any other or its ring."""
    start = time.perf_counter()
    rng = np.random.default_rng(SEED)
    areas = rng.choice(len(figures.buurten), (APPROACHES, 3), replace=False)
    rings = [np.unique(np.concatenate([figures.around[row] for row in own])) for own in areas]
    excluded = np.full(len(figures.buurten), False)
    excluded[np.concatenate([areas.ravel(), *rings]).astype(np.int64)] = True
    panel = _panel(figures)
    base = approach.base_of(panel, YEARS[:3], YEARS[3:], excluded)
    assert base is not None
    for seed, (own, ring) in enumerate(zip(areas, rings, strict=True)):
        judged = approach.judge(panel, [Cohort(base, own)], seed=seed)
        outside = np.setdiff1d(ring, own)
        if len(outside):
            approach.judge_ring(judged, approach.outcome_of(panel, [Cohort(base, outside)]))
    taken = time.perf_counter() - start
    yield Line(TIMES, f"{APPROACHES} aanpakken met elk 200 placebo's", "seconden", taken, None, 20)


def _panel(figures: Figures) -> Panel:
    group = np.unique([code[2:6] for code in figures.codes], return_inverse=True)[1]
    return Panel(figures.codes, group.astype(np.int64), YEARS, figures.buurten)


def _base(figures: Figures, before: Sequence[int], after: Sequence[int]) -> Base:
    """All buurten, none of them treated; places in it are rows of the figures."""
    base = approach.base_of(_panel(figures), before, after, np.full(len(figures.buurten), False))
    assert base is not None
    return base


def _of_one_group(chosen: Rows, group: Rows, size: int) -> list[Rows]:
    rng = np.random.default_rng(SEED)
    groups = [chosen[group[chosen] == one] for one in np.unique(group[chosen])]
    large = [one for one in groups if len(one) >= size]
    return [rng.choice(large[rng.integers(len(large))], size, replace=False) for _ in range(REPEATS)]


def _found(base: Base, sets: Sequence[Rows]) -> tuple[float, float]:
    """How many sets are called better and worse."""
    number = np.repeat(np.arange(len(sets)), [len(areas) for areas in sets])
    return _shares([Cohort(base, np.concatenate(sets))], number)


def _shares(cohorts: Sequence[Cohort], number: Rows) -> tuple[float, float]:
    effects = zip(*approach.effects_of(cohorts, number), strict=True)
    words = [evaluation.verdict(Effect(float(one), float(error)), 0.0) for one, error in effects]
    return words.count(BETTER) / len(words), words.count(WORSE) / len(words)


PARTS: tuple[Callable[[Figures], Iterator[Line]], ...] = (
    *(alone, of_one_gemeente, staggered, one_year_before, around, speed),
)
