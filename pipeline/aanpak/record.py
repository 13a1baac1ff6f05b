"""Verdicts that were recorded, one CSV an approach in ``data/aanpak/oordelen``: rows are added, none goes.

What the source says later may change a verdict; what was said before stays readable beside it.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline import snapshot
from pipeline.aanpak.definition import ApproachError
from pipeline.sql import Connection
from pipeline.statistics.verdicts import VERDICTS

FOLDER = "oordelen"
INTEGERS = ("voor_van", "voor_tot", "na_van", "na_tot")
NUMBERS = ("voor", "na", "verwacht", "verschil", "verschil_onder", "verschil_boven")


class Recorded(NamedTuple):
    """One verdict as it was when it was recorded; the columns of the CSV, and of contract.aanpak_oordeel."""

    vastgelegd_op: date
    indicator: str
    opslag: str
    stand: date | None
    voor_van: int | None
    voor_tot: int | None
    na_van: int | None
    na_tot: int | None
    voor: float | None
    na: float | None
    verwacht: float | None
    verschil: float | None
    verschil_onder: float | None
    verschil_boven: float | None
    oordeel: str
    reden: str | None
    omgeving: str | None


COLUMNS = Recorded._fields


def file_of(folder: Path, approach: str) -> Path:
    """Where the verdicts of an approach are kept; `folder` is that of the approaches."""
    return folder / FOLDER / f"{approach}.csv"


def read_recorded(path: Path) -> tuple[Recorded, ...]:
    """The verdicts of one approach, the oldest first; none where there is no file.

    Raises:
        ApproachError: a row is not as `add` writes it; the message has file, line, column and value.
    """
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ApproachError(f"{path}:1: de eerste regel moet {','.join(COLUMNS)} zijn")
    return tuple(_recorded(path, line, row) for line, row in enumerate(rows[1:], start=2))


def _recorded(path: Path, line: int, row: list[str]) -> Recorded:
    if len(row) != len(COLUMNS):
        raise ApproachError(f"{path}:{line}: {len(row)} cellen; verwacht {len(COLUMNS)}")
    values = [
        _value(f"{path}:{line}: {name} is {text!r}", name, text)
        for name, text in zip(COLUMNS, row, strict=True)
    ]
    return Recorded(*values)  # type: ignore[arg-type]


def _value(where: str, name: str, text: str) -> object:
    if name == "oordeel" and text not in VERDICTS:
        raise ApproachError(f"{where}; toegestaan: {', '.join(VERDICTS)}")
    if not text:
        return None
    try:
        if name in ("vastgelegd_op", "stand"):
            return date.fromisoformat(text)
        return int(text) if name in INTEGERS else float(text) if name in NUMBERS else text
    except ValueError:
        wanted = "een getal" if name in (*INTEGERS, *NUMBERS) else "een dag als 2027-01-31"
        raise ApproachError(f"{where}; verwacht {wanted}") from None


def current(con: Connection, approach: str, *, day: date) -> tuple[Recorded, ...]:
    """The verdicts that the warehouse gives now, as they would be recorded."""
    ((store,),) = con.execute("select opslag from contract.bouw").fetchall()
    columns = ", ".join(COLUMNS[3:])
    rows = con.execute(
        f"select indicator, {columns} from mart.evaluatie where aanpak = ? order by indicator", [approach]
    ).fetchall()
    found = [Recorded(day, row[0], store, *row[1:]) for row in rows]
    return tuple(one._replace(**_rounded(one)) for one in found)  # type: ignore[arg-type]


def _rounded(one: Recorded) -> dict[str, float | None]:
    values = {name: getattr(one, name) for name in NUMBERS}
    return {name: None if value is None else round(value, 1) for name, value in values.items()}


def is_news(kept: Sequence[Recorded], one: Recorded) -> bool:
    """Whether it says something else than the last one of its indicator."""
    same = [other for other in kept if other.indicator == one.indicator and other.opslag == one.opslag]
    return not same or same[-1]._replace(vastgelegd_op=one.vastgelegd_op, stand=one.stand) != one


def add(path: Path, new: Sequence[Recorded]) -> None:
    """Add verdicts below those that are there."""
    standing = path.read_text(encoding="utf-8") if path.is_file() else ",".join(COLUMNS) + "\n"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        ["" if cell is None else cell for cell in one] for one in new
    )
    snapshot.write_atomically(path, (standing + text.getvalue()).encode())
