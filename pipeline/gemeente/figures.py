"""Rows of one area and period → a figure, or the reason that there is none.

A sum with a hidden or missing part is not a figure. A total that stands among its parts is refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from pipeline.gemeente.account import Figure, Mapped
from pipeline.gemeente.areas import Areas, CodedArea
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.numbers import Empty
from pipeline.gemeente.reasons import PART_OF_AREA, PART_OF_YEAR, Reason, at_least, of_cell, of_parts
from pipeline.gemeente.secrecy import withhold
from pipeline.gemeente.shape import MunicipalIndicator
from pipeline.gemeente.whole import Ends

# A largest row that is the sum of the others, in nearly every group: the total stands among its parts.
TOTAL_GROUPS, TOTAL_SHARE, TOTAL_PARTS = 3, 0.9, 3
SHARES = 5  # so many values between 0 and 1 and no other: shares, not percentages
PERCENT = "%"

Key = tuple[str, str, str]  # indicator, gebied_code, periode


@dataclass(frozen=True)
class Value:
    """One row's part in a figure.

    Attributes:
        columns: that it was read from; empty where the row itself is counted.
        total: the cell that says that it is a total, if any.
    """

    line: int
    number: float
    lower: float | None = None
    upper: float | None = None
    columns: tuple[str, ...] = ()
    total: str = ""


@dataclass
class Group:
    """The rows of one figure.

    Attributes:
        values: rows with a number.
        empty: rows without one: the publisher hides it or does not know it.
        parts: months or quarters of the year that have a row.
    """

    values: list[Value] = field(default_factory=list)
    empty: list[Empty] = field(default_factory=list)
    parts: set[tuple[int, int]] = field(default_factory=set)


def figures_of(
    definition: Definition, groups: Mapping[Key, Group], *, areas: Areas, ends: Ends, mapped: Mapped
) -> list[Figure]:
    """All figures; what is wrong or withheld goes into the account."""
    whole = _whole(definition, groups, ends, mapped)
    found: dict[Key, Figure | None] = {}
    for key, group in whole.items():
        found[key] = _figure(definition, key, group, mapped, ends=ends)
    for indicator in definition.indicators:
        _refuse_hidden_total(indicator, [g.values for k, g in whole.items() if k[0] == indicator.id], mapped)
        _refuse_shares(indicator, found, mapped)
    mapped.notes += ends.notes({key[2] for key in whole})
    if definition.complete:
        found = _completed(definition, found, areas, mapped, ends=ends)
    figures = [figure for figure in found.values() if figure is not None]
    return withhold(definition, figures, areas, mapped)


def _whole(
    definition: Definition, groups: Mapping[Key, Group], ends: Ends, mapped: Mapped
) -> dict[Key, Group]:
    """Groups of periods that are whole."""
    kinds = {one.id: one for one in definition.indicators}
    reasons: dict[tuple[str, str], Reason | None] = {}
    kept = {}
    for key, group in groups.items():
        name, _, periode = key
        if (name, periode) not in reasons:
            reasons[name, periode] = ends.reason(periode, kinds[name])
        if reason := reasons[name, periode]:
            # A column that waits for its year or quarter says nothing yet.
            if group.values or any(one != "leeg" for one in group.empty):
                mapped.withhold(key, reason)
        else:
            kept[key] = group
    return kept


def _figure(definition: Definition, key: Key, group: Group, mapped: Mapped, *, ends: Ends) -> Figure | None:
    indicator = next(one for one in definition.indicators if one.id == key[0])
    _, code, periode = key
    if indicator.aggregate == "geen":
        _refuse_double(definition, group, f"{code}, {periode}", mapped)
        if not group.values:
            _leave_empty(key, group, indicator, mapped)
            return None
        return _made(indicator, key, group.values[0], group.values)
    total = sum(value.number for value in group.values)
    if indicator.aggregate == "som":
        _refuse_named_total(group.values, mapped)
        lacking = ends.seen.parts.get(periode, set()) - group.parts and not definition.complete
        if group.empty or lacking:
            _leave_part(key, group, indicator, mapped, total=total)
            return None
    return _made(indicator, key, Value(0, total), group.values) if group.values else None


def _leave_empty(key: Key, group: Group, indicator: MunicipalIndicator, mapped: Mapped) -> None:
    """A cell that the publisher hides keeps its reason; what is blank is as if it were not there."""
    if hidden := [one for one in group.empty if one != "leeg"]:
        mapped.withhold(key, of_cell(hidden[0], counted=indicator.header.kind == "verhouding"))


def _leave_part(
    key: Key, group: Group, indicator: MunicipalIndicator, mapped: Mapped, *, total: float
) -> None:
    """A sum with a gap: no figure, or a lower bound where the definition asks for it."""
    if not group.values and all(one == "leeg" for one in group.empty):
        return
    reason = of_parts(group.empty) if group.empty else PART_OF_YEAR
    mapped.withhold(key, _bounded(reason, indicator, total))


def _bounded(reason: Reason, indicator: MunicipalIndicator, total: float) -> Reason:
    return at_least(reason, int(total)) if indicator.lower_bound and total > 0 else reason


def _made(indicator: MunicipalIndicator, key: Key, value: Value, rows: Sequence[Value]) -> Figure:
    """A figure that knows which cells it rests on; of rows that are counted, which rows."""
    lines = tuple(row.line for row in rows for _ in row.columns or ("",))
    columns = tuple(name for row in rows for name in row.columns)
    if indicator.header.kind == "verhouding":
        return Figure(*key, aantal=int(value.number), regels=lines, kolommen=columns)
    return Figure(
        *key,
        waarde=value.number,
        onder=value.lower,
        boven=value.upper,
        regels=lines,
        kolommen=columns,
    )


# ---- what is refused ----------------------------------------------------------------------------


def _refuse_double(definition: Definition, group: Group, what: str, mapped: Mapped) -> None:
    if not group.values:
        return
    first, place = group.values[0], definition.form.place
    for other in group.values[1:]:
        mapped.complain(
            other.line,
            f"{what} staat er al op {place} {first.line} ({first.number:g}, nu {other.number:g}); "
            "kies met filters, of tel op met aggregate = 'som'",
        )
    if group.empty:
        mapped.complain(
            first.line,
            f"{what} staat er ook zonder cijfer; kies met filters welke {place} telt",
        )


def _refuse_named_total(values: Sequence[Value], mapped: Mapped) -> None:
    totals = [value for value in values if value.total]
    if totals and len(totals) < len(values):
        for total in totals:
            mapped.complain(
                total.line,
                f"{total.total} is een totaal en telt mee naast zijn onderdelen, {total.number:g} dubbel; "
                "kies met filters",
            )


def _refuse_hidden_total(indicator: MunicipalIndicator, lists: Iterable[list[Value]], mapped: Mapped) -> None:
    """A row that no word calls a total, but that is the sum of the rest nearly everywhere."""
    if indicator.aggregate != "som":
        return
    groups = [rows for rows in lists if len(rows) >= TOTAL_PARTS and any(row.number for row in rows)]
    found = [
        largest
        for values in groups
        if 2 * (largest := max(values, key=lambda value: value.number)).number
        == sum(value.number for value in values)
    ]
    if len(found) >= TOTAL_GROUPS and len(found) >= TOTAL_SHARE * len(groups):
        first = min(found, key=lambda value: value.line)
        mapped.complain(
            first.line,
            f"{first.number:g} is precies de som van de andere rijen van dit gebied, en zo gaat het "
            f"{len(found)} keer; het totaal telt mee bij {indicator.id}. Kies met filters",
        )


def _refuse_shares(indicator: MunicipalIndicator, found: Mapping[Key, Figure | None], mapped: Mapped) -> None:
    if indicator.header.eenheid != PERCENT or indicator.factor is not None:
        return
    values = [one.waarde for key, one in found.items() if key[0] == indicator.id and one is not None]
    known = [value for value in values if value is not None]
    if len(known) >= SHARES and all(0 <= value <= 1 for value in known) and any(value % 1 for value in known):
        mapped.complain(
            None,
            f"{indicator.id}: alle waarden liggen tussen 0 en 1, maar de eenheid is procent; "
            "zet factor = 100 (0,25 is 25 procent) of factor = 1 (0,25 is een kwart procent)",
        )


# ---- complete files -----------------------------------------------------------------------------


def _completed(
    definition: Definition, found: Mapping[Key, Figure | None], areas: Areas, mapped: Mapped, *, ends: Ends
) -> dict[Key, Figure | None]:
    """A complete file: buurten without rows have none, and wijken and the gemeente are sums.

    A sum over a buurt whose figure is withheld is withheld too.
    """
    buurten = areas.of_niveau("buurt")
    filled: dict[Key, Figure | None] = {}
    for indicator, periode in product(definition.indicators, sorted({key[2] for key in found})):
        if ends.reason(periode, indicator):
            continue
        name = indicator.id
        sums: dict[str, list[Figure]] = defaultdict(list)
        lacking = set[str]()
        for buurt in buurten:
            key = (name, buurt.code, periode)
            figure = found.get(key, Figure(name, buurt.code, periode, aantal=0))
            filled[key] = figure
            for code in (f"WK{buurt.code[2:8]}", areas.gemeente):
                sums[code] += [figure] if figure else []
                if figure is None:
                    lacking.add(code)
        for code, parts in sums.items():
            key = (name, code, periode)
            if code in lacking:
                total = sum(part.aantal or 0 for part in parts)
                mapped.withhold(key, _bounded(PART_OF_AREA, indicator, total))
            else:
                filled[key] = _together(key, parts)
    return filled


def _together(key: Key, parts: Sequence[Figure]) -> Figure:
    return Figure(
        *key,
        aantal=sum(part.aantal or 0 for part in parts),
        regels=tuple(line for part in parts for line in part.regels),
        kolommen=tuple(name for part in parts for name in part.kolommen),
    )


def missing(figures: Iterable[Figure], areas: Areas) -> dict[str, tuple[CodedArea, ...]]:
    """Level → areas without a figure, for levels that have some."""
    return dict(_missing({figure.gebied_code for figure in figures}, areas))


def _missing(have: set[str], areas: Areas) -> Iterator[tuple[str, tuple[CodedArea, ...]]]:
    levels = {areas.codes[code].niveau for code in have}
    for niveau in ("gemeente", "wijk", "buurt"):
        if niveau in levels:
            yield niveau, tuple(area for area in areas.of_niveau(niveau) if area.code not in have)
