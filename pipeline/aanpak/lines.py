"""Where a key or a value stands in the text of a TOML: the standard library reads it without lines."""

import re
from dataclasses import dataclass

_TABLE = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, with the value and what would be right."""

    line: int
    text: str


class Lines:
    """The lines of one file, by the key that each belongs to."""

    def __init__(self, text: str) -> None:
        self._rows = text.splitlines()
        self._place: list[tuple[str, int, str]] = []
        table, number, key, counted = "", 0, "", dict[str, int]()
        for row in self._rows:
            if found := _TABLE.match(row):
                table, key = found[1], ""
                counted[table] = number = counted.get(table, 0) + 1
            elif found := _KEY.match(row):
                key = found[1]
            self._place.append((table, number, key))

    def of(self, key: str, value: str = "", *, table: str = "", number: int = 1) -> int:
        """The line of a key, or the line below it that has a value; the table, or 1, where there is none.

        Args:
            table: the ``[table]`` or ``[[table]]`` that the key stands in; the top if empty.
            number: which of the tables of that name.
        """
        wanted = (table, number if table else 0)
        own = [place for place, (name, count, _) in enumerate(self._place) if (name, count) == wanted]
        of_key = [place for place in own if self._place[place][2] == key]
        with_value = [place for place in of_key if value and value in self._rows[place]]
        return next(iter([*with_value, *of_key, *own[:1]]), 0) + 1
