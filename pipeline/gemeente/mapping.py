"""Rows of a gemeente's file → figures per area, period and indicator, with an account of every row.

A row is used, left out for a stated reason, or wrong. What is wrong names its line and value; one wrong row
and the file is not used. Nothing becomes zero unless the definition says that the file is complete.
"""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipeline.gemeente.areas import TOTAL, Area, AreaError, Areas, find
from pipeline.gemeente.coordinates import CoordinateError, as_degrees
from pipeline.gemeente.definition import TEXT_KINDS, Definition, MunicipalIndicator
from pipeline.gemeente.numbers import NumberError, parse_count, parse_number
from pipeline.gemeente.periods import PeriodError, parse_period, year_of
from pipeline.gemeente.read import Row, Table

KEPT_PROBLEMS = 1_000
CHUNK = 20_000  # points located in one call
REMARK_COLUMNS = 3  # a row with one cell in a table of at least this many is a remark, such as a source line
_YEARISH = re.compile(r"(?i)jaar|datum|period|maand|year|date")
# A largest row that is the sum of the others, in nearly every group: the total stands among its parts.
TOTAL_GROUPS, TOTAL_SHARE, TOTAL_PARTS = 3, 0.9, 3


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong; ``line`` is None where it is about the file as a whole."""

    line: int | None
    text: str


@dataclass(frozen=True)
class Figure:
    """One figure: a count, or a measured value with its margin."""

    indicator: str
    gebied_code: str
    periode: str
    aantal: int | None = None
    waarde: float | None = None
    onder: float | None = None
    boven: float | None = None


@dataclass
class Mapped:
    """What came of a file.

    Attributes:
        read, used: rows with content; rows that a figure is made from.
        dropped: reason → rows left out.
        problems: the first thousand, in the order of the file.
        wrong: how many there were.
        figures: empty if anything was wrong.
        missing: level → areas without a single figure, for levels that have some.
    """

    read: int = 0
    used: int = 0
    wrong: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    figures: tuple[Figure, ...] = ()
    missing: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)

    @property
    def periods(self) -> tuple[str, ...]:
        return tuple(sorted({figure.periode for figure in self.figures}))

    def complain(self, line: int | None, text: str) -> None:
        self.wrong += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(Problem(line, text))


@dataclass(frozen=True)
class _Value:
    """One row's part in a figure; ``total`` is the cell that says that it is a total, if any."""

    line: int
    number: float
    lower: float | None = None
    upper: float | None = None
    total: str = ""


@dataclass(frozen=True)
class _Wanted:
    """A row that some indicators want, of a period that is asked for."""

    row: Row
    indicators: Sequence[MunicipalIndicator]
    periode: str


_Key = tuple[str, str, str]  # indicator, gebied_code, periode


def map_table(definition: Definition, table: Table, areas: Areas) -> Mapped:
    """Turn rows into figures.

    Raises:
        ReadError: a row cannot be read.
    """
    mapped = Mapped()
    if not _columns_are_there(definition, table, mapped):
        return mapped
    groups = _Mapper(definition, table.columns, areas, mapped).walk(table.rows)
    figures = list(_figures(definition, groups, mapped))
    if definition.complete:
        figures = _completed(definition, figures, areas)
    if not figures and not mapped.wrong:
        mapped.complain(None, "geen enkele rij geeft een cijfer")
    mapped.problems.sort(key=lambda one: one.line or 0)
    if not mapped.wrong:
        mapped.figures = tuple(sorted(figures, key=lambda one: (one.indicator, one.gebied_code, one.periode)))
        mapped.missing = _missing(mapped.figures, areas)
    return mapped


def _columns_are_there(definition: Definition, table: Table, mapped: Mapped) -> bool:
    for name in definition.columns:
        if name not in table.columns:
            close = difflib.get_close_matches(name, table.columns, n=1, cutoff=0.5)
            meant = f"; bedoel je {close[0]!r}?" if close else ""
            mapped.complain(
                None, f"kolom {name!r} bestaat niet{meant} Het bestand heeft: {', '.join(table.columns)}"
            )
    return mapped.wrong == 0


class _Mapper:
    """Walks the rows of one file."""

    def __init__(self, definition: Definition, columns: Sequence[str], areas: Areas, mapped: Mapped) -> None:
        self.definition, self.areas, self.mapped = definition, areas, mapped
        self.at = {name: number for number, name in enumerate(columns)}
        self.groups: dict[_Key, list[_Value]] = defaultdict(list)
        self.seen_areas: dict[str, tuple[str, ...] | AreaError] = {}
        self.turns: Counter[tuple[str, ...]] = Counter()
        self.seen_periods: dict[str, str | PeriodError] = {}
        self.detail = [name for name in columns if name not in definition.columns]
        self.years = [name for name in self.detail if _YEARISH.search(name)]

    def walk(self, rows: Iterable[Row]) -> dict[_Key, list[_Value]]:
        chosen = self._chosen(rows)
        if self.definition.gebied.form == "coordinaten":
            placed = self._placed_by_point(chosen)
        else:
            placed = self._placed_by_text(chosen)
        for wanted, code in placed:
            self._take(wanted, code)
        return self.groups

    def _cell(self, row: Row, column: str) -> str:
        return (row.cells[self.at[column]] or "").strip()

    def _chosen(self, rows: Iterable[Row]) -> Iterator[_Wanted]:
        """Rows that some indicator wants. Areas change with the years, so periods are chosen before areas."""
        definition = self.definition
        for row in rows:
            self.mapped.read += 1
            filled = sum(1 for cell in row.cells if cell and cell.strip())
            if filled == 0:
                self.mapped.dropped["leeg"] += 1
            elif filled == 1 and len(row.cells) >= REMARK_COLUMNS and (row.cells[0] or "").strip():
                self.mapped.dropped["alleen een opmerking in de eerste kolom"] += 1
            elif not self._fits(row, definition.filters):
                self.mapped.dropped["valt buiten filters"] += 1
            elif wanted := [one for one in definition.indicators if self._fits(row, one.filters)]:
                periode = self._period(row)
                if periode is not None and self._asked_for(periode):
                    yield _Wanted(row, wanted, periode)
            else:
                self.mapped.dropped["hoort bij geen gekozen indicator"] += 1

    def _asked_for(self, periode: str) -> bool:
        column = self.definition.periode
        # A year ends after its last month: '2023~' sorts behind '2023-12'.
        inside = column.first <= periode and (not column.last or periode <= f"{column.last}~")
        if not inside:
            self.mapped.dropped["valt buiten de gekozen perioden"] += 1
        return inside

    def _fits(self, row: Row, filters: Mapping[str, tuple[str, ...]]) -> bool:
        return all(self._cell(row, column) in values for column, values in filters.items())

    # ---- where ------------------------------------------------------------------------------------

    def _placed_by_text(self, rows: Iterable[_Wanted]) -> Iterator[tuple[_Wanted, str]]:
        column = self.definition.gebied
        for wanted in rows:
            row = wanted.row
            text = self._cell(row, column.column)
            if not text:
                self.mapped.dropped["geen gebied ingevuld"] += 1
                continue
            if text in column.ignore:
                self.mapped.dropped[f"gebied {text!r} staat in ignore"] += 1
                continue
            codes = self._area(text)
            if isinstance(codes, AreaError):
                self.mapped.complain(row.line, f"kolom {column.column!r}: {codes}")
            else:
                yield wanted, codes[0] if len(codes) == 1 else self._in_turn(row, codes)

    def _in_turn(self, row: Row, codes: tuple[str, ...]) -> str:
        """The first row of a name is the largest area; later ones are smaller."""
        values = {one.column for one in self.definition.indicators}
        key = (*codes, *(self._cell(row, name) for name in self.definition.columns if name not in values))
        self.turns[key] += 1
        return codes[min(self.turns[key], len(codes)) - 1]

    def _area(self, text: str) -> tuple[str, ...] | AreaError:
        if text not in self.seen_areas:
            try:
                self.seen_areas[text] = find(self.areas, self.definition.gebied, text)
            except AreaError as error:
                self.seen_areas[text] = error
        return self.seen_areas[text]

    def _placed_by_point(self, rows: Iterable[_Wanted]) -> Iterator[tuple[_Wanted, str]]:
        if not self.areas.has_outlines:
            self.mapped.complain(None, f"van {self.areas.name} zijn geen grenzen opgehaald (pdok_gebieden)")
            return
        rows = iter(rows)
        while chunk := list(islice(rows, CHUNK)):
            located = [(one, point) for one in chunk if (point := self._point(one.row)) is not None]
            codes = self.areas.at_points([point for _, point in located])
            for (wanted, _), code in zip(located, codes, strict=True):
                if code is None:
                    self.mapped.dropped[f"ligt buiten {self.areas.name}"] += 1
                else:
                    yield wanted, self._up_to(code)

    def _up_to(self, buurt: str) -> str:
        """The area of the asked level that a buurt lies in."""
        niveau = self.definition.gebied.niveau[0]
        return {"buurt": buurt, "wijk": f"WK{buurt[2:8]}", "gemeente": self.areas.gemeente}[niveau]

    def _point(self, row: Row) -> tuple[float, float] | None:
        column = self.definition.gebied
        texts = (self._cell(row, column.x), self._cell(row, column.y))
        try:
            numbers = [parse_number(text, decimal=self._decimal).value for text in texts]
            if None in numbers:
                self.mapped.dropped["geen coördinaten ingevuld"] += 1
                return None
            x, y = (float(number or 0) for number in numbers)
            point = as_degrees(x, y, crs=column.crs, columns=(column.x, column.y))
        except (NumberError, CoordinateError) as error:
            self.mapped.complain(row.line, f"coördinaten {error}")
            return None
        if point is None:
            self.mapped.dropped["coördinaten zijn 0, 0"] += 1
        return point

    @property
    def _decimal(self) -> str:
        form = self.definition.form
        return form.decimal if form.kind in TEXT_KINDS else "."

    # ---- when and how much ------------------------------------------------------------------------

    def _take(self, wanted: _Wanted, code: str) -> None:
        wrong = self.mapped.wrong
        used = [self._add(wanted, one, code) for one in wanted.indicators]
        if any(used):
            self.mapped.used += 1
        elif self.mapped.wrong == wrong:
            self.mapped.dropped[self._reason(wanted)] += 1

    def _reason(self, wanted: _Wanted) -> str:
        cells = (self._cell(wanted.row, one.column) for one in wanted.indicators)
        reasons = {parse_number(cell, decimal=self._decimal).empty for cell in cells}
        return "te klein om te tonen, volgens de bron" if "te klein" in reasons else "geen cijfer ingevuld"

    def _period(self, row: Row) -> str | None:
        column = self.definition.periode
        if column.form == "vast":
            return self._fixed(row)
        text = self._cell(row, column.column)
        if not text:
            self.mapped.dropped["geen periode ingevuld"] += 1
            return None
        if text not in self.seen_periods:
            try:
                self.seen_periods[text] = parse_period(text, form=column.form, to=column.to)
            except PeriodError as error:
                self.seen_periods[text] = error
        found = self.seen_periods[text]
        if isinstance(found, PeriodError):
            self.mapped.complain(row.line, f"kolom {column.column!r}: {found}")
            return None
        return found

    def _fixed(self, row: Row) -> str | None:
        """The stated period, unless a column of the row says another year."""
        fixed = self.definition.periode.fixed
        for name in self.years:
            text = self._cell(row, name)
            if (year := year_of(text)) is not None and year != fixed[:4]:
                self.mapped.complain(
                    row.line,
                    f"kolom {name!r} zegt {text!r}, maar de periode staat vast op {fixed}; "
                    "jaren staan door elkaar",
                )
                return None
        return fixed

    def _add(self, wanted: _Wanted, indicator: MunicipalIndicator, code: str) -> bool:
        """Count a row for an indicator; False if it has no figure or a wrong one."""
        row, key = wanted.row, (indicator.id, code, wanted.periode)
        if indicator.aggregate == "aantal":
            self.groups[key].append(_Value(row.line, 1))
            return True
        parse = parse_count if indicator.header.kind == "verhouding" else parse_number
        try:
            number = parse(self._cell(row, indicator.column), decimal=self._decimal).value
            margin = [
                parse_number(self._cell(row, name), decimal=self._decimal).value if name else None
                for name in (indicator.lower, indicator.upper)
            ]
        except NumberError as error:
            self.mapped.complain(row.line, f"kolom {indicator.column!r}: {error}")
            return False
        if number is None:
            return False
        self.groups[key].append(_Value(row.line, number, margin[0], margin[1], self._total(row)))
        return True

    def _total(self, row: Row) -> str:
        for name in self.detail:
            text = self._cell(row, name)
            if TOTAL.fullmatch(text):
                return f"{text!r} in kolom {name!r}"
        return ""


# ---- from rows to figures -----------------------------------------------------------------------


def _figures(definition: Definition, groups: Mapping[_Key, list[_Value]], mapped: Mapped) -> Iterator[Figure]:
    kinds = {one.id: one for one in definition.indicators}
    sums: dict[str, list[list[_Value]]] = defaultdict(list)
    for (name, code, periode), values in groups.items():
        indicator = kinds[name]
        if indicator.aggregate == "geen":
            _refuse_double(definition, values, f"{code}, {periode}", mapped)
            first = values[0]
            yield _figure(indicator, code, periode, first.number, first)
            continue
        if indicator.aggregate == "som":
            _refuse_named_total(values, mapped)
            sums[name].append(values)
        yield _figure(indicator, code, periode, sum(value.number for value in values), values[0])
    for name, lists in sums.items():
        _refuse_hidden_total(kinds[name], lists, mapped)


def _figure(indicator: MunicipalIndicator, code: str, periode: str, number: float, row: _Value) -> Figure:
    if indicator.header.kind == "verhouding":
        return Figure(indicator.id, code, periode, aantal=int(number))
    return Figure(indicator.id, code, periode, waarde=number, onder=row.lower, boven=row.upper)


def _refuse_double(definition: Definition, values: Sequence[_Value], what: str, mapped: Mapped) -> None:
    first, place = values[0], definition.form.place
    for other in values[1:]:
        mapped.complain(
            other.line,
            f"{what} staat er al op {place} {first.line} ({first.number:g}, nu {other.number:g}); "
            "kies met filters, of tel op met aggregate = 'som'",
        )


def _refuse_named_total(values: Sequence[_Value], mapped: Mapped) -> None:
    totals = [value for value in values if value.total]
    if totals and len(totals) < len(values):
        for total in totals:
            mapped.complain(
                total.line,
                f"{total.total} is een totaal en telt mee naast zijn onderdelen, {total.number:g} dubbel; "
                "kies met filters",
            )


def _refuse_hidden_total(
    indicator: MunicipalIndicator, lists: Iterable[list[_Value]], mapped: Mapped
) -> None:
    """A row that no word calls a total, but that is the sum of the rest nearly everywhere."""
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


def _completed(definition: Definition, figures: Sequence[Figure], areas: Areas) -> list[Figure]:
    """A complete file: buurten without rows have none, and wijken and the gemeente are sums.

    Sums of sensitive kinds are left out for wijken: they would give away what a buurt hides.
    """
    counts = {(one.indicator, one.gebied_code, one.periode): one.aantal or 0 for one in figures}
    periods = sorted({one.periode for one in figures})
    filled: dict[_Key, int] = {}
    for indicator in definition.indicators:
        for periode in periods:
            for buurt in areas.of_niveau("buurt"):
                count = counts.get((indicator.id, buurt.code, periode), 0)
                filled[indicator.id, buurt.code, periode] = count
                above = [areas.gemeente]
                if not indicator.header.gevoelig:
                    above.append(f"WK{buurt.code[2:8]}")
                for code in above:
                    key = (indicator.id, code, periode)
                    filled[key] = filled.get(key, 0) + count
    return [Figure(name, code, periode, aantal=count) for (name, code, periode), count in filled.items()]


def _missing(figures: Iterable[Figure], areas: Areas) -> dict[str, tuple[Area, ...]]:
    have = {figure.gebied_code for figure in figures}
    levels = {areas.codes[code].niveau for code in have}
    return {
        niveau: tuple(area for area in areas.of_niveau(niveau) if area.code not in have)
        for niveau in ("gemeente", "wijk", "buurt")
        if niveau in levels
    }
