"""Small counts of sensitive kinds stay hidden, also for who adds and subtracts.

The site shows 'minder dan 5' for 1 to 4. Here other figures are withheld where such a count would follow from
them: from the wijk or gemeente that it is part of, or from kinds that add up to a total.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pipeline.gemeente.account import Figure, Mapped
from pipeline.gemeente.areas import Areas
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.reasons import DERIVABLE
from pipeline.statistics.onthulling import HIDDEN, Sum, sums_that_hold, withheld

MOST_KINDS = 8  # kinds of which every choice is tried for a total; with more only all together

Key = tuple[str, str, str]  # indicator, gebied_code, periode


def withhold(definition: Definition, figures: Sequence[Figure], areas: Areas, mapped: Mapped) -> list[Figure]:
    """Figures without those that would give away a hidden count."""
    sensitive = {one.id for one in definition.indicators if one.header.gevoelig}
    if not sensitive:
        return list(figures)
    counts = {
        (one.indicator, one.gebied_code, one.periode): one.aantal for one in figures if one.aantal is not None
    }
    hidden = {key for key, count in counts.items() if key[0] in sensitive and HIDDEN[0] <= count <= HIDDEN[1]}
    if not hidden:
        return list(figures)
    ours = {key for key in counts if definition.complete and not key[1].startswith("BU")}
    lost: set[Key] = set()
    for periode in sorted({key[2] for key in hidden}):
        now = {key: count for key, count in counts.items() if key[2] == periode}
        sums = [*sums_that_hold(now, _of_areas(now, areas)), *_of_kinds(definition, now)]
        lost |= withheld(now, sums, hidden=hidden & now.keys(), first=ours)
    for key in sorted(lost):
        mapped.withhold(key, DERIVABLE)
    return [one for one in figures if (one.indicator, one.gebied_code, one.periode) not in lost]


def _of_areas(counts: Mapping[Key, int], areas: Areas) -> Iterator[Sum[Key]]:
    """A wijk is its buurten; the gemeente is its wijken, and all buurten."""
    wijken: dict[str, list[str]] = defaultdict(list)
    for buurt in areas.of_niveau("buurt"):
        wijken[f"WK{buurt.code[2:8]}"].append(buurt.code)
    parts = {
        **wijken,
        areas.gemeente: [code for codes in wijken.values() for code in codes],
    }
    for name, periode in sorted({(key[0], key[2]) for key in counts}):
        for code, below in parts.items():
            yield Sum((name, code, periode), tuple((name, one, periode) for one in below))
        if wijken:
            yield Sum((name, areas.gemeente, periode), tuple((name, one, periode) for one in wijken))


def _of_kinds(definition: Definition, counts: Mapping[Key, int]) -> Iterator[Sum[Key]]:
    """Indicators that are the sum of others in every area: nobody says so, but a reader sees it."""
    places = sorted({key[1:] for key in counts})
    counted = [one for one in definition.indicators if one.header.kind == "verhouding"]
    for total in counted:
        others = [one for one in counted if one.id != total.id]
        sizes = range(2, len(others) + 1) if len(others) <= MOST_KINDS else [len(others)]
        for size in sizes:
            for chosen in combinations(others, size):
                names = tuple(one.id for one in chosen)
                yield from _if_adds_up(total.id, names, places, counts)


def _if_adds_up(
    total: str, names: Sequence[str], places: Sequence[tuple[str, str]], counts: Mapping[Key, int]
) -> Iterator[Sum[Key]]:
    found, filled = [], False
    for place in places:
        keys = [(name, *place) for name in names]
        if (total, *place) not in counts or any(key not in counts for key in keys):
            continue
        if counts[total, *place] != sum(counts[key] for key in keys):
            return
        filled = filled or sum(counts[key] > 0 for key in keys) > 1
        found.append(Sum((total, *place), tuple(keys)))
    if filled:
        yield from found
