"""Which map stands where: the first figure that fills it on an area page, and the one that a text asks for.

On the pages of gemeenten and of the country kaart.js offers other figures and years, from the
files of `data`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.gebied import LAND, Niveau, niveau_of
from pipeline.indicator import read_without_explanation
from pipeline.site.map import rows as map_rows
from pipeline.site.map.drawing import EMPTY, NOTHING, Map, draw, figure, sentence
from pipeline.site.map.outlines import dissolved, drawing
from pipeline.site.map.rows import Choice, Named, Part, Subject
from pipeline.sql import Connection

FIRST = ("overlast_drugs_alcohol", "misdrijven")
"""What the map of an area page shows before anything is chosen: the first of these that fills it."""
LEAST_GEMEENTEN = 100
"""With fewer there is no map of the country: it would be a map of holes."""
NO_OUTLINES = "Van deze indeling zijn de grenzen nog niet bekend. Daarom staat er geen kaart."
FEW_GEMEENTEN = (
    "Een kaart van Nederland staat hier niet. Deze site kent te weinig gemeenten om er een te tekenen."
)


def has_map(niveau: Niveau) -> bool:
    """Whether the page of an area has a map: that of a gemeente by buurt, of the country by gemeente."""
    return niveau in ("land", "gemeente")


@dataclass(frozen=True)
class Chart:
    """A map and what it was drawn from."""

    subject: Subject
    areas: Sequence[Part]
    drawn: Map

    def figure(self, *, choose_from: str | None = None, below: Markup = NOTHING) -> Markup:
        """It as a page shows it: see `drawing.figure`."""
        return figure(self.subject, self.drawn, self.areas, choose_from=choose_from, below=below)


@dataclass(frozen=True)
class Atlas:
    """The maps of some area pages, read from the warehouse in a few queries for all of them."""

    subjects: Mapping[str, Subject]
    areas: Mapping[str, Sequence[Part]]
    named: Mapping[str, Sequence[Named]]
    outlines: Mapping[str, tuple[tuple[str, str], ...]]
    bounded: frozenset[str]

    @classmethod
    def read(cls, con: Connection, codes: Collection[str]) -> Atlas:
        """Read what the maps of `codes` need; those without one (see `has_map`) may be among them."""
        wholes = [code for code in codes if has_map(niveau_of(code))]
        if not wholes:
            return cls(subjects={}, areas={}, named={}, outlines={}, bounded=frozenset())
        bounded = map_rows.read_bounded(con)
        if len(bounded) < LEAST_GEMEENTEN:
            wholes = [code for code in wholes if code != LAND]
        choices = map_rows.choose(con, wholes=wholes, first=FIRST)
        return cls(
            subjects=_subjects(con, choices.values()),
            areas=map_rows.read_areas(con, choices.values()) if choices else {},
            named=map_rows.read_named(con, choices) if choices else {},
            outlines=map_rows.read_outlines(con, choices) if choices else {},
            bounded=bounded,
        )

    def map_of(
        self, code: str, *, root: str, gemeenten: Collection[str] = (), areas_at: str = "../"
    ) -> Markup:
        """The map of a gemeente or of the country, or a sentence that says why there is none.

        `root` leads from the page to the root of the site, as in '../../'; the rest is as in `chart_of`.
        """
        found = self.chart_of(code, gemeenten=gemeenten, areas_at=areas_at)
        return found if isinstance(found, Markup) else found.figure(choose_from=root)

    def chart_of(
        self, code: str, *, gemeenten: Collection[str] = (), areas_at: str = "../"
    ) -> Chart | Markup:
        """The map with what it was drawn from, or a sentence that says why there is none.

        `areas_at` leads to the pages of areas; `gemeenten` are those that have one (none named: all).
        """
        if code == LAND and len(self.bounded) < LEAST_GEMEENTEN:
            return sentence(FEW_GEMEENTEN)
        if code != LAND and code not in self.bounded:
            return sentence(NO_OUTLINES)
        subject = self.subjects.get(code)
        if subject is None:
            return sentence(EMPTY.format(niveau="gemeente" if code == LAND else "buurt"))
        areas, outlines = self.areas[code], self.outlines[code]
        ground = dissolved(outlines) if code == LAND else drawing(outlines)
        linked = gemeenten if code == LAND and gemeenten else None
        named = self.named[code]
        drawn = draw(subject, areas, ground, named=named, link_prefix=areas_at, linked=linked)
        return sentence(drawn.explanation) if drawn.explanation else Chart(subject, areas, drawn)


def chart_of(con: Connection, indicator: str, gebied: str, *, root: str) -> Chart | Markup:
    """The map of one indicator's newest year for a written text; or a sentence on why there is none.

    `root` leads from the page to the root of the site, as in '../../'.
    """
    if gebied != LAND and gebied not in map_rows.read_bounded(con):
        return sentence(NO_OUTLINES)
    periode = map_rows.newest_period(con, indicator, gebied) or ""
    found = of_choice(con, Choice(gebied, indicator, periode), link_prefix=f"{root}gebied/")
    return sentence(found.drawn.explanation) if found.drawn.explanation else found


def of_choice(con: Connection, choice: Choice, *, link_prefix: str) -> Chart:
    """The buurten of one gemeente, coloured by the figure of one period.

    `link_prefix` is what stands before '<code>/' in each link. The classes are those of all buurten and
    years of the indicator, so two years or two gemeenten may be held side by side. A sensitive indicator,
    and one without figures for buurten, give a Map whose `explanation` says so instead.
    Raises ValueError when the gemeente has no boundaries.
    """
    subject = _subjects(con, [choice])[choice.geheel]
    areas = map_rows.read_areas(con, [choice])[choice.geheel]
    ground = drawing(map_rows.read_outlines(con, [choice.geheel])[choice.geheel])
    named = map_rows.read_named(con, [choice.geheel])[choice.geheel]
    return Chart(subject, areas, draw(subject, areas, ground, named=named, link_prefix=link_prefix))


def _subjects(con: Connection, choices: Collection[Choice]) -> dict[str, Subject]:
    definitions, names = read_without_explanation(con), map_rows.read_names(con)
    bounds = map_rows.read_bounds(con, {choice.indicator for choice in choices})
    found = {}
    for choice in choices:
        if choice.indicator not in definitions:
            raise ValueError(f"indicator {choice.indicator!r} is not in contract.indicator")
        niveau = "gemeente" if choice.geheel == LAND else "buurt"
        found[choice.geheel] = Subject(
            definition=definitions[choice.indicator],
            bounds=bounds.get((choice.indicator, niveau), ()),
            choice=choice,
            naam=names.get(choice.geheel, choice.geheel),
        )
    return found
