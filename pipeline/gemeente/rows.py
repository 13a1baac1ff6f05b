"""Rows of a publisher's file: text as it was written, each with its place."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.errors import VeiligheidsbeeldError

MOST_COLUMNS = 500


class ReadError(VeiligheidsbeeldError):
    """A file is not of the kind that its definition says; the message names file, line and value."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (from 1) and a cell for every column, None where there is nothing."""

    line: int
    cells: tuple[str | None, ...]


@dataclass(frozen=True)
class Records:
    """Columns and rows; the rows can be walked once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def as_text(value: Any) -> str | None:
    """A value of a spreadsheet or of JSON, written the same way everywhere: point, ISO date."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
    return str(value)
