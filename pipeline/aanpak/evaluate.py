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
from pipeline.statistics.approach import Base, Judged, Outcome, Panel
from pipeline.statistics.verdicts import BETTER, UNKNOWN, WORSE

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
        omhoog: the goal is more of it, such as reports: then more is better.
    """

    aanpak: str
    indicator: str
    niveau: str
    start: date | None
    eind: date | None
    gebieden: tuple[str, ...]
    genoemd: tuple[str, ...]
    omgeving: tuple[str, ...]
    omhoog: bool = False


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
    breaks: dict[str, list[Break]] = {}
    for name, *years in con.execute("select indicator, voor, na from core.breuk order by all").fetchall():
        breaks.setdefault(name, []).append((years[0], years[1]))
    return Figures(con, frozenset(row[0] for row in buurten), breaks)


def _asked(con: Connection) -> list[Asked]:
    rows = con.execute(
        """
        select a.aanpak, i.indicator, a.niveau, a.start, a.eind,
            list(distinct g.gebied_code order by g.gebied_code) filter (g.rol = 'aanpak'),
            coalesce(list(distinct g.gebied_code order by g.gebied_code) filter (g.rol = 'vergelijking'), []),
            coalesce((
                select list(o.buurt_code order by o.buurt_code)
                from statistiek.aanpak_buurt as o
                where o.aanpak = a.aanpak and o.rol = 'omgeving'
            ), []),
            coalesce(a.doel_richting = 'omhoog' and a.doel_indicator = i.indicator, false)
        from contract.aanpak as a
        cross join unnest(a.indicatoren) as i (indicator)
        join contract.aanpak_gebied as g on a.aanpak = g.aanpak
        group by all
        order by a.aanpak, i.indicator
        """
    ).fetchall()
    return [
        Asked(*row[:5], *(tuple(codes) for codes in row[5:8]), omhoog=row[8])  # type: ignore[misc]
        for row in rows
    ]


def _evaluate(figures: Figures, asked: Asked) -> dict[str, Any]:
    panel = figures.panel(asked.indicator, asked.niveau)
    there = panel.rows(asked.gebieden)
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
    years = (
        [year for year in panel.years if not np.isnan(panel.of([year])[there]).any()] if len(there) else []
    )
    chosen = window.choose(asked.start, asked.eind, years, breaks)
    row |= _years(chosen)
    if refused := _refusal(chosen, bool(len(there))):
        return row | {"reden": refused}
    base = figures.base(asked.indicator, asked.niveau, chosen)
    if base is None:
        return row | {"reden": "geen_vergelijking"}
    areas, named = _places(base, there), _places(base, panel.rows(asked.genoemd))
    if asked.genoemd and not len(named):
        return row | {"reden": "geen_vergelijking"}
    seed = zlib.crc32(asked.aanpak.encode())
    judged = approach.judge(panel, base, areas, seed=seed, named=named if asked.genoemd else None)
    expected = {"lijn": [_known(judged.outcome.run)[panel.years.index(year)] for year in row["jaren"]]}
    return row | expected | _judged(asked, judged, len(areas)) | _ring(figures, asked, chosen, judged)


def _drawn(
    panel: Panel, there: NDArray[np.int64], start: date | None, breaks: Sequence[Break]
) -> dict[str, Any]:
    """The years of the chart, none of them on the other side of a break, and what was counted in each."""
    low, high = window.side(start, breaks) if start else (0, 9999)
    years = [year for year in panel.years if low <= year <= high]
    counted = _known(panel.of(years)[there].sum(axis=0)) if len(there) else [None] * len(years)
    return {"jaren": years, "waargenomen": counted, "lijn": [None] * len(years)}


def _refusal(chosen: Window, known: bool) -> str:
    if not known:
        return "geen_cijfers"
    if chosen.broken:
        return "breuk"
    if not chosen.after:
        return "nog_geen_jaar"
    return "" if chosen.before else "geen_cijfers"


def _years(chosen: Window) -> dict[str, Any]:
    first, last = (
        (years[0], years[-1]) if years else (None, None) for years in (chosen.before, chosen.after)
    )
    names = ("voor_van", "voor_tot", "na_van", "na_tot", "startjaar")
    return dict(zip(names, (*first, *last, chosen.skipped), strict=True))


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


def _ring(figures: Figures, asked: Asked, chosen: Window, judged: Judged) -> dict[str, Any]:
    panel = figures.panel(asked.indicator, "buurt")
    base = figures.base(asked.indicator, "buurt", chosen) if set(chosen.before) <= set(panel.years) else None
    areas = _places(base, panel.rows(asked.omgeving)) if base else ()
    if base is None or not len(areas):
        return {"omgeving": NONE}
    ring: Outcome = approach.outcome_of(panel, base, np.asarray(areas))
    low, high = ring.effect.interval
    return {
        "omgeving_gebieden": len(areas),
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
