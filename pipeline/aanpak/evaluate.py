"""The evaluation of every approach that a warehouse has, from its tables of approaches and counts."""

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.aanpak import window
from pipeline.aanpak.counts import read_panel
from pipeline.aanpak.window import Break, Window
from pipeline.sql import Connection
from pipeline.statistics import approach
from pipeline.statistics.approach import Base, Cohort, Judged, Outcome, Panel
from pipeline.statistics.verdicts import BETTER, UNKNOWN, WORSE
from pipeline.yearly import read_breaks

OPPOSITE = {BETTER: WORSE, WORSE: BETTER}
NONE = "geen"  # no ring: of a whole gemeente, or where nothing is known around

COLUMNS = (
    *("aanpak", "indicator", "voor_van", "voor_tot", "na_van", "na_tot", "startjaar", "gebieden"),
    *("gebieden_zonder", "voor", "na", "verwacht", "verschil", "verschil_onder", "verschil_boven"),
    *("verhouding", "verhouding_onder", "verhouding_boven", "kleinste", "vergelijking"),
    *("vergelijkingsgebieden", "placebo_lager", "placebo_groepen", "tijd_verschil", "tijd_onder"),
    *("tijd_boven", "omgeving_gebieden", "omgeving_voor", "omgeving_na", "omgeving_verwacht"),
    *("omgeving_verschil", "omgeving_onder", "omgeving_boven", "omgeving", "oordeel", "reden", "jaren"),
    *("waargenomen", "lijn"),
)


@dataclass(frozen=True)
class Asked:
    """One approach on one indicator, with its areas, comparison areas and the buurten around.

    Attributes:
        start: the first day in any area.
        gebieden: code → the first day there; None where it is not chosen.
        omgeving: code of a buurt around → the first day in an area that it touches.
        omhoog: the goal is more of it, such as reports: then more is better.
    """

    aanpak: str
    indicator: str
    niveau: str
    start: date | None
    eind: date | None
    gebieden: Mapping[str, date | None]
    genoemd: Sequence[str]
    omgeving: Mapping[str, date | None]
    omhoog: bool = False


@dataclass(frozen=True)
class Began:
    """The areas of a panel that began on one day, with the window of that day.

    Attributes:
        rows: of the panel.
    """

    start: date
    rows: NDArray[np.int64]
    window: Window


@dataclass
class Figures:
    """Counts and contrasts, each read or computed once: many approaches share a window.

    Attributes:
        buurten: buurten of every approach and around it: none of them serves as comparison.
        breaks: indicator → those of its series.
    """

    con: Connection
    buurten: frozenset[str]
    breaks: Mapping[str, Sequence[Break]]
    _panels: dict[tuple[str, str], Panel] = field(default_factory=dict)
    _bases: dict[tuple[str, str, Window], Base | None] = field(default_factory=dict)

    def panel(self, indicator: str, level: str) -> Panel:
        if (indicator, level) not in self._panels:
            self._panels[indicator, level] = read_panel(self.con, indicator, level)
        return self._panels[indicator, level]

    def base(self, indicator: str, level: str, chosen: Window) -> Base | None:
        key = (indicator, level, chosen)
        if key not in self._bases:
            panel = self.panel(indicator, level)
            own = touched(self.buurten, level)
            excluded = np.array([code in own for code in panel.codes])
            self._bases[key] = approach.base_of(panel, chosen.before, chosen.after, excluded)
        return self._bases[key]


@cache
def touched(buurten: frozenset[str], level: str) -> frozenset[str]:
    """The areas of a level that have any of these buurten."""
    length = {"buurt": 10, "wijk": 8, "gemeente": 6}[level]
    start = {"buurt": "BU", "wijk": "WK", "gemeente": "GM"}[level]
    return frozenset(start + code[2:length] for code in buurten)


def evaluate_all(con: Connection) -> Iterator[dict[str, Any]]:
    """A row of COLUMNS for every approach and indicator, in order."""
    asked = _asked(con)
    if asked:
        figures = read_figures(con)
        for one in asked:
            yield dict.fromkeys(COLUMNS) | _evaluate(figures, one)


def read_figures(con: Connection) -> Figures:
    """What all evaluations share."""
    buurten = con.execute("select distinct buurt_code from statistiek.aanpak_buurt").fetchall()
    return Figures(con, frozenset(row[0] for row in buurten), read_breaks(con))


def _asked(con: Connection) -> list[Asked]:
    rows = con.execute(
        """
        select a.aanpak, i.indicator, a.niveau, a.start, a.eind,
            map_from_entries(
                list((g.gebied_code, g.start) order by g.gebied_code) filter (g.rol = 'aanpak')
            ),
            coalesce(list(distinct g.gebied_code order by g.gebied_code) filter (g.rol = 'vergelijking'), []),
            coalesce((
                select map_from_entries(list((o.buurt_code, o.start) order by o.buurt_code))
                from statistiek.aanpak_buurt as o
                where o.aanpak = a.aanpak and o.rol = 'omgeving'
            ), map {}),
            coalesce(a.doel_richting = 'omhoog' and a.doel_indicator = i.indicator, false)
        from contract.aanpak as a
        cross join unnest(a.indicatoren) as i (indicator)
        join contract.aanpak_gebied as g on a.aanpak = g.aanpak
        group by all
        order by a.aanpak, i.indicator
        """
    ).fetchall()
    return [Asked(*row) for row in rows]


def _evaluate(figures: Figures, asked: Asked) -> dict[str, Any]:
    panel = figures.panel(asked.indicator, asked.niveau)
    there = panel.rows(list(asked.gebieden))
    breaks = figures.breaks.get(asked.indicator, ())
    row: dict[str, Any] = {
        "aanpak": asked.aanpak,
        "indicator": asked.indicator,
        "vergelijking": "genoemd" if asked.genoemd else "automatisch",
        "omgeving": NONE,
        "oordeel": UNKNOWN,
        "gebieden": 0,
        "gebieden_zonder": len(asked.gebieden),
        **_drawn(panel, there, asked.start, breaks),
    }
    if asked.start is None:
        return row | {"reden": "geen_start"}
    found = _began(panel, asked.gebieden, asked.eind, breaks)
    ready = [one for one in found if not _refusal(one.window)]
    if not ready:
        return row | _years(found[:1]) | {"reden": _refusal(found[0].window) if found else "geen_cijfers"}
    row |= _years(ready)
    cohorts = _cohorts(figures, asked, ready)
    if not cohorts:
        return row | {"reden": "geen_vergelijking"}
    counted = np.concatenate([one.rows for one in ready])
    judged = approach.judge(panel, cohorts, seed=zlib.crc32(asked.aanpak.encode()))
    row |= _drawn(panel, counted, asked.start, breaks)
    expected = {"lijn": [_known(judged.outcome.run)[panel.years.index(year)] for year in row["jaren"]]}
    return row | expected | _judged(asked, judged, len(counted)) | _ring(figures, asked, judged, ready)


def _began(
    panel: Panel, areas: Mapping[str, date | None], end: date | None, breaks: Sequence[Break]
) -> list[Began]:
    """The areas with figures by the day on which they began, the earliest first, each day with its window."""
    found = []
    for start in sorted({day for day in areas.values() if day}):
        rows = panel.rows([code for code, day in areas.items() if day == start])
        if len(rows):
            years = [year for year in panel.years if not np.isnan(panel.of([year])[rows]).any()]
            found.append(Began(start, rows, window.choose(start, end, years, breaks)))
    return found


def _cohorts(figures: Figures, asked: Asked, ready: Sequence[Began]) -> list[Cohort]:
    """Each day's areas beside those that they are compared with; none where one of them has nothing."""
    panel, cohorts = figures.panel(asked.indicator, asked.niveau), []
    for one in ready:
        base = figures.base(asked.indicator, asked.niveau, one.window)
        named = _places(base, panel.rows(asked.genoemd)) if base and asked.genoemd else None
        if base is None or (named is not None and not len(named)):
            return []
        cohorts.append(Cohort(base, _places(base, one.rows), named))
    return cohorts


def _drawn(
    panel: Panel, there: NDArray[np.int64], start: date | None, breaks: Sequence[Break]
) -> dict[str, Any]:
    """The years of the chart, none of them on the other side of a break, and what was counted in each."""
    low, high = window.side(start, breaks) if start else (0, 9999)
    years = [year for year in panel.years if low <= year <= high]
    counted = _known(panel.of(years)[there].sum(axis=0)) if len(there) else [None] * len(years)
    return {"jaren": years, "waargenomen": counted, "lijn": [None] * len(years)}


def _refusal(chosen: Window) -> str:
    if chosen.broken:
        return "breuk"
    if not chosen.after:
        return "nog_geen_jaar"
    return "" if chosen.before else "geen_cijfers"


def _years(found: Sequence[Began]) -> dict[str, Any]:
    """First and last year before any start, and after any; the start year only where all began at once."""
    before = [year for one in found for year in one.window.before]
    after = [year for one in found for year in one.window.after]
    ends = (f(years, default=None) for years in (before, after) for f in (min, max))
    skipped = found[0].window.skipped if len(found) == 1 else None
    names = ("voor_van", "voor_tot", "na_van", "na_tot", "startjaar")
    return dict(zip(names, (*ends, skipped), strict=True))


def _places(base: Base, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the panel as places in the base; those that are not complete in the window fall out."""
    return np.flatnonzero(np.isin(base.rows, rows))


def _judged(asked: Asked, judged: Judged, areas: int) -> dict[str, Any]:
    outcome, early = judged.outcome, judged.in_time
    verdict = OPPOSITE.get(judged.verdict, judged.verdict) if asked.omhoog else judged.verdict
    low, high = outcome.effect.interval
    return {
        "gebieden": areas,
        "gebieden_zonder": len(asked.gebieden) - areas,
        "voor": outcome.before,
        "na": outcome.after,
        "verwacht": outcome.expected,
        "verschil": outcome.effect.estimate,
        "verschil_onder": low,
        "verschil_boven": high,
        **dict(
            zip(("verhouding", "verhouding_onder", "verhouding_boven"), _known(outcome.ratio), strict=True)
        ),
        "kleinste": outcome.smallest,
        "vergelijkingsgebieden": list(outcome.controls),
        "placebo_lager": judged.below,
        "placebo_groepen": judged.sets,
        "tijd_verschil": early and early.estimate,
        "tijd_onder": early and early.interval[0],
        "tijd_boven": early and early.interval[1],
        "oordeel": verdict,
        "reden": judged.reason or None,
    }


def _ring(figures: Figures, asked: Asked, judged: Judged, ready: Sequence[Began]) -> dict[str, Any]:
    """What happened around, in the same windows as in the areas that each buurt touches."""
    panel = figures.panel(asked.indicator, "buurt")
    cohorts = []
    for one in ready:
        rows = panel.rows([code for code, day in asked.omgeving.items() if day == one.start])
        known = set(one.window.before) <= set(panel.years)
        base = figures.base(asked.indicator, "buurt", one.window) if known else None
        areas = _places(base, rows) if base else ()
        if base is not None and len(areas):
            cohorts.append(Cohort(base, np.asarray(areas)))
    if not cohorts:
        return {"omgeving": NONE}
    ring: Outcome = approach.outcome_of(panel, cohorts)
    low, high = ring.effect.interval
    return {
        "omgeving_gebieden": sum(len(one.areas) for one in cohorts),
        "omgeving_voor": ring.before,
        "omgeving_na": ring.after,
        "omgeving_verwacht": ring.expected,
        "omgeving_verschil": ring.effect.estimate,
        "omgeving_onder": low,
        "omgeving_boven": high,
        "omgeving": approach.judge_ring(judged, ring),
    }


def _known(values: Any) -> list[float | None]:
    """What is not a number is not known."""
    return [None if math.isnan(value) else float(value) for value in values]
