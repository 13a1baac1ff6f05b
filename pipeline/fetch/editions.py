"""What an edition of a table brought, for the log: periods and columns that the one before had not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import releases
from pipeline.columns import stem_of
from pipeline.fetch.plan import period_label
from pipeline.releases import Release
from pipeline.snapshot import Part, Source, Table

Sets = Mapping[str, Sequence[Mapping[str, Any]]]
SELECTION = "Selectie"
"""Under this name the metadata of a table says which part of it was asked for."""
FOUND = "GevondenPerioden"
"""Under this name the periods that have a figure, of a table whose rows do not say them in one way."""

PERIODS = "Perioden"
ALL = "alles"


@dataclass(frozen=True)
class Edition:
    """One edition of a table: its lock entry and parts in a store, and what its publisher said of it."""

    table: Table
    parts: tuple[Part, ...]
    sets: Sets

    @property
    def stand(self) -> str:
        return self.table.modified or (self.table.fetched_at or "")[:10]

    @property
    def content(self) -> set[str]:
        return {part.sha256 for part in self.parts}

    @property
    def columns(self) -> set[str]:
        """All that the publisher gives, taken or not; numbers behind names drift without meaning."""
        topics = [row["Key"] for row in self.sets.get("DataProperties", ()) if row["Type"] == "Topic"]
        return set(map(stem_of, topics or self.table.columns))

    def periods(self, store: Path) -> frozenset[str]:
        if FOUND in self.sets:
            return frozenset(row["Key"] for row in self.sets[FOUND])
        if PERIODS not in self.table.columns:
            return frozenset(part.periode for part in self.parts if part.periode != ALL)
        codes: set[str] = set()
        for part in self.parts:
            codes |= set(pc.unique(pq.read_table(store / part.path, columns=[PERIODS])[PERIODS]).to_pylist())
        return frozenset(map(period_label, codes))

    def chosen(self) -> list[object]:
        """Which areas and years were asked for."""
        return list(self.sets.get(SELECTION, ()))


def edition(source: Source | None, table_id: str, sets: Sets) -> Edition | None:
    """What a source of the lock has of a table; None if nothing."""
    if source is None or table_id not in source.tables:
        return None
    parts = tuple(part for part in source.parts if part.table == table_id)
    return Edition(source.tables[table_id], parts, sets)


def note(store: Path, source_id: str, table_id: str, *, before: Edition | None, after: Edition) -> None:
    """Put an edition in the log, before the lock names it: a run killed between the two does no harm.

    A table without a date of its publisher is fetched time and again: it counts only when its rows changed.
    """
    if before and after.table.modified is None and after.content == before.content:
        return
    log = releases.read_log(store)
    if before and before.stand and not any(one.tabel == table_id for one in log):
        # What a store held before it kept a log.
        had = tuple(sorted(before.periods(store)))
        releases.add(store, Release(bron=source_id, tabel=table_id, stand=before.stand, erbij=had))
        log = releases.read_log(store)
    known, has = releases.periods_of(log, table_id), after.periods(store)
    gone = known - has if before is None or before.chosen() == after.chosen() else set()
    releases.add(
        store,
        Release(
            bron=source_id,
            tabel=table_id,
            stand=after.stand,
            vorige=next((one.stand for one in reversed(log) if one.tabel == table_id), ""),
            erbij=tuple(sorted(has - known)),
            weg=tuple(sorted(gone)),
            kolommen_erbij=tuple(sorted(after.columns - before.columns)) if before else (),
            kolommen_weg=tuple(sorted(before.columns - after.columns)) if before else (),
        ),
    )
