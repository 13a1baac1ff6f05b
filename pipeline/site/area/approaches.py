"""The approaches that an area is in, those that it lies next to, and those in a part of a gemeente."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from pipeline.site.approaches import address_of
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.figure.cijfer import read_rows
from pipeline.sql import Connection
from pipeline.words.numbers import join_words

IN_PART = "deel"
"""The role of a gemeente with only a part in an approach; the others are those of mart.aanpak_gebied."""

ROOM = 300  # characters of observations: what a sheet of paper has room for beside all else


@dataclass(frozen=True, slots=True)
class Line:
    """One approach: its page and its verdict.

    Attributes:
        around: the area lies beside it.
        in_part: only a part of the area is in it.
        seen: what the gemeente itself saw here, as much as a sheet has room for; the page has `unsaid` more.
    """

    name: str
    address: str
    verdict: str
    late: bool
    around: bool
    in_part: bool = False
    seen: tuple[str, ...] = ()
    unsaid: int = 0


Found = Mapping[str, Sequence[tuple[str, str]]]


class Shown(NamedTuple):
    """What area pages say of an approach, and no more: what only its own page says, changes none of them."""

    aanpak: str
    titel: str
    achteraf: bool
    waarnemingen: Sequence[str]
    oordelen: Sequence[str]


@dataclass(frozen=True)
class Read:
    """Area -> (approach, role) of those that have any; these approaches by name."""

    of_area: Found
    approaches: Mapping[str, Shown]


def _read(con: Connection, codes: Sequence[str], context: AreaContext) -> Read:
    """What is done where; most areas have nothing, and then approaches are not read."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = con.execute(
        """
        select gebied_code, aanpak, rol from mart.aanpak_gebied where list_contains($codes, gebied_code)
        union
        select g.gemeente_code, a.aanpak, $in_part
        from mart.aanpak_gebied as a join core.gebied as g using (gebied_code)
        where a.rol != 'omgeving' and g.gebied_code != g.gemeente_code
            and list_contains($codes, g.gemeente_code)
        order by gebied_code, rol, aanpak
        """,
        {"codes": list(codes), "in_part": IN_PART},
    ).fetchall()
    for code, approach, role in rows:
        found.setdefault(code, []).append((approach, role))
    names = sorted({approach for _, approach, _ in rows})
    return Read(found, {one.aanpak: one for one in _shown(con, names)} if names else {})


def _shown(con: Connection, names: Sequence[str]) -> list[Shown]:
    return read_rows(
        con,
        Shown,
        """(
            select a.aanpak, a.titel, a.achteraf, a.waarnemingen, coalesce(e.oordelen, []) as oordelen
            from contract.aanpak as a
            left join (
                select aanpak, list(oordeel order by indicator) as oordelen
                from mart.evaluatie group by aanpak
            ) as e on e.aanpak = a.aanpak
            where list_contains($names, a.aanpak)
        )""",
        order="aanpak",
        parameters={"names": names},
    )


def _make(area: Area, read: Read) -> tuple[Line, ...] | None:
    lines = tuple(_line(read.approaches[name], role) for name, role in read.of_area.get(area.code, ()))
    return lines or None


def _line(one: Shown, role: str) -> Line:
    around, in_part = role == "omgeving", role == IN_PART
    own = () if around or in_part else one.waarnemingen
    seen = fitting(own)
    return Line(
        name=one.titel,
        address=f"../../{address_of(one.aanpak)}",
        verdict=join_words(one.oordelen),
        late=one.achteraf,
        around=around,
        in_part=in_part,
        seen=seen,
        unsaid=len(own) - len(seen),
    )


def fitting(texts: Sequence[str]) -> tuple[str, ...]:
    """The first texts that a sheet has room for, each whole."""
    lengths = accumulate(len(text) for text in texts)
    return tuple(text for text, length in zip(texts, lengths, strict=True) if length <= ROOM)


SECTION = Section("aanpak", "gebied_aanpak.j2", _make, read=_read)
