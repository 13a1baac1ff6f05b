"""Maps: inline SVG with a link for each area, and a legend in words.

No JavaScript and no request are needed: an area is an `<a>` with its name and figure as `<title>` and a class
for its colour. The colours themselves are in the style sheet, so that dark mode and print follow. On the
pages of gemeenten and of the country kaart.js offers other figures and years, from the files of map_data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from markupsafe import Markup, escape

from pipeline.gebied import LAND, Niveau, niveau_of, slug_of
from pipeline.indicator import Indicator, read_indicators
from pipeline.site.map import rows as map_rows
from pipeline.site.map.outlines import WIDTH, Drawing, dissolved, drawing
from pipeline.site.map.rows import CLASSES, Area, Choice
from pipeline.sql import Connection
from pipeline.words.numbers import format_figure, format_number, format_period
from pipeline.words.provenance import origins
from pipeline.words.status import MET_AANTAL, STATUS_KORT

DATA = "assets/kaart"
SCRIPT = "assets/javascripts/kaart.js"
FIRST = ("overlast_drugs_alcohol", "misdrijven")
"""What the map of an area page shows before anything is chosen: the first of these that fills it."""
LEAST_GEMEENTEN = 100
"""With fewer there is no map of the country: it would be a map of holes."""
MOST_NAMES = 12

SENSITIVE = "Van dit cijfer staat hier geen kaart per buurt. Het gaat om kwetsbare mensen."
ABSOLUTE = "Van een aantal mensen staat hier geen kaart. Een groot gebied lijkt dan al gauw veel."
EMPTY = "Per {niveau} zijn hier geen cijfers. Daarom staat er geen kaart."
NO_OUTLINES = "Van deze indeling zijn de grenzen nog niet bekend. Daarom staat er geen kaart."
ALL_ZERO = "Overal is dit cijfer nul. Daarom staat er geen kaart."
FEW_GEMEENTEN = (
    "Een kaart van Nederland staat hier niet. Deze site kent te weinig gemeenten om er een te tekenen."
)


@dataclass(frozen=True)
class Map:
    """A map, or (`svg` empty) the reason why there is none; areas without a figure with their status."""

    svg: Markup
    legend_html: Markup
    areas_without: tuple[tuple[str, str], ...]
    periode: str
    explanation: str = ""


@dataclass(frozen=True)
class Subject:
    """What a map is about. `bounds` part its colours; `naam` is that of the whole."""

    definition: Indicator
    bounds: tuple[float, ...]
    choice: Choice
    naam: str

    @property
    def niveau(self) -> str:
        """What an area on the map is."""
        return "gemeente" if self.choice.geheel == LAND else "buurt"

    @property
    def key(self) -> str:
        return f"{self.definition.slug}-{slug_of(self.choice.geheel)}"

    @property
    def title(self) -> str:
        period = format_period(self.choice.periode)
        return f"{self.definition.titel} per {self.niveau} in {self.naam}, {period}"


def has_map(niveau: Niveau) -> bool:
    """Whether the page of an area has a map: that of a gemeente by buurt, of the country by gemeente."""
    return niveau in ("land", "gemeente")


@dataclass(frozen=True)
class Atlas:
    """The maps of some area pages, read from the warehouse in a few queries for all of them."""

    subjects: Mapping[str, Subject]
    areas: Mapping[str, Sequence[Area]]
    outlines: Mapping[str, tuple[tuple[str, str], ...]]
    bounded: frozenset[str]

    @classmethod
    def read(cls, con: Connection, codes: Collection[str]) -> Atlas:
        """Read what the maps of `codes` need; those without one (see `has_map`) may be among them."""
        wholes = [code for code in codes if has_map(niveau_of(code))]
        if not wholes:
            return cls(subjects={}, areas={}, outlines={}, bounded=frozenset())
        bounded = map_rows.read_bounded(con)
        if len(bounded) < LEAST_GEMEENTEN:
            wholes = [code for code in wholes if code != LAND]
        choices = map_rows.choose(con, wholes=wholes, first=FIRST)
        return cls(
            subjects=_subjects(con, choices.values()),
            areas=map_rows.read_areas(con, choices.values()) if choices else {},
            outlines=map_rows.read_outlines(con, choices) if choices else {},
            bounded=bounded,
        )

    def map_of(self, code: str, *, root: str, gemeenten: Collection[str] = ()) -> Markup:
        """The map of a gemeente or of the country, for its own page; where there is none a sentence says so.

        `root` leads from that page to the root of the site, as in '../../'; `gemeenten` are those that
        have a page (none named: all).
        """
        if code == LAND and len(self.bounded) < LEAST_GEMEENTEN:
            return _sentence(FEW_GEMEENTEN)
        if code != LAND and code not in self.bounded:
            return _sentence(NO_OUTLINES)
        subject = self.subjects.get(code)
        if subject is None:
            return _sentence(EMPTY.format(niveau="gemeente" if code == LAND else "buurt"))
        areas, outlines = self.areas[code], self.outlines[code]
        ground = dissolved(outlines) if code == LAND else drawing(outlines)
        linked = gemeenten if code == LAND and gemeenten else None
        drawn = _draw(subject, areas, ground, link_prefix="../", linked=linked)
        return _figure(subject, drawn, areas, choose_from=root)


def gemeente_map(con: Connection, gemeente_code: str, root: str) -> Markup:
    """The map of one gemeente; for many of them an Atlas asks the warehouse less often."""
    return Atlas.read(con, [gemeente_code]).map_of(gemeente_code, root=root)


def map_of(con: Connection, indicator: str, gebied: str, *, root: str) -> Markup:
    """The map of one indicator's newest year for a written text; or why there is none.

    `root` leads from the page to the root of the site, as in '../../'.
    """
    if gebied != LAND and gebied not in map_rows.read_bounded(con):
        return _sentence(NO_OUTLINES)
    periode = map_rows.newest_period(con, indicator, gebied) or ""
    subject, areas, drawn = _one_map(con, Choice(gebied, indicator, periode), f"{root}gebied/")
    return _figure(subject, drawn, areas)


def map_svg(con: Connection, *, indicator: str, gemeente_code: str, periode: str, link_prefix: str) -> Map:
    """Draw the buurten of one gemeente, coloured by the figure of one period.

    `link_prefix` is what stands before '<code>/' in each link. The classes are those of all buurten and
    years of the indicator, so two years or two gemeenten may be held side by side. A sensitive indicator,
    and one without figures for buurten, give a Map whose `explanation` says so instead.
    Raises ValueError when the gemeente has no boundaries.
    """
    return _one_map(con, Choice(gemeente_code, indicator, periode), link_prefix)[2]


def _one_map(con: Connection, choice: Choice, link_prefix: str) -> tuple[Subject, Sequence[Area], Map]:
    subject = _subjects(con, [choice])[choice.geheel]
    areas = map_rows.read_areas(con, [choice])[choice.geheel]
    ground = drawing(map_rows.read_outlines(con, [choice.geheel])[choice.geheel])
    return subject, areas, _draw(subject, areas, ground, link_prefix=link_prefix)


def _subjects(con: Connection, choices: Collection[Choice]) -> dict[str, Subject]:
    definitions, names = read_indicators(con), map_rows.read_names(con)
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


# ---- HTML -------------------------------------------------------------------------------------------


def _draw(
    subject: Subject,
    areas: Sequence[Area],
    ground: Drawing,
    *,
    link_prefix: str,
    linked: Collection[str] | None = None,
) -> Map:
    if not map_rows.may_be_drawn(subject.definition, subject.niveau):
        return _no_map(SENSITIVE if subject.definition.gevoelig else ABSOLUTE, subject)
    if all(area.value is None for area in areas):
        return _no_map(EMPTY.format(niveau=subject.niveau), subject)
    if not subject.bounds:
        return _no_map(ALL_ZERO, subject)
    hatch = f"vb-arcering-{subject.key}"
    shapes = Markup("").join(
        _shape(
            area,
            subject,
            d=ground.paths[area.code],
            hatch=hatch,
            address=f"{link_prefix}{slug_of(area.code)}/" if linked is None or area.code in linked else "",
        )
        for area in areas
    )
    svg = Markup(
        '<svg class="vb-kaart" viewBox="0 0 {width} {height}" role="group" aria-label="Kaart: {label}">'
        '<defs><pattern id="{hatch}" width="9" height="9" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="9" height="9"/><line y2="9"/></pattern></defs>\n'
        "{shapes}</svg>"
    ).format(width=WIDTH, height=ground.height, label=subject.title, hatch=hatch, shapes=shapes)
    without = tuple((area.name, area.status) for area in areas if area.value is None)
    legend = _legend(subject, missing=bool(without))
    return Map(svg=svg, legend_html=legend, areas_without=without, periode=subject.choice.periode)


def _shape(area: Area, subject: Subject, *, d: str, hatch: str, address: str) -> Markup:
    """An area: a link where it has a page. The country has 15,000, so without Markup.format."""
    start, end = (
        (f'a href="{escape(address)}"', "a") if address else (f'g data-code="{slug_of(area.code)}"', "g")
    )
    fill = f' fill="url(#{escape(hatch)})"' if area.value is None else ""
    return Markup(
        f'<{start} class="{_css_class(area, subject.bounds)}">'
        f'<title>{escape(in_words(area, subject.definition))}</title><path{fill} d="{d}"/></{end}>\n'
    )


def _figure(subject: Subject, drawn: Map, areas: Sequence[Area], *, choose_from: str | None = None) -> Markup:
    """A drawn map with its caption, legend and source.

    `choose_from` is the way to the root of the site for a map on which kaart.js may show another figure.
    """
    if drawn.explanation:
        return _sentence(drawn.explanation)
    attributes, button, script = Markup(""), Markup(""), Markup("")
    if choose_from is not None:
        attributes = Markup(' data-kaart="{}{}/{}.json" data-plaats="{}" data-keuze="{} {}"').format(
            choose_from, DATA, slug_of(subject.choice.geheel), subject.naam,
            subject.choice.indicator, subject.choice.periode,
        )  # fmt: skip
        button = Markup(
            '<p class="vb-knoppen vb-niet-printen">'
            '<button type="button" data-kiezen hidden>Kies een ander cijfer of jaar</button></p>'
        )
        script = Markup('<script type="module" src="{}{}"></script>').format(choose_from, SCRIPT)
    return Markup(
        '<figure class="vb-figuur" id="kaart-{key}"{attributes}>'
        '<figcaption><span class="vb-figuur__titel">{title}</span> {aid}</figcaption>{button}'
        '<a class="vb-overslaan" href="#kaart-{key}-einde">Sla de kaart over</a>{svg}'
        '<div class="vb-kaart__uitleg">{legend}{without}</div>'
        '<p class="vb-bron" id="kaart-{key}-einde">Bron: {source}. Grenzen: CBS en Kadaster.</p>'
        "</figure>{script}"
    ).format(
        key=subject.key,
        attributes=attributes,
        title=subject.title,
        aid=f"Elke {subject.niveau} op de kaart is een link naar haar pagina.",
        button=button,
        svg=drawn.svg,
        legend=drawn.legend_html,
        without=_without(drawn.areas_without, subject.niveau),
        source=origins((area.source, area.vintage) for area in areas if area.value is not None),
        script=script,
    )


def _no_map(explanation: str, subject: Subject) -> Map:
    return Map(Markup(""), Markup(""), (), subject.choice.periode, explanation)


def _sentence(explanation: str) -> Markup:
    return Markup("<p>{}</p>").format(explanation)


# ---- words ------------------------------------------------------------------------------------------


def _css_class(area: Area, bounds: Sequence[float]) -> str:
    if area.value is None:
        return "vb-leeg"
    return f"vb-k{colour(int(np.searchsorted(bounds, area.value, side='right')), bounds)}"


def colour(place: int, bounds: Sequence[float]) -> int:
    """The colour of the n-th class: few classes are spread, so that light stays low and dark stays high."""
    return round(place * (CLASSES - 1) / len(bounds))


def in_words(area: Area, definition: Indicator) -> str:
    """'City: 39,9 per 1.000 inwoners (aantal: 109)', or why there is no figure."""
    counted = area.count is not None and area.status in MET_AANTAL
    count = f"aantal: {format_number(area.count or 0)}" if counted else ""
    if area.value is None:
        return f"{area.name}: {', '.join(part for part in (STATUS_KORT[area.status], count) if part)}"
    figure = f"{format_figure(definition, area.value)} {definition.eenheid}"
    return f"{area.name}: {figure}{f' ({count})' if count else ''}"


def class_words(bounds: Sequence[float]) -> list[str]:
    """The classes between bounds: ['minder dan 5', '5 tot 10', '10 of meer']."""
    shown = [_bound(value) for value in bounds]
    between = [f"{low} tot {high}" for low, high in pairwise(shown)]
    return [f"minder dan {shown[0]}", *between, f"{shown[-1]} of meer"]


def unit(definition: Indicator) -> str:
    """The unit in words: 'per 1.000 inwoners', 'procent'."""
    return "procent" if definition.eenheid == "%" else definition.eenheid


def _legend(subject: Subject, *, missing: bool) -> Markup:
    words = class_words(subject.bounds)
    entries = [(f"vb-k{colour(place, subject.bounds)}", word) for place, word in enumerate(words)]
    if missing:
        entries.append(("vb-leeg", "geen cijfer"))
    items = Markup("").join(
        Markup('<li><span class="vb-staal {}"></span>{}</li>').format(css, word) for css, word in entries
    )
    return Markup('<p class="vb-klein">{}:</p><ul class="vb-legenda">{}</ul>').format(
        _capital(unit(subject.definition)), items
    )


def _capital(text: str) -> str:
    return text if text.startswith("x ") else text[0].upper() + text[1:]


def _bound(value: float) -> str:
    """A bound without decimals that say nothing: 5, 2,5, 0,25."""
    decimals = next(count for count in range(10) if round(value, count) == value)
    return format_number(value, decimals=decimals)


def _without(areas: Sequence[tuple[str, str]], niveau: str) -> Markup:
    """Which areas have no figure and why; how many for each reason where they are too many to name."""
    if not areas:
        return Markup("")
    plural = {"buurt": "buurten", "gemeente": "gemeenten"}[niveau]
    named = len(areas) <= MOST_NAMES
    reasons = []
    for status, reason in STATUS_KORT.items():
        names = [name for name, why in areas if why == status]
        if names:
            count = f"{len(names)} {niveau if len(names) == 1 else plural}"
            reasons.append(f"{reason} ({', '.join(names) if named else count})")
    return Markup('<p class="vb-klein">Zonder cijfer (gearceerd): {}.</p>').format("; ".join(reasons))
