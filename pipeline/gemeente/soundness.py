"""Rows that are refused whatever they say: signs that are no text, and the same row twice."""

import re
from collections.abc import Sequence

from pipeline.gemeente.account import Mapped
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.rows import Row
from pipeline.gemeente.shape import MunicipalIndicator

# Signs that no one types: a file that was cut or written wrongly.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# A column that gives every report a number of its own.
_IDENTITY = re.compile(
    r"(?i)(^|[_ .])(id|objectid|fid|gid|uuid|guid|nummer|zaaknummer|meldnummer|meldingsnummer)$"
)


class Soundness:
    """Holds each row of one file against what came before it."""

    def __init__(self, definition: Definition, columns: Sequence[str], mapped: Mapped) -> None:
        self.definition, self.mapped = definition, mapped
        self.used = [(name, columns.index(name)) for name in definition.columns]
        self.told_apart = any(_IDENTITY.search(name) for name in columns)
        self.lines: dict[int, int] = {}

    def is_sound(self, row: Row, wanted: Sequence[MunicipalIndicator]) -> bool:
        """Whether a row may be read; what is wrong goes into the account."""
        return not self._is_broken(row) and not self._is_double(row, wanted)

    def _is_broken(self, row: Row) -> bool:
        for name, number in self.used:
            cell = row.cells[number]
            if cell and (found := _CONTROL.search(cell)):
                self.mapped.complain(
                    row.line,
                    f"kolom {name!r}: {cell[:60]!r} bevat een teken dat geen tekst is ({found[0]!r})",
                )
                return True
        return False

    def _is_double(self, row: Row, wanted: Sequence[MunicipalIndicator]) -> bool:
        """Whether the same row, cell for cell, came before; of reports only where each has a number."""
        how = self.definition.doubles
        if how == "tellen":
            return False
        counted = all(one.aggregate == "aantal" for one in wanted)
        summed = any(one.aggregate == "som" for one in wanted)
        if (counted and not self.told_apart) or (not counted and not summed and how == "weigeren"):
            return False
        # 350,000 rows as numbers weigh 30 MB, as texts ten times that.
        before = self.lines.setdefault(hash(row.cells), row.line)
        if before == row.line:
            return False
        if how == "een_keer":
            self.mapped.dropped["is gelijk aan een eerdere rij, en telt een keer"] += 1
        else:
            place = self.definition.form.place
            self.mapped.complain(
                row.line,
                f"is precies gelijk aan {place} {before}. Zet doubles op 'een_keer' als de rij er per "
                "ongeluk twee keer staat, of op 'tellen' als beide rijen meetellen",
            )
        return True
