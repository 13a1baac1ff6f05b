"""One StatLine table, from the question what is new to a snapshot in the store."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.fetch import bulk, plan, restated, store, validate
from pipeline.fetch.bulk import PeriodFile
from pipeline.fetch.editions import SELECTION
from pipeline.fetch.odata import Feed
from pipeline.fetch.plan import Deviation, Plan, Selection
from pipeline.fetch.run import STAND_IN, Before, Outcome, Run, now
from pipeline.fetch.store import Fetched, Notes
from pipeline.fetch.validate import ROW_COUNTS, Count
from pipeline.model import SourceHeader
from pipeline.snapshot import Table


def fetch_table(
    run: Run, source_id: str, header: SourceHeader, *, year: str | None, table_id: str
) -> Outcome:
    """Bring one StatLine table up to date."""
    if run.absent(table_id):
        return "niet bij deze plaatsvervanger"
    feed = Feed(run.client, run.base(header))
    before = run.before(source_id, table_id)
    work = store.work_folder(run.store, source_id, table_id)
    info = feed.info(table_id)
    if not run.force and _is_current(run, header, before, info, year=year):
        shutil.rmtree(work, ignore_errors=True)
        return "niets nieuws"
    if run.force:
        shutil.rmtree(work, ignore_errors=True)
    bulk.free_space_or_refuse(run.store)
    made = _download_unchanging(run, feed, header, year=year, table_id=table_id, info=info, work=work)
    files = bulk.merge(made, work)
    _compare_with_before(run, source_id, made, files, before=before)
    line = _told(source_id, made, files)
    store.put(
        run.store,
        source_id,
        header,
        _as_fetched(run, header, made, files),
        notes=_restated(run, source_id, made, before, work=work),
    )
    run.say(line)
    return "nieuw"


def _is_current(
    run: Run, header: SourceHeader, before: Before, info: Mapping[str, Any], *, year: str | None
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
    *,
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
    run: Run, source_id: str, made: Plan, files: Sequence[PeriodFile], *, before: Before
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
    old: validate.Totals = {}
    for part in before.parts:
        if expected[Count(source_id, made.table, part.periode)] == 0:
            continue  # a human agreed that this period goes
        old |= validate.stored_totals(run.store / part.path, made)
    new = {place: count for file in files for place, count in file.totals.items()}
    validate.check_totals(made.table, old, new)


def _restated(run: Run, source_id: str, made: Plan, before: Before, *, work: Path) -> Notes | None:
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
        fetched_at=now().isoformat(timespec="seconds"),
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
    if files[-1].totals:
        line += f", Nederland {files[-1].period}: {max(files[-1].totals.values())}"
    if made.missing:
        line += f"; zonder kolom voor {', '.join(made.missing)}"
    return line
