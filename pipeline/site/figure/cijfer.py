"""A figure as the mart publishes it, and the area that it is of.

Named tuples: the country has four million, made in a third of the time of frozen dataclasses.
"""

import gc
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from pipeline.gebied import Niveau, slug_of
from pipeline.sql import Connection
from pipeline.words.sentences import Plaats
from pipeline.words.status import MET_AANTAL, NIETS_BEKEND, VOORLOPIG_AANTAL


class Gebied(NamedTuple):
    """A row of core.gebied; `gebied_naam` as CBS writes it, `naam` without its double spaces."""

    gebied_code: str
    gebied_naam: str
    gebied_niveau: Niveau
    ouder_code: str | None
    gemeente_code: str | None
    indeling_jaar: int | None

    @property
    def naam(self) -> str:
        return " ".join(self.gebied_naam.split())

    @property
    def plaats(self) -> Plaats:
        return Plaats(self.gebied_naam, self.gebied_niveau)

    @property
    def address(self) -> str:
        """Its page, below the root of the site: 'gebied/bu07580006/', for ever."""
        return address_of(self.gebied_code)


class Cijfer(NamedTuple):
    """One figure of mart.cijfer; its caveats and unit are those of its Indicator.

    Attributes:
        periode: '2022' or '2022-03'.
        teller, noemer: counts; empty for a measurement, and where they are not known or not shown.
        waarde, onder, boven: the value and its 95 % interval, in the unit of the indicator.
        aantal_onder, aantal_boven: the 95 % interval of the count itself, in counts.
        status: one of words.status.STATUSSEN: why there is a value or not.
        breuk: months in which the series breaks, '2018-07;2018-12'.
        bron, tabel: publisher with table, and the table alone.
        vintage: '2024-04-15 (herleid); inwoners 2024', see words.provenance.
        oorzaak: one of words.status.OORZAKEN where more is known than the status says.
        voorlopig: whether the count may change, also where the status says why there is no rate.
    """

    gebied_code: str
    indicator: str
    periode: str
    teller: int | None
    noemer: int | None
    noemer_jaar: int | None
    waarde: float | None
    onder: float | None
    boven: float | None
    aantal_onder: float | None
    aantal_boven: float | None
    status: str
    breuk: str | None
    bron: str | None
    tabel: str | None
    vintage: str | None
    oorzaak: str | None = None
    voorlopig: bool | None = False

    @property
    def waarom(self) -> str:
        """Why there is a figure or not: the reason, and without one the status."""
        return self.oorzaak or self.status

    @property
    def own_caveats(self) -> str:
        """Caveats that its indicator does not have: '' or keys with ; between them."""
        is_alone = self.voorlopig and self.status != "voorlopig"
        return ";".join(key for key in (self.oorzaak, VOORLOPIG_AANTAL if is_alone else None) if key)

    @property
    def is_counted(self) -> bool:
        """Whether its count may be shown."""
        return self.teller is not None and self.status in MET_AANTAL

    @property
    def is_known(self) -> bool:
        """Whether anything of it is known: of a hidden small count at least its size."""
        return self.status not in NIETS_BEKEND


Row = TypeVar("Row", bound=NamedTuple)


def with_count_margin(table: str, *, condition: str = "true") -> str:
    """SQL: rows of `table` (as `c`) with the margin of their count, which the mart holds as a rate only."""
    return (
        "(select c.*, marge_onder(c.teller, m.onder, s.a, s.b) as aantal_onder,"
        " marge_boven(c.teller, m.boven, s.a, s.b) as aantal_boven"
        f" from {table} as c left join statistiek.marge as m on m.teller = c.teller"
        " left join statistiek.spreiding as s"
        " on s.indicator = c.indicator and s.gebied_niveau = niveau(c.gebied_code)"
        f" where {condition})"
    )


def read_rows(
    con: Connection,
    kind: type[Row],
    source: str,
    *,
    order: str,
    parameters: Mapping[str, object] | None = None,
) -> list[Row]:
    """Rows of `source` as values of `kind`, whose field names are the columns that are taken."""
    query = f"select {', '.join(kind._fields)} from {source} order by {order}"
    rows = con.execute(query, parameters) if parameters else con.execute(query)
    make = partial(tuple.__new__, kind)  # as kind._make does, without counting fields that the query names
    # Rows hold no cycles: the collector would look through all of them time and again while they come in.
    collects = gc.isenabled()
    gc.disable()
    try:
        return list(map(make, rows.fetchall()))
    finally:
        if collects:
            gc.enable()


def read_cijfers(con: Connection, condition: str, *, order: str, **parameters: object) -> list[Cijfer]:
    """Figures of mart.cijfer for which `condition` holds, a condition on its columns (as `c`)."""
    source = with_count_margin("mart.cijfer", condition=condition)
    return read_rows(con, Cijfer, source, order=order, parameters=parameters)


def read_gebieden(con: Connection, codes: Sequence[str]) -> dict[str, Gebied]:
    """Some areas by code, in the order of their codes; one that the warehouse lacks is left out."""
    rows = read_rows(
        con,
        Gebied,
        "core.gebied where list_contains($codes, gebied_code)",
        order="gebied_code",
        parameters={"codes": list(codes)},
    )
    return {row.gebied_code: row for row in rows}


def address_of(gebied_code: str) -> str:
    """The address of an area's page below the site's: 'gebied/bu07580006/', for ever."""
    return f"gebied/{slug_of(gebied_code)}/"
