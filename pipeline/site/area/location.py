"""Where the area lies: a drawing with it marked, and the areas that it borders on by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from pipeline.gebied import LAND, slug_of
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.area.table import Link
from pipeline.site.map.location import FOLDER, read_drawn
from pipeline.sql import Connection

MOST = 8
"""More neighbours are counted, not named: an outlying area can have thirty."""

Beside = tuple[str, str, str]  # code, name and gemeente of a neighbour


@dataclass(frozen=True)
class Read:
    """`drawn`: the areas that a drawing has; `beside`: area -> its neighbours of the same level by name."""

    drawn: frozenset[str]
    beside: Mapping[str, Sequence[Beside]]


@dataclass(frozen=True, slots=True)
class Location:
    """`picture` is the drawing with the area marked, empty where no drawing has it.

    A neighbour without a page has no address; `others` are those that are not named.
    """

    picture: str
    neighbours: tuple[Link, ...]
    others: int


def _read(con: Connection, codes: Sequence[str], _: AreaContext) -> Read:
    rows = con.execute(
        """
        with delen as (
            select gebied_code as buurt, unnest([gebied_code, ouder_code, gemeente_code]) as deel
            from core.gebied
            where gebied_niveau = 'buurt'
        ),

        paren as (
            select distinct a.deel, b.deel as ander
            from statistiek.buren as n
            join delen as a on n.buurt_code = a.buurt
            join delen as b on n.buur_code = b.buurt and niveau(a.deel) = niveau(b.deel) and a.deel != b.deel
            where list_contains($codes, a.deel)
        )

        select p.deel, p.ander, g.gebied_naam, g.gemeente_code
        from paren as p
        join core.gebied as g on p.ander = g.gebied_code
        order by p.deel, lower(strip_accents(g.gebied_naam)), p.ander
        """,
        {"codes": list(codes)},
    ).fetchall()
    return Read(
        drawn=read_drawn(con),
        beside={code: tuple(row[1:] for row in of) for code, of in groupby(rows, itemgetter(0))},
    )


def _make(area: Area, read: Read) -> Location | None:
    if area.gebied.gebied_niveau == "land":
        return None
    on = area.gebied.gemeente_code if area.is_deel else LAND
    beside = read.beside.get(area.code, ())
    return Location(
        picture=f"../../{FOLDER}/{slug_of(on or LAND)}.svg#{slug_of(area.code)}"
        if area.code in read.drawn
        else "",
        neighbours=tuple(_link(area, one) for one in beside[:MOST]),
        others=max(0, len(beside) - MOST),
    )


def _link(area: Area, one: Beside) -> Link:
    code, name, gemeente = one
    pages = area.context.gemeenten
    return Link(" ".join(name.split()), f"../{slug_of(code)}/" if not pages or gemeente in pages else "")


SECTION = Section("ligging", "gebied_ligging.j2", _make, read=_read)
