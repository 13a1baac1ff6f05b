"""What goes with every published figure: columns, statuses, caveats, sources and the citation.

Read from the warehouse once and shared by the downloads, the generated pages and the data dictionary,
so that a spreadsheet and a page never tell different stories. No layout here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.indicator import MANY_VISITORS, VISITORS, Indicator, read_indicators
from pipeline.words.provenance import SourceTable, citation
from pipeline.words.reasons import REASONS
from pipeline.words.status import MINSTE_INWONERS, STATUSSEN, VOORLOPIG_AANTAL

PUBLISHED_COLUMNS = (
    "gebied_code",
    "gebied_naam",
    "gebied_niveau",
    "indeling_jaar",
    "indicator",
    "periode",
    "teller",
    "noemer",
    "waarde",
    "onder",
    "boven",
    "eenheid",
    "status",
    "breuk",
    "bron",
    "vintage",
    "voorbehoud",
)
NUMBER_COLUMNS = ("indeling_jaar", "teller", "noemer", "waarde", "onder", "boven")

STATUS_MEANING = {
    "ok": "Het cijfer is gepubliceerd en er is mee te rekenen.",
    "te_klein": f"Er wonen minder dan {MINSTE_INWONERS} mensen. Het aantal staat er wel, "
    "het cijfer per inwoner niet.",
    "geen_noemer": "Er is geen passend aantal inwoners of huishoudens bekend van precies dit gebied. "
    "Alleen het aantal staat er. De kolom voorbehoud zegt waarom.",
    "ontbreekt": "De bron heeft hier geen cijfer gepubliceerd, of de kolom voorbehoud zegt iets anders. "
    "Dat is iets anders dan nul.",
    "verborgen": "Dit cijfer staat er niet, om mensen te beschermen. Soms verbergt de bron het zelf.",
    "minder_dan_5": "Het aantal is kleiner dan 5. Om mensen te beschermen staat het er niet precies.",
    "voorlopig": "Het cijfer kan nog veranderen. Loopt de periode nog, dan staat er nog geen cijfer.",
}

FORMULA_NOTE = (
    "Begint een tekst in een CSV-bestand met =, +, -, @, een tab of een regeleinde? "
    "Dan staat er een ' voor. Zo leest een rekenprogramma die tekst niet als formule. "
    "Codes en getallen blijven altijd zoals ze zijn."
)


@dataclass(frozen=True)
class Field:
    """One published column: its name, its type in the warehouse and what it holds."""

    name: str
    type: str
    doc: str


@dataclass(frozen=True)
class Guide:
    """Everything that a reader of one download must know."""

    title: str
    indicators: tuple[Indicator, ...]
    columns: tuple[Field, ...]
    caveats: tuple[tuple[str, str], ...]
    sources: tuple[SourceTable, ...]
    site_url: str | None

    @property
    def citation(self) -> str:
        return citation(self.title, self.sources, site_url=self.site_url)

    @property
    def day(self) -> date:
        """The newest date among the sources: the date that files made from them carry."""
        return newest_day(self.sources)


@dataclass(frozen=True)
class Documentation:
    """All documentation of one warehouse, from which the guide of a download is cut.

    `of_cells` are the caveats of single cells, by indicator: why there is no rate or no figure.
    """

    indicators: tuple[Indicator, ...]
    columns: tuple[Field, ...]
    caveats: dict[str, str]
    sources: tuple[SourceTable, ...]
    tables: dict[str, frozenset[str]]
    of_cells: dict[str, tuple[str, ...]]

    def sources_of(self, indicators: Collection[str]) -> tuple[SourceTable, ...]:
        """The tables behind these indicators, their denominators included, publishers in a fixed order."""
        wanted = set().union(*(self.tables.get(indicator, frozenset()) for indicator in indicators))
        known = {source.tabel for source in self.sources}
        if missing := sorted(wanted - known):
            raise VeiligheidsbeeldError(
                f"mart.cijfer noemt tabellen {missing}; die staan niet in contract.snapshot"
            )
        return tuple(source for source in self.sources if source.tabel in wanted)

    def guide(self, title: str, *, indicators: Collection[str], site_url: str | None = None) -> Guide:
        """Cut out what belongs to a download of these indicators."""
        chosen = tuple(one for one in self.indicators if one.indicator in indicators)
        keys = dict.fromkeys(key for one in chosen for key in one.caveat_keys)
        if VISITORS in keys:  # of a single area, not of an indicator
            keys[MANY_VISITORS] = None
        if any(one.meetwijze == "gemeente" for one in chosen):
            keys |= dict.fromkeys(REASONS)
        keys |= dict.fromkeys(key for one in chosen for key in self.of_cells.get(one.indicator, ()))
        return Guide(
            title=title,
            indicators=chosen,
            columns=self.columns,
            caveats=tuple((key, self.caveat(key)) for key in keys),
            sources=self.sources_of(indicators),
            site_url=site_url,
        )

    def caveat(self, key: str) -> str:
        """The text of one caveat."""
        if key not in self.caveats:
            raise VeiligheidsbeeldError(
                f"voorbehoud {key!r} staat niet in data/reference/voorbehouden.csv; "
                f"bekend: {sorted(self.caveats)}"
            )
        return self.caveats[key]


def load_documentation(con: duckdb.DuckDBPyConnection) -> Documentation:
    """Read the documentation of every indicator, column, caveat and source from the warehouse.

    Raises:
        VeiligheidsbeeldError: a published column or a status has no documentation.
    """
    if undocumented := set(STATUSSEN) ^ set(STATUS_MEANING):
        raise VeiligheidsbeeldError(f"statussen zonder betekenis, of andersom: {sorted(undocumented)}")
    indicators = read_indicators(con).values()
    return Documentation(
        indicators=tuple(sorted(indicators, key=lambda one: (one.thema, one.volgorde, one.indicator))),
        columns=_published_columns(con),
        caveats=dict(con.execute("select voorbehoud, tekst from reference.voorbehouden").fetchall()),
        sources=_load_sources(con),
        tables=_load_tables(con),
        of_cells=_load_cell_caveats(con),
    )


def newest_day(sources: Sequence[SourceTable]) -> date:
    """The newest publication date of these sources; 1 January 1980 (the oldest a zip knows) without one."""
    dates = [date.fromisoformat(source.modified[:10]) for source in sources if source.modified]
    return max(dates, default=date(1980, 1, 1))


def load_columns(con: duckdb.DuckDBPyConnection, table: str) -> tuple[Field, ...]:
    """The columns of a table ('mart.cijfer') with what they hold; none where there is no such table."""
    rows = con.execute(
        """
        select column_name, data_type, coalesce(comment, '') from duckdb_columns()
        where schema_name || '.' || table_name = ? order by column_index
        """,
        [table],
    ).fetchall()
    return tuple(Field(*row) for row in rows)


def _published_columns(con: duckdb.DuckDBPyConnection) -> tuple[Field, ...]:
    known = {one.name: one for one in load_columns(con, "mart.cijfer")}
    if missing := [name for name in PUBLISHED_COLUMNS if not (name in known and known[name].doc)]:
        raise VeiligheidsbeeldError(f"mart.cijfer: kolom bestaat niet of heeft geen uitleg: {missing}")
    return tuple(known[name] for name in PUBLISHED_COLUMNS)


def _load_sources(con: duckdb.DuckDBPyConnection) -> tuple[SourceTable, ...]:
    names = ", ".join(field.name for field in fields(SourceTable))
    rows = con.execute(f"select {names} from contract.snapshot").fetchall()
    sources = [SourceTable(*row) for row in rows]
    # Who counted comes first, who supplied the denominator after that.
    return tuple(sorted(sources, key=lambda one: (one.publisher != "Politie", one.publisher, one.tabel)))


def _load_cell_caveats(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    rows = con.execute(
        """
        select indicator, list(distinct sleutel order by sleutel)
        from (
            select distinct
                indicator, unnest([oorzaak, if(voorlopig and status != 'voorlopig', $alone, null)]) as sleutel
            from mart.cijfer
        )
        where sleutel is not null
        group by indicator order by indicator
        """,
        {"alone": VOORLOPIG_AANTAL},
    ).fetchall()
    return {indicator: tuple(keys) for indicator, keys in rows}


def _load_tables(con: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    """Indicator to the tables that its rows come from: of the count, and of the denominator."""
    rows = con.execute(
        """
        select indicator, tabel from mart.cijfer where tabel is not null
        union
        select cijfer.indicator, kerncijfers.tabel
        from (select distinct indicator, noemer_jaar from mart.cijfer where noemer is not null) as cijfer
        join (select distinct periode, tabel from staging.cbs_kerncijfers) as kerncijfers
          on kerncijfers.periode = cast(cijfer.noemer_jaar as varchar)
        order by all
        """
    ).fetchall()
    tables: dict[str, set[str]] = {}
    for indicator, tabel in rows:
        tables.setdefault(indicator, set()).add(tabel)
    return {indicator: frozenset(found) for indicator, found in tables.items()}
