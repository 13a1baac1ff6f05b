"""Ways in which the local stand-in goes wrong, as the real services are reported to do or may do.

A fault is ``name``, ``name:times`` (then it is over) and/or ``name@table`` (only for that table or boundary
set): ``reset``, ``503:2``, ``empty@47018NED``.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

FAULTS = {
    "reset": "the connection is reset before an answer",
    "cut": "the body stops half way",
    "503": "503 Service Unavailable",
    "html": "an HTML page with status 200",
    "empty": "200 with an empty list",
    "stalled": "no answer at all",
    "repeated-next": "nextLink points at its own page",
    "foreign-next": "nextLink points at another host",
    "suffix": "columns carry another number than before",
    "modified": "Modified changes while pages are being served",
    "outside-filter": "rows that the filter excludes",
    "blank-names": "names are spaces on rows with zero",
    "duplicate": "every page repeats its first row",
    "other-year": "a code list of another year",
    "short": "the last rows of every page are missing",
}
SUFFIX_BY = 7


@dataclass
class Fault:
    """One fault that is switched on; ``times`` None means for ever."""

    name: str = ""
    times: int | None = None
    table: str = ""

    def __post_init__(self) -> None:
        self._guard, self.struck = Lock(), 0

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """``name[:times][@table]``; unknown names are refused with the permitted ones."""
        rest, _, table = text.partition("@")
        name, _, times = rest.partition(":")
        if name and name not in FAULTS:
            raise ValueError(f"unknown fault {name!r}; permitted: {', '.join(FAULTS)}")
        return cls(name, int(times) if times else None, table.lower())

    def strikes(self, name: str, table: str) -> bool:
        """Whether this request is hit; each hit counts towards ``times``."""
        if name != self.name or (self.table and self.table != table.lower()):
            return False
        with self._guard:
            if self.times is not None and self.struck >= self.times:
                return False
            self.struck += 1
            return True

    def is_on(self, name: str, table: str) -> bool:
        """Whether the table is under this lasting fault, without counting."""
        return name == self.name and (not self.table or self.table == table.lower())


def renumbered(key: str) -> str:
    """The same column under another number: ``GeregistreerdeMisdrijven_1`` → ``…_8``."""
    stem, _, suffix = key.rpartition("_")
    return f"{stem}_{int(suffix) + SUFFIX_BY}" if stem and suffix.isdigit() else key


def spoil(fault: Fault, table_id: str, rows: pa.Table, whole: pa.Table) -> pa.Table:
    """A page of rows as the fault leaves it; ``whole`` is some rows that the filter excludes."""
    if rows.num_rows == 0:
        return rows
    if fault.strikes("empty", table_id):
        return rows.slice(0, 0)
    if fault.strikes("duplicate", table_id):
        return pa.concat_tables([rows, rows.slice(0, 1)])
    if fault.strikes("outside-filter", table_id):
        return pa.concat_tables([rows, whole])
    if fault.strikes("short", table_id):
        return rows.slice(0, rows.num_rows - 1)
    if fault.strikes("blank-names", table_id):
        return _blanked(rows)
    return rows


def _blanked(rows: pa.Table) -> pa.Table:
    counts = [name for name in rows.column_names if pa.types.is_integer(rows[name].type) and name != "ID"]
    names = [name for name in rows.column_names if name.startswith(("Gemeentenaam_", "SoortRegio_"))]
    if not counts:
        return rows
    zero = pc.equal(rows[counts[0]], 0)
    for name in names:
        width = 30 if name.startswith("Gemeentenaam_") else 8
        column = pc.if_else(zero, " " * width, rows[name])
        rows = rows.set_column(rows.column_names.index(name), name, column)
    return rows


def other_year(codes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The code list of another division: one in eleven codes is gone."""
    return [row for number, row in enumerate(codes) if number % 11 != 3]
