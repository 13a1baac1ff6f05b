"""The store of snapshots and its lock: written atomically, read back verified. No network here.

A store is a folder with ``snapshots.json`` (the lock) and, per source,
``<source>/<periode or "alles">/<part>.parquet|csv`` beside ``<source>/meta.json``: what the publisher's
service says of its tables (TableInfos, DataProperties and the code lists), per table id.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import VeiligheidsbeeldError

LOCK_NAME = "snapshots.json"
LOCK_FORMAT = 1
SYNTHETIC = "SYNTHETISCH"
"""A table whose title begins with this has made-up rows, and every page of the site says so."""


class SnapshotError(VeiligheidsbeeldError):
    """A snapshot is not what its lock says."""


@dataclass(frozen=True)
class Part:
    """One file of rows: ``path`` is relative to the store, ``periode`` a period or ``alles``."""

    path: str
    table: str
    periode: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Table:
    """One table at the publisher, as it was when the snapshot was taken.

    Attributes:
        url: where it came from.
        title: the publisher's title.
        modified: the publisher's date of change (ISO), None where none is given.
        fetched_at: when it was fetched (ISO, UTC), None for the embedded example.
        columns: the columns of every part, in order.
        selection: True if only some of the publisher's columns or rows were taken.
        reconstructed: what was not seen at the source itself, in words; empty if nothing.
        file, file_sha256: name and checksum of the publisher's file that the rows were read from; empty where
            they came from a service.
    """

    url: str
    title: str
    modified: str | None
    fetched_at: str | None
    columns: tuple[str, ...]
    selection: bool = False
    reconstructed: str = ""
    file: str = ""
    file_sha256: str = ""


@dataclass(frozen=True)
class Meta:
    """Where a source's metadata lies, and its checksum."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Source:
    """All that the lock says of one source."""

    publisher: str
    licence: str
    tables: Mapping[str, Table]
    parts: tuple[Part, ...]
    meta: Meta | None = None


@dataclass(frozen=True)
class Lock:
    """The content of ``snapshots.json``: source id → source."""

    sources: Mapping[str, Source] = field(default_factory=dict)


def read_lock(store: Path) -> Lock:
    """Read the lock of a store.

    Raises:
        SnapshotError: the lock is missing, is not JSON or lacks a field; the message names file and field.
    """
    path = store / LOCK_NAME
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SnapshotError(f"{path}: de lock van de opslag ontbreekt") from None
    except ValueError as error:
        raise SnapshotError(f"{path}: geen geldige JSON ({error})") from None
    if raw.get("format") != LOCK_FORMAT:
        raise SnapshotError(f"{path}: format is {raw.get('format')!r}, verwacht {LOCK_FORMAT}")
    try:
        return Lock(sources={name: _source(value) for name, value in sorted(raw["sources"].items())})
    except (KeyError, TypeError) as error:
        raise SnapshotError(f"{path}: een veld ontbreekt of is onbekend: {error}") from None


def _source(raw: dict[str, Any]) -> Source:
    tables = {
        name: Table(**{**table, "columns": tuple(table["columns"])}) for name, table in raw["tables"].items()
    }
    return Source(
        publisher=raw["publisher"],
        licence=raw["licence"],
        tables=tables,
        parts=tuple(Part(**part) for part in raw["parts"]),
        meta=Meta(**raw["meta"]) if raw.get("meta") else None,
    )


def write_lock(store: Path, lock: Lock) -> None:
    """Write the lock atomically, sources and parts in a fixed order."""
    sources = {}
    for name, source in sorted(lock.sources.items()):
        value = asdict(source)
        value["parts"] = sorted(value["parts"], key=lambda part: part["path"])
        value["tables"] = dict(sorted(value["tables"].items()))
        if source.meta is None:
            del value["meta"]
        sources[name] = value
    text = json.dumps({"format": LOCK_FORMAT, "sources": sources}, ensure_ascii=False, indent=1) + "\n"
    write_atomically(store / LOCK_NAME, text.encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a reader sees the old or the new file, never half of one."""
    with _beside(path, content) as beside:
        beside.replace(path)


def write_new(path: Path, content: bytes) -> None:
    """Write a whole file that is not there yet.

    Raises:
        FileExistsError: it is there, perhaps by another run at this very moment.
    """
    with _beside(path, content) as beside:
        os.link(beside, path)


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A whole file beside another one; gone afterwards, also if the disk is full."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """The checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(store: Path, source_id: str, source: Source) -> None:
    """Compare every file of a source with the lock.

    Raises:
        SnapshotError: a file is missing or differs; the message names source, file and both checksums.
    """
    files = [(part.path, part.sha256) for part in source.parts]
    if source.meta is not None:
        files.append((source.meta.path, source.meta.sha256))
    for relative, expected in files:
        path = store / relative
        if not path.is_file():
            raise SnapshotError(f"{source_id}: {path} ontbreekt, maar staat in {store / LOCK_NAME}")
        found = sha256_of(path)
        if found != expected:
            raise SnapshotError(
                f"{source_id}: {path} is veranderd of afgekapt: sha256 {found}, volgens de lock {expected}"
            )


def read_meta(store: Path, source: Source) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """What the publisher says of its tables: table id → set (TableInfos, DataProperties, …) → rows."""
    if source.meta is None:
        return {}
    content = (store / source.meta.path).read_bytes()
    if source.meta.path.endswith(".gz"):  # the names of all areas of the country
        content = gzip.decompress(content)
    loaded: dict[str, dict[str, list[dict[str, Any]]]] = json.loads(content)
    return loaded
