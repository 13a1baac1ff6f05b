"""What stands on top: where the area lies, three groups of sentences and key figures."""

from dataclasses import dataclass

from pipeline.site.area.area import Area, Section, link_to
from pipeline.site.area.batch import KOP, REEKS
from pipeline.site.area.sentences import lead, sentences
from pipeline.site.area.table import Link
from pipeline.site.figure.words import with_unit
from pipeline.words.numbers import format_mean, format_number
from pipeline.words.provenance import date_in_words, date_of, stand_of
from pipeline.words.sentences import Zinnen
from pipeline.words.status import STATUS_KORT, why_empty


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure with the words that belong to it."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Head:
    """`crumbs` lead from the country to the area that this one lies in."""

    crumbs: tuple[Link, ...]
    zinnen: Zinnen
    key_figures: tuple[KeyFigure, ...]
    newest_source: str


def _make(area: Area, _: object) -> Head:
    return Head(
        crumbs=tuple(link_to(parent) for parent in reversed(area.ouders)),
        zinnen=sentences(area, lead(area)),
        key_figures=(_count(area, KOP), _count(area, REEKS), _inhabitants(area)),
        newest_source=_newest_source(area),
    )


def _count(area: Area, indicator: str) -> KeyFigure:
    definition, found = area.shared.indicatoren[indicator], area.profiel.get(indicator)
    if found is None or not found.is_counted:
        reason = why_empty(area.why_without(indicator), noemer=definition.noemer_soort)
        # What the store lacks, it lacks of every year.
        year = f" in {found.periode}" if found and found.oorzaak is None else ""
        return KeyFigure(definition.titel, "–", f"{reason}{year}")
    context = f"in {found.periode}{' (voorlopig)' if found.voorlopig else ''}"
    per = (
        why_empty(found.waarom, noemer=definition.noemer_soort)
        if found.waarde is None
        else with_unit(definition, found.waarde)
    )
    level = area.drie_jaar.get(indicator)
    if area.is_crowded:
        per = "per inwoner zegt hier weinig"
    over = (
        f". Gewogen over drie jaar: {format_mean(level.aantal)}"
        if level and level.tot == found.periode
        else ""
    )
    return KeyFigure(definition.titel, format_number(found.teller or 0), f"{context}: {per}{over}")


def _inhabitants(area: Area) -> KeyFigure:
    found = area.profiel.get("inwoners")
    if found is None or found.waarde is None:
        return KeyFigure("Inwoners", "–", STATUS_KORT[area.why_without("inwoners")])
    return KeyFigure("Inwoners", format_number(found.waarde), f"op 1 januari {found.periode}")


def _newest_source(area: Area) -> str:
    """The date of the newest table of the page; empty where no table of it has a date."""
    vintages = {one.vintage or "" for one in (*area.profiel.values(), *area.jaren)}
    return date_in_words(max(map(stand_of, sorted(vintages)), key=date_of, default=""))


SECTION = Section("kop", "gebied_kop.j2", _make)
