"""How often a publisher's figures come, and when those of the next period are to be expected."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(r"(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")


@dataclass(frozen=True)
class Rhythm:
    """When figures of a period come out.

    Attributes:
        every: years from one period to the next.
        later: years from the period to the day on which its figures come.
        day: that day ('01-15') or its month ('03'); empty where the publisher names none.

    Raises:
        ValueError: no such day, or not every so many years.
    """

    every: int
    later: int = 0
    day: str = ""

    def __post_init__(self) -> None:
        if self.every < 1 or self.later < 0 or not (self.day == "" or _DAY.fullmatch(self.day)):
            raise ValueError(
                f"every is {self.every}, later {self.later} en day {self.day!r}; verwacht minstens 1 jaar, "
                "minstens 0 jaar, en een dag als '01-15' of een maand als '03'"
            )

    def next_of(self, periode: str) -> str:
        """The period after this one: of a month the next month, whatever `every` says of years."""
        year, _, month = periode.partition("-")
        if not month:
            return str(int(year) + self.every)
        return f"{int(year) + (month == '12')}-{int(month) % 12 + 1:02d}"

    def expected(self, periode: str) -> "Expected | None":
        """When the figures that follow those of `periode` come; None where no day is known.

        Months come on the same day of the month after them.
        """
        if not self.day:
            return None
        following = self.next_of(periode)
        year, _, month = following.partition("-")
        if month:
            after = self.next_of(following)
            return Expected(int(after[:4]), int(after[5:]), int(self.day[3:] or 0) or None)
        return Expected(int(year) + self.later, int(self.day[:2]), int(self.day[3:] or 0) or None)


@dataclass(frozen=True)
class Expected:
    """A day, or a month where no day is known."""

    year: int
    month: int
    day: int | None

    @property
    def last(self) -> date:
        """The last day on which it is still in time."""
        return date(self.year, self.month, self.day or calendar.monthrange(self.year, self.month)[1])
