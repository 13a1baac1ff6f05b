"""What this site publishes: the descriptions of everything, of each indicator and of each gemeente."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import NIVEAUS
from pipeline.indicator import file_of, slug_of
from pipeline.site.description import changes
from pipeline.site.description.changes import Changes
from pipeline.site.description.description import (
    CSV,
    GEOJSON,
    PARQUET,
    WORKBOOK,
    ZIPPED_CSV,
    Description,
    Extent,
    File,
    Form,
)
from pipeline.site.description.dialect import EXCEL_NL, STANDARD
from pipeline.site.description.documentation import (
    Documentation,
    Field,
    Guide,
    load_columns,
    load_documentation,
)
from pipeline.site.figure.cijfer import address_of
from pipeline.site.html.markup import FILES

# The site has no room for the workbooks of all gemeenten with every period. Up to this many gemeenten they
# have it, and there is a CSV for a Dutch Excel.
FULL_EXCEL_GEMEENTEN = 25

OUTLINES = """
    select g.gebied_code, b.gebied_naam, g.wijk_code, g.gemeente_code, g.indeling_jaar, b.geometrie
    from core.gebied as g
    join staging.pdok_gebieden as b on g.gebied_code = b.gebied_code and g.indeling_jaar = b.indeling_jaar
"""
"""The boundaries that are published: of the buurten of the division that figures are of."""
KEY = ("gebied_code", "indicator", "periode")
_EVERYTHING = (
    "Alle cijfers van deze site over veiligheid en omstandigheden, per buurt, wijk, gemeente en het land. "
    "Elke rij heeft aantal, noemer, waarde, marge, status, bron en voorbehoud."
)
_ORIGIN = (
    "De rijen van de bronnen achter de nieuwste cijfers van het land en de gemeenten, zoals de bron ze gaf, "
    "met het bestand en zijn controlegetal."
)
_OUTLINES = (
    "Grenzen van buurten, in lengte en breedte (WGS84). Wie wil, voegt ze met de codes samen tot wijken en "
    "gemeenten."
)
_EVALUATIONS = (
    "Wat er kwam van vastgelegde aanpakken: per aanpak en cijfer een oordeel, met alles waar het op rust. "
    "'Geen verschil te zien' is iets anders dan 'niet te zeggen'."
)


@dataclass(frozen=True)
class Outlines:
    """Boundaries: what goes with them, and how many each gemeente has."""

    guide: Guide
    rows: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Published:
    """All that is published of one warehouse; ask it for a description.

    Attributes:
        extents: indicator -> what its rows cover; an indicator without rows is not in it.
        themes: key of a theme -> its title.
        gemeenten: code -> name of those with files of their own.
        evaluations, origin: what goes with mart.evaluatie and mart.herkomst, and how many rows they have.
        outlines: None where the store has no boundaries.
        changes: None where the warehouse keeps no editions.
        site_url: the address of the site with a slash at its end, or empty.
        contact: mail or web address for questions, or empty.
    """

    documentation: Documentation
    extents: Mapping[str, Extent]
    themes: Mapping[str, str]
    gemeenten: Mapping[str, str]
    evaluations: tuple[Guide, int] | None
    origin: tuple[Guide, int] | None
    outlines: Outlines | None
    changes: Changes | None
    site_url: str = ""
    contact: str = ""

    @property
    def full(self) -> bool:
        """Whether so few gemeenten have files that these have more: see FULL_EXCEL_GEMEENTEN."""
        return len(self.gemeenten) <= FULL_EXCEL_GEMEENTEN

    def datasets(self) -> Iterator[Description]:
        """All but those of a gemeente, which are parts of the first."""
        yield self.everything()
        for one in self.documentation.indicators:
            if one.indicator in self.extents:
                yield self.indicator(one.indicator)
        if self.evaluations is not None:
            yield self._here(_of_evaluations(*self.evaluations))
        if self.origin is not None:
            yield self._here(_of_origin(*self.origin))
        if self.changes is not None:
            yield self._here(changes.described(self.changes))
        if self.outlines is not None:
            yield self.outlines_of_all()

    def parts(self) -> Iterator[Description]:
        """Those of each gemeente with files: her figures and, where the store has them, her boundaries."""
        for code in self.gemeenten:
            yield self.gemeente(code)
            if code in self.bounded:
                yield self.outlines_of(code)

    @property
    def bounded(self) -> Collection[str]:
        """Codes of the gemeenten of which the store has boundaries."""
        return self.outlines.rows.keys() if self.outlines else ()

    def everything(self) -> Description:
        """Every figure of the store."""
        return self._everything

    @cached_property
    def _everything(self) -> Description:
        extent = Extent.of_all(list(self.extents.values())) if self.extents else None
        rows = extent.rows if extent else 0
        described = Description(
            name="alle-cijfers",
            definition=_EVERYTHING,
            page="data/",
            guide=self.documentation.guide("Alle cijfers", indicators=tuple(self.extents)),
            key=KEY,
            extent=extent,
            subjects=("JUST", "SOCI"),
            files=(
                File(path=f"{FILES}alles.parquet", title="Alle cijfers als Parquet", form=PARQUET, rows=rows),
            ),
        )
        return self._here(described)

    def indicator(self, name: str) -> Description:
        """One indicator: all areas and periods.

        Raises:
            VeiligheidsbeeldError: there is no such indicator.
        """
        known = {one.indicator: one for one in self.documentation.indicators}
        if name not in known:
            raise VeiligheidsbeeldError(f"indicator {name!r} bestaat niet; wel: {sorted(known)}")
        one, extent = known[name], self.extents.get(name)
        described = Description(
            name=slug_of(name),
            definition=one.definitie,
            page=one.address,
            guide=self.documentation.guide(one.titel, indicators=(name,)),
            key=KEY,
            extent=extent,
            files=_indicator_files(name, one.titel, extent.rows) if extent else (),
            unit=one.eenheid,
            theme=self.themes.get(one.thema, ""),
            subjects=("SOCI",) if one.meetwijze == "omstandigheid" else ("JUST",),
        )
        return self._here(described)

    def gemeente(self, code: str) -> Description:
        """The figures of a gemeente, her wijken and buurten, and the country."""
        name, whole = self.gemeenten[code], self.everything()
        return replace(
            whole,
            name=f"gemeente-{code.lower()}",
            definition=f"Cijfers over {name}, haar wijken en haar buurten, "
            "en over Nederland om mee te vergelijken.",
            page=address_of(code),
            guide=replace(whole.guide, title=gemeente_title(name)),
            extent=None,
            files=gemeente_files(code, name, full=self.full),
        )

    def outlines_of_all(self) -> Description:
        """The boundaries of every buurt; only where the store has boundaries."""
        return self._of_outlines("Grenzen van buurten", "grenzen-buurten", PARQUET, codes=None)

    def outlines_of(self, code: str) -> Description:
        """The boundaries of the buurten of a gemeente; only where the store has them."""
        title = f"Grenzen van buurten in {self.gemeenten[code]}"
        return self._of_outlines(title, f"gemeente/{code.lower()}", GEOJSON, codes=(code,))

    def _here(self, description: Description) -> Description:
        """The description with the address of this site and where questions go."""
        guide = replace(description.guide, site_url=self.site_url or None)
        return replace(description, guide=guide, site_url=self.site_url, contact=self.contact)

    def _of_outlines(
        self, title: str, stem: str, form: Form, *, codes: tuple[str, ...] | None
    ) -> Description:
        if self.outlines is None:
            raise VeiligheidsbeeldError(f"{title}: van geen enkele buurt is een grens opgehaald")
        guide = replace(self.outlines.guide, title=title)
        warnings = [f" Let op: {one.remark}." for one in guide.sources if one.remark]
        rows = sum(self.outlines.rows.get(code, 0) for code in codes or self.outlines.rows)
        name = stem.replace("gemeente/", "grenzen-")
        path = f"{FILES}{stem}{'.parquet' if form == PARQUET else '.geojson'}"
        described = Description(
            name=name,
            definition=_OUTLINES + "".join(warnings),
            page="data/",
            guide=guide,
            key=("gebied_code",),
            subjects=("REGI",),
            files=(File(path=path, title=title, form=form, rows=rows),),
        )
        return self._here(described)


def read_published(
    con: duckdb.DuckDBPyConnection,
    *,
    gemeenten: Sequence[str] = (),
    site_url: str = "",
    contact: str = "",
    documentation: Documentation | None = None,
) -> Published:
    """Read what is published, in one pass over mart.cijfer.

    Args:
        gemeenten: codes of the gemeenten that get files of their own; empty means all.
        site_url: the address of the site with a slash at its end; empty where it is not known.
        contact: mail or web address for questions; empty where the publisher of the site gave none.
        documentation: of this warehouse, where it has been read already.

    Raises:
        VeiligheidsbeeldError: an unknown gemeente.
    """
    known = documentation or load_documentation(con)
    rows = con.execute(
        "select indicator, count(*), min(periode), max(periode), list(distinct gebied_niveau)"
        " from mart.cijfer group by indicator order by indicator"
    ).fetchall()
    extents = {
        name: Extent(
            rows=count, first=first, last=last, levels=tuple(level for level in NIVEAUS if level in levels)
        )
        for name, count, first, last, levels in rows
    }
    return Published(
        documentation=known,
        extents=extents,
        themes=dict(con.execute("select thema, titel from reference.themas").fetchall()),
        gemeenten=_gemeenten(con, gemeenten),
        evaluations=_read_evaluations(con, known),
        origin=_read_origin(con, known),
        outlines=_read_outlines(con, known),
        changes=changes.read_changes(con, known),
        site_url=site_url,
        contact=contact,
    )


def _gemeenten(con: duckdb.DuckDBPyConnection, asked: Sequence[str]) -> dict[str, str]:
    known = dict(
        con.execute(
            "select gebied_code, gebied_naam from core.gebied where gebied_niveau = 'gemeente' order by all"
        ).fetchall()
    )
    if unknown := sorted(set(asked) - set(known)):
        raise VeiligheidsbeeldError(
            f"gemeente {unknown} staat niet in core.gebied; daarin staan er {len(known)}: {list(known)[:10]}"
        )
    return {code: known[code] for code in sorted(set(asked) or known)}


def gemeente_title(name: str) -> str:
    """What the files of a gemeente are called."""
    return f"Cijfers over {name} en Nederland"


def gemeente_files(code: str, name: str, *, full: bool) -> tuple[File, ...]:
    """The files of one gemeente, as `download.gemeente_files` writes them."""
    stem = f"{FILES}gemeente/{code.lower()}"
    newest = f"Nieuwste cijfers van {name}"
    dutch = File(path=f"{stem}-excel.csv", title=f"{newest}, voor Excel", form=CSV, dialect=EXCEL_NL)
    return (
        File(path=f"{stem}.csv", title=newest, form=CSV, dialect=STANDARD),
        *((dutch,) if full else ()),
        File(path=f"{stem}.zip", title=f"Cijfers van {name}, alle jaren", form=ZIPPED_CSV),
        File(path=f"{stem}.xlsx", title=f"Cijfers van {name}, werkmap", form=WORKBOOK),
    )


def _indicator_files(name: str, title: str, rows: int) -> tuple[File, ...]:
    newest, whole = f"{title}, nieuwste per gemeente", f"{title}, alle gebieden en jaren"
    table = f"{title}: alle jaren van gemeenten, nieuwste van wijken en buurten"
    return (
        File(path=file_of(name, ".csv"), title=newest, form=CSV, dialect=STANDARD),
        File(path=file_of(name, ".zip"), title=table, form=ZIPPED_CSV),
        File(path=file_of(name, ".parquet"), title=whole, form=PARQUET, rows=rows),
    )


def _of_evaluations(guide: Guide, rows: int) -> Description:
    path = f"{FILES}evaluatie.csv"
    return Description(
        name="evaluatie",
        definition=_EVALUATIONS,
        page="aanpak/",
        guide=guide,
        key=("aanpak", "indicator"),
        files=(File(path=path, title="Oordelen over aanpakken", form=CSV, rows=rows, dialect=STANDARD),),
    )


def _of_origin(guide: Guide, rows: int) -> Description:
    return Description(
        name="herkomst",
        definition=_ORIGIN,
        page="herkomst/",
        guide=guide,
        key=("gebied_code", "indicator", "rol", "nr"),
        files=(File(path=f"{FILES}herkomst.parquet", title=guide.title, form=PARQUET, rows=rows),),
    )


def _read_evaluations(con: duckdb.DuckDBPyConnection, known: Documentation) -> tuple[Guide, int] | None:
    columns = load_columns(con, "mart.evaluatie")
    if not columns:
        return None
    found = con.execute("select indicator, count(*) from mart.evaluatie group by all order by all").fetchall()
    sources = known.sources_of([name for name, _ in found if name in known.tables]) or known.sources
    guide = Guide("Oordelen over aanpakken", (), columns, (), sources, None)
    return guide, sum(count for _, count in found)


def _read_origin(con: duckdb.DuckDBPyConnection, known: Documentation) -> tuple[Guide, int] | None:
    columns = load_columns(con, "mart.herkomst")
    if not columns:
        return None
    files = load_columns(con, "contract.bestand")
    columns += tuple(one for one in files if one.name == "sha256")
    rows = con.execute("select count(*) from mart.herkomst").fetchall()[0][0]
    return Guide("Rijen van de bronnen achter cijfers", (), columns, (), known.sources, None), rows


def _read_outlines(con: duckdb.DuckDBPyConnection, known: Documentation) -> Outlines | None:
    if not load_columns(con, "staging.pdok_gebieden"):
        return None
    rows = dict(
        con.execute(f"select gemeente_code, count(*) from ({OUTLINES}) group by 1 order by 1").fetchall()
    )
    if not rows:
        return None
    wanted = ("gebied_code", "gebied_naam", "wijk_code", "gemeente_code", "indeling_jaar")
    areas = {one.name: one for one in load_columns(con, "core.gebied")}
    outline = Field("geometry", "BLOB", "omtrek van de buurt, in lengte en breedte (WGS84)")
    columns = (*(areas[name] for name in wanted), outline)
    year = str(con.execute("select max(indeling_jaar) from core.gebied").fetchall()[0][0])
    tables = [one for one in known.sources if one.bron_id == "pdok_gebieden"]
    of_year = tuple(one for one in tables if one.tabel.endswith(year))
    return Outlines(Guide("Grenzen", (), columns, (), of_year or tuple(tables), None), rows)
