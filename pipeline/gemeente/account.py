"""The account of a file: what was read, used, left out or wrong, and the figures that came of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.gemeente.areas import CodedArea
from pipeline.gemeente.reasons import Reason
from pipeline.gemeente.shape import PLACES

KEPT_PROBLEMS = 1_000
SHOWN_PROBLEMS = 10
SHOWN_LINES = 3


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong; ``line`` is None where it is about the file as a whole."""

    line: int | None
    text: str


@dataclass(frozen=True)
class Figure:
    """One figure: a count, or a measured value with its margin.

    Attributes:
        regels: numbers of the rows in the file that it rests on.
        kolommen: on the same places, the column that it was read from; empty where rows are counted.
    """

    indicator: str
    gebied_code: str
    periode: str
    aantal: int | None = None
    waarde: float | None = None
    onder: float | None = None
    boven: float | None = None
    regels: tuple[int, ...] = ()
    kolommen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Absent:
    """A cell that the file speaks of, but that has no figure; ``reden`` has keys of caveats."""

    indicator: str
    gebied_code: str
    periode: str
    status: str
    reden: str


@dataclass
class Mapped:
    """What came of a file.

    Attributes:
        read, used: rows with content; rows that a figure is made from.
        dropped: reason → rows left out.
        withheld: reason → figures that are absent although rows speak of them.
        absent: those cells, also what rows leave empty.
        notes: what a maker should look at, in whole sentences.
        problems: the first thousand, in the order of the file.
        wrong: how many there were.
        figures: empty if anything was wrong.
        missing: level → areas without a single figure, for levels that have some.
    """

    read: int = 0
    used: int = 0
    wrong: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    withheld: Counter[Reason] = field(default_factory=Counter)
    absent: list[Absent] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    figures: tuple[Figure, ...] = ()
    missing: Mapping[str, tuple[CodedArea, ...]] = field(default_factory=dict)

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(sorted({figure.periode for figure in self.figures}))

    def withhold(self, key: tuple[str, str, str], reason: Reason) -> None:
        """Say why a cell (indicator, area, period) has no figure."""
        self.withheld[reason] += 1
        self.absent.append(Absent(*key, reason.status, reason.caveats))

    def complain(self, line: int | None, text: str) -> None:
        self.wrong += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(Problem(line, text))


def problem_lines(problems: Sequence[Problem], place: str) -> Iterator[str]:
    """The first ten kinds of problem, each with its lines; equal ones are one line with a count."""
    lines: dict[str, list[int | None]] = {}
    for problem in problems:
        lines.setdefault(problem.text, []).append(problem.line)
    for text, found in list(lines.items())[:SHOWN_PROBLEMS]:
        numbers = [number for number in found if number is not None]
        if not numbers:
            yield text
        elif len(numbers) == 1:
            yield f"{place} {numbers[0]}: {text}"
        else:
            shown = ", ".join(str(number) for number in numbers[:SHOWN_LINES])
            more = f" en {len(numbers) - SHOWN_LINES} meer" if len(numbers) > SHOWN_LINES else ""
            yield f"{PLACES[place]} {shown}{more}: {text} ({len(numbers)} keer)"
    if len(lines) > SHOWN_PROBLEMS:
        yield f"en nog {len(lines) - SHOWN_PROBLEMS} andere fouten"
