"""Rows of a file → the periods that they are about, each with its column."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.gemeente.account import Mapped
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.numbers import looks_empty
from pipeline.gemeente.periods import Period, PeriodError, part_of, range_of, read_label, read_period, year_of
from pipeline.gemeente.rows import Row
from pipeline.gemeente.shape import MunicipalIndicator
from pipeline.gemeente.whole import Seen

_YEARISH = re.compile(r"(?i)jaar|datum|period|maand|kwartaal|year|date|month|quarter")


@dataclass(frozen=True)
class Wanted:
    """A row, or one column of a row, that some indicators want, of a period that is asked for.

    Attributes:
        column: where each period has a column: the one of this period; else empty.
    """

    row: Row
    indicators: Sequence[MunicipalIndicator]
    period: Period
    column: str = ""


class When:
    """Says of each row of one file which periods it is about."""

    def __init__(
        self,
        definition: Definition,
        columns: Sequence[str],
        cell: Callable[[Row, str], str],
        *,
        mapped: Mapped,
        file_date: date | None,
    ) -> None:
        self.definition, self.cell, self.mapped, self.file_date = definition, cell, mapped, file_date
        self.seen = Seen()
        self.seen_periods: dict[str, Period | PeriodError] = {}
        self.years = [name for name in columns if name not in definition.columns and _YEARISH.search(name)]

    def periods(self, row: Row, indicators: Sequence[MunicipalIndicator]) -> Iterator[Wanted]:
        """The row for each of its periods that is asked for."""
        if self.definition.periode.form == "kolommen":
            yield from self._by_column(row, indicators)
            return
        period = self._period(row)
        if period is not None:
            self.seen.add_day(period)
            if self._asked_for(period.text):
                yield Wanted(row, indicators, period)

    def _by_column(self, row: Row, indicators: Sequence[MunicipalIndicator]) -> Iterator[Wanted]:
        year = self._year_of_columns(row)
        if year is None:
            return
        labels = {column: label for one in indicators for column, label in one.columns.items()}
        for column, label in labels.items():
            asking = [one for one in indicators if column in one.columns]
            period = self._known(f"{year} {label}" if year else label, self._of_label)
            if isinstance(period, PeriodError):
                # A column may wait for its year, as long as it is empty.
                if looks_empty(self.cell(row, column)):
                    self.mapped.dropped["geen cijfer ingevuld"] += 1
                else:
                    self.mapped.complain(row.line, f"kolom {column!r}: {period}")
            elif self._asked_for(period.text):
                yield Wanted(row, asking, period, column)

    def _of_label(self, text: str) -> Period:
        year, _, part = text.partition(" ")
        label = f"{year}-{part}" if part.isdigit() else text
        return read_label(label, to=self.definition.periode.to, span=self.definition.periode.range)

    def _year_of_columns(self, row: Row) -> str | None:
        """The year that the columns lack; empty where they have their own, None where the row has none."""
        column = self.definition.periode
        if column.fixed:
            return column.fixed
        if not column.column:
            return ""
        text = self.cell(row, column.column)
        if not text:
            self.mapped.dropped["geen periode ingevuld"] += 1
            return None
        found = self._known(text, lambda year: read_period(year, form="jaar", to="jaar"))
        if isinstance(found, PeriodError):
            self.mapped.complain(row.line, f"kolom {column.column!r}: {found}")
            return None
        return found.text

    def _asked_for(self, periode: str) -> bool:
        column = self.definition.periode
        # A year ends after its last month: '2023~' sorts behind '2023-12'.
        inside = column.first <= periode and (not column.last or periode <= f"{column.last}~")
        if not inside:
            self.mapped.dropped["valt buiten de gekozen perioden"] += 1
        return inside

    def _period(self, row: Row) -> Period | None:
        column = self.definition.periode
        if column.form == "vast":
            fixed = self._fixed(row)
            return self._within(row, fixed) if fixed and len(fixed.text) == 4 else fixed
        text = self.cell(row, column.column)
        if not text:
            self.mapped.dropped["geen periode ingevuld"] += 1
            return None
        period = self._known(
            text,
            lambda cell: read_period(
                cell, form=column.form, to=column.to, century=column.century, span=column.range
            ),
        )
        if isinstance(period, PeriodError):
            self.mapped.complain(row.line, f"kolom {column.column!r}: {period}")
            return None
        return self._within(row, period) if column.form == "jaar" else period

    def _known(self, text: str, read: Callable[[str], Period]) -> Period | PeriodError:
        """The period of a text, read once; one that has not begun is refused."""
        if text not in self.seen_periods:
            try:
                found: Period | PeriodError = read(text)
                if isinstance(found, Period) and self._is_future(found):
                    found = PeriodError(f"{text!r} ligt na de datum van het bestand ({self.file_date})")
            except PeriodError as error:
                found = error
            self.seen_periods[text] = found
        return self.seen_periods[text]

    def _within(self, row: Row, period: Period) -> Period:
        """The part of the year that a column beside the year says, such as a month."""
        for name in self.years:
            if found := part_of(name, self.cell(row, name)):
                return Period(period.text, *found)
        return period

    def _is_future(self, period: Period) -> bool:
        """A year to come, or a day that has not been when the file was made."""
        if self.file_date is None:
            return False
        if period.day is not None:
            # Files are made at night and clocks differ: a day's grace.
            return period.day.toordinal() > self.file_date.toordinal() + 1
        return period.text[:7] > self.file_date.isoformat()[: len(period.text)]

    def _fixed(self, row: Row) -> Period | None:
        """The stated period, unless a column of the row says another year."""
        fixed = self.definition.periode.fixed
        for name in self.years:
            text = self.cell(row, name)
            years = {str(year) for year in range_of(text) or ()} or {year_of(text)} - {None}
            if years and fixed[:4] not in years:
                self.mapped.complain(
                    row.line,
                    f"kolom {name!r} zegt {text!r}, maar de periode staat vast op {fixed}; "
                    "jaren staan door elkaar",
                )
                return None
        return Period(fixed)
