"""Which sources are asked, in what order, and what happens when one of them is not as it should be.

A table that deviates keeps its previous snapshot; the others go on; the exit code says that something failed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline import releases, snapshot
from pipeline.alone import alone
from pipeline.errors import VeiligheidsbeeldError
from pipeline.fetch import questions, store, validate
from pipeline.fetch.boundaries import fetch_boundaries
from pipeline.fetch.http import Client, FetchError, Patience
from pipeline.fetch.odata import Feed
from pipeline.fetch.plan import Selection
from pipeline.fetch.run import Outcome, Run
from pipeline.fetch.table import fetch_table
from pipeline.fetch.validate import ROW_COUNTS, Count
from pipeline.model import SourceHeader, load_models
from pipeline.model import sources as headers_of
from pipeline.paths import Paths
from pipeline.say import Say

PDOK_HOST = "api.pdok.nl"


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
        releases.take_along(paths.data, run.store)
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
        one = fetch_boundaries if header.host == PDOK_HOST else fetch_table
        try:
            tables[one(run, source_id, header, year=year, table_id=table_id)].append(table_id)
        except VeiligheidsbeeldError as error:
            fine = False
            kept = (
                "de vorige opname blijft staan"
                if run.before(source_id, table_id).table
                else "er is nog geen opname"
            )
            run.say(f"{source_id}: {error}; {kept}")
    for outcome, ids in tables.items():
        if ids and outcome != "nieuw":
            run.say(f"{source_id}: {outcome} ({', '.join(ids)})")
    return fine


def _counts(lock: snapshot.Lock) -> dict[Count, int]:
    """Rows per source, table and period in the store."""
    counts: dict[Count, int] = {}
    for source_id, source in lock.sources.items():
        for part in source.parts:
            key = Count(source_id, part.table, part.periode)
            counts[key] = counts.get(key, 0) + part.rows
    return counts
