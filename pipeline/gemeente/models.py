"""Municipal definitions as tables of the warehouse, beside those that have a model file.

One definition is one table ``gemeentelijk.<id>`` of mapped figures, and one indicator table for each of its
indicators, under the same contract as any other. A definition that the store has no rows of gives no tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa

from pipeline import snapshot
from pipeline.errors import VeiligheidsbeeldError
from pipeline.gemeente.account import Mapped, problem_lines
from pipeline.gemeente.areas import AreaError, read_areas
from pipeline.gemeente.definition import Definition, load_definitions
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.rows import Records, Row
from pipeline.gemeente.shape import MunicipalIndicator
from pipeline.model import CONTRACT, Checks, Model, load_models
from pipeline.paths import Paths

LINE = "_regel"  # beside the publisher's columns: where a row stood in the file
ROWS = 20_000
COLUMNS = {
    "indicator": "naam van de indicator",
    "gebied_code": "code van het gebied",
    "periode": "jaar (2022) of maand (2022-03)",
    "aantal": "aantal; leeg bij een meting",
    "waarde": "gemeten waarde; leeg bij een aantal",
    "onder": "ondergrens van de marge, als de gemeente die geeft",
    "boven": "bovengrens van de marge, als de gemeente die geeft",
    "status": "waarom er geen cijfer is; leeg als dat er is",
    "reden": "sleutels van de voorbehouden die daarbij horen, met ; ertussen",
    "regels": "regels van het bestand waar het cijfer op rust",
    "kolommen": "op dezelfde plaats de kolom daarvan; leeg waar regels geteld worden",
}
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("indicator", "gebied_code", "periode")]
    + [("aantal", pa.int64())]
    + [(name, pa.float64()) for name in ("waarde", "onder", "boven")]
    + [(name, pa.string()) for name in ("status", "reden")]
    + [("regels", pa.list_(pa.int64())), ("kolommen", pa.list_(pa.string()))]
)


class MappingError(VeiligheidsbeeldError):
    """Stored rows of a gemeente do not fit their definition any more; the message has the first problems."""


def project_models(paths: Paths) -> tuple[Model, ...]:
    """Every table of the warehouse: model files, and definitions of which the store has rows."""
    lock_path = paths.snapshots / snapshot.LOCK_NAME
    stored = snapshot.read_lock(paths.snapshots).sources if lock_path.is_file() else {}
    definitions = [one for one in load_definitions(paths.definitions) if one.id in stored]
    tables = {one.id: list(stored[one.id].tables.values()) for one in definitions}
    dates = {
        name: file_date(found[0].modified, found[0].fetched_at) for name, found in tables.items() if found
    }
    return (*load_models(paths.models), *models_of(definitions, dates))


def file_date(modified: str | None, fetched_at: str | None) -> date | None:
    """The day that a file is of: the publisher's date, else the day that it was fetched; both ISO."""
    known = modified or fetched_at
    return date.fromisoformat(known[:10]) if known else None


def models_of(
    definitions: Sequence[Definition], dates: Mapping[str, date | None] | None = None
) -> tuple[Model, ...]:
    """The tables of some definitions; ``dates`` has the day that each file was published or fetched."""
    known = dates or {}
    return tuple(model for one in definitions for model in _models(one, known.get(one.id)))


def _models(definition: Definition, file_date: date | None) -> Iterator[Model]:
    yield Model(
        path=definition.path,
        schema="gemeentelijk",
        name=definition.id,
        sql="",
        title=definition.title,
        key=("indicator", "gebied_code", "periode"),
        columns=COLUMNS,
        checks=Checks(
            accepted_range={"aantal": {"min": 0}},
            relationships={"gebied_code": "core.gebied.gebied_code"},
            expression_is_true=(
                "(aantal is null)::integer + (waarde is null)::integer + (status is null)::integer = 2",
            ),
            row_count={"min": 1},
        ),
        reads=(f"raw.{definition.id}", "core.gebied", "staging.pdok_gebieden"),
        function=partial(mapped_rows, definition, file_date=file_date),
    )
    for indicator in definition.indicators:
        yield Model(
            path=definition.path,
            schema="indicator",
            name=indicator.id,
            sql=_select(definition, indicator),
            title=indicator.title,
            key=("gebied_code", "periode"),
            columns=CONTRACT[indicator.header.kind],
            checks=Checks(),
            indicator=indicator.header,
        )


def _select(definition: Definition, indicator: MunicipalIndicator) -> str:
    """Ids are checked to be letters, digits and underscores, so they can stand in the SQL."""
    if indicator.header.kind == "meting":
        return (
            f"select gebied_code, periode, waarde, onder, boven, '{definition.id}' as tabel\n"
            f"from gemeentelijk.{definition.id}\n"
            f"where indicator = '{indicator.id}' and status is null"
        )
    return (
        f"select g.gebied_code, g.periode, g.aantal as teller, n.{indicator.header.noemer_soort} as noemer, "
        f"'{definition.id}' as tabel\n"
        f"from gemeentelijk.{definition.id} as g\n"
        "left join core.noemer as n on g.gebied_code = n.gebied_code and left(g.periode, 4) = n.periode\n"
        f"where g.indicator = '{indicator.id}' and g.status is null"
    )


def mapped_rows(definition: Definition, con: Any, *, file_date: date | None = None) -> pa.Table:
    """The figures of one dataset, from its rows in ``raw`` and the areas of its gemeente.

    Raises:
        MappingError: rows do not fit the definition, or the gemeente has no areas.
    """
    try:
        areas = read_areas(con, definition.gemeente)
    except AreaError as error:
        raise MappingError(f"{definition.path}: {error}") from None
    mapped = map_table(definition, _stored_rows(definition, con), areas, file_date=file_date)
    if mapped.wrong:
        raise MappingError(explain(definition, mapped))
    rows = (*mapped.figures, *mapped.absent)
    columns = {name: [getattr(one, name, None) for one in rows] for name in COLUMNS}
    return pa.table(columns, schema=SCHEMA)


def explain(definition: Definition, mapped: Mapped) -> str:
    """The first problems of a file, each with its line."""
    lines = [f"  {line}" for line in problem_lines(mapped.problems, definition.form.place)]
    errors = "1 fout" if mapped.wrong == 1 else f"{mapped.wrong} fouten"
    return "\n".join([f"{definition.path}: {errors}", *lines])


def _stored_rows(definition: Definition, con: Any) -> Records:
    result = con.execute(f'select * from raw.{definition.id} order by "{LINE}"')
    names = [column[0] for column in result.description]
    at = names.index(LINE)

    def rows() -> Iterator[Row]:
        while chunk := result.fetchmany(ROWS):
            for row in chunk:
                yield Row(int(row[at]), (*row[:at], *row[at + 1 :]))

    return Records(tuple(name for name in names if name != LINE), rows())
