"""A table of TOML whose keys are taken one by one; what is wrong is kept, so that all of it can be told."""

import re
from datetime import date
from typing import Any

from pipeline.aanpak.lines import Fault, Lines

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Reader:
    """The keys of one table that were not taken yet, and every fault of the file so far."""

    def __init__(
        self, values: dict[str, Any], lines: Lines, *, table: str = "", number: int = 1, faults: Any = None
    ) -> None:
        self.values, self.lines, self.table, self.number = dict(values), lines, table, number
        self.known: list[str] = []
        self.faults: list[Fault] = [] if faults is None else faults

    def fault(self, key: str, text: str, value: object = "") -> None:
        line = self.lines.of(key, str(value), table=self.table, number=self.number)
        self.faults.append(Fault(line, f"{self.table + '.' if self.table else ''}{key} {text}"))

    def faults_of(self, key: str) -> bool:
        return any(fault.text.startswith(f"{key} ") for fault in self.faults)

    def take(self, key: str) -> Any:
        self.known.append(key)
        return self.values.pop(key, None)

    def text(self, key: str, *, needed: bool = True) -> str:
        value = self.take(key)
        if isinstance(value, str) and (value.strip() or not needed):
            return value.strip()
        if value is not None or needed:
            self.fault(key, f"is {value!r}; verwacht een tekst" if value is not None else "ontbreekt")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(one.strip() for one in value)
        self.fault(key, f'is {value!r}; verwacht een lijst van teksten, zoals ["een", "twee"]')
        return ()

    def day(self, key: str, *, needed: bool = True, empty: str = "") -> tuple[date | None, str]:
        """A day, or a month as its first day, and how it is written; `empty` is a word for no day."""
        value = self.take(key)
        if (value is None and not needed) or (empty and value == empty):
            return None, ""
        if type(value) is date:
            return value, value.isoformat()
        if isinstance(value, str):
            written = f"{value}-01" if _MONTH.fullmatch(value) else value
            if found := _iso_day(written):
                return found, value
        others = f', of "{empty}"' if empty else ""
        said = "ontbreekt" if value is None else f"is {value!r}"
        self.fault(key, f'{said}; verwacht een dag als 2027-01-31 of een maand als "2027-01"{others}')
        return None, ""

    def below(self, key: str) -> "list[Reader]":
        """The tables under ``[[key]]``."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(key, f"is {value!r}; schrijf [[{key}]] met de sleutels eronder")
            return []
        return [
            Reader(one, self.lines, table=key, number=number, faults=self.faults)
            for number, one in enumerate(value, start=1)
        ]

    def refuse_rest(self) -> None:
        for key in self.values:
            self.fault(key, f"is hier niet bekend; toegestaan: {', '.join(sorted(self.known))}")


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
