"""A figure as cells of a table. An empty cell says why it is empty; it is never zero."""

from functools import lru_cache
from typing import Literal

from pipeline.indicator import Indicator
from pipeline.site.figure.cijfer import Cijfer
from pipeline.site.figure.words import Written, written
from pipeline.site.html.markup import Cell
from pipeline.words.numbers import capital, format_number
from pipeline.words.status import STATUS_KORT, why_empty

# Area pages have tables of five columns on a phone: theirs say it shorter.
_MARGINS = {
    "short": ("–", Cell("geen", empty=True)),
    "long": (" – ", Cell("geen marge", empty=True)),
}


@lru_cache(maxsize=64)
def empty_cell(waarom: str, *, noemer: str | None) -> Cell:
    """Why there is no figure; `noemer` is what it would be divided by (noemer_soort)."""
    return Cell(why_empty(waarom, noemer=noemer) or "niet bekend", empty=True)


def count_cell(cijfer: Cijfer, *, noemer: str | None) -> Cell:
    if cijfer.teller is None:
        return empty_cell(cijfer.waarom, noemer=noemer)
    # Where there is a rate, its status says so.
    note = f" ({STATUS_KORT['voorlopig']})" if cijfer.voorlopig and cijfer.waarde is None else ""
    return Cell(format_number(cijfer.teller) + note, number=True)


def value_cell(cijfer: Cijfer, as_written: Written, *, noemer: str | None, note: str = "") -> Cell:
    """The value as it is written, with a `note` behind it."""
    if cijfer.waarde is None:
        return empty_cell(cijfer.waarom, noemer=noemer)
    if as_written.cijfer is None:
        raise ValueError(f"{cijfer.indicator} of {cijfer.gebied_code}: {cijfer.waarde} was not written")
    return Cell(as_written.cijfer + note, number=True)


def margin_cell(as_written: Written, *, size: Literal["short", "long"] = "short") -> Cell:
    between, none = _MARGINS[size]
    low, high = as_written.onder, as_written.boven
    return Cell(f"{low}{between}{high}", number=True) if low and high else none


def headings(definition: Indicator) -> list[Cell]:
    """Above `figure_cells`: count, value in its unit, margin."""
    count = [Cell("Aantal", number=True)] if definition.kind == "verhouding" else []
    return [*count, Cell(capital(definition.eenheid), number=True), Cell("Marge (95%)", number=True)]


def figure_cells(definition: Indicator, cijfer: Cijfer, *, note: str = "") -> list[Cell]:
    """Count where the indicator has one, value and margin."""
    as_written, noemer = written(definition, cijfer), definition.noemer_soort
    count = [count_cell(cijfer, noemer=noemer)] if definition.kind == "verhouding" else []
    margin = Cell("") if cijfer.waarde is None else margin_cell(as_written, size="long")
    return [*count, value_cell(cijfer, as_written, noemer=noemer, note=note), margin]
