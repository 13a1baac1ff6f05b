"""Whether the count of crimes is usual for the circumstances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.figure.cijfer import read_rows
from pipeline.sql import Connection
from pipeline.words.expected import Verwacht, beside_expected, goes_together
from pipeline.words.numbers import format_number

LEAST_AREAS = 1000  # LEAST_AREAS of statistics/expected.py, which needs a second to import


@dataclass(frozen=True)
class Read:
    """`levels`: those that have any; `buurten`: how many the store has."""

    found: Mapping[str, Verwacht]
    levels: frozenset[str]
    buurten: int


@dataclass(frozen=True, slots=True)
class Expected:
    """`zinnen` say how usual the count is, `delen` what it goes together with; or `why` nothing is said."""

    zinnen: tuple[str, ...] = ()
    delen: tuple[str, ...] = ()
    why: str = ""


def _read(con: Connection, codes: Sequence[str], context: AreaContext) -> Read:
    rows = read_rows(
        con,
        Verwacht,
        "mart.verwacht where list_contains($codes, gebied_code)",
        order="gebied_code",
        parameters={"codes": list(codes)},
    )
    levels = con.execute("select distinct niveau(gebied_code) from mart.verwacht").fetchall()
    buurten = con.execute("select count(*) from core.gebied where gebied_niveau = 'buurt'").fetchall()
    return Read({one.gebied_code: one for one in rows}, frozenset(one for (one,) in levels), buurten[0][0])


def _make(area: Area, read: Read) -> Expected | None:
    niveau = area.gebied.gebied_niveau
    if niveau == "land":
        return None
    if (one := read.found.get(area.code)) is None:
        return Expected(why=_why(area, read))
    return Expected(tuple(beside_expected(niveau, one)), tuple(goes_together(one)))


def _why(area: Area, read: Read) -> str:
    if not read.levels:
        return (
            f"Daarvoor heeft deze site te weinig buurten: {format_number(read.buurten)}. "
            f"Pas bij {format_number(LEAST_AREAS)} is te zeggen wat bij omstandigheden past."
        )
    if area.gebied.gebied_niveau not in read.levels:
        return (
            f"Dat is hier niet te zeggen: van te weinig {area.soortgenoten} is het aantal misdrijven bekend."
        )
    return f"Dat is niet te zeggen: van {area.hier} is te weinig bekend."


SECTION = Section("verwacht", "gebied_verwacht.j2", _make, read=_read)
