"""Small drawings of an area page: a figure with its margin beside others on one axis, and a line of years.

In: values, or places in hundredths of an axis that begins at nothing. Out: inline SVG without words, or, in a
table, the classes of an empty cell, which the style sheet draws: an SVG takes three times their bytes, and
there are 25 on each of some ten thousand pages. What is drawn stands in words beside it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from pipeline.site.figure.breaks import dates_of
from pipeline.site.figure.cijfer import Cijfer

LINE_WIDTH, LINE_HEIGHT = 180, 40
_EDGE = 4  # of the line's drawing: room for half a dot


class Strip(NamedTuple):
    """A figure (`at`) with its margin, and figures to hold it against, in hundredths of the axis.

    `gemeente` and `land` are None where they have no figure of the same period.
    """

    at: int
    low: int
    high: int
    gemeente: int | None = None
    land: int | None = None


def hundredths(value: float, longest: float) -> int:
    return round(100 * value / longest) if longest else 0


MARKS = {"d": "at", "a": "low", "b": "high", "g": "gemeente", "l": "land"}
"""A class of a drawn cell is one of these letters and a step; the first is the dot."""

STEPS = 40
"""Into which the axis of a table is divided: two pixels on a phone."""


def strip_classes(one: Strip) -> str:
    """A dot on its margin, a long tick (the gemeente) and a short one (the country): 'd5 b24 g15 l12'.

    A margin that begins at nothing does not say so.
    """
    places = [(mark, getattr(one, name)) for mark, name in MARKS.items() if mark != "a" or one.low]
    return " ".join([f"{mark}{_step(place)}" for mark, place in places if place is not None])


def _step(place: int) -> int:
    return round(STEPS * place / 100)


def step_rules() -> str:
    """The rules of a style sheet that tell its drawing, by the classes, where each mark lies."""
    steps = range(STEPS + 1)
    return "".join([f".{mark}{step}{{--{mark}:{step}}}" for mark in MARKS for step in steps])


def margin(one: Strip) -> str:
    """The marks of a figure itself."""
    start = f" x1={one.low}%" if one.low else ""
    place = f" cx={one.at}%" if one.at else ""
    return f"<line{start} x2={one.high}% /><circle{place} />"


def beside(one: Strip, other: int) -> str:
    """Another figure, in front of the margin that it is held against."""
    return f"<rect x={one.low}% width={one.high - one.low}% /><circle cx={other}% />"


def line_svg(years: Sequence[Cijfer]) -> Markup:
    """Counts of years, oldest first, from nothing up; empty if fewer than two are known.

    The line stops at a break: in a year in which the way of counting changes halfway it joins no other year.
    The last dot is open where its count is provisional.
    """
    known = [year for year in years if year.teller is not None]
    if len(known) < 2:
        return Markup("")
    first, span = int(known[0].periode), int(known[-1].periode) - int(known[0].periode)
    highest = max(year.teller or 0 for year in known) or 1
    width, height = LINE_WIDTH - 2 * _EDGE, LINE_HEIGHT - 2 * _EDGE

    def place(year: Cijfer) -> tuple[int, int]:
        across = _EDGE + round(width * (int(year.periode) - first) / span)
        return across, _EDGE + round(height * (1 - (year.teller or 0) / highest))

    pieces: list[list[tuple[int, int]]] = []
    for before, year in pairwise((None, *known)):
        if year is not None:
            if before is None or not _joined(before, year):
                pieces.append([])
            pieces[-1].append(place(year))
    x, y = place(known[-1])
    kind = " class=v" if known[-1].voorlopig or known[-1].status == "voorlopig" else ""
    path = "".join(map(_piece, pieces))
    return Markup(
        f'<svg class=vb-lijntje viewBox="0 0 {LINE_WIDTH} {LINE_HEIGHT}" aria-hidden=true>'
        f'<path d="{path}"/><circle{kind} cx={x} cy={y} r=3 /></svg>'
    )


def _joined(before: Cijfer, year: Cijfer) -> bool:
    """Whether two years that are known follow each other without a break."""
    halfway = any(not date.endswith("-01") for date in dates_of(before))
    return int(year.periode) - int(before.periode) == 1 and not dates_of(year) and not halfway


def _piece(points: Sequence[tuple[int, int]]) -> str:
    """A line through points; a single one becomes a dot, for the ends of lines are round."""
    (x, y), rest = points[0], points[1:]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points)]
    return f"M{x} {y}{'l' if rest else 'h0'}{' '.join(steps)}".replace(" -", "-")
