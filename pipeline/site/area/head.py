"""What stands on top: where the area lies, how many there were, three answers and the other key figures."""

from dataclasses import dataclass

from markupsafe import Markup

from pipeline.site.area.answers import Answers, answers, years_of
from pipeline.site.area.area import Area, Section, link_to
from pipeline.site.area.batch import KOP, REEKS
from pipeline.site.area.sentences import lead, sentences
from pipeline.site.area.table import Link
from pipeline.site.figure.cijfer import Cijfer
from pipeline.site.figure.strip import line_svg
from pipeline.site.figure.words import with_unit
from pipeline.words.numbers import format_number, format_period
from pipeline.words.provenance import UNDATED, date_in_words, date_of, stand_of
from pipeline.words.sentences import Zinnen
from pipeline.words.status import STATUS_KORT, why_empty


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure with its words; `verdict` holds it against others, `line` draws its `years`."""

    name: str
    value: str
    meaning: str
    verdict: tuple[str, ...] = ()
    line: Markup | None = None
    years: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """`crumbs` lead from the country to the area above this one; `answers`: of what it begins with.

    `newest` is of when its figures are: '2025, stand 15 mei 2026'.
    """

    crumbs: tuple[Link, ...]
    zinnen: Zinnen
    answers: Answers | None
    key_figures: tuple[KeyFigure, ...]
    newest: str


def _make(area: Area, _: object) -> Head:
    first = lead(area)
    return Head(
        crumbs=tuple(link_to(parent) for parent in reversed(area.ouders)),
        zinnen=sentences(area, first),
        answers=answers(area, first),
        key_figures=(*_others(area, first), _inhabitants(area)),
        newest=_age(area),
    )


def _others(area: Area, first: str) -> list[KeyFigure]:
    """What the page does not begin with, where something is known of it: its section says why not."""
    return [
        _count(area, name)
        for name in (KOP, REEKS)
        if name != first and (found := area.profiel.get(name)) is not None and found.is_known
    ]


def _count(area: Area, indicator: str) -> KeyFigure:
    definition, found = area.shared.indicatoren[indicator], area.profiel[indicator]
    if found.teller is None:
        reason = why_empty(found.waarom, noemer=definition.noemer_soort)
        return KeyFigure(definition.titel, "–", f"{reason} in {found.periode}")
    context = f"in {found.periode}{' (voorlopig)' if found.voorlopig else ''}"
    per = (
        why_empty(found.waarom, noemer=definition.noemer_soort)
        if found.waarde is None
        else with_unit(definition, found.waarde)
    )
    years = area.years(indicator)
    line = line_svg(years) or None
    return KeyFigure(
        definition.titel,
        format_number(found.teller),
        f"{context}: {'per inwoner zegt hier weinig' if area.is_crowded else per}",
        verdict=sentences(area, indicator).vergelijking
        if found.waarde is not None and area.referenties
        else (),
        line=line,
        years=years_of(years) if line else "",
    )


def _inhabitants(area: Area) -> KeyFigure:
    found = area.profiel.get("inwoners")
    if found is None or found.waarde is None:
        return KeyFigure("Inwoners", "–", STATUS_KORT[area.why_without("inwoners")])
    return KeyFigure("Inwoners", format_number(found.waarde), f"op 1 januari {found.periode}")


def newest_figure(area: Area) -> Cijfer | None:
    """The figure of the newest period, from the newest table that has it; None where nothing is known."""
    known = [one for one in area.profiel.values() if one.is_known]
    return max(known, key=lambda one: (one.periode, date_of(one.vintage or ""), one.indicator), default=None)


def _age(area: Area) -> str:
    if (found := newest_figure(area)) is None:
        return ""
    stand = date_in_words(stand_of(found.vintage or ""))
    return f"{format_period(found.periode)}, {f'stand {stand}' if stand else UNDATED}"


SECTION = Section("kop", "gebied_kop.j2", _make)
