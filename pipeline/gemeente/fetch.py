"""One municipal dataset: fetch its file, see what it gives, keep its rows as a snapshot.

A file that does not fit its definition never replaces the rows that were kept before.
"""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pyarrow as pa

from pipeline import snapshot
from pipeline.fetch import store
from pipeline.fetch.bulk import PeriodFile, write_parquet
from pipeline.fetch.editions import FOUND
from pipeline.fetch.file import FileClient, Got, fetch_file
from pipeline.fetch.http import FetchError
from pipeline.fetch.store import Fetched
from pipeline.gemeente.account import Mapped
from pipeline.gemeente.areas import AreaError, read_areas
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.models import LINE, explain, file_date
from pipeline.gemeente.read import read
from pipeline.gemeente.report import report
from pipeline.gemeente.rows import ReadError, Row
from pipeline.model import SourceHeader
from pipeline.snapshot import Table
from pipeline.sql import Connection

BATCH = 20_000


@dataclass(frozen=True)
class Tried:
    """A file held against its definition."""

    definition: Definition
    got: Got
    mapped: Mapped

    @property
    def text(self) -> str:
        """The account of it, in plain Dutch."""
        return report(self.definition, self.mapped, file=self.got.path.name)


def try_out(
    definition: Definition,
    con: Connection,
    *,
    root: Path,
    work: Path,
    client: FileClient,
    file: Path | None = None,
) -> Tried:
    """Fetch a dataset and map it; nothing is kept.

    Args:
        con: the warehouse, for the areas of the gemeente.
        root: the project, which ``file`` of the definition is relative to.
        work: where a download may stand.
        file: a file to read instead of the definition's own.

    Raises:
        FetchError: it was not fetched, or the gemeente is not known.
        ReadError: it is not of the kind that the definition says.
    """
    if file is not None and not file.is_file():
        raise FetchError(f"{file}: dit bestand bestaat niet")
    got = Got(file, None) if file else fetch_file(client, definition, root=root, work=work)
    try:
        areas = read_areas(con, definition.gemeente)
    except AreaError as error:
        raise FetchError(f"{definition.path}: {error}") from None
    table = read(got.path, definition.form)
    made = file_date(got.modified, datetime.now(UTC).isoformat())
    return Tried(definition, got, map_table(definition, table, areas, file_date=made))


def keep(tried: Tried, folder: Path) -> int:
    """Replace the snapshot of a dataset in a store.

    Returns:
        Rows that were kept.

    Raises:
        FetchError: the file does not fit its definition; what the store has stays.
    """
    if tried.mapped.wrong:
        raise FetchError(explain(tried.definition, tried.mapped))
    try:
        return _keep(tried, folder)
    except BaseException:
        # A full disk or an interruption: nothing that the lock does not name stays behind.
        with contextlib.suppress(OSError):
            shutil.rmtree(folder / store.WORK, ignore_errors=True)
            store.sweep(folder)
        raise


def _keep(tried: Tried, folder: Path) -> int:
    definition = tried.definition
    work = store.work_folder(folder, definition.id, definition.id)
    file, columns = _write_rows(tried, work / "rijen.parquet")
    table = Table(
        url=definition.page or definition.url,
        title=definition.title,
        modified=tried.got.modified,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        columns=columns,
        file=tried.got.path.name,
        file_sha256=snapshot.sha256_of(tried.got.path),
    )
    header = SourceHeader(
        publisher=definition.publisher,
        licence=definition.licence,
        page=definition.page,
        tables={"alles": definition.id},
        dimensions=(),
        topics={},
    )
    periods = {FOUND: [{"Key": periode} for periode in tried.mapped.periods]}
    store.put(folder, definition.id, header, Fetched(definition.id, table, (file,), periods))
    return file.rows


def _write_rows(tried: Tried, path: Path) -> tuple[PeriodFile, tuple[str, ...]]:
    table = read(tried.got.path, tried.definition.form)
    names = [LINE, *table.columns]
    if len({name.casefold() for name in names}) != len(names):
        raise ReadError(
            f"{tried.got.path.name}: kolommen verschillen alleen in hoofdletters: {', '.join(names)}"
        )
    schema = pa.schema([(LINE, pa.int64()), *((name, pa.string()) for name in table.columns)])
    rows = write_parquet(path, _batches(table.rows, schema), schema)
    return PeriodFile("alles", path, rows), tuple(names)


def _batches(rows: Iterator[Row], schema: pa.Schema) -> Iterator[pa.Table]:
    while chunk := list(islice(rows, BATCH)):
        values = zip(*((row.line, *row.cells) for row in chunk), strict=True)
        yield pa.table(
            [pa.array(column, kind) for column, kind in zip(values, schema.types, strict=True)], schema=schema
        )
