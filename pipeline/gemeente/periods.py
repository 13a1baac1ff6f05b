"""Periods as gemeenten write them: years, quarters, months, dates, moments, and the day numbers of Excel."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.gemeente.shape import PeriodForm, PeriodRange, PeriodStep

MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONG_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
PARTS_OF_YEAR = {"maand": 12, "month": 12, "kwartaal": 4, "quarter": 4, "halfjaar": 2}
FOREIGN = {"mrt": 3, "mar": 3, "may": 5, "oct": 10}
FIRST_YEAR, LAST_YEAR = 1990, 2100
# Excel counts days from here; its first sixty days are off by one and no gemeente has figures of 1900.
EXCEL_ZERO = date(1899, 12, 30)
EXCEL_DAYS = (30_000, 75_000)

# A report of New Year's night belongs to the day on Dutch clocks; tzdata is locked for systems without.
HERE = ZoneInfo("Europe/Amsterdam")

_YEAR = re.compile(r"(\d{4})(JJ00|\.0+)?")
_SHORT_YEAR = re.compile(r"'?(\d{2})")
# 2023/24, 2023-2024, 2023/'24, schooljaar 2023-2024, and CBS's 2023SJ00.
RANGE = re.compile(
    r"(?:(?:school|cursus)jaar |sj ?)?(\d{4}) ?(?:[-/–] ?'?(\d{4}|\d{2})|(sj)00)", re.IGNORECASE
)
_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/ ]|MM)?(\d{2})|(\d{4})(?:[-/ ]|MM)(\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/](\d{4})")
_NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?[- /]?'?(\d{4}|\d{2})|(\d{4})[- ]([a-z]{3,9})")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})([T ].*)?")
_DUTCH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})( .*)?")
_NAMED_DATE = re.compile(r"(\d{1,2})[- ]([a-z]{3,9})\.?[- ](\d{4}|\d{2})( .*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(\.\d+|,\d+)?")
_EPOCH_MS = re.compile(r"\d{12,13}")
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})")
_PART_NAME = r"(?P<kind>q|k|kw|kwt|kwartaal|h|hj|halfjaar|half jaar|quarter)"
_PARTS = (
    # 2024 Q1, 2024Q1, 2024-K1, 2024KW01, 2024 kwartaal 1, 2024H1
    re.compile(rf"(?P<year>\d{{4}})[-/ ]*{_PART_NAME}\.?[-/ ]*0?(?P<n>[1-4])"),
    # Q1 2024, kwartaal 1 2024, H1-2024
    re.compile(rf"{_PART_NAME}\.?[-/ ]*0?(?P<n>[1-4])[-/, ]+(van )?(?P<year>\d{{4}})"),
    # 2024 1e kwartaal, 2024-1e halfjaar, 2024 eerste kwartaal
    re.compile(rf"(?P<year>\d{{4}})[-/, ]*(?P<nth>\w+?)[.-]? ?{_PART_NAME}"),
    # 1e kwartaal 2024, eerste halfjaar van 2024
    re.compile(rf"(?P<nth>\w+?)[.-]? ?{_PART_NAME}[-/, ]+(van )?(?P<year>\d{{4}})"),
)
_NTH = {
    **{f"{n}{end}": n for n in range(1, 5) for end in ("", "e", "ste", "de", "st", "nd", "rd", "th")},
    **{"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4},
}


class PeriodError(ValueError):
    """A cell holds something that is no such period; the message says what it looks like instead."""


@dataclass(frozen=True)
class Period:
    """A cell's period, and which part of a year it is.

    Attributes:
        text: ``2024`` or ``2024-03``.
        part, parts: the third of twelve months, the first of four quarters; 1 of 1 for a year or a day.
        day: the day, where the cell has one.
    """

    text: str
    part: int = 1
    parts: int = 1
    day: date | None = None


def parse_period(text: str, *, form: PeriodForm, to: PeriodStep, century: str = "") -> str:
    """A cell as ``2024`` or ``2024-03``; see ``read_period``."""
    return read_period(text, form=form, to=to, century=century).text


def read_period(
    text: str, *, form: PeriodForm, to: PeriodStep, century: str = "", span: PeriodRange = ""
) -> Period:
    """A cell as a period.

    Args:
        century: what stands before years of two digits; empty where those are refused.
        span: what ``2023/24`` in a column of years is; empty where it is refused.

    Raises:
        PeriodError: another form than the definition says, or no such day.
    """
    bare = " ".join(text.split())
    if form == "jaar":
        return Period(_range(bare, span) if span else _year(bare, century))
    if form == "kwartaal":
        year, part, parts = _part(bare)
        _sane(bare, year)
        return Period(f"{year:04}", part, parts)
    if form == "maand":
        year, month = _month(bare, century)
        day = None
    else:
        day = parse_date(bare, century=century)
        year, month = day.year, day.month
    _sane(bare, year)
    if to == "maand":
        return Period(f"{year:04}-{month:02}", day=day)
    return Period(f"{year:04}", day=day) if day else Period(f"{year:04}", month, 12)


LABEL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})| (?P<kind>[QH])(?P<n>[1-4]))?")


def read_label(text: str, *, to: PeriodStep, span: PeriodRange = "") -> Period:
    """A column's period as a definition writes it: 2024, 2024-03, 2024 Q1, 2024 H1 or 2023/24.

    Raises:
        PeriodError: none of these.
    """
    found = LABEL.fullmatch(text)
    if found and not (span and not found["month"] and not found["kind"]):
        year, month = found["year"], found["month"]
        parts = 4 if found["kind"] == "Q" else 2
        _sane(text, int(year))
        if month:
            number = _existing_month(text, int(month))
            return Period(text) if to == "maand" else Period(year, number, 12)
        if not found["kind"]:
            return Period(year)
        if int(found["n"]) <= parts:
            return Period(year, int(found["n"]), parts)
    if RANGE.fullmatch(text):
        return Period(_range(text, span) if span else _year(text, ""))
    raise PeriodError(f"{text[:60]!r} is geen periode; verwacht 2024, 2024-03, 2024 Q1, 2024 H1 of 2023/24")


def part_label(text: str) -> str:
    """A quarter or half year in any spelling as a label: ``2024 Q1``; empty for anything else."""
    found = _as_part(" ".join(text.split()))
    return f"{found[0]} {'Q' if found[2] == 4 else 'H'}{found[1]}" if found else ""


def range_of(text: str) -> tuple[int, int] | None:
    """Both years of ``2023/24``; None for anything else, also for years that do not follow each other."""
    found = RANGE.fullmatch(" ".join(text.split()))
    if not found:
        return None
    first = int(found[1])
    last = (
        str(first + 1) if found[3] else found[2] if len(found[2]) == 4 else f"{(first + 1) // 100}{found[2]}"
    )
    return (first, int(last)) if int(last) == first + 1 else None


def _range(text: str, span: PeriodRange) -> str:
    years = range_of(text)
    if years is None:
        raise PeriodError(f"{text[:60]!r} is geen {_SPANS[span]}; verwacht iets als 2023/24 of 2023-2024")
    _sane(text, years[0])
    return str(years[0] if span == "schooljaar" else years[1])


_SPANS = {"schooljaar": "schooljaar", "twee_jaar": "periode van twee jaren"}


def _part(text: str) -> tuple[int, int, int]:
    """Year, which part, of how many: (2024, 1, 4) for a first quarter."""
    if found := _as_part(text):
        return found
    if _YEAR.fullmatch(text):
        raise PeriodError(f"{text!r} is een jaar, geen kwartaal of halfjaar; perioden staan door elkaar")
    for form, kind in (("maand", "een maand"), ("datum", "een datum")):
        if _is(text, form):
            raise PeriodError(f"{text!r} is {kind}, geen kwartaal of halfjaar; perioden staan door elkaar")
    raise PeriodError(f"{text[:60]!r} is geen kwartaal of halfjaar; verwacht iets als 2024 Q1 of 2024 H1")


def _as_part(text: str) -> tuple[int, int, int] | None:
    low = text.casefold()
    for pattern in _PARTS:
        if found := pattern.fullmatch(low):
            groups = found.groupdict()
            number = int(groups["n"]) if groups.get("n") else _NTH.get(str(groups.get("nth")), 0)
            parts = 2 if groups["kind"].startswith("h") else 4
            if 1 <= number <= parts:
                return int(groups["year"]), number, parts
    return None


def _is(text: str, form: str) -> bool:
    try:
        read_period(text, form=form, to="jaar", century="20")  # type: ignore[arg-type]
    except PeriodError:
        return False
    return True


def part_of(column: str, text: str) -> tuple[int, int] | None:
    """Which part of a year a cell beside the year says: (3, 12) for March; None if it says none."""
    name = column.casefold()
    parts = next((size for word, size in PARTS_OF_YEAR.items() if re.search(rf"\b{word}", name)), 0)
    low = text.strip().casefold()
    number = int(low) if low.isascii() and low.isdigit() else _NTH.get(low.split(" ")[0], 0)
    if parts == 12 and not number:
        number = month_of(low)
    return (number, parts) if 1 <= number <= parts else None


def month_of(text: str) -> int:
    """The number of a month by its name, short or long; 0 for any other word."""
    low = text.strip().casefold().rstrip(".")
    known = [*MONTHS, "mrt"]
    if low in LONG_MONTHS:
        return LONG_MONTHS.index(low) + 1
    return (3 if low == "mrt" else MONTHS.index(low) + 1) if low in known else 0


def year_of(text: str) -> str | None:
    """The year that a cell names, whatever its form; None if it names none."""
    forms: tuple[PeriodForm, ...] = ("jaar", "kwartaal", "maand", "datum")
    for form in forms:
        try:
            return parse_period(text, form=form, to="jaar", century="20")
        except PeriodError:
            continue
    return None


def parse_date(text: str, *, century: str = "") -> date:
    """A day in any of the forms that occur: ISO, Dutch order, names of months, Excel's number, milliseconds.

    A moment with a time zone, and milliseconds, become the day on Dutch clocks.

    Raises:
        PeriodError: none of these, or no such day.
    """
    low = text.casefold()
    try:
        if _ZONED.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(HERE).date()
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DUTCH.fullmatch(text):
            return _dutch_date(text, int(found[1]), int(found[2]), _full_year(text, found[3], century))
        if found := _NAMED_DATE.fullmatch(low):
            return date(_full_year(text, found[3], century), _month_number(text, found[2]), int(found[1]))
        if found := _COMPACT.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if (found := _SERIAL.fullmatch(text)) and EXCEL_DAYS[0] <= int(found[1]) <= EXCEL_DAYS[1]:
            return EXCEL_ZERO + timedelta(days=int(found[1]))
        if _EPOCH_MS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, tz=UTC).astimezone(HERE).date()
    except PeriodError:
        raise
    except (ValueError, OverflowError, OSError):
        raise PeriodError(f"{text!r} is geen bestaande datum") from None
    if _YEAR.fullmatch(text):
        raise PeriodError(f"{text!r} is een jaar, geen datum; zet periode.form op 'jaar'")
    raise PeriodError(f"{text[:60]!r} is geen datum")


def _dutch_date(text: str, day: int, month: int, year: int) -> date:
    if month > 12 >= day:
        raise PeriodError(f"{text!r} staat als maand, dag, jaar; verwacht dag, maand, jaar")
    return date(year, month, day)


def _year(text: str, century: str) -> str:
    if found := _YEAR.fullmatch(text):
        _sane(text, int(found[1]))
        return found[1]
    if found := _SHORT_YEAR.fullmatch(text):
        year = _full_year(text, found[1], century)
        _sane(text, year)
        return str(year)
    if range_of(text) and not _is(text, "maand"):
        raise PeriodError(
            f"{text!r} loopt over twee jaren; zet periode.range op 'schooljaar', "
            "of op 'twee_jaar' bij een enquête"
        )
    if RANGE.fullmatch(text) and not _is(text, "maand"):
        raise PeriodError(f"{text!r} loopt over meer jaren; verwacht één jaar")
    if _as_part(text):
        raise PeriodError(
            f"{text!r} is een kwartaal of halfjaar, geen jaar; zet periode.form op 'kwartaal', "
            "of kies met filters alleen de jaren"
        )
    for form, kind in (("maand", "een maand"), ("datum", "een datum")):
        if _is(text, form):
            raise PeriodError(f"{text!r} is {kind}, geen jaar; jaren en andere perioden staan door elkaar")
    if _YEAR.fullmatch(text.rstrip("* ")):
        raise PeriodError(f"{text!r} is een voorlopig jaar; haal de * weg en zet dat erbij in notes")
    raise PeriodError(f"{text[:60]!r} is geen jaar")


def _month(text: str, century: str) -> tuple[int, int]:
    low = text.casefold()
    if found := _YEAR_MONTH.fullmatch(text):
        return int(found[1] or found[3]), _existing_month(text, int(found[2] or found[4]))
    if found := _MONTH_YEAR.fullmatch(text):
        return int(found[2]), _existing_month(text, int(found[1]))
    if found := _NAMED_MONTH.fullmatch(low):
        if found[1]:
            return _full_year(text, found[2], century), _month_number(text, found[1])
        return int(found[3]), _month_number(text, found[4])
    if _YEAR.fullmatch(text):
        raise PeriodError(f"{text!r} is een jaar, geen maand; jaren en maanden staan door elkaar")
    if _as_part(text):
        raise PeriodError(f"{text!r} is een kwartaal of halfjaar, geen maand; zet periode.form op 'kwartaal'")
    day = parse_date(text, century=century)
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


class ShortYearError(PeriodError):
    """A year is written with two digits, and nobody said which century."""


def _full_year(text: str, year: str, century: str) -> int:
    if len(year) == 4:
        return int(year)
    if not century:
        raise ShortYearError(f"{text!r}: het jaar heeft twee cijfers; zet periode.century op '20' (of '19')")
    return int(century + year)


def _sane(text: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"{text!r}: het jaar {year} kan niet kloppen")
