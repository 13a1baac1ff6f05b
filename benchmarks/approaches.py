"""How far evaluations hold on real figures: false alarms and power, on areas where nothing was done."""

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.lines import SEED, TIMES, Line
from benchmarks.national import Figures
from pipeline.statistics import approach, dispersion, evaluation
from pipeline.statistics.approach import Base, Panel
from pipeline.statistics.verdicts import BETTER, WORSE

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

SIZES = (1, 3, 10)
TOGETHER = (3, 10, 30)
REPEATS = 1000
EDGE = 1.959964
APPROACHES = 200
USUAL = 10  # crimes a year that a buurt must have to be drawn
YEARS = (2021, 2022, 2023, 2024, 2025)


def alone(figures: Figures) -> Iterator[Line]:
    """False alarms and power of areas anywhere in the country."""
    years = figures.buurten
    before, after = years[:, :3], years[:, 3:]
    untreated = np.full(len(years), True)
    found = evaluation.contrasts(before, after, evaluation.match(before, untreated))
    swing = evaluation.contrast_dispersion(found, untreated)
    usual = np.flatnonzero(before.mean(axis=1) >= 10)
    rise = before[:, 2] / (before[:, :2].mean(axis=1) + 1)
    peak = usual[np.argsort(rise[usual])[-len(usual) // 10 :]]
    rng = np.random.default_rng(SEED)
    for chosen, name in ((usual, "willekeurig gekozen"), (peak, "gekozen op hun piek")):
        for size in SIZES:
            sets = np.stack([rng.choice(chosen, size, replace=False) for _ in range(REPEATS)])
            part = "Vals alarm bij gebieden zonder aanpak"
            where = f"{size} {'buurt' if size == 1 else 'buurten'}, {name}"
            better, worse = _verdicts(found, sets, swing, np.zeros(len(years)))
            yield Line(part, where, "deel verbeterd", better, None, 0.05)
            yield Line(part, where, "deel verslechterd", worse)
            if chosen is usual:
                plain, _ = _verdicts(found, sets, dispersion.CHANCE, np.zeros(len(years)))
                yield Line(part, where, "deel verbeterd met de gepubliceerde variantie", plain)
            for effect in (0.2, 0.3, 0.4):
                gone = after.sum(axis=1) - rng.binomial(after.astype(int), 1 - effect).sum(axis=1)
                power, _ = _verdicts(found, sets, swing, gone / after.shape[1])
                yield Line(
                    "Hoe vaak een echte daling gevonden wordt",
                    f"{where}, daling van {effect:.0%}".replace("%", " procent"),
                    "deel verbeterd",
                    power,
                )


def _verdicts(
    found: evaluation.Contrasts, sets: Rows, swing: dispersion.Dispersion, gone: Floats
) -> tuple[float, float]:
    """How many sets are called better and worse when ``gone`` a year disappears from each area."""
    phi = np.maximum(1.0, swing.a + swing.b * found.expected)
    variance = np.maximum(found.variance - gone / 2, 0.0) * phi
    estimate = (found.difference - gone)[sets].sum(axis=1)
    width = EDGE * np.sqrt(variance[sets].sum(axis=1))
    return float((estimate + width < 0).mean()), float((estimate - width > 0).mean())


def of_one_gemeente(figures: Figures) -> Iterator[Line]:
    """False alarms of buurten of one gemeente, with and without what those share."""
    base = _base(figures, YEARS[:3], YEARS[3:])
    usual = np.flatnonzero(base.before.mean(axis=1) >= USUAL)
    part = "Vals alarm bij buurten van een gemeente"
    for size in TOGETHER:
        sets = _of_one_group(usual, base.group, size)
        where = f"{size} buurten van een gemeente"
        better, _ = _found(base, sets)
        yield Line(part, where, "deel verbeterd", better, None, 0.05)
        plain = [evaluation.effect(base.found, areas, base.swing) for areas in sets]
        lower = np.mean([one.interval[1] < 0 for one in plain])
        yield Line(part, where, "deel verbeterd zonder wat zij samen doen", float(lower))


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
    base = _base(figures, YEARS[:3], YEARS[3:])
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
        judged = approach.judge(panel, base, own, seed=seed)
        outside = np.setdiff1d(ring, own)
        if len(outside):
            approach.judge_ring(judged, approach.outcome_of(panel, base, outside))
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
    effects = [approach.effect_of(base, areas) for areas in sets]
    words = [evaluation.verdict(one, 0.0) for one in effects]
    return words.count(BETTER) / len(words), words.count(WORSE) / len(words)


PARTS: tuple[Callable[[Figures], Iterator[Line]], ...] = (
    *(alone, of_one_gemeente, one_year_before, around, speed),
)
