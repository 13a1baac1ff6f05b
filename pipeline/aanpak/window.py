"""The whole years that an evaluation may use: before the start and after it, without a break among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_BEFORE, MOST_AFTER = 3, 3

Break = tuple[int, int]
"""The last whole year before a break and the first after it (core.breuk)."""


@dataclass(frozen=True)
class Window:
    """Years before and after, oldest first; either is empty where there is none.

    Attributes:
        skipped: the start year, where the approach began in the middle of it.
        broken: there are years after the start, but a break parts them from those before it.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    skipped: int | None = None
    broken: bool = False


def first_year(start: date) -> int:
    """The first whole year after a start: its own year, if it began on the first of January."""
    return start.year if (start.month, start.day) == (1, 1) else start.year + 1


def last_year(start: date, end: date | None, newest: int) -> int:
    """The last whole year in which it ran; what ended within a year is judged on the year after its start."""
    if end is None:
        return newest
    whole = end.year if (end.month, end.day) == (12, 31) else end.year - 1
    return min(newest, max(whole, first_year(start)))


def choose(start: date, end: date | None, years: Sequence[int], breaks: Sequence[Break]) -> Window:
    """The last three whole years before the start, and the last three in which it ran.

    A break splits: only years on the side of the last one before the start count. If that leaves none on
    one side, the evaluation is refused by its being empty.

    Args:
        years: with figures, in order.
    """
    last_before, from_year = start.year - 1, first_year(start)
    to_year = last_year(start, end, max(years, default=0))
    low, high = side(start, breaks)
    after = [year for year in years if from_year <= year <= to_year]
    unbroken = [year for year in after if year <= high]
    return Window(
        tuple([year for year in years if low <= year <= min(last_before, high)][-MOST_BEFORE:]),
        tuple(unbroken[-MOST_AFTER:]),
        start.year if from_year > start.year else None,
        bool(after) and not unbroken,
    )


def side(start: date, breaks: Sequence[Break]) -> tuple[int, int]:
    """The first and the last year on the side of the breaks on which the year before a start lies."""
    last_before = start.year - 1
    return (
        max((new for _, new in breaks if new <= last_before), default=0),
        min((old for old, new in breaks if new > last_before), default=9999),
    )


def clean_years(years: Sequence[int], breaks: Sequence[Break]) -> tuple[int, ...]:
    """The years after the last break."""
    low = max((new for _, new in breaks), default=0)
    return tuple(year for year in years if year >= low)
