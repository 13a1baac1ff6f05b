"""What a draft knows of a file while it is made: a sample of its rows and the guesses so far."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pipeline.gemeente.areas import Areas, simplified
from pipeline.gemeente.mapping import REMARK_COLUMNS
from pipeline.gemeente.numbers import looks_empty, looks_like_number
from pipeline.gemeente.read import read
from pipeline.gemeente.rows import ReadError, Records, Row
from pipeline.gemeente.shape import TEXT_KINDS, Form, PeriodForm
from pipeline.gemeente.toml_text import some

SAMPLE_ROWS = 5_000
ENOUGH = 0.6  # share of cells that must fit a guess
_CODE = re.compile(r"(?:BU\d{4}[0-9A-Z]{4}|WK\d{4}[0-9A-Z]{2}|GM\d{4})")
_GEMEENTE = re.compile(
    r"(?i)(^|[_ .])(gemeente|gemeentenaam|gemeente_?naam|gm_?naam|gem_?naam|plaats)([_ ]|$)"
)


@dataclass
class Guess:
    """What is thought of the columns so far.

    Attributes:
        columns: a cell for every row, empty ones too.
        filters: what the rows were narrowed to: column → the value of this gemeente.
        asked: columns of which the maker has to choose a value.
        used: columns that have a meaning already.
        place: the column of the area, or both of the point.
        twice: names in the file that are of a wijk and of a buurt.
        period: the column of the period and its form.
        wide: name of a figure → its columns, each with its period.
        reports: every row is one report.
    """

    form: Form
    columns: dict[str, list[str]]
    reasons: list[str]
    gemeente: Areas
    filters: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    place: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    period: tuple[str, PeriodForm] | None = None
    wide: dict[str, dict[str, str]] = field(default_factory=dict)
    reports: bool = False

    @property
    def decimal(self) -> str:
        """The mark that numbers are read with; where nobody knows, thousands have points."""
        return (self.form.decimal or ",") if self.form.kind in TEXT_KINDS else "."

    def cells(self, name: str) -> list[str]:
        return [cell for cell in self.columns[name] if cell]

    def distinct(self, name: str) -> list[str]:
        return list(dict.fromkeys(self.cells(name)))

    def free(self) -> list[str]:
        return [name for name in self.columns if name not in self.used and self.cells(name)]

    def numeric(self, name: str) -> bool:
        """Numbers, or marks for numbers that are not shown; at least one number."""
        cells = self.cells(name)
        numbers = [cell for cell in cells if looks_like_number(cell, decimal=self.decimal)]
        marks = sum(1 for cell in cells if looks_empty(cell))
        return bool(numbers) and len(numbers) + marks >= ENOUGH * len(cells)

    def rows(self) -> Iterator[dict[str, str]]:
        """Every row of the sample once: exact doubles say nothing new."""
        names = list(self.columns)
        for cells in dict.fromkeys(zip(*self.columns.values(), strict=True)):
            yield dict(zip(names, cells, strict=True))


def share(results: Iterable[bool]) -> float:
    """How many of the results are true, from 0 to 1; 0 for none."""
    found = list(results)
    return sum(found) / len(found) if found else 0.0


def take_sample(path: Path, form: Form, gemeenten: Sequence[Areas], reasons: list[str]) -> Guess:
    """Read the first rows, or those of one gemeente where the file is about several.

    Raises:
        ReadError: the file cannot be read, or may be of more than one of the gemeenten.
    """
    columns = _columns(read(path, form))
    gemeente = _best_gemeente(columns, gemeenten)
    guess = Guess(form, columns, reasons, gemeente)
    name = _column_of_codes(guess) or _column_of_gemeenten(guess)
    _refuse_several(guess, name, gemeenten)
    if (name := _column_of_codes(guess)) and _others(guess, name):
        number = gemeente.gemeente[2:]
        guess.columns = _columns(read(path, form), name, lambda cell: cell[2:6] == number)
        guess.reasons.append(f"meer gemeenten in kolom {name!r}: alleen {gemeente.name} telt mee")
    elif (name := _column_of_gemeenten(guess)) and len(guess.distinct(name)) > 1:
        spelling = next(
            cell for cell in guess.distinct(name) if simplified(cell) == simplified(gemeente.name)
        )
        guess.filters[name] = spelling
        guess.columns = _columns(read(path, form), name, lambda cell: cell == spelling)
        guess.reasons.append(f"meer gemeenten in kolom {name!r}: alleen {spelling!r} telt mee")
        guess.used.add(name)
    return guess


def _columns(table: Records, name: str = "", keep: object = None) -> dict[str, list[str]]:
    cells: dict[str, list[str]] = {column: [] for column in table.columns}
    at = table.columns.index(name) if name else -1

    def chosen() -> Iterator[Row]:
        for row in table.rows:
            filled = [cell for cell in row.cells if cell and cell.strip()]
            if len(filled) == 1 and len(row.cells) >= REMARK_COLUMNS:
                continue
            if not callable(keep) or keep((row.cells[at] or "").strip()):
                yield row

    for row in islice(chosen(), SAMPLE_ROWS):
        for column, cell in zip(table.columns, row.cells, strict=True):
            cells[column].append((cell or "").strip())
    return cells


def _best_gemeente(columns: Mapping[str, list[str]], gemeenten: Sequence[Areas]) -> Areas:
    if len(gemeenten) == 1:
        return gemeenten[0]
    values = {simplified(cell) for cells in columns.values() for cell in set(cells) if cell}
    codes = {cell.upper() for cells in columns.values() for cell in set(cells)}
    fits = {
        one.gemeente: len(values & set(one.by_name)) + 2 * len(codes & set(one.codes)) for one in gemeenten
    }
    best = [one for one in gemeenten if fits[one.gemeente] == max(fits.values())]
    if len(best) > 1:
        raise ReadError(
            f"de gebieden passen bij meer dan één gemeente ({some(one.name for one in best)}); "
            "kies met --gemeente, zoals --gemeente GM0758"
        )
    return best[0]


def _refuse_several(guess: Guess, name: str, gemeenten: Sequence[Areas]) -> None:
    """A file about several gemeenten that are known here: which one is not ours to guess."""
    if not name or len(gemeenten) == 1:
        return
    cells = set(guess.cells(name))
    numbers, names = (
        {cell[2:6] for cell in cells if _CODE.fullmatch(cell)},
        {simplified(cell) for cell in cells},
    )
    known = [one.name for one in gemeenten if one.gemeente[2:] in numbers or simplified(one.name) in names]
    if len(known) > 1:
        raise ReadError(
            f"kolom {name!r} gaat over meer gemeenten ({some(known)}); "
            "kies er één met --gemeente, zoals --gemeente GM0758"
        )


def _column_of_codes(guess: Guess) -> str:
    """The column with the finest codes of CBS; empty if there is none."""
    found = [
        name
        for name in guess.columns
        if guess.cells(name) and share(bool(_CODE.fullmatch(cell)) for cell in guess.cells(name)) >= ENOUGH
    ]
    return max(found, key=lambda name: len(guess.distinct(name)), default="")


def _others(guess: Guess, name: str) -> bool:
    number = guess.gemeente.gemeente[2:]
    return any(_CODE.fullmatch(cell) and cell[2:6] != number for cell in guess.cells(name))


def _column_of_gemeenten(guess: Guess) -> str:
    own = simplified(guess.gemeente.name)
    return next(
        (
            name
            for name in guess.columns
            if _GEMEENTE.search(name) and any(simplified(cell) == own for cell in guess.distinct(name))
        ),
        "",
    )
