"""Tables of newest figures: kinds that the police count, and what is measured, each beside the references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.indicator import Indicator
from pipeline.site.area import reasons
from pipeline.site.area.answers import ALIKE, same_period
from pipeline.site.area.area import Area
from pipeline.site.area.table import FigureTable, Row
from pipeline.site.figure.cells import count_cell, empty_cell, margin_cell, value_cell
from pipeline.site.figure.cijfer import Cijfer
from pipeline.site.figure.strip import Strip, hundredths
from pipeline.site.figure.words import sources_in_words
from pipeline.site.html.markup import Cell
from pipeline.words.numbers import capital, format_mean
from pipeline.words.sentences import nothing_known
from pipeline.words.trends import DOWN, LEAST_YEARS, STEADY, UNKNOWN, UP, trend_cell


@dataclass(frozen=True, slots=True)
class Place:
    """Where an area stands between the lowest and the highest: a word, and how far in steps of a twentieth.

    Five steps are a quarter of the areas: the middle half is drawn at one place in every row.
    """

    word: str
    step: int


PER_INWONER = "per 1.000 inwoners"
_TRENDS = (UP, DOWN, STEADY, UNKNOWN)
TOTAAL = "overlast"  # the publisher's own total: below its kinds, and no drawing that dwarfs theirs


def counted(area: Area, indicators: Sequence[Indicator], *, wat: str, anchor: str) -> FigureTable:
    """Newest counts of some kinds, each with its rate, its interval and the references.

    `wat` is what the kinds are in a sentence, `anchor` where they stand on the page of another area.
    """
    if not (known := area.known(indicators)):
        return without(area, indicators, wat=wat, anchor=anchor)
    figures = [area.profiel[one.indicator] for one in known]
    periode = max(figure.periode for figure in figures if figure.is_known)
    similar = _has_similar(area, known)
    # Drawings have one axis, so only kinds of one unit have them: most kinds are per 1.000 inhabitants.
    drawn = {one.indicator for one in known if one.indicator != TOTAAL and one.eenheid == PER_INWONER}
    strips = _strips(area, [figure for figure in figures if figure.indicator in drawn])
    rows = []
    for one, figure in zip(known, figures, strict=True):
        year = "" if figure.periode == periode else f" ({figure.periode})"
        per = "" if one.eenheid == PER_INWONER else f" ({one.eenheid})"
        name = "Alle overlast samen" if one.indicator == TOTAAL else one.kort
        margin = margin_cell(area.woorden[one.indicator].written)
        by = one.noemer_soort
        count, value = count_cell(figure, noemer=by), _value(area, figure, noemer=by)
        cells = (count, value, margin, *_beside(area, figure, noemer=by, similar=similar))
        address = f"../../indicator/{one.slug}/"
        rows.append(Row(f"{name}{year}{per}", cells, strips.get(one.indicator), address))
    return FigureTable(
        headings=("Soort", "Aantal", "Per 1.000 inwoners", "Marge", *_references(area, similar=similar)),
        rows=tuple(rows),
        indicators=tuple(one.indicator for one in known),
        periode=periode,
        aid=_aid(area, strips),
        source=sources_in_words(figures),
        verloop=through_the_years(area, known),
        notes=reasons.counts_alone(area, figures),
    )


def through_the_years(area: Area, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """The trend of some kinds and the level over three years of each; none where no kind has three years.

    Kinds with the same trend in the same years stand together, for most of a buurt have: first those that
    rise or fall, last those of which too little is known.
    """
    together: dict[tuple[int, str], list[str]] = {}
    for one in indicators:
        level, trend = area.drie_jaar.get(one.indicator), area.verloop.get(one.indicator)
        if trend is not None and trend.jaren < LEAST_YEARS:
            trend = None
        if level is None and trend is None:
            continue
        name = "Alle overlast samen" if one.indicator == TOTAAL else one.kort
        three = format_mean(level.aantal) if level else ""
        if trend is None or trend.verandering is None:
            course = _TRENDS.index(UNKNOWN), "Te weinig jaren voor een verloop"
        else:
            words = trend_cell(trend.oordeel, van=trend.van, tot=trend.tot, verandering=trend.verandering)
            course = _TRENDS.index(trend.oordeel), f"{capital(words)} ({trend.van}–{trend.tot})"
        together.setdefault(course, []).append(f"{name} ({three or 'geen drie jaren'})")
    # Sorted by the trend alone: kinds keep their order.
    found = sorted(together.items(), key=lambda item: item[0][0])
    lines = tuple(f"{words}: {'; '.join(names)}." for (_, words), names in found)
    return (*lines, "Tussen haakjes: aantal, gewogen over drie jaar.") if lines else ()


def measured(
    area: Area,
    indicators: Sequence[Indicator],
    *,
    wat: str,
    anchor: str,
    places: Mapping[str, Place] | None = None,
) -> FigureTable:
    """Newest measurements, each with its unit and year, beside the references.

    `places` say where the area stands; without any there is no column of them.
    """
    if not (known := area.known(indicators)):
        return without(area, indicators, wat=wat, anchor=anchor)
    figures = [area.profiel[one.indicator] for one in known]
    similar = _has_similar(area, known)
    periods = {figure.periode for figure in figures}
    # One year for all stands in the heading.
    year, each = (f", {figures[0].periode}", False) if len(periods) == 1 else ("", True)
    rows = [
        Row(
            f"{one.titel} ({_unit(one)})",
            (
                _value(area, figure, noemer=None),
                *_beside(area, figure, noemer=None, similar=similar),
                *((_place(places.get(one.indicator)),) if places else ()),
                *((Cell(figure.periode),) if each else ()),
            ),
        )
        for one, figure in zip(known, figures, strict=True)
    ]
    headings = (f"Hier{year}", *_references(area, similar=similar))
    return FigureTable(
        headings=("Wat", *headings, *(["Plek"] if places else []), *(["Jaar"] if each else [])),
        rows=tuple(rows),
        indicators=tuple(one.indicator for one in known),
        source=sources_in_words(figures),
        notes=reasons.boundaries(area, figures),
    )


def without(area: Area, indicators: Sequence[Indicator], *, wat: str, anchor: str) -> FigureTable:
    """The words that stand for a table in which the area would have no figure at all."""
    names = [one.indicator for one in indicators]
    whys = {area.why_without(name) for name in names if name in area.profiel}
    whys = whys or {area.why_without(name) for name in names}
    return FigureTable(
        why=nothing_known(area.gebied.plaats, wat, whys), elsewhere=area.elsewhere(names, anchor)
    )


def _place(place: Place | None) -> Cell:
    return Cell(place.word, mark=f"vb-p{place.step}") if place else Cell("geen", empty=True)


def _has_similar(area: Area, indicators: Sequence[Indicator]) -> bool:
    """Whether areas that are alike have a figure of any of these together."""
    return any(area.woorden[one.indicator].vergelijkbaar for one in indicators)


def _references(area: Area, *, similar: bool) -> list[str]:
    return [place.naam for place in area.referenties.values()] + (["Vergelijkbaar"] if similar else [])


def _value(area: Area, figure: Cijfer, *, noemer: str | None) -> Cell:
    return value_cell(figure, area.woorden[figure.indicator].written, noemer=noemer)


def _beside(area: Area, figure: Cijfer, *, noemer: str | None, similar: bool) -> list[Cell]:
    """The references: what mart.gebied_woorden says of them, or why there is nothing."""
    words, cells = area.woorden[figure.indicator], []
    for level in area.referenties:
        text, why = words.beside(level)
        why = why or area.shared.why_absent(figure.indicator)
        cells.append(Cell(text, number=True) if text else empty_cell(why, noemer=noemer))
    if similar:
        text = words.vergelijkbaar
        cells.append(Cell(text, number=True) if text else Cell("te weinig bekend", empty=True))
    return cells


def _strips(area: Area, figures: Sequence[Cijfer]) -> dict[str, Strip]:
    """Figures with a margin on one axis, which holds what they are beside too."""
    drawn = [one for one in figures if one.waarde is not None and one.boven is not None]
    values = {one.indicator: same_period(area, one) for one in drawn}
    longest = max(
        (max(one.boven or 0, *_named(values[one.indicator]).values(), 0) for one in drawn), default=0
    )
    return {
        one.indicator: Strip(
            *(hundredths(part or 0, longest) for part in (one.waarde, one.onder, one.boven)),
            **{level: hundredths(value, longest) for level, value in _named(values[one.indicator]).items()},
        )
        for one in drawn
    }


def _named(values: Mapping[str, float]) -> dict[str, float]:
    """Those of the gemeente and the country: a third mark in a row of a table would be a riddle."""
    return {level: value for level, value in values.items() if level != ALIKE}


def _aid(area: Area, strips: Mapping[str, Strip]) -> str:
    """How to read the drawings; names only what is drawn."""
    if not strips:
        return ""
    ticks = {"gemeente": "Lang streepje", "land": "Kort streepje"}
    told = [
        f" {ticks[level]}: {place.naam}."
        for level, place in area.referenties.items()
        if any(getattr(one, level) is not None for one in strips.values())
    ]
    return f"De stip is het aantal per 1.000 inwoners, de lijn is de marge.{''.join(told)}"


def _unit(definition: Indicator) -> str:
    """The unit as it stands between brackets."""
    return definition.eenheid.replace("(", "").replace(")", "")
