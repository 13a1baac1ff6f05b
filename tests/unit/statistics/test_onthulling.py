"""No hidden count can be computed: a solver tries to, over the case that was seen and over random tables."""

from collections.abc import Mapping, Sequence, Set

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from pipeline.statistics.onthulling import Sum, sums_that_hold, withheld

Cell = tuple[str, str]


def recovered(
    counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], hidden: Set[Cell], lost: Set[Cell]
) -> dict[Cell, int]:
    """Hidden cells that a reader with a solver can work out, and what they find."""
    unknown = sorted(
        {cell for one in sums for cell in (one.total, *one.parts)} - (counts.keys() - hidden - lost)
    )
    matrix, right = [], []
    for one in sums:
        row = np.zeros(len(unknown))
        known = 0
        for cell, sign in [(one.total, 1), *((part, -1) for part in one.parts)]:
            if cell in unknown:
                row[unknown.index(cell)] += sign
            else:
                known -= sign * counts[cell]
        matrix.append(row)
        right.append(known)
    bounds = [(1, 4) if cell in hidden - lost else (0, None) for cell in unknown]
    found = {}
    for number, cell in enumerate(unknown):
        if cell not in hidden:
            continue
        aim = np.zeros(len(unknown))
        aim[number] = 1
        ends = []
        for sign in (1, -1):
            answer = linprog(sign * aim, A_eq=np.array(matrix), b_eq=right, bounds=bounds, method="highs")
            assert answer.status == 0
            ends.append(sign * answer.fun)
        if np.ceil(ends[0] - 1e-6) >= np.floor(ends[1] + 1e-6):
            found[cell] = round(ends[0])
    return found


def tree(buurten: Mapping[str, Sequence[int]], kind: str = "a") -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    """Wijken of buurten and a gemeente above them, for one kind."""
    counts: dict[Cell, int] = {}
    sums = []
    for wijk, values in buurten.items():
        parts = tuple((kind, f"{wijk}{number}") for number in range(len(values)))
        counts |= dict(zip(parts, values, strict=True))
        counts[kind, wijk] = sum(values)
        sums.append(Sum((kind, wijk), parts))
    counts[kind, "GM"] = sum(sum(values) for values in buurten.values())
    every = tuple(part for one in sums for part in one.parts)
    sums += [Sum((kind, "GM"), every), Sum((kind, "GM"), tuple(one.total for one in sums))]
    return counts, sums


def small(counts: Mapping[Cell, int]) -> set[Cell]:
    return {cell for cell, count in counts.items() if 1 <= count <= 4}


def test_hidden_count_derivable_from_its_total() -> None:
    """24 - 9 - 12 is 3: the totals go, the published buurten stay."""
    counts, sums = tree({"A": [3, 9], "B": [12, 0]})
    hidden = small(counts)
    assert recovered(counts, sums, hidden, set()) == {("a", "A0"): 3}
    lost = withheld(counts, sums, hidden=hidden, first={("a", "A"), ("a", "B"), ("a", "GM")})
    assert lost == {("a", "A"), ("a", "GM")}
    assert recovered(counts, sums, hidden, lost) == {}


def test_nothing_is_withheld_that_need_not_be() -> None:
    counts, sums = tree({"A": [3, 2, 9], "B": [12, 30]})
    assert withheld(counts, sums, hidden=small(counts)) == frozenset()
    counts, sums = tree({"A": [9, 9], "B": [12, 30]})
    assert withheld(counts, sums, hidden=small(counts)) == frozenset()


@pytest.mark.parametrize("values", [[1, 1, 9], [4, 4, 9]])
def test_a_sum_that_leaves_one_way_is_seen(values: list[int]) -> None:
    """Two hidden counts that are 2 together are both 1."""
    counts, sums = tree({"A": values, "B": [20, 30]})
    hidden = small(counts)
    assert recovered(counts, sums, hidden, set())
    assert recovered(counts, sums, hidden, withheld(counts, sums, hidden=hidden)) == {}


def test_a_total_over_kinds_gives_nothing_away() -> None:
    counts = {("all", "X"): 24, ("drugs", "X"): 3, ("noise", "X"): 9, ("waste", "X"): 12}
    sums = [Sum(("all", "X"), (("drugs", "X"), ("noise", "X"), ("waste", "X")))]
    lost = withheld(counts, sums, hidden=small(counts))
    assert lost == {("noise", "X")}
    assert recovered(counts, sums, small(counts), lost) == {}


def test_bounds_alone_give_nothing_away() -> None:
    """At most 4 in all, over two kinds of two hidden parts of at least 1 each: every part is 1."""
    counts: dict[Cell, int] = {}
    sums: list[Sum[Cell]] = []
    for kind, values in (("a", [1, 1]), ("b", [1, 1]), ("all", [2, 2])):
        found, below = tree({"C": values}, kind)
        counts |= found
        sums += below
    sums += [Sum(("all", place), (("a", place), ("b", place))) for kind, place in counts if kind == "a"]
    hidden = small(counts)
    assert recovered(counts, sums, hidden, set())
    assert recovered(counts, sums, hidden, withheld(counts, sums, hidden=hidden)) == {}


def test_sums_that_the_counts_deny_are_no_sums() -> None:
    counts = {("a", "T"): 5, ("a", "x"): 2, ("a", "y"): 2}
    parts = (("a", "x"), ("a", "y"))
    assert sums_that_hold(counts, [Sum(("a", "T"), parts)]) == []
    assert len(sums_that_hold(counts, [Sum(("a", "T"), (*parts, ("a", "z")))])) == 1


values = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=1, max_size=4)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.dictionaries(st.sampled_from("ABC"), values, min_size=1),
    st.dictionaries(st.sampled_from("ABC"), values, min_size=1),
    st.booleans(),
)
def test_a_solver_recovers_no_hidden_count(
    first: dict[str, list[int]], second: dict[str, list[int]], ours: bool
) -> None:
    """Two kinds and their total, over buurten, wijken and the gemeente at once."""
    shapes = {name: min(len(first[name]), len(second[name])) for name in first.keys() & second.keys()}
    one = {name: first[name][:size] for name, size in shapes.items()}
    two = {name: second[name][:size] for name, size in shapes.items()}
    both = {name: [a + b for a, b in zip(one[name], two[name], strict=True)] for name in shapes}
    counts: dict[Cell, int] = {}
    sums: list[Sum[Cell]] = []
    for kind, table in (("a", one), ("b", two), ("all", both)):
        found, below = tree(table, kind)
        counts |= found
        sums += below
    sums += [Sum(("all", place), (("a", place), ("b", place))) for kind, place in counts if kind == "a"]
    hidden = small(counts)
    totals = {cell for cell in counts if not cell[1][-1].isdigit()}
    lost = withheld(counts, sums, hidden=hidden, first=totals if ours else set())
    assert recovered(counts, sums, hidden, lost) == {}
