"""Rows of a gemeente's file → figures per area, period and indicator, with an account of every row.

A row is used, left out for a stated reason, or wrong. What is wrong names its line and value; one wrong row
and the file is not used. Nothing becomes zero unless the definition says that the file is complete.
"""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from pipeline.gemeente.account import Mapped
from pipeline.gemeente.areas import TOTAL, AreaError, Areas, OutsideError, find
from pipeline.gemeente.coordinates import CoordinateError, as_degrees
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.figures import PERCENT, Group, Key, Value, figures_of, missing
from pipeline.gemeente.numbers import Number, NumberError, looks_empty, parse_count, parse_number
from pipeline.gemeente.rows import Records, Row
from pipeline.gemeente.shape import TEXT_KINDS, MunicipalIndicator
from pipeline.gemeente.soundness import Soundness
from pipeline.gemeente.when import Wanted, When
from pipeline.gemeente.whole import Ends

CHUNK = 20_000  # points located in one call
REMARK_COLUMNS = 3  # a row with one cell in a table of at least this many is a remark, such as a source line


def map_table(
    definition: Definition, table: Records, areas: Areas, *, file_date: date | None = None
) -> Mapped:
    """Turn rows into figures.

    Args:
        file_date: the day that the file was published or fetched; what ends later is not whole.

    Raises:
        ReadError: a row cannot be read.
    """
    mapped = Mapped()
    if not _columns_are_there(definition, table, mapped):
        return mapped
    mapper = _Mapper(definition, table.columns, areas, mapped, file_date=file_date)
    groups = mapper.walk(table.rows)
    ends = Ends(definition.periode, mapper.when.seen, definition.complete, file_date)
    figures = figures_of(definition, groups, areas=areas, ends=ends, mapped=mapped)
    if not figures and not mapped.wrong:
        why = "; ".join(reason.words for reason in mapped.withheld)
        mapped.complain(None, f"geen enkele rij geeft een cijfer{f': {why}' if why else ''}")
    mapped.problems.sort(key=lambda one: one.line or 0)
    if not mapped.wrong:
        mapped.figures = tuple(sorted(figures, key=lambda one: (one.indicator, one.gebied_code, one.periode)))
        mapped.missing = missing(mapped.figures, areas)
    return mapped


def _columns_are_there(definition: Definition, table: Records, mapped: Mapped) -> bool:
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

    def __init__(
        self,
        definition: Definition,
        columns: Sequence[str],
        areas: Areas,
        mapped: Mapped,
        *,
        file_date: date | None,
    ) -> None:
        self.definition, self.areas, self.mapped = definition, areas, mapped
        self.at = {name: number for number, name in enumerate(columns)}
        self.soundness = Soundness(definition, columns, mapped)
        self.groups: dict[Key, Group] = defaultdict(Group)
        self.when = When(definition, columns, self._cell, mapped=mapped, file_date=file_date)
        self.seen_areas: dict[str, tuple[str, ...] | AreaError] = {}
        self.turns: Counter[tuple[str, ...]] = Counter()
        self.first_turn: dict[tuple[str, ...], tuple[int, str]] = {}
        self.detail = [name for name in columns if name not in definition.columns]

    def walk(self, rows: Iterable[Row]) -> dict[Key, Group]:
        chosen = self._chosen(rows)
        if self.definition.gebied.form == "coordinaten":
            placed = self._placed_by_point(chosen)
        else:
            placed = self._placed_by_text(chosen)
        for wanted, code in placed:
            self._take(wanted, code)
        self._refuse_half_turns()
        return self.groups

    def _cell(self, row: Row, column: str) -> str:
        return (row.cells[self.at[column]] or "").strip()

    def _chosen(self, rows: Iterable[Row]) -> Iterator[Wanted]:
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
                if self.soundness.is_sound(row, wanted):
                    yield from self.when.periods(row, wanted)
            else:
                self.mapped.dropped["hoort bij geen gekozen indicator"] += 1

    def _fits(self, row: Row, filters: Mapping[str, tuple[str, ...]]) -> bool:
        return all(self._cell(row, column) in values for column, values in filters.items())

    # ---- where ------------------------------------------------------------------------------------

    def _placed_by_text(self, rows: Iterable[Wanted]) -> Iterator[tuple[Wanted, str]]:
        column = self.definition.gebied
        for wanted in rows:
            row = wanted.row
            text = self._cell(row, column.column)
            if text in column.ignore:
                self.mapped.dropped[f"gebied {text!r} staat in ignore"] += 1
                continue
            if not text:
                self._without_area(wanted)
                continue
            codes = self._area(text)
            if isinstance(codes, OutsideError):
                self.mapped.dropped["ligt in een andere gemeente"] += 1
            elif isinstance(codes, AreaError):
                self.mapped.complain(row.line, f"kolom {column.column!r}: {codes}")
            else:
                yield wanted, codes[0] if len(codes) == 1 else self._in_turn(wanted, codes, text)

    def _without_area(self, wanted: Wanted) -> None:
        """A report may lack its place; a figure without an area is a mistake of the file."""
        figures = [one for one in wanted.indicators if one.aggregate != "aantal"]
        cells = [self._cell(wanted.row, wanted.column or one.column) for one in figures]
        if filled := [cell for cell in cells if not looks_empty(cell)]:
            self.mapped.complain(
                wanted.row.line,
                f"kolom {self.definition.gebied.column!r} is leeg, maar er staat wel een cijfer "
                f"({filled[0]!r}); vul het gebied in, of zet '' in gebied.ignore",
            )
        else:
            self.mapped.dropped["geen gebied ingevuld"] += 1

    def _in_turn(self, wanted: Wanted, codes: tuple[str, ...], text: str) -> str:
        """The first row of a name is the largest area; later ones are smaller."""
        row = wanted.row
        values = {name for one in self.definition.indicators for name in (one.column, *one.columns)}
        rest = (self._cell(row, name) for name in self.definition.columns if name not in values)
        key = (*codes, wanted.column, *rest)
        self.turns[key] += 1
        self.first_turn.setdefault(key, (row.line, text))
        return codes[min(self.turns[key], len(codes)) - 1]

    def _refuse_half_turns(self) -> None:
        """A name of a wijk and a buurt that comes once: nobody knows which of the two it is."""
        for key, (line, text) in self.first_turn.items():
            codes = [part for part in key if part in self.areas.codes]
            if self.turns[key] < 2:
                self.mapped.complain(
                    line,
                    f"{text!r} is een wijk en een buurt ({', '.join(codes)}), maar staat er één keer; "
                    "kies met gebied.niveau of gebied.codes",
                )

    def _area(self, text: str) -> tuple[str, ...] | AreaError:
        if text not in self.seen_areas:
            try:
                self.seen_areas[text] = find(self.areas, self.definition.gebied, text)
            except AreaError as error:
                self.seen_areas[text] = error
        return self.seen_areas[text]

    def _placed_by_point(self, rows: Iterable[Wanted]) -> Iterator[tuple[Wanted, str]]:
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

    def _take(self, wanted: Wanted, code: str) -> None:
        wrong = self.mapped.wrong
        used = [self._add(wanted, one, code) for one in wanted.indicators]
        if any(used):
            self.mapped.used += 1
        elif self.mapped.wrong == wrong:
            self.mapped.dropped[self._reason(wanted)] += 1

    def _reason(self, wanted: Wanted) -> str:
        cells = (self._cell(wanted.row, wanted.column or one.column) for one in wanted.indicators)
        reasons = {parse_number(cell, decimal=self._decimal).empty for cell in cells}
        if "te klein" in reasons:
            return "te klein om te tonen, volgens de bron"
        return "verborgen door de bron" if "verborgen" in reasons else "geen cijfer ingevuld"

    def _add(self, wanted: Wanted, indicator: MunicipalIndicator, code: str) -> bool:
        """Count a row for an indicator; False if it has no figure or a wrong one."""
        row, period = wanted.row, wanted.period
        group = self.groups[indicator.id, code, period.text]
        if indicator.aggregate == "aantal":
            self.when.seen.add_part(period)
            group.values.append(Value(row.line, 1))
            return True
        name = wanted.column or indicator.column
        try:
            number = self._number(row, name, indicator)
            margin = [
                self._number(row, one, indicator) if one else None
                for one in (indicator.lower, indicator.upper)
            ]
        except NumberError as error:
            self.mapped.complain(row.line, f"kolom {name!r}: {error}")
            return False
        if number.empty != "leeg":
            self.when.seen.add_part(period)
        if period.parts > 1 and number.empty != "leeg":
            group.parts.add((period.part, period.parts))
        if number.value is None:
            group.empty.append(number.empty or "leeg")
            return False
        low, high = (one.value if one else None for one in margin)
        columns = tuple(one for one in (name, indicator.lower, indicator.upper) if one)
        group.values.append(Value(row.line, number.value, low, high, columns, self._total(row)))
        return True

    def _number(self, row: Row, name: str, indicator: MunicipalIndicator) -> Number:
        text = self._cell(row, name)
        if indicator.header.kind == "verhouding":
            return parse_count(text, decimal=self._decimal)
        number = parse_number(text, decimal=self._decimal)
        if number.value is None:
            return number
        value = number.value * (indicator.factor or 1)
        if indicator.header.eenheid == PERCENT and not 0 <= value <= 100:
            raise NumberError(f"{text!r} is geen percentage tussen 0 en 100")
        return Number(value)

    def _total(self, row: Row) -> str:
        for name in self.detail:
            text = self._cell(row, name)
            if TOTAL.fullmatch(text):
                return f"{text!r} in kolom {name!r}"
        return ""
