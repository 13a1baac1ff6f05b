"""The log of releases: a line for each edition of a table that came into a store, and what it brought.

It lies beside the lock and only grows. A lock says what there is now; of a figure that came earlier this
says when, which no store and no site can say afterwards.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from pipeline.errors import VeiligheidsbeeldError
from pipeline.snapshot import write_atomically

LOG_NAME = "uitgaven.csv"
_BETWEEN = ";"


class ReleaseError(VeiligheidsbeeldError):
    """The log cannot be read; the message has file and line."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """One edition of one table.

    Attributes:
        stand: the publisher's moment of change (ISO), or the day of fetching where none is given.
        vorige: the `stand` of the edition before; empty for the first that was seen.
        erbij, weg: periods ('2025', '2025-03') that came with it or are gone; empty where a table has none.
        kolommen_erbij, kolommen_weg: the publisher's columns, since the edition before.
    """

    bron: str
    tabel: str
    stand: str
    vorige: str = ""
    erbij: tuple[str, ...] = ()
    weg: tuple[str, ...] = ()
    kolommen_erbij: tuple[str, ...] = ()
    kolommen_weg: tuple[str, ...] = ()


NAMES = tuple(field.name for field in fields(Release))
_LISTS = NAMES[NAMES.index("erbij") :]


def read_log(store: Path) -> tuple[Release, ...]:
    """Every line of a store's log, the oldest first; nothing where there is no log yet.

    Raises:
        ReleaseError: a line is not as agreed.
    """
    file = store / LOG_NAME
    if not file.is_file():
        return ()
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.reader(text)
        if tuple(next(reader, ())) != NAMES:
            raise ReleaseError(f"{file}: eerste regel is niet {','.join(NAMES)}")
        return tuple(_release(row, f"{file}: regel {reader.line_num}") for row in reader)


def _release(row: Sequence[str], where: str) -> Release:
    given = dict(zip(NAMES, row, strict=False))
    if len(row) != len(NAMES) or not all(given[name] for name in ("bron", "tabel", "stand")):
        raise ReleaseError(f"{where}: verwacht {len(NAMES)} velden, met bron, tabel en stand gevuld")
    listed = {name: tuple(filter(None, given[name].split(_BETWEEN))) for name in _LISTS}
    return Release(**{**given, **listed})  # type: ignore[arg-type]


def add(store: Path, release: Release) -> None:
    """Put one line at the end; an edition that the log has already is not put there again."""
    known = read_log(store)
    if any((one.tabel, one.stand) == (release.tabel, release.stand) for one in known):
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    for one in (*known, release):
        writer.writerow(
            [_BETWEEN.join(value) if isinstance(value, tuple) else value for value in _values(one)]
        )
    write_atomically(store / LOG_NAME, text.getvalue().encode())


def _values(release: Release) -> list[str | tuple[str, ...]]:
    return list(asdict(release).values())


def take_along(kept: Path, store: Path) -> None:
    """Give a store without a log the one that was committed: a store may be lost, when a figure came not."""
    if (kept / LOG_NAME).is_file() and not (store / LOG_NAME).exists():
        write_atomically(store / LOG_NAME, (kept / LOG_NAME).read_bytes())


def periods_of(log: Sequence[Release], tabel: str) -> frozenset[str]:
    """The periods that a table has after all editions in the log."""
    found: set[str] = set()
    for one in log:
        if one.tabel == tabel:
            found = (found - set(one.weg)) | set(one.erbij)
    return frozenset(found)
