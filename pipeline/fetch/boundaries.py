"""One set of boundaries of PDOK, from the question what is new to a snapshot in the store."""

from pipeline.fetch import pdok, store, validate
from pipeline.fetch.editions import SELECTION
from pipeline.fetch.http import NotThereError
from pipeline.fetch.run import STAND_IN, Outcome, Run, now
from pipeline.fetch.store import Fetched
from pipeline.fetch.validate import ROW_COUNTS, Count
from pipeline.model import SourceHeader
from pipeline.snapshot import Table


def fetch_boundaries(
    run: Run, source_id: str, header: SourceHeader, *, year: str | None, table_id: str
) -> Outcome:
    """Bring one boundary set up to date."""
    service = pdok.Boundaries(run.client, run.base(header))
    before = run.before(source_id, table_id)
    try:
        description = service.collection(table_id)
    except NotThereError:
        if run.upstream:
            return "niet bij deze plaatsvervanger"
        raise
    mark = {"digest": pdok.digest_of(description)}
    same = list(before.sets.get("Collection", [])) == [mark] and before.same_selection(run.selection)
    recent = before.table is not None and pdok.is_recent(before.table.fetched_at, now=now())
    if same and recent and not run.force:
        return "niets nieuws"
    work = store.work_folder(run.store, source_id, table_id)
    period = year or "alles"
    files = pdok.download(service, table_id, period, work, selection=run.selection)
    if not before.sets or before.same_selection(run.selection):
        expected = {Count(source_id, table_id, part.periode): part.rows for part in before.parts}
        found = {Count(source_id, table_id, file.period): file.rows for file in files}
        validate.check_row_counts(expected, found, file=run.paths.data / ROW_COUNTS)
    table = Table(
        url=f"https://{header.host}/cbs/{table_id}/ogc/v1",
        title=str(description.get("title") or table_id),
        modified=None,
        fetched_at=now().isoformat(timespec="seconds"),
        columns=pdok.COLUMNS,
        selection=True,
        reconstructed=STAND_IN if run.upstream else "",
    )
    sets = {"Collection": [mark], SELECTION: [run.selection.as_row()]}
    store.put(run.store, source_id, header, Fetched(table_id, table, files, sets))
    run.say(f"{source_id}: {table_id}, {files[0].rows} buurten")
    return "nieuw"
