"""What lock, headers and definitions say, as ``project.*``: the models of ``contract`` select from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Any

import duckdb

from pipeline import indicator
from pipeline.aanpak.check import is_late
from pipeline.aanpak.definition import Approach
from pipeline.aanpak.record import COLUMNS as RECORDED
from pipeline.aanpak.record import INTEGERS, NUMBERS, file_of, read_recorded
from pipeline.gemeente.definition import Definition
from pipeline.model import Model, ModelError, SourceHeader, indicators
from pipeline.releases import Release
from pipeline.snapshot import Lock
from pipeline.sql import literal
from pipeline.warehouse import graph
from pipeline.warehouse.load import insert_rows

Row = tuple[Any, ...]

_ONE_KIND = re.compile(r"rubriek = '(\w+)' and soort = '([\w.]+)'")
"""How a model says which kind the police count for it; one of several kinds together names none."""
_KIND = r"'[\w.]+'"
_KINDS = re.compile(rf"rubriek = '(\w+)' and soort (?:= ({_KIND})|in \(\s*({_KIND}(?:,\s*{_KIND})*)\s*\))")
"""How a model says which kinds it reads of `REGISTERED`: one, or a list."""
REGISTERED = "core.registratie"

SNAPSHOT = {
    name: "varchar"
    for name in (
        *("bron_id", "tabel", "publisher", "licentie", "url", "modified", "fetched_at", "titel"),
        *("reconstructed", "uit_bestand", "uit_bestand_sha256"),
    )
}
UITGAVE = {
    **dict.fromkeys(("bron_id", "tabel", "stand", "dag", "vorige"), "varchar"),
    **dict.fromkeys(("erbij", "weg", "kolommen_erbij", "kolommen_weg"), "varchar[]"),
}
BESTAND = {**dict.fromkeys(("bron_id", "tabel", "bestand", "sha256"), "varchar"), "rijen": "bigint"}
MODEL = {"tabel": "varchar", "select_tekst": "varchar", "sleutel": "varchar[]"}
GEMEENTE_BRON = {
    **{
        name: "varchar"
        for name in (
            *("bron_id", "gemeente_code", "titel", "publisher", "licentie", "citaat", "pagina", "contact"),
            "frequentie",
        )
    },
    "toelichting": "varchar[]",
    "opgehaald": "boolean",
    "indicatoren": "varchar[]",
    "rij_heet": "varchar",
}
GEMEENTE_INDICATOR = {
    **dict.fromkeys(("indicator", "bron_id"), "varchar"),
    "kolommen": "varchar[]",
    "toont_rijen": "boolean",
}


AANPAK = {
    **dict.fromkeys(("aanpak", "titel", "thema", "niveau"), "varchar"),
    "start": "date",
    "start_tekst": "varchar",
    "eind": "date",
    **dict.fromkeys(("doel_indicator", "doel_richting"), "varchar"),
    "doel_procent": "integer",
    "doel_voor": "date",
    **dict.fromkeys(("mechanisme", "bewoners", "kosten"), "varchar"),
    "vastgelegd_op": "date",
    "achteraf": "boolean",
    "volgende_evaluatie": "date",
    **dict.fromkeys(
        (
            *("indicatoren", "waarnemingen", "kanttekeningen", "partijen", "inbreng", "bron_titels"),
            *("bron_urls", "bron_dagen"),
        ),
        "varchar[]",
    ),
}
AANPAK_GEBIED = {**dict.fromkeys(("aanpak", "gebied_code", "rol"), "varchar"), "start": "date"}
AANPAK_OORDEEL = {
    "aanpak": "varchar",
    "volgnummer": "bigint",
    **{
        name: "date"
        if name in ("vastgelegd_op", "stand")
        else "bigint"
        if name in INTEGERS
        else "double"
        if name in NUMBERS
        else "varchar"
        for name in RECORDED
    },
}


def describe_build(connection: duckdb.DuckDBPyConnection, *, mark: str, store: str) -> None:
    """``project.bouw``: one row, the fingerprint of all that the warehouse is made from and the store."""
    make_given(connection, "project.bouw", {"vingerafdruk": "varchar", "opslag": "varchar"}, [(mark, store)])


def describe_snapshots(connection: duckdb.DuckDBPyConnection, lock: Lock) -> None:
    """``project.snapshot`` and ``project.bestand``: every table and file of the sources in the lock."""
    rows: list[Row] = [
        (
            source_id,
            table_id,
            source.publisher,
            source.licence,
            table.url,
            table.modified[:10] if table.modified else None,
            table.fetched_at,
            table.title,
            table.reconstructed,
            table.file or None,
            table.file_sha256 or None,
        )
        for source_id, source in lock.sources.items()
        for table_id, table in source.tables.items()
    ]
    make_given(connection, "project.snapshot", SNAPSHOT, rows)
    files: list[Row] = [
        (source_id, part.table, part.path, part.sha256, part.rows)
        for source_id, source in lock.sources.items()
        for part in source.parts
    ]
    make_given(connection, "project.bestand", BESTAND, files)


def describe_models(connection: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> None:
    """``project.model``: the select and the key of every table, for who follows a figure back."""
    rows: list[Row] = [(model.table, model.sql, list(model.key)) for model in models]
    make_given(connection, "project.model", MODEL, rows)


def describe_releases(connection: duckdb.DuckDBPyConnection, log: Sequence[Release], lock: Lock) -> None:
    """``project.uitgave``: the log, and of a table that it lacks the edition that the lock has."""
    logged = {one.tabel for one in log}
    told = [
        Release(bron=source_id, tabel=name, stand=stand)
        for source_id, source in lock.sources.items()
        for name, table in source.tables.items()
        if name not in logged and (stand := table.modified or (table.fetched_at or "")[:10])
    ]
    rows: list[Row] = [
        (
            *(one.bron, one.tabel, one.stand, one.stand[:10], one.vorige or None),
            *map(list, (one.erbij, one.weg, one.kolommen_erbij, one.kolommen_weg)),
        )
        for one in (*log, *told)
    ]
    make_given(connection, "project.uitgave", UITGAVE, rows)


def describe_rhythms(connection: duckdb.DuckDBPyConnection, headers: Mapping[str, SourceHeader]) -> None:
    """``project.bron_ritme``: how often figures of a source come, where its header says so."""
    rows: list[Row] = [(name, *astuple(one.rhythm)) for name, one in headers.items() if one.rhythm]
    columns = {"bron_id": "varchar", "om_de": "integer", "later": "integer", "dag": "varchar"}
    make_given(connection, "project.bron_ritme", columns, rows)


def describe_definitions(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], lock: Lock
) -> None:
    """``project.gemeente_bron``: every municipal dataset that is defined, with or without rows here.

    And ``project.gemeente_indicator``: which columns say what a row of it is about.
    """
    rows: list[Row] = [
        (
            one.id,
            one.gemeente,
            one.title,
            one.publisher,
            one.licence,
            one.citation,
            one.page or one.url,
            one.contact,
            one.frequency,
            list(one.notes),
            one.id in lock.sources,
            [indicator.id for indicator in one.indicators],
            one.form.place,
        )
        for one in definitions
    ]
    make_given(connection, "project.gemeente_bron", GEMEENTE_BRON, rows)
    about: list[Row] = [
        (indicator.id, one.id, list(one.about(indicator)), one.may_show_rows(indicator))
        for one in definitions
        for indicator in one.indicators
    ]
    make_given(connection, "project.gemeente_indicator", GEMEENTE_INDICATOR, about)


def describe_indicators(connection: duckdb.DuckDBPyConnection, models: tuple[Model, ...]) -> None:
    """``contract.indicator`` from the headers, and ``project.indicator_bron`` from the SQL of the models."""
    described = indicators(models)
    rows = [astuple(one) for one in described.values()]
    make_given(connection, "contract.indicator", indicator.sql_types(), rows)
    for name, column in indicator.COLUMNS.items():
        connection.execute(f"comment on column contract.indicator.{name} is {literal(column.comment)}")
    reads = graph.lineage(models, serialize=graph.serializer(connection))
    origins: list[Row] = [
        (name, source_id)
        for name in described
        for source_id in sorted(graph.sources_of(f"indicator.{name}", reads))
    ]
    make_given(connection, "project.indicator_bron", {"indicator": "varchar", "bron_id": "varchar"}, origins)
    kinds: list[Row] = [
        (model.name, *found)
        for model in models
        if model.indicator is not None
        for found in _ONE_KIND.findall(model.sql)
    ]
    columns = dict.fromkeys(("indicator", "rubriek", "soort"), "varchar")
    make_given(connection, "project.indicator_soort", columns, kinds)
    read: list[Row] = sorted({kind for model in models for kind in kinds_read(model)})
    make_given(connection, "project.soort", dict.fromkeys(("rubriek", "soort"), "varchar"), read)


def kinds_read(model: Model) -> Iterator[tuple[str, str]]:
    """The kinds that a model reads of `REGISTERED`, which holds no others: they are two thirds of its rows.

    Raises:
        ModelError: it reads that table without saying which kinds.
    """
    found = _KINDS.findall(model.sql)
    if (mentioned := model.sql.count(REGISTERED)) != len(found):
        raise ModelError(
            f"{model.path}: leest {mentioned} keer {REGISTERED} en noemt {len(found)} keer welke soorten; "
            "schrijf erbij: rubriek = '…' and soort = '…' (of: soort in ('…', '…'))"
        )
    for rubriek, *listed in found:
        yield from ((rubriek, soort.strip("' \n")) for soort in "".join(listed).split(","))


def describe_approaches(connection: duckdb.DuckDBPyConnection, approaches: Sequence[Approach]) -> None:
    """``project.aanpak``, its areas, and the verdicts that were recorded of it."""
    make_given(connection, "project.aanpak", AANPAK, [_approach_row(one) for one in approaches])
    areas: list[Row] = [
        (one.id, code, role, one.starts.get(code))
        for one in approaches
        for role, codes in (("aanpak", one.gebieden), ("vergelijking", one.vergelijking))
        for code in codes
    ]
    make_given(connection, "project.aanpak_gebied", AANPAK_GEBIED, areas)
    kept: list[Row] = [
        (one.id, number, *recorded)
        for one in approaches
        for number, recorded in enumerate(read_recorded(file_of(one.path.parent, one.id)), start=1)
    ]
    make_given(connection, "project.aanpak_oordeel", AANPAK_OORDEEL, kept)


def _approach_row(one: Approach) -> Row:
    goal = astuple(one.doel) if one.doel else (None,) * 4
    return (
        *(one.id, one.titel, one.thema, one.niveau, one.start, one.start_tekst, one.eind, *goal),
        *(one.mechanisme, one.bewoners, one.kosten, one.vastgelegd_op, is_late(one), one.volgende_evaluatie),
        *(list(one.indicatoren), list(one.waarnemingen), list(one.kanttekeningen)),
        *([party.naam for party in one.partijen], [party.brengt for party in one.partijen]),
        *([source.titel for source in one.bronnen], [source.url for source in one.bronnen]),
        [source.gezien_op.isoformat() for source in one.bronnen],
    )


def make_given(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Sequence[Row]
) -> None:
    """Make a table of Python values: name of each column → its type in DuckDB."""
    connection.execute(f"create table {table} ({', '.join(f'{name} {columns[name]}' for name in columns)})")
    if rows:
        insert_rows(connection, table, rows)
