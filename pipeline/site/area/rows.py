"""What the area pages read from the warehouse: one ordered query a table for a batch of areas.

Rows become frozen values with the columns' own names: named tuples, of which the country has four million
and which are made in a third of the time of a frozen dataclass. A batch is some hundreds of areas, so a
process holds some tens of megabytes however many areas the country has.
"""

import gc
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import LAND, Niveau, gemeente_of
from pipeline.indicator import Indicator, read_indicators
from pipeline.sql import Connection

KOP = "overlast_drugs_alcohol"  # the first theme: the sentences on top of a page are about it
REEKS = "misdrijven"  # the indicator whose years every area page shows
OVERLAST_BRON = "politie_overlast"


class Gebied(NamedTuple):
    gebied_code: str
    gebied_naam: str
    gebied_niveau: Niveau
    ouder_code: str | None
    gemeente_code: str | None
    indeling_jaar: int | None


class Profiel(NamedTuple):
    """The newest figure of one indicator in one area (mart.gebied_profiel), as number and as it is written.

    `aantal_onder` and `aantal_boven` are the margin of its count. Texts of
    mart.gebied_woorden are `cijfer` with its bounds and the figures of the references, `gemeente` and `land`;
    `gemeente_leeg` and `land_leeg` say why there is none.
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
    tabel: str | None
    vintage: str | None
    cijfer: str | None
    cijfer_onder: str | None
    cijfer_boven: str | None
    gemeente: str | None
    gemeente_leeg: str | None
    land: str | None
    land_leeg: str | None

    def naast(self, referentie: str) -> tuple[str | None, str | None]:
        """The figure of the gemeente or the country as it is written, or why there is none."""
        return (
            (self.gemeente, self.gemeente_leeg) if referentie == "gemeente" else (self.land, self.land_leeg)
        )


class Vergeleken(NamedTuple):
    """How an area stands beside its gemeente or the country (mart.vergelijking).

    In the newest period of both, or else in that of the profile or the newest of the reference; `oordeel` is
    then empty.
    """

    gebied_code: str
    indicator: str
    referentie: str
    periode: str
    oordeel: str | None


class Jaarcijfer(NamedTuple):
    """One year of the series (mart.cijfer) with the margin of its count."""

    gebied_code: str
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
    tabel: str | None
    vintage: str | None


class Tabel(NamedTuple):
    """A publisher's table (contract.snapshot); the date of its figures stands with each figure."""

    tabel: str
    publisher: str


class Thema(NamedTuple):
    thema: str
    slug: str
    titel: str
    soort: str
    volgorde: int


class Hulplijn(NamedTuple):
    naam: str
    nummer: str
    url: str
    wanneer: str
    gecontroleerd_op: str


@dataclass(frozen=True)
class Naslag:
    """What all area pages share: definitions, tables of publishers and hand-kept texts.

    `overlast` names the indicators that are counted from a table of nuisance, not of crime.
    """

    indicatoren: Mapping[str, Indicator]
    overlast: frozenset[str]
    tabellen: Mapping[str, Tabel]
    themas: Mapping[str, Thema]
    voorbehouden: Mapping[str, str]
    hulplijnen: Sequence[Hulplijn]
    voorbeeld: bool

    @cached_property
    def gemeten(self) -> Mapping[str, Sequence[Indicator]]:
        """The indicators by way of measuring: geregistreerd, ervaren, omstandigheid, gemeente."""
        found: dict[str, list[Indicator]] = {}
        for one in self.indicatoren.values():
            found.setdefault(one.meetwijze, []).append(one)
        return found


@dataclass(frozen=True)
class Batch:
    """The rows of some areas and of what they are compared with, by area code."""

    gebieden: Mapping[str, Gebied]
    profielen: Mapping[str, Mapping[str, Profiel]]
    vergelijkingen: Mapping[str, Mapping[tuple[str, str], Vergeleken]]
    reeksen: Mapping[str, Sequence[Jaarcijfer]]

    @cached_property
    def kinderen(self) -> Mapping[str, Sequence[Gebied]]:
        """The areas that lie in each area, in no order."""
        found: dict[str, list[Gebied]] = {}
        for area in self.gebieden.values():
            found.setdefault(area.ouder_code or "", []).append(area)
        return found


Row = TypeVar("Row", bound=NamedTuple)


def area_codes(con: Connection, *, gemeenten: Iterable[str] = ()) -> list[str]:
    """Codes of all areas that get a page, the country first, then by gemeente.

    `gemeenten` limits them to these (none: all); VeiligheidsbeeldError if the warehouse lacks one.
    """
    wanted = list(gemeenten)
    rows = con.execute(
        "select gebied_code, gemeente_code from core.gebied "
        "where gebied_niveau = 'land' or len($wanted) = 0 or list_contains($wanted, gemeente_code) "
        "order by gemeente_code nulls first, gebied_code",
        {"wanted": wanted},
    ).fetchall()
    unknown = sorted(set(wanted) - {row[1] for row in rows})
    if unknown:
        raise VeiligheidsbeeldError(
            f"gemeente {', '.join(unknown)} zit niet in het magazijn (SITE_GEMEENTEN). "
            "Haal haar cijfers eerst op, of kies een andere: veiligheidsbeeld list areas"
        )
    return [row[0] for row in rows]


def read_naslag(con: Connection) -> Naslag:
    """Read what all pages share; a few hundred rows, independent of the number of areas."""
    nuisance = con.execute(
        "select distinct p.indicator from mart.gebied_profiel as p "
        "join contract.snapshot as s on s.tabel = p.tabel "
        f"where p.noemer is not null and starts_with(s.bron_id, '{OVERLAST_BRON}')"
    ).fetchall()
    themas = _read(
        con,
        Thema,
        "(select thema, slug, titel, soort, volgorde::int as volgorde from reference.themas)",
        order="volgorde",
    )
    caveats = con.execute("select voorbehoud, tekst from reference.voorbehouden").fetchall()
    tables = _read(con, Tabel, "contract.snapshot", order="publisher, tabel")
    return Naslag(
        indicatoren=read_indicators(con),
        overlast=frozenset(name for (name,) in nuisance),
        tabellen={row.tabel: row for row in tables},
        themas={row.thema: row for row in themas},
        voorbehouden=dict(caveats),
        hulplijnen=_read(con, Hulplijn, "reference.hulplijnen", order="nummer"),
        voorbeeld=con.execute("select opslag from contract.bouw").fetchall()[0][0] == "voorbeeld",
    )


def read_columns(con: Connection) -> dict[str, dict[str, Any]]:
    """Columns of the rows on area pages that are the same for every area: {indicator: {column: value}}."""
    columns = ("eenheid", "per", "noemer_soort", "voorbehoud")
    rows = con.execute(
        f"select indicator, {', '.join(columns)} from contract.indicator "
        "where meetwijze = 'geregistreerd' order by indicator"
    ).fetchall()
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def read_batch(con: Connection, codes: Sequence[str]) -> Batch:
    """Read the rows of some areas, of their gemeenten and of the country.

    Raises ValueError if an area is not in the warehouse.
    """
    gemeenten = sorted({code for code in map(gemeente_of, codes) if code})
    beside = sorted({*codes, *gemeenten, LAND})
    areas = _read(
        con,
        Gebied,
        "core.gebied where gebied_niveau = 'land' or list_contains($gemeenten, gemeente_code) "
        "or (gebied_niveau = 'gemeente' and $land)",
        order="gebied_code",
        parameters={"gemeenten": gemeenten, "land": LAND in codes},
    )
    unknown = sorted(set(codes) - {row.gebied_code for row in areas})
    if unknown:
        raise ValueError(f"areas {', '.join(unknown)} are not in the warehouse")

    def rows(kind: type[Row], table: str, of: Sequence[str]) -> list[Row]:
        return _read(
            con,
            kind,
            f"{table} where list_contains($codes, gebied_code)",
            order="gebied_code, indicator",
            parameters={"codes": list(of)},
        )

    figures = rows(Profiel, _WRITTEN, beside)
    # The only ones that a page speaks of in sentences.
    judged = f"(from mart.vergelijking where indicator in ('{KOP}', '{REEKS}'))"
    pairs = rows(Vergeleken, judged, codes)
    years = _read(
        con,
        Jaarcijfer,
        f"{_with_count_interval('mart.cijfer')} "
        f"where list_contains($codes, gebied_code) and indicator = '{REEKS}' and length(periode) = 4",
        order="gebied_code, periode",
        parameters={"codes": list(codes)},
    )
    return Batch(
        gebieden={row.gebied_code: row for row in areas},
        profielen={code: {row.indicator: row for row in of} for code, of in groupby(figures, _code)},
        vergelijkingen={
            code: {(pair.indicator, pair.referentie): pair for pair in of}
            for code, of in groupby(pairs, _code)
        },
        reeksen={code: tuple(of) for code, of in groupby(years, _code)},
    )


def _code(row: Profiel | Vergeleken | Jaarcijfer) -> str:
    return row.gebied_code


def _with_count_interval(table: str) -> str:
    return (
        "(select t.*, marge_onder(t.teller, m.onder, s.a, s.b) as aantal_onder, "
        "marge_boven(t.teller, m.boven, s.a, s.b) as aantal_boven "
        f"from {table} as t left join statistiek.marge as m on m.teller = t.teller "
        "left join statistiek.spreiding as s "
        "on s.indicator = t.indicator and s.gebied_niveau = niveau(t.gebied_code))"
    )


# Both sides are limited to the areas, or the words of the whole country would be looked through.
_WRITTEN = f"""(
    select p.*, w.cijfer, w.onder as cijfer_onder, w.boven as cijfer_boven,
        w.gemeente, w.gemeente_leeg, w.land, w.land_leeg
    from {_with_count_interval("mart.gebied_profiel")} as p
    left join (from mart.gebied_woorden where list_contains($codes, gebied_code)) as w
        on w.gebied_code = p.gebied_code and w.indicator = p.indicator
)"""


def _read(
    con: Connection, kind: type[Row], source: str, *, order: str, parameters: object = None
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
