"""The rows of a batch of areas: one ordered query a table.

A batch is some hundreds of areas, so a process holds some tens of megabytes however many areas the country
has.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import LAND, gemeente_of
from pipeline.site.figure.cijfer import Cijfer, Gebied, Row, read_cijfers, read_rows, with_count_margin
from pipeline.site.figure.words import Written
from pipeline.sql import Connection

KOP = "overlast_drugs_alcohol"  # the first theme: the sentences on top of a page are about it
REEKS = "misdrijven"  # the indicator whose years every area page shows


class Woorden(NamedTuple):
    """A newest figure as it is written beside its references (mart.gebied_woorden).

    `gemeente` and `land` are figures of the references; `..._leeg` the status that says why there is none.
    `vergelijkbaar` is that of the similar areas together.
    """

    gebied_code: str
    indicator: str
    cijfer: str | None
    onder: str | None
    boven: str | None
    gemeente: str | None
    gemeente_leeg: str | None
    land: str | None
    land_leeg: str | None
    vergelijkbaar: str | None

    @property
    def written(self) -> Written:
        return Written(self.cijfer, self.onder, self.boven)

    def beside(self, referentie: str) -> tuple[str | None, str | None]:
        """The figure of the gemeente or the country as it is written, or why there is none."""
        return (
            (self.gemeente, self.gemeente_leeg) if referentie == "gemeente" else (self.land, self.land_leeg)
        )


class Vergeleken(NamedTuple):
    """How an area stands beside its gemeente, the country or similar areas (mart.vergelijking).

    In the newest period of both, or else in that of the profile or the newest of the reference; `oordeel` is
    then empty. `referentie_waarde` is what it is held against.
    """

    gebied_code: str
    indicator: str
    referentie: str
    periode: str
    referentie_waarde: float | None
    oordeel: str | None


class Verloop(NamedTuple):
    """Whether a series rises or falls (mart.trend); `zichtbaar`: the smallest decline that a year shows."""

    gebied_code: str
    indicator: str
    van: str
    tot: str
    jaren: int
    oordeel: str
    verandering: float | None
    zichtbaar: float | None


class DrieJaar(NamedTuple):
    """The weighted mean of three years (mart.drie_jaar)."""

    gebied_code: str
    indicator: str
    van: str
    tot: str
    aantal: float


class Maatstaf(NamedTuple):
    """Crimes over inhabitants, households and people present (mart.maatstaf); `druk`: these differ much."""

    gebied_code: str
    teller: int
    inwoners: int
    huishoudens: int | None
    aanwezig: float
    keer_inwoners: float | None
    keer_huishoudens: float | None
    keer_aanwezig: float
    oordeel: str
    druk: bool


@dataclass(frozen=True)
class Batch:
    """The rows of some areas and of what they are compared with, by area code.

    Attributes:
        profielen: area -> indicator -> its newest figure; of the references too.
        woorden: the same as it is written, of the areas alone.
        vergelijkingen: area -> (indicator, reference) -> how it stands beside it.
        reeksen: area -> indicator -> the years of KOP and of REEKS, oldest first.
        verlopen: area -> indicator -> whether it rises or falls, for series of any length.
        drie_jaren: area -> indicator -> its level over three years.
        bezoekersgebieden: areas where inhabitants are the wrong measure.
        maatstaven: area -> other measures, where inhabitants may be the wrong one.
    """

    gebieden: Mapping[str, Gebied]
    profielen: Mapping[str, Mapping[str, Cijfer]]
    woorden: Mapping[str, Mapping[str, Woorden]]
    vergelijkingen: Mapping[str, Mapping[tuple[str, str], Vergeleken]]
    reeksen: Mapping[str, Mapping[str, Sequence[Cijfer]]]
    verlopen: Mapping[str, Mapping[str, Verloop]]
    drie_jaren: Mapping[str, Mapping[str, DrieJaar]]
    bezoekersgebieden: frozenset[str]
    maatstaven: Mapping[str, Maatstaf]

    @cached_property
    def elders(self) -> dict[Any, Any]:
        """What `Area.elsewhere` found already."""
        return {}

    @cached_property
    def naamgenoten(self) -> Mapping[Hashable, int]:
        """(gemeente, niveau, name), and the same with the area around it, -> how many areas have these."""
        return Counter(
            key
            for area in self.gebieden.values()
            for key in (
                (area.gemeente_code, area.gebied_niveau, area.naam),
                (area.gemeente_code, area.gebied_niveau, area.naam, area.ouder_code),
            )
        )

    @cached_property
    def kinderen(self) -> Mapping[str, Sequence[Gebied]]:
        """The areas that lie in each area, in no order."""
        found: dict[str, list[Gebied]] = {}
        for area in self.gebieden.values():
            found.setdefault(area.ouder_code or "", []).append(area)
        return found


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


def read_batch(con: Connection, codes: Sequence[str]) -> Batch:
    """Read the rows of some areas, of their gemeenten and of the country.

    Raises ValueError if an area is not in the warehouse.
    """
    gemeenten = sorted({code for code in map(gemeente_of, codes) if code})
    areas = _read_areas(con, codes, gemeenten)

    def rows(
        kind: type[Row], table: str, of: Iterable[str], *, order: str = "gebied_code, indicator"
    ) -> list[Row]:
        return read_rows(
            con,
            kind,
            f"{table} where list_contains($codes, gebied_code)",
            order=order,
            parameters={"codes": list(of)},
        )

    figures = rows(Cijfer, _NEWEST, sorted({*codes, *gemeenten, LAND}))
    # Those that a page speaks of in sentences or draws a margin of.
    judged = rows(
        Vergeleken,
        f"(from mart.vergelijking where indicator in ('{KOP}', '{REEKS}') or oordeel is not null)",
        codes,
        order="gebied_code, indicator, referentie",  # rows in another order are another answer
    )
    years = read_cijfers(
        con,
        f"list_contains($codes, c.gebied_code) and c.indicator in ('{KOP}', '{REEKS}')"
        " and length(c.periode) = 4",
        order="gebied_code, indicator, periode",
        codes=list(codes),
    )
    measures = read_rows(
        con,
        Maatstaf,
        "(select m.* from mart.maatstaf as m left join core.bezoekersgebied as b using (gebied_code)"
        " where list_contains($codes, m.gebied_code) and (m.druk or b.gebied_code is not null))",
        order="gebied_code",
        parameters={"codes": list(codes)},
    )
    return Batch(
        gebieden={row.gebied_code: row for row in areas},
        profielen=_by_indicator(figures),
        woorden=_by_indicator(rows(Woorden, "mart.gebied_woorden", codes)),
        vergelijkingen={
            code: {(pair.indicator, pair.referentie): pair for pair in of}
            for code, of in groupby(judged, itemgetter(0))
        },
        reeksen={
            code: {name: tuple(one) for name, one in groupby(of, itemgetter(1))}
            for code, of in groupby(years, itemgetter(0))
        },
        verlopen=_by_indicator(rows(Verloop, "mart.trend", codes)),
        drie_jaren=_by_indicator(rows(DrieJaar, "mart.drie_jaar", codes)),
        bezoekersgebieden=_visited(con),
        maatstaven={one.gebied_code: one for one in measures},
    )


def _visited(con: Connection) -> frozenset[str]:
    return frozenset(
        code for (code,) in con.execute("select gebied_code from core.bezoekersgebied").fetchall()
    )


def _read_areas(con: Connection, codes: Sequence[str], gemeenten: Sequence[str]) -> list[Gebied]:
    found = read_rows(
        con,
        Gebied,
        "core.gebied where gebied_niveau = 'land' or list_contains($gemeenten, gemeente_code) "
        "or (gebied_niveau = 'gemeente' and $land)",
        order="gebied_code",
        parameters={"gemeenten": gemeenten, "land": LAND in codes},
    )
    unknown = sorted(set(codes) - {row.gebied_code for row in found})
    if unknown:
        raise ValueError(f"areas {', '.join(unknown)} are not in the warehouse")
    return found


def _by_indicator(rows: Iterable[Row]) -> dict[str, dict[str, Row]]:
    """Area -> indicator -> row; both are the first columns, and rows come by area."""
    return {code: {row[1]: row for row in of} for code, of in groupby(rows, itemgetter(0))}


_NEWEST = with_count_margin(
    "(select p.*, null::varchar as breuk, bron_naam(s.publisher, p.tabel) as bron"
    " from mart.gebied_profiel as p left join contract.snapshot as s on s.tabel = p.tabel)"
)
