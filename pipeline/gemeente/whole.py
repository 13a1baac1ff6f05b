"""Which periods of a file are whole. A year that has not ended is never shown as a year.

What a file is about ends on a last day: the one that the definition gives, else that of its rows, and never
after the day that it was published or fetched.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from pipeline.gemeente.periods import LONG_MONTHS, Period
from pipeline.gemeente.reasons import Reason, not_whole, running
from pipeline.gemeente.shape import MunicipalIndicator, PeriodColumn, PeriodRange

NAMES = {12: "maanden", 4: "kwartalen", 2: "halfjaren"}
# Silence at an end of a file is a gap if it is far longer than any silence within it, in days.
LONG, TIMES = 31, 3
LONG_COMPLETE = 7  # where areas without rows become zeros, less silence is believed


@dataclass
class Seen:
    """What the rows of a file say of time: parts of years, and days."""

    parts: dict[str, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))
    days: set[date] = field(default_factory=set)

    def add_day(self, period: Period) -> None:
        if period.day is not None:
            self.days.add(period.day)

    def add_part(self, period: Period) -> None:
        """A month or quarter that some row says something of; a column that waits for it does not."""
        if period.parts > 1:
            self.parts[period.text].add((period.part, period.parts))


@dataclass(frozen=True)
class Ends:
    """Where the period of a file ends, as far as it is known; all dates inclusive."""

    column: PeriodColumn
    seen: Seen
    complete: bool
    file_date: date | None

    def reason(self, periode: str, indicator: MunicipalIndicator) -> Reason | None:
        """Why a period is not whole; None if it is, as far as anything tells."""
        return next(self._reasons(periode, indicator), None)

    def _reasons(self, periode: str, indicator: MunicipalIndicator) -> Iterator[Reason]:
        first, last = self.span(periode)
        until = date.fromisoformat(self.column.until) if self.column.until else None
        counted = indicator.header.kind == "verhouding"
        if until and last > until:
            yield running(until, f"{periode} is niet compleet: het bestand gaat tot en met {in_words(until)}")
        # A measurement is of a moment; only counts need their whole period.
        if counted and self.file_date and last > self.file_date:
            yield running(
                self.file_date,
                f"{periode} is nog niet voorbij: het bestand is van {in_words(self.file_date)}",
            )
        yield from self._unfilled(periode, indicator)
        if counted and indicator.aggregate != "geen" and not until:
            yield from self._silent(periode, first, last)

    def span(self, periode: str) -> tuple[date, date]:
        """First and last day of a period as the file means it."""
        return bounds(periode, self.column.range)

    def _unfilled(self, periode: str, indicator: MunicipalIndicator) -> Iterator[Reason]:
        """A year of which months or quarters are not in the file at all."""
        found = self.seen.parts.get(periode)
        if not found:
            return
        sizes = {size for _, size in found}
        if len(sizes) > 1:
            yield not_whole(
                f"{periode}: {' en '.join(sorted(NAMES[size] for size in sizes))} staan door elkaar"
            )
            return
        size = sizes.pop()
        numbers = sorted(part for part, _ in found)
        years = sorted(self.seen.parts)
        # Rows that are reports may skip a month; rows that are parts of a sum may not.
        sparse = indicator.aggregate == "aantal"
        lacks_end = numbers[-1] < size and (not sparse or periode == years[-1])
        lacks_start = numbers[0] > 1 and (not sparse or periode == years[0])
        if lacks_end or lacks_start or (not sparse and len(numbers) < size):
            listed = ", ".join(str(number) for number in numbers)
            words = f"{periode} is geen heel jaar: van de {size} {NAMES[size]} staan alleen {listed} erin"
            # The newest year, filled from its start: it was running when the file was made.
            runs = periode == years[-1] and numbers == list(range(1, len(numbers) + 1))
            yield running(_end_of_part(periode, numbers[-1], size), words) if runs else not_whole(words)

    def _silent(self, periode: str, first: date, last: date) -> Iterator[Reason]:
        """The first or last period of a file with days, where days before or after it are lacking."""
        days = sorted(self.seen.days)
        if not days:
            return
        several = days[0].year != days[-1].year or self.column.to == "maand"
        if not several and not self.complete:
            return
        if first <= days[-1] < last and (last - days[-1]).days > self._patience(days):
            yield running(days[-1], f"{periode} loopt nog: het bestand gaat tot en met {in_words(days[-1])}")
        if several and first < days[0] <= last and (days[0] - first).days > self._patience(days):
            yield not_whole(f"{periode} is niet heel: het bestand begint op {in_words(days[0])}")

    def _patience(self, days: Sequence[date]) -> int:
        longest = max(((after - before).days for before, after in pairwise(days)), default=0)
        return max(LONG_COMPLETE, longest) if self.complete else max(LONG, TIMES * longest)

    def notes(self, periods: Iterable[str]) -> Iterator[str]:
        """What cannot be known from the rows, for the maker to look at."""
        days = sorted(self.seen.days)
        listed = list(periods)
        if self.column.until or len(listed) != 1 or not days or days[0].year != days[-1].year:
            return
        _, last = self.span(listed[0])
        if (last - days[-1]).days > LONG:
            yield (
                f"De laatste dag in het bestand is {in_words(days[-1])}. Is {listed[0]} wel compleet? "
                "Zet anders periode.until op de laatste dag waarvoor het bestand compleet is."
            )


def bounds(periode: str, span: PeriodRange = "") -> tuple[date, date]:
    """First and last day of ``2024`` or ``2024-03``; of a school year or two years by their one year."""
    year = int(periode[:4])
    if len(periode) == 7:
        month = int(periode[5:])
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    if span == "schooljaar":
        return date(year, 8, 1), date(year + 1, 7, 31)
    return date(year - 1 if span == "twee_jaar" else year, 1, 1), date(year, 12, 31)


def _end_of_part(year: str, part: int, parts: int) -> date:
    """The last day of, say, the first of four quarters."""
    return bounds(f"{year}-{part * 12 // parts:02}")[1]


def in_words(day: date) -> str:
    """``14 februari 2025``."""
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {day.year}"
