"""Which sources are asked, in what order, and what happens when one of them is not as it should be.

A table that deviates keeps its previous snapshot; the others go on; the exit code says that something failed.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pipeline import snapshot
from pipeline.alone import alone
from pipeline.errors import VeiligheidsbeeldError
from pipeline.fetch import bulk, pdok, plan, questions, restated, store, validate
from pipeline.fetch.bulk import PeriodFile
from pipeline.fetch.http import Client, FetchError, NotThereError, Patience
from pipeline.fetch.odata import Feed
from pipeline.fetch.plan import Deviation, Plan, Selection
from pipeline.fetch.store import SELECTION, Fetched, Notes
from pipeline.fetch.validate import ROW_COUNTS, Count
from pipeline.model import SourceHeader, load_models
from pipeline.model import sources as headers_of
from pipeline.paths import Paths
from pipeline.say import Say
from pipeline.snapshot import Part, Table

PDOK_HOST = "api.pdok.nl"
STAND_IN = "opgehaald bij een plaatsvervanger (--upstream), niet bij de uitgever zelf"

Outcome = Literal["nieuw", "niets nieuws", "niet bij deze plaatsvervanger"]


@dataclass(frozen=True)
class Run:
    """What one call of ``fetch`` wants.

    Attributes:
        upstream: address of a stand-in that serves all hosts; empty for the publishers themselves.
        headers: every source's header, by id.
        absent: tables that the stand-in says it does not have; always empty for the publishers.
    """

    paths: Paths
    headers: Mapping[str, SourceHeader]
    client: Client
    selection: Selection
    upstream: str
    force: bool
    say: Say
    absent: Callable[[str], bool] = lambda _: False

    @property
    def store(self) -> Path:
        return self.paths.live

    def base(self, header: SourceHeader) -> str:
        """Scheme and host to ask."""
        return self.upstream or f"https://{header.host}"


@dataclass(frozen=True)
class Before:
    """What the store has of one table: its lock entry, files and metadata; all empty the first time."""

    table: Table | None
    parts: tuple[Part, ...]
    sets: Mapping[str, Sequence[Mapping[str, Any]]]

    @property
    def info(self) -> Mapping[str, Any]:
        return next(iter(self.sets.get("TableInfos", [])), {})

    def same_selection(self, selection: Selection) -> bool:
        """Whether it was fetched with the same choice of gemeenten and years."""
        return list(self.sets.get(SELECTION, [])) == [selection.as_row()]


def fetch(
    paths: Paths,
    *,
    sources: Sequence[str] = (),
    gemeenten: Sequence[str] = (),
    since: int | None = None,
    upstream: str | None = None,
    force: bool = False,
    first_time: bool = False,
    say: Say,
    patience: Patience | None = None,
) -> int:
    """Bring the live store up to date with the publishers.

    Args:
        sources: source ids; none means every source.
        gemeenten: codes (``GM0758``) to limit areas to; the country is always taken along.
        since: first year to take.
        upstream: address of a stand-in for all publishers; what it does not have is passed over.
        force: ask again for what did not change.
        first_time: answer what only the live services can tell, and store nothing.
        say: receives one line per table.
        patience: time-outs and attempts.

    Returns:
        0, or 1 if a source failed; what it had stays.

    Raises:
        BusyError: another run writes to the build folder.
        FetchError: a source that does not exist.
    """
    headers = headers_of(load_models(paths.models))
    unknown = sorted(set(sources) - set(headers))
    if unknown:
        raise FetchError(f"bron {', '.join(unknown)} bestaat niet; bekend: {', '.join(headers)}")
    chosen = {name: header for name, header in headers.items() if not sources or name in sources}
    run = Run(
        paths=paths,
        headers=headers,
        client=Client(patience),
        selection=Selection(tuple(gemeenten), since),
        upstream=(upstream or "").rstrip("/"),
        force=force,
        say=say,
    )
    if first_time:
        return _first_time(run)
    with alone(paths.build, verb="fetch"):
        store.sweep(run.store)
        run = replace(run, absent=_absent_from(run))
        failed = [name for name, header in chosen.items() if not _fetch_source(run, name, header)]
        counts = _counts(store.read(run.store))
        validate.write_row_counts(run.store / ROW_COUNTS, counts)
    return 1 if failed else 0


def _first_time(run: Run) -> int:
    for line in questions.answers(run.client, run.headers, base=run.base):
        run.say(line)
    return 0


def _absent_from(run: Run) -> Callable[[str], bool]:
    """A stand-in says in its catalogue what it has; a publisher that lacks a table is an error."""
    if not run.upstream:
        return lambda _: False
    listed = {table.upper() for table in Feed(run.client, run.upstream).catalogue()}
    return lambda table: table.upper() not in listed


def _fetch_source(run: Run, source_id: str, header: SourceHeader) -> bool:
    """Every table of a source; False if one failed."""
    if not header.host:
        if store.take_over(run.store, source_id, run.paths.example):
            run.say(f"{source_id}: overgenomen uit het voorbeeld (geen dienst)")
        return True
    fine = True
    tables: dict[Outcome, list[str]] = {"nieuw": [], "niets nieuws": [], "niet bij deze plaatsvervanger": []}
    for period, table_id in header.tables.items():
        year = None if period == "alles" else period
        if year is not None and not run.selection.has_period(year):
            continue
        one = _fetch_boundaries if header.host == PDOK_HOST else _fetch_table
        try:
            tables[one(run, source_id, header, year, table_id)].append(table_id)
        except VeiligheidsbeeldError as error:
            fine = False
            kept = (
                "de vorige opname blijft staan"
                if _before(run, source_id, table_id).table
                else "er is nog geen opname"
            )
            run.say(f"{source_id}: {error}; {kept}")
    for outcome, ids in tables.items():
        if ids and outcome != "nieuw":
            run.say(f"{source_id}: {outcome} ({', '.join(ids)})")
    return fine


def _before(run: Run, source_id: str, table_id: str) -> Before:
    source = store.read(run.store).sources.get(source_id)
    if source is None:
        return Before(None, (), {})
    parts = tuple(part for part in source.parts if part.table == table_id)
    sets = store.read_sets(run.store, source).get(table_id, {})
    return Before(source.tables.get(table_id), parts, sets)


def _fetch_table(run: Run, source_id: str, header: SourceHeader, year: str | None, table_id: str) -> Outcome:
    """Bring one StatLine table up to date."""
    if run.absent(table_id):
        return "niet bij deze plaatsvervanger"
    feed = Feed(run.client, run.base(header))
    before = _before(run, source_id, table_id)
    work = store.work_folder(run.store, source_id, table_id)
    info = feed.info(table_id)
    if not run.force and _is_current(run, header, year, before, info):
        shutil.rmtree(work, ignore_errors=True)
        return "niets nieuws"
    if run.force:
        shutil.rmtree(work, ignore_errors=True)
    bulk.free_space_or_refuse(run.store)
    made = _download_unchanging(run, feed, header, year, table_id, info, work)
    files = bulk.merge(made, work)
    _compare_with_before(run, source_id, made, before, files)
    line = _told(source_id, made, files)
    store.put(
        run.store,
        source_id,
        header,
        _as_fetched(run, header, made, files),
        notes=_restated(run, source_id, made, before, work),
    )
    run.say(line)
    return "nieuw"


def _is_current(
    run: Run, header: SourceHeader, year: str | None, before: Before, info: Mapping[str, Any]
) -> bool:
    if before.table is None or not before.same_selection(run.selection):
        return False
    if not _same_release(before.info, info):
        return False
    properties = before.sets["DataProperties"]
    keys, _ = plan.resolve_topics(header, "", properties)
    return before.table.columns == (
        *plan.dimensions_of(header, "", period=year, properties=properties),
        *keys,
    )


def _download_unchanging(
    run: Run,
    feed: Feed,
    header: SourceHeader,
    year: str | None,
    table_id: str,
    info: Mapping[str, Any],
    work: Path,
) -> Plan:
    """Download under one release: if the table changes meanwhile, begin again, once.

    Raises:
        Deviation: it changed again.
    """
    for _ in range(2):
        properties = feed.properties(table_id)
        dimensions = plan.dimensions_of(header, table_id, period=year, properties=properties)
        made = plan.make_plan(
            header,
            table_id,
            period=year,
            info=info,
            properties=properties,
            codes={name: feed.codes(table_id, name) for name in dimensions},
            selection=run.selection,
        )
        bulk.download(feed, made, work, say=run.say)
        after = feed.info(table_id)
        if _same_release(info, after):
            return made
        info = after
    raise Deviation(f"{table_id}: verandert tijdens het ophalen (nu van {info['Modified']})")


def _same_release(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return all(left.get(name) == right.get(name) for name in ("Modified", "MetaDataModified"))


def _compare_with_before(
    run: Run, source_id: str, made: Plan, before: Before, files: Sequence[PeriodFile]
) -> None:
    """Row counts, national totals and topics against the last release, if that was the same choice."""
    if before.sets and not before.same_selection(run.selection):
        return
    expected = {Count(source_id, made.table, part.periode): part.rows for part in before.parts}
    if run.selection == Selection():
        committed = validate.read_row_counts(run.paths.data / ROW_COUNTS)
        expected |= {
            key: rows
            for key, rows in committed.items()
            if (key.source_id, key.table) == (source_id, made.table)
        }
    found = {Count(source_id, made.table, file.period): file.rows for file in files}
    validate.check_row_counts(expected, found, file=run.paths.data / ROW_COUNTS)
    if before.table is None:
        return
    old: dict[tuple[str, ...], int] = {}
    for part in before.parts:
        if expected[Count(source_id, made.table, part.periode)] == 0:
            continue  # a human agreed that this period goes
        old |= validate.stored_totals(run.store / part.path, made)
    validate.check_totals(made.table, old, bulk.country_totals(made, files))


def _restated(run: Run, source_id: str, made: Plan, before: Before, work: Path) -> Notes | None:
    """What this release says otherwise than the one before; None where nothing keeps such notes."""
    header = run.headers.get(restated.SOURCE_ID)
    if header is None or before.table is None or not before.same_selection(run.selection):
        return None
    kept = store.read(run.store).sources.get(restated.SOURCE_ID)
    earlier = [part for part in kept.parts if part.periode == made.table] if kept else []
    file = restated.write(
        source_id,
        made,
        work,
        before=[run.store / part.path for part in before.parts],
        vintage_before=str(before.table.modified),
        earlier=[run.store / part.path for part in earlier],
    )
    table = Table(
        url=header.page,
        title="Herziene cijfers",
        modified=None,
        fetched_at=None,
        columns=tuple(restated.SCHEMA.names),
    )
    return Notes(restated.SOURCE_ID, made.table, header, table, file)


def _as_fetched(run: Run, header: SourceHeader, made: Plan, files: Sequence[PeriodFile]) -> Fetched:
    table = Table(
        url=f"https://{header.host}/ODataFeed/odata/{made.table}",
        title=str(made.info.get("Title") or made.table),
        modified=str(made.info["Modified"]),
        fetched_at=_now().isoformat(timespec="seconds"),
        columns=tuple(made.schema.names),
        selection=made.selected,
        reconstructed=STAND_IN if run.upstream else "",
    )
    sets = {
        "TableInfos": [made.info],
        "DataProperties": made.properties,
        **made.codes,
        SELECTION: [run.selection.as_row()],
    }
    return Fetched(made.table, table, tuple(files), sets)


def _told(source_id: str, made: Plan, files: Sequence[PeriodFile]) -> str:
    rows = sum(file.rows for file in files)
    periods = f"{files[0].period} t/m {files[-1].period}" if len(files) > 1 else files[0].period
    line = f"{source_id}: {made.table} van {str(made.info['Modified'])[:10]}, {rows} rijen, {periods}"
    totals = validate.stored_totals(files[-1].path, made)
    if totals:
        line += f", Nederland {files[-1].period}: {max(totals.values())}"
    if made.missing:
        line += f"; zonder kolom voor {', '.join(made.missing)}"
    return line


def _fetch_boundaries(run: Run, source_id: str, header: SourceHeader, year: str | None, name: str) -> Outcome:
    """Bring one boundary set up to date."""
    service = pdok.Boundaries(run.client, run.base(header))
    before = _before(run, source_id, name)
    try:
        description = service.collection(name)
    except NotThereError:
        if run.upstream:
            return "niet bij deze plaatsvervanger"
        raise
    mark = {"digest": pdok.digest_of(description)}
    same = list(before.sets.get("Collection", [])) == [mark] and before.same_selection(run.selection)
    recent = before.table is not None and pdok.is_recent(before.table.fetched_at, now=_now())
    if same and recent and not run.force:
        return "niets nieuws"
    work = store.work_folder(run.store, source_id, name)
    period = year or "alles"
    files = pdok.download(service, name, period, work, selection=run.selection)
    if not before.sets or before.same_selection(run.selection):
        expected = {Count(source_id, name, part.periode): part.rows for part in before.parts}
        found = {Count(source_id, name, file.period): file.rows for file in files}
        validate.check_row_counts(expected, found, file=run.paths.data / ROW_COUNTS)
    table = Table(
        url=f"https://{header.host}/cbs/{name}/ogc/v1",
        title=str(description.get("title") or name),
        modified=None,
        fetched_at=_now().isoformat(timespec="seconds"),
        columns=pdok.COLUMNS,
        selection=True,
        reconstructed=STAND_IN if run.upstream else "",
    )
    sets = {"Collection": [mark], SELECTION: [run.selection.as_row()]}
    store.put(run.store, source_id, header, Fetched(name, table, files, sets))
    run.say(f"{source_id}: {name}, {files[0].rows} buurten")
    return "nieuw"


def _counts(lock: snapshot.Lock) -> dict[Count, int]:
    """Rows per source, table and period in the store."""
    counts: dict[Count, int] = {}
    for source_id, source in lock.sources.items():
        for part in source.parts:
            key = Count(source_id, part.table, part.periode)
            counts[key] = counts.get(key, 0) + part.rows
    return counts


def _now() -> datetime:
    return datetime.now(UTC)
