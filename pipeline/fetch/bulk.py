"""Rows to disk: one file per finished partition, then one file per period. Memory holds one partition."""

import hashlib
import json
import math
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

from pipeline import snapshot
from pipeline.fetch import validate
from pipeline.fetch.http import FetchError
from pipeline.fetch.odata import Feed
from pipeline.fetch.page import Page, columns_of
from pipeline.fetch.plan import Deviation, Partition, Plan
from pipeline.say import Say

PLAN_FILE = "plan.json"
# Row groups of about this size read well in parallel and keep the writer small.
GROUP_ROWS = 120_000


@dataclass(frozen=True)
class PeriodFile:
    """A finished file of one period, not yet in the store; ``totals`` are its counts of the country."""

    period: str
    path: Path
    rows: int
    totals: validate.Totals = field(default_factory=dict)


def download(feed: Feed, plan: Plan, work: Path, *, say: Say) -> None:
    """Fetch every partition that ``work`` does not hold yet; what a killed run finished is used again.

    Raises:
        Deviation: an answer does not hold to the plan; partitions finished before it stay.
        FetchError: the service did not answer.
    """
    _start_or_resume(plan, work, say=say)
    waiting = [part for part in plan.partitions if not partition_file(work, part).is_file()]
    pages = feed.pages(
        plan.table, "TypedDataSet", questions=[part.where for part in waiting], select=plan.schema.names
    )
    for partition in waiting:
        rows = _rows(feed, plan, partition, pages)
        validate.check_partition(plan, partition, rows)
        _write_partition(partition_file(work, partition), rows)
    # A code that a filter writes wrongly, without its spaces, gives no error: only no rows.
    if not any(rows.num_rows for rows in map(partial(read_partition, work), plan.partitions)):
        raise Deviation(f"{plan.table}: de bron geeft geen enkele rij")


def partition_file(work: Path, partition: Partition) -> Path:
    """Where the rows of a finished partition wait."""
    return work / f"{partition.name}.arrow"


def read_partition(work: Path, partition: Partition) -> pa.Table:
    """The rows of a finished partition."""
    return feather.read_table(partition_file(work, partition))


def _write_partition(file: Path, rows: pa.Table) -> None:
    """In Arrow's own form, which is read and written five times as fast as Parquet and lives for minutes."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.deel")
    feather.write_feather(rows, beside, compression="zstd")
    beside.replace(file)


def _start_or_resume(plan: Plan, work: Path, *, say: Say) -> None:
    """Keep what is there if it was fetched under the very same plan, else start with an empty folder."""
    identity = {
        "tabel": plan.table,
        "modified": plan.info.get("Modified"),
        "metadata_modified": plan.info.get("MetaDataModified"),
        "kolommen": plan.schema.names,
        "vragen": [partition.where for partition in plan.partitions],
        "codes": hashlib.sha256(json.dumps(plan.codes, sort_keys=True).encode()).hexdigest(),
    }
    text = json.dumps(identity, ensure_ascii=False, indent=1, sort_keys=True)
    marker = work / PLAN_FILE
    if marker.is_file() and marker.read_text(encoding="utf-8") == text:
        done = len(list(work.glob("*.arrow")))
        if done:
            say(f"{plan.table}: ga verder, {done} van {len(plan.partitions)} delen zijn er al")
        return
    shutil.rmtree(work, ignore_errors=True)
    snapshot.write_atomically(marker, text.encode())


def _rows(feed: Feed, plan: Plan, partition: Partition, pages: Iterator[Page]) -> pa.Table:
    """The rows of one partition, out of its pages."""
    batches = []
    for page in pages:
        batch = columns_of(page.answer.body, plan.schema)
        batches.append(_batch(feed.rows_of(page), plan, partition) if batch is None else batch)
        if page.following is None:
            break
    return pa.Table.from_batches(batches, plan.schema)


def _batch(page: Sequence[dict[str, Any]], plan: Plan, partition: Partition) -> pa.RecordBatch:
    """Rows as columns, value by value, as the publisher gave them.

    Raises:
        Deviation: a column is missing, or a value is not of the type that DataProperties names.
    """
    arrays = []
    for column in plan.schema:
        try:
            array = pa.array([row[column.name] for row in page], column.type)
            _refuse_not_finite(array, page)
            arrays.append(array)
        except KeyError:
            keys = ", ".join(page[0]) if page else ""
            raise Deviation(
                f"{plan.table} {partition.name}: kolom {column.name} ontbreekt; er is: {keys}"
            ) from None
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise Deviation(f"{plan.table} {partition.name}: {column.name}: {error}") from None
    return pa.record_batch(arrays, schema=plan.schema)


def _refuse_not_finite(array: pa.Array, page: Sequence[dict[str, Any]]) -> None:
    """JSON as Python reads it has NaN, and 1e309 is infinite: neither is a figure."""
    if pa.types.is_floating(array.type):
        for row, value in zip(page, array.to_pylist(), strict=True):
            if value is not None and not math.isfinite(value):
                codes = ", ".join(code.strip() for code in row.values() if isinstance(code, str))
                raise pa.ArrowInvalid(f"{value} is geen getal ({codes})")


def write_parquet(file: Path, tables: Sequence[pa.Table] | Iterator[pa.Table], schema: pa.Schema) -> int:
    """Write tables as one Parquet file, beside and renamed; the same rows give the same bytes.

    Returns:
        How many rows were written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}.deel")
    written = 0
    with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
        waiting: list[pa.Table] = []
        for table in tables:
            waiting.append(table)
            written += table.num_rows
            if sum(part.num_rows for part in waiting) >= GROUP_ROWS:
                writer.write_table(pa.concat_tables(waiting).combine_chunks())
                waiting = []
        if waiting:
            writer.write_table(pa.concat_tables(waiting).combine_chunks())
    beside.replace(file)
    return written


def merge(plan: Plan, work: Path) -> list[PeriodFile]:
    """One file per period out of the finished partitions, one partition in memory at a time."""
    by_period: dict[str, list[Partition]] = {}
    for partition in plan.partitions:
        by_period.setdefault(plan.period_of(partition), []).append(partition)
    return [_merged(plan, work, period, partitions) for period, partitions in by_period.items()]


def _merged(plan: Plan, work: Path, period: str, partitions: Sequence[Partition]) -> PeriodFile:
    totals: validate.Totals = {}

    def tables() -> Iterator[pa.Table]:
        for partition in partitions:
            table = read_partition(work, partition)
            totals.update(validate.totals_of(table, plan))
            yield table

    file = work / "perioden" / f"{period}.parquet"
    rows = write_parquet(file, tables(), plan.schema)
    if rows == 0:
        raise Deviation(f"{plan.table}: geen enkele rij voor {period}")
    return PeriodFile(period, file, rows, totals)


def free_space_or_refuse(folder: Path, *, least: int = 2_000_000_000) -> None:
    """Refuse to start a download onto a disk that is nearly full.

    Raises:
        FetchError: fewer than ``least`` bytes are free.
    """
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < least:
        raise FetchError(f"{folder}: nog {free / 1e9:.1f} GB vrij, nodig {least / 1e9:.0f} GB")
