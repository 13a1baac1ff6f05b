"""What one call of ``fetch`` wants, and what the store has of a table before it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pipeline.fetch import store
from pipeline.fetch.editions import SELECTION
from pipeline.fetch.http import Client
from pipeline.fetch.plan import Selection
from pipeline.model import SourceHeader
from pipeline.paths import Paths
from pipeline.say import Say
from pipeline.snapshot import Part, Table

STAND_IN = "opgehaald bij een plaatsvervanger (--upstream), niet bij de uitgever zelf"

Outcome = Literal["nieuw", "niets nieuws", "niet bij deze plaatsvervanger"]


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

    def before(self, source_id: str, table_id: str) -> Before:
        """What the store has of a table."""
        source = store.read(self.store).sources.get(source_id)
        if source is None:
            return Before(None, (), {})
        parts = tuple(part for part in source.parts if part.table == table_id)
        sets = store.read_sets(self.store, source).get(table_id, {})
        return Before(source.tables.get(table_id), parts, sets)


def now() -> datetime:
    """The moment that a snapshot bears."""
    return datetime.now(UTC)
