"""The areas that are most like an area: by name, how much they are alike, and what they have together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pipeline.gebied import slug_of
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.area.batch import REEKS
from pipeline.site.area.table import Link
from pipeline.site.figure.cijfer import read_rows
from pipeline.sql import Connection
from pipeline.words.numbers import figure_decimals, format_number

ALIKE = ("sterk", "redelijk", "een beetje")
BESIDE = 3  # with the area itself as many as /vergelijk/ has room for


class Other(NamedTuple):
    """A row of mart.vergelijkbaar."""

    gebied_code: str
    ander_code: str
    ander_naam: str
    ander_gemeente_code: str
    ander_gemeente: str
    gelijkenis: str


class Together(NamedTuple):
    """What the similar areas have of REEKS together (mart.vergelijkbaar_cijfer)."""

    gebied_code: str
    periode: str
    waarde: float
    onder: float
    boven: float


@dataclass(frozen=True)
class Read:
    """`levels`: those of which any area has similar ones, at which the store has areas enough."""

    others: Mapping[str, Sequence[Other]]
    together: Mapping[str, Together]
    levels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A similar area; `link` has no address where it has no page, `within` names another gemeente."""

    link: Link
    within: str


@dataclass(frozen=True, slots=True)
class Similar:
    """Attributes:
    groups: how much they are alike -> areas on alphabet.
    beside: address where the area stands next to some of those that are most alike; empty without.
    why: there are none.
    """

    groups: tuple[tuple[str, tuple[Neighbour, ...]], ...] = ()
    together: str = ""
    beside: str = ""
    why: str = ""


def _read(con: Connection, codes: Sequence[str], context: AreaContext) -> Read:
    parameters = {"codes": list(codes)}
    of_these = "where list_contains($codes, gebied_code)"
    rows = read_rows(
        con,
        Other,
        f"mart.vergelijkbaar {of_these}",
        order="gebied_code, lower(strip_accents(ander_naam)), ander_code",
        parameters=parameters,
    )
    together = read_rows(
        con,
        Together,
        f"mart.vergelijkbaar_cijfer {of_these} and indicator = '{REEKS}'",
        order="gebied_code",
        parameters=parameters,
    )
    levels = con.execute("select distinct niveau(gebied_code) from mart.vergelijkbaar").fetchall()
    return Read(
        others={code: tuple(of) for code, of in groupby(rows, itemgetter(0))},
        together={one.gebied_code: one for one in together},
        levels=frozenset(level for (level,) in levels),
    )


def _make(area: Area, read: Read) -> Similar | None:
    niveau = area.gebied.gebied_niveau
    if niveau == "land":
        return None
    if not (others := read.others.get(area.code)):
        return Similar(why=_why(area, niveau, read.levels))
    groups = tuple(_groups(area, others))
    return Similar(
        groups=groups, together=_together(area, read.together.get(area.code)), beside=_beside(area, groups)
    )


def _why(area: Area, niveau: str, levels: frozenset[str]) -> str:
    if niveau not in levels:
        return f"Deze site heeft niet genoeg gebieden om er tien te vinden die op {area.hier} lijken."
    return f"Van {area.hier} is te weinig bekend om tien gebieden te vinden die erop lijken."


def _groups(area: Area, others: Sequence[Other]) -> list[tuple[str, tuple[Neighbour, ...]]]:
    found = []
    for alike in ALIKE:
        if own := tuple(_neighbour(area, one) for one in others if one.gelijkenis == alike):
            found.append((alike, own))
    return found


def _neighbour(area: Area, one: Other) -> Neighbour:
    pages = area.context.gemeenten
    has_page = not pages or one.ander_gemeente_code in pages
    elsewhere = area.is_deel and one.ander_gemeente_code != area.gebied.gemeente_code
    address = f"../{slug_of(one.ander_code)}/" if has_page else ""
    return Neighbour(
        Link(" ".join(one.ander_naam.split()), address),
        one.ander_gemeente if elsewhere else "",
    )


def _beside(area: Area, groups: Sequence[tuple[str, Sequence[Neighbour]]]) -> str:
    """Of those with a page the first, the most alike before the others: nobody has to type their names."""
    there = [one.link.address.strip("./") for _, own in groups for one in own if one.link.address]
    if not there:
        return ""
    return "../../vergelijk/?gebied=" + ",".join((slug_of(area.code), *there[:BESIDE]))


def _together(area: Area, one: Together | None) -> str:
    """'Samen hadden zij 45,3 misdrijven per 1.000 inwoners in 2025 (marge 40,1 tot 50,9).'"""
    if one is None:
        return ""
    definition = area.shared.indicatoren[REEKS]
    decimals = figure_decimals(definition, one.waarde, one.onder, one.boven)
    value, low, high = (format_number(part, decimals=decimals) for part in (one.waarde, one.onder, one.boven))
    return (
        f"Samen hadden zij {value} misdrijven {definition.eenheid} in {one.periode} (marge {low} tot {high})."
    )


SECTION = Section("vergelijkbaar", "gebied_vergelijkbaar.j2", _make, read=_read)
