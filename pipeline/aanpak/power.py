"""Before the start: which change could be seen at all with these areas and this indicator?

The answer comes from the past: the same areas, as if an approach had begun one, two or three years before the
newest figures, with the same comparison and the same swing as an evaluation uses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.aanpak.definition import Approach
from pipeline.aanpak.evaluate import Figures, touched
from pipeline.aanpak.window import MOST_BEFORE, clean_years
from pipeline.statistics import approach
from pipeline.statistics.approach import Base, Cohort, Outcome, Rows

HORIZONS = (1, 2, 3)
FEWEST_BEFORE = 2
USUAL = 30  # percent: what is asked where no goal says how much
WIDTH = 40


@dataclass(frozen=True)
class Power:
    """What could be seen after some years; None where the figures are too few to say.

    Attributes:
        usual: counts a year in these areas.
        smallest: the smallest decline seen in four of five cases, as a part of the usual.
        fixed: the part of its square that more areas of the same gemeente do not lessen.
    """

    years: int
    usual: float
    smallest: float
    fixed: float

    def more_areas(self, areas: int, wanted: float) -> int | None:
        """How many areas like these would show a decline; None if no number in this gemeente does."""
        free = self.smallest**2 - self.fixed
        room = wanted**2 - self.fixed
        return None if room <= 0 else int(np.ceil(areas * free / room - 1e-9))


def power_of(figures: Figures, one: Approach, indicator: str, around: Sequence[str]) -> tuple[Power, ...]:
    """The power after one, two and three years, as far as the figures reach back.

    Args:
        around: buurten of the approach and around it, which are no comparison.
    """
    own = replace(figures, buurten=figures.buurten | frozenset(around))
    panel = own.panel(indicator, one.niveau)
    there = panel.rows(one.gebieden)
    known = [year for year in panel.years if len(there) and not np.isnan(panel.of([year])[there]).any()]
    years = clean_years(known, figures.breaks.get(indicator, ()))
    excluded = np.array([code in touched(own.buurten, one.niveau) for code in panel.codes])
    found = []
    for horizon in HORIZONS:
        before, after = years[:-horizon][-MOST_BEFORE:], years[-horizon:]
        if len(before) < FEWEST_BEFORE or len(there) < len(one.gebieden):
            continue
        base = approach.base_of(panel, before, after, excluded)
        if base is not None:
            areas = np.flatnonzero(np.isin(base.rows, there))
            outcome = approach.outcome_of(panel, [Cohort(base, areas)])
            found.append(_power(horizon, outcome, base, areas))
    return tuple(found)


def _power(years: int, outcome: Outcome, base: Base, areas: Rows) -> Power:
    expected = outcome.expected
    apart = approach.effect_of([Cohort(replace(base, shared=0.0), areas)])
    together = outcome.effect.error**2 - apart.error**2
    scale = (outcome.smallest * expected / outcome.effect.error / expected) ** 2 if expected else 0.0
    return Power(years, outcome.before, outcome.smallest, scale * together)


def in_words(found: Sequence[Power], *, title: str, areas: int, wanted: int, more: Sequence[str] = ()) -> str:
    """The account for the command line: a line and a bar a year, and what to do if it cannot be seen.

    Args:
        title: of the indicator.
        wanted: the decline that the goal asks for, in percent.
        more: other indicators of the theme, with what could be seen of them.
    """
    return "\n".join(_lines(found, title=title, areas=areas, wanted=wanted, more=more))


def _lines(
    found: Sequence[Power], *, title: str, areas: int, wanted: int, more: Sequence[str]
) -> Iterator[str]:
    if not found:
        yield f"{title}: niet te zeggen. Van deze gebieden, of van genoeg andere, is te weinig bekend."
        return
    yield f"{title}: {found[0].usual:.0f} per jaar in {areas} gebied{'en' if areas > 1 else ''} samen."
    yield "In 4 van de 5 gevallen is te zien, tegenover gebieden die erop lijken:"
    for one in found:
        bar = "#" * round(WIDTH * one.smallest)
        yield f"  na {one.years} jaar  [{bar:.<{WIDTH}}]  {_seen(one)}"
    yield "Hoe korter de balk, hoe kleiner de daling die te zien is. Voor een stijging geldt hetzelfde."
    best = min(found, key=lambda one: one.smallest)
    if best.smallest * 100 <= wanted:
        first = next(one for one in found if one.smallest * 100 <= wanted)
        yield f"Een daling van {wanted} procent is te zien, na {first.years} jaar."
        return
    yield f"Een daling van {wanted} procent is ook na {found[-1].years} jaar niet zeker te zien. Wat dan kan:"
    needed = best.more_areas(areas, wanted / 100)
    if needed is None:
        yield "  - meer gebieden, maar in andere gemeenten: gebieden van één gemeente schommelen samen;"
    else:
        yield f"  - meer gebieden: met {needed} zoals deze is het na {best.years} jaar wel te zien;"
    if best is found[-1]:
        yield "  - langer: wacht met een oordeel tot er meer hele jaren zijn;"
    yield from (f"  - een ander cijfer: {one};" for one in more)
    yield "  - of zet er iets naast dat meer vertelt, zoals een enquête of waarnemingen van bewoners."


def _seen(one: Power) -> str:
    if one.smallest >= 1:
        return "ook als er niets overblijft, is dat niet zeker te zien"
    left = one.usual * (1 - one.smallest)
    return f"een daling van {one.smallest * 100:.0f} procent of meer (van {one.usual:.0f} naar {left:.0f})"
