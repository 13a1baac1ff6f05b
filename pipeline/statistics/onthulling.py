"""Secondary suppression: which further cells to withhold, so that no hidden count can be computed.

A hidden count is known to lie between two bounds. With sums beside it a reader can narrow that down. Here
cells are withheld one by one until every hidden count has at least two values left, as a reader who knows
all published cells and all sums would reason. The method is the linear bounds of Willenborg and De Waal,
*Elements of Statistical Disclosure Control* (2001).
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

HIDDEN = (1, 4)  # what a reader knows of a hidden count
LEAST_WITHHELD = 5  # a withheld cell that is not of the hidden kind is not 1 to 4, and a reader may know that
ROUNDING = 1e-6


@dataclass(frozen=True)
class Sum(Generic[K]):
    """A cell that is the sum of others, as everyone knows."""

    total: K
    parts: tuple[K, ...]

    @property
    def cells(self) -> tuple[K, ...]:
        return (self.total, *self.parts)


def withheld(
    counts: Mapping[K, int], sums: Sequence[Sum[K]], *, hidden: Set[K], first: Set[K] = frozenset()
) -> frozenset[K]:
    """Cells to withhold beside the hidden ones.

    Args:
        counts: the true count of every cell that is published or hidden; other cells are unknown to all.
        sums: what adds up to what.
        hidden: cells of which a reader knows no more than the bounds.
        first: cells to withhold before others, such as totals that we make ourselves.

    Returns:
        The cells; smallest counts go first, zeros never. A hidden cell is among them where even its bounds
        tell too much, as with a total of at most 4 over parts of at least 1.
    """
    table = _Table(counts, sums, frozenset(hidden))
    for cell in sorted(hidden & table.summed, key=repr):
        while not table.is_safe(cell):
            victim = table.victim(cell, first)
            if victim is None:
                break  # nothing published is left that speaks of it
            table.withheld.add(victim)
    # What is safe stays safe: with more unknown, what fits only grows.
    return frozenset(table.withheld)


@dataclass
class _Table(Generic[K]):
    counts: Mapping[K, int]
    sums: Sequence[Sum[K]]
    hidden: frozenset[K]
    withheld: set[K] = field(default_factory=set)
    _of: dict[K, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for number, one in enumerate(self.sums):
            for cell in one.cells:
                self._of[cell].append(number)

    @property
    def summed(self) -> Set[K]:
        return self._of.keys()

    def published(self, cell: K) -> bool:
        return cell in self.counts and cell not in self.hidden and cell not in self.withheld

    def bounds(self, cell: K) -> tuple[int, float]:
        if cell in self.hidden and cell not in self.withheld:
            return HIDDEN
        return (LEAST_WITHHELD if self.counts.get(cell, 0) >= LEAST_WITHHELD else 0), math.inf

    def is_safe(self, cell: K) -> bool:
        """Whether at least two whole numbers fit, for who knows all that is published."""
        if self._can_shift(cell):
            return True
        low, high = self._range(cell)
        return math.ceil(low - ROUNDING) < math.floor(high + ROUNDING)

    def _can_shift(self, cell: K) -> bool:
        """Whether one count can move to another unknown cell of exactly the same sums: two solutions then."""
        place = self._roles(cell)
        least, most = self.bounds(cell)
        value = self.counts[cell]
        for other in {one for number in self._of[cell] for one in self.sums[number].cells}:
            if other == cell or other not in self.counts or self.published(other):
                continue
            if self._roles(other) != place:
                continue
            low, high = self.bounds(other)
            up = value < most and self.counts[other] > low
            down = value > least and self.counts[other] < high
            if up or down:
                return True
        return False

    def _roles(self, cell: K) -> list[tuple[int, bool]]:
        return [(number, self.sums[number].total == cell) for number in self._of[cell]]

    def _component(self, cell: K) -> tuple[list[K], list[int]]:
        """Unknown cells that hang together with a cell, and the sums that say something of them."""
        cells, numbers, open_cells = {cell: None}, dict[int, None](), [cell]
        while open_cells:
            for number in self._of[open_cells.pop()]:
                if number in numbers:
                    continue
                numbers[number] = None
                for other in self.sums[number].cells:
                    if other not in cells and not self.published(other):
                        cells[other] = None
                        open_cells.append(other)
        return list(cells), list(numbers)

    def _range(self, cell: K) -> tuple[float, float]:
        # A quarter of a second to import, for every process of a site that hides nothing.
        from scipy.optimize import linprog

        cells, numbers = self._component(cell)
        column = {one: number for number, one in enumerate(cells)}
        matrix, right = [], []
        for number in numbers:
            row, known = [0.0] * len(cells), 0
            for one, sign in _signed(self.sums[number]):
                if one in column:
                    row[column[one]] += sign
                else:
                    known -= sign * self.counts[one]
            matrix.append(row)
            right.append(known)
        limits = [self.bounds(one) for one in cells]
        aim = [0.0] * len(cells)
        found = []
        for way in (1.0, -1.0):
            aim[column[cell]] = way
            answer = linprog(aim, A_eq=matrix, b_eq=right, bounds=limits, method="highs")
            # Unbounded cannot be, for a hidden cell has bounds; anything else is taken for narrow.
            found.append(way * float(answer.fun or 0.0) if answer.status == 0 else float(self.counts[cell]))
        return found[0], found[1]

    def victim(self, cell: K, first: Set[K]) -> K | None:
        """The published cell to withhold next: of the nearest sums, ours first, then the smallest count."""
        for numbers in (self._of[cell], self._component(cell)[1]):
            known = {one for number in numbers for one in self.sums[number].cells if self.published(one)}
            if useful := sorted((one for one in known if self.counts[one] > 0), key=repr):
                return min(useful, key=lambda one: (one not in first, self.counts[one]))
        # Only bounds are left to reason with: a hidden total that is withheld altogether has none.
        totals = {self.sums[number].total for number in self._component(cell)[1]}
        vague = sorted(((totals & self.hidden) | {cell}) - self.withheld, key=repr)
        return max(vague, key=lambda one: (one != cell, one in first, self.counts[one]), default=None)


def _signed(one: Sum[K]) -> Iterator[tuple[K, int]]:
    yield one.total, 1
    yield from ((part, -1) for part in one.parts)


def sums_that_hold(counts: Mapping[K, int], sums: Iterable[Sum[K]]) -> list[Sum[K]]:
    """Sums that the counts agree with; parts without a count may be anything."""
    kept = []
    for one in sums:
        if one.total not in counts:
            continue
        known = sum(counts.get(part, 0) for part in one.parts)
        whole = all(part in counts for part in one.parts)
        if known == counts[one.total] or (not whole and known < counts[one.total]):
            kept.append(one)
    return kept
