"""The live store: files with their checksum in their name first, then log and lock, then old files go.

A run that is killed anywhere leaves a lock whose files are all there.
"""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline import releases, snapshot
from pipeline.alone import HOLDER, LOCK
from pipeline.fetch import editions
from pipeline.fetch.bulk import PeriodFile
from pipeline.fetch.editions import Edition, Sets
from pipeline.model import SourceHeader
from pipeline.snapshot import Lock, Meta, Part, Source, Table

WORK = ".werk"
NAME_LENGTH = 12  # of a checksum: a file that changed has another name, and the old one stays readable


@dataclass(frozen=True)
class Fetched:
    """One table, fetched and found in order, ready to replace the previous one."""

    table_id: str
    table: Table
    files: tuple[PeriodFile, ...]
    sets: Sets


def work_folder(store: Path, source_id: str, table_id: str) -> Path:
    """Where a download waits until all of it is there."""
    return store / WORK / source_id / table_id


def read(store: Path) -> Lock:
    """The lock of the store; empty when nothing was fetched yet."""
    return snapshot.read_lock(store) if (store / snapshot.LOCK_NAME).is_file() else Lock()


def read_sets(store: Path, source: Source | None) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The metadata that was kept of a source's tables."""
    return snapshot.read_meta(store, source) if source is not None else {}


@dataclass(frozen=True)
class Notes:
    """What one table's new release restated: a file for the store, or None if nothing (any more).

    Attributes:
        about: the table id that the notes are about; their folder in the store.
        header: the source that keeps such notes; see ``restated``.
    """

    source_id: str
    about: str
    header: SourceHeader
    table: Table
    file: PeriodFile | None


def put(
    store: Path, source_id: str, header: SourceHeader, fetched: Fetched, *, notes: Notes | None = None
) -> None:
    """Replace one table of a source, and the notes on it, in one step; all else stays as it is."""
    lock = read(store)
    old = lock.sources.get(source_id)
    kept = [part for part in (old.parts if old else ()) if part.table != fetched.table_id]
    placed = [_place(store, source_id, fetched.table_id, file) for file in fetched.files]
    new = Source(
        publisher=header.publisher,
        licence=header.licence,
        tables={**(old.tables if old else {}), fetched.table_id: fetched.table},
        parts=(*kept, *placed),
        meta=_place_meta(store, source_id, {**read_sets(store, old), fetched.table_id: fetched.sets}),
    )
    sources = {**lock.sources, source_id: new}
    if notes is not None:
        sources |= _noted(store, lock, notes)
    table_id, earlier = fetched.table_id, read_sets(store, old)
    editions.note(
        store,
        source_id,
        table_id,
        before=editions.edition(old, table_id, earlier.get(table_id, {})),
        after=Edition(fetched.table, tuple(placed), fetched.sets),
    )
    snapshot.write_lock(store, replace(lock, sources=sources))
    shutil.rmtree(work_folder(store, source_id, fetched.table_id), ignore_errors=True)
    sweep(store)


def _noted(store: Path, lock: Lock, notes: Notes) -> dict[str, Source]:
    old = lock.sources.get(notes.source_id)
    parts = [part for part in (old.parts if old else ()) if part.periode != notes.about]
    if notes.file is not None:
        parts.append(_place(store, notes.source_id, notes.source_id, notes.file))
    if not parts and old is None:
        return {}
    new = Source(notes.header.publisher, notes.header.licence, {notes.source_id: notes.table}, tuple(parts))
    return {notes.source_id: new}


def _place(store: Path, source_id: str, table_id: str, file: PeriodFile) -> Part:
    checksum = snapshot.sha256_of(file.path)
    name = f"{table_id}-{checksum[:NAME_LENGTH]}{file.path.suffix}"
    path = store / source_id / file.period / name
    path.parent.mkdir(parents=True, exist_ok=True)
    file.path.replace(path)
    return Part(
        path=path.relative_to(store).as_posix(),
        table=table_id,
        periode=file.period,
        sha256=checksum,
        rows=file.rows,
    )


def _place_meta(store: Path, source_id: str, sets: Mapping[str, Any]) -> Meta:
    content = json.dumps(sets, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(content).hexdigest()
    path = store / source_id / f"meta-{digest[:NAME_LENGTH]}.json"
    snapshot.write_atomically(path, content)
    return Meta(path=path.relative_to(store).as_posix(), sha256=digest)


def take_over(store: Path, source_id: str, example: Path) -> bool:
    """Copy a source that has no service from the embedded example; True if it was not there or differed."""
    given = snapshot.read_lock(example).sources.get(source_id)
    lock = read(store)
    if given is None or lock.sources.get(source_id) == given:
        return False
    for relative in [part.path for part in given.parts] + ([given.meta.path] if given.meta else []):
        snapshot.write_atomically(store / relative, (example / relative).read_bytes())
    snapshot.write_lock(store, replace(lock, sources={**lock.sources, source_id: given}))
    sweep(store)
    return True


def sweep(store: Path) -> None:
    """Remove what the lock does not name: files of older snapshots and halves of killed runs."""
    lock = read(store)
    own = (snapshot.LOCK_NAME, LOCK, HOLDER, "row_counts.csv", releases.LOG_NAME)
    kept = {store / name for name in own}
    for source in lock.sources.values():
        kept |= {store / part.path for part in source.parts}
        kept |= {store / source.meta.path} if source.meta else set()
    for path in sorted(store.rglob("*"), reverse=True):
        if store / WORK in (path, *path.parents):
            continue
        if path.is_dir():
            with contextlib.suppress(OSError):
                path.rmdir()
        elif path not in kept:
            path.unlink(missing_ok=True)
