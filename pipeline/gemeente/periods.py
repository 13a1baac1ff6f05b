"""Periods as gemeenten write them: years, months, dates, and the day numbers of Excel."""

import re
from datetime import UTC, date, datetime, timedelta

from pipeline.gemeente.definition import PeriodForm, PeriodStep

MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
FOREIGN = {"mrt": 3, "mar": 3, "may": 5, "oct": 10}
FIRST_YEAR, LAST_YEAR = 1990, 2100
# Excel counts days from here; its first sixty days are off by one and no gemeente has figures of 1900.
EXCEL_ZERO = date(1899, 12, 30)
EXCEL_DAYS = (30_000, 75_000)

_YEAR = re.compile(r"(\d{4})(JJ00|\.0+)?")
_YEAR_RANGE = re.compile(r"\d{4} ?[-/] ?(\d{4}|1[3-9]|[2-9]\d)")
_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/ ]|MM)?(\d{2})|(\d{4})(?:[-/ ]|MM)(\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/](\d{4})")
_NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?[- /]?'?(\d{4}|\d{2})|(\d{4})[- ]([a-z]{3,9})")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})([T ].*)?")
_DUTCH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})( .*)?")
_NAMED_DATE = re.compile(r"(\d{1,2})[- ]([a-z]{3,9})\.?[- ](\d{4}|\d{2})( .*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(\.\d+|,\d+)?")
_EPOCH_MS = re.compile(r"\d{12,13}")


class PeriodError(ValueError):
    """A cell holds something that is no such period; the message says what it looks like instead."""


def parse_period(text: str, *, form: PeriodForm, to: PeriodStep) -> str:
    """A cell as ``2024`` or ``2024-03``.

    Raises:
        PeriodError: another form than the definition says, or no such day.
    """
    bare = " ".join(text.split())
    if form == "jaar":
        return _year(bare)
    if form == "maand":
        year, month = _month(bare)
    else:
        day = parse_date(bare)
        year, month = day.year, day.month
    _sane(bare, year)
    return f"{year:04}" if to == "jaar" else f"{year:04}-{month:02}"


def year_of(text: str) -> str | None:
    """The year that a cell names, whatever its form; None if it names none."""
    forms: tuple[PeriodForm, ...] = ("jaar", "maand", "datum")
    for form in forms:
        try:
            return parse_period(text, form=form, to="jaar")
        except PeriodError:
            continue
    return None


def parse_date(text: str) -> date:
    """A day in any of the forms that occur: ISO, Dutch order, names of months, Excel's number, milliseconds.

    Raises:
        PeriodError: none of these, or no such day.
    """
    low = text.casefold()
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DUTCH.fullmatch(text):
            return _dutch_date(text, int(found[1]), int(found[2]), _full_year(found[3]))
        if found := _NAMED_DATE.fullmatch(low):
            return date(_full_year(found[3]), _month_number(text, found[2]), int(found[1]))
        if found := _COMPACT.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if (found := _SERIAL.fullmatch(text)) and EXCEL_DAYS[0] <= int(found[1]) <= EXCEL_DAYS[1]:
            return EXCEL_ZERO + timedelta(days=int(found[1]))
        if _EPOCH_MS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, tz=UTC).date()
    except PeriodError:
        raise
    except (ValueError, OverflowError):
        raise PeriodError(f"{text!r} is geen bestaande datum") from None
    if _YEAR.fullmatch(text):
        raise PeriodError(f"{text!r} is een jaar, geen datum; zet periode.form op 'jaar'")
    raise PeriodError(f"{text[:60]!r} is geen datum")


def _dutch_date(text: str, day: int, month: int, year: int) -> date:
    if month > 12 >= day:
        raise PeriodError(f"{text!r} staat als maand, dag, jaar; verwacht dag, maand, jaar")
    return date(year, month, day)


def _year(text: str) -> str:
    if found := _YEAR.fullmatch(text):
        _sane(text, int(found[1]))
        return found[1]
    if _YEAR_RANGE.fullmatch(text):
        raise PeriodError(f"{text!r} loopt over twee jaren; verwacht één jaar")
    for form, kind in (("maand", "een maand"), ("datum", "een datum")):
        try:
            parse_period(text, form=form, to="jaar")  # type: ignore[arg-type]
        except PeriodError:
            continue
        raise PeriodError(f"{text!r} is {kind}, geen jaar; jaren en andere perioden staan door elkaar")
    raise PeriodError(f"{text[:60]!r} is geen jaar")


def _month(text: str) -> tuple[int, int]:
    low = text.casefold()
    if found := _YEAR_MONTH.fullmatch(text):
        return int(found[1] or found[3]), _existing_month(text, int(found[2] or found[4]))
    if found := _MONTH_YEAR.fullmatch(text):
        return int(found[2]), _existing_month(text, int(found[1]))
    if found := _NAMED_MONTH.fullmatch(low):
        if found[1]:
            return _full_year(found[2]), _month_number(text, found[1])
        return int(found[3]), _month_number(text, found[4])
    if _YEAR.fullmatch(text):
        raise PeriodError(f"{text!r} is een jaar, geen maand; jaren en maanden staan door elkaar")
    day = parse_date(text)
    return day.year, day.month


def _existing_month(text: str, month: int) -> int:
    if not 1 <= month <= 12:
        raise PeriodError(f"{text!r} is geen bestaande maand")
    return month


def _month_number(text: str, name: str) -> int:
    short = name[:3]
    if short in MONTHS:
        return MONTHS.index(short) + 1
    if short in FOREIGN:
        return FOREIGN[short]
    raise PeriodError(f"{text[:60]!r}: {name!r} is geen maand")


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _sane(text: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"{text!r}: het jaar {year} kan niet kloppen")
