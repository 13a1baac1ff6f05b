"""What sections are made of: links, and tables with or without drawings. Every cell is Dutch text."""

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.site.figure.strip import Strip
from pipeline.site.html.markup import Cell


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the address of its page; a wijk in a list carries its buurten (`below`)."""

    name: str
    address: str
    below: tuple["Link", ...] = ()


class Row(NamedTuple):
    """A row of a table: what it is about (`address`: its page), then its cells as the headings have them."""

    name: str
    cells: tuple[Cell, ...]
    strip: Strip | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of figures.

    Attributes:
        headings: above the name of a row and above each of its cells.
        indicators: whose figures the rows are, in their order; of a series one.
        periode: year of most figures, or from which year to which; empty where each row has its own.
        aid: how to read the drawings; empty where it has none.
        source: where its figures are from and of when, as sentences.
        notes: what its empty cells have no room for, each reason once.
        why: where the area has no figure at all, there are no rows: the sentences that say why.
        elsewhere: leads to figures of the areas around it.
        verloop: the same kinds through the years, in lines; none where none has years enough.
    """

    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    indicators: tuple[str, ...] = ()
    periode: str = ""
    aid: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    elsewhere: tuple[Link, ...] = ()
    verloop: tuple[str, ...] = ()

    @property
    def is_drawn(self) -> bool:
        return any(row.strip for row in self.rows)
