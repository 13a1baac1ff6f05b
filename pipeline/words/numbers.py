"""Numbers, dates and lists as Dutch text."""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from pipeline.model import MOST_DECIMALS

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

SMALL_DECIMALS = 2  # of a rate below 1

_WHOLE_FROM = 20  # of a mean of counts

_SURELY_SCALED = 1e9  # below it a power of ten times a number is right to a millionth

UIT_PUBLICATIE = "uit_publicatie"  # the caveat of figures that a publication has rounded


class Maat(Protocol):
    """The part of an indicator's definition that says how its figures are written."""

    @property
    def kind(self) -> str: ...

    @property
    def decimalen(self) -> int: ...

    @property
    def voorbehoud(self) -> str: ...


def format_number(value: float | Decimal, *, decimals: int = 0) -> str:
    """Write a number the Dutch way, halves rounded away from zero: 16589 -> '16.589', 3.25 -> '3,3'."""
    if isinstance(value, int) and not decimals:
        return str(value) if 0 <= value < 1000 else _dutch(f"{value:,}")
    scaled = value * 10**decimals if isinstance(value, float) else -1.0
    # Only halves are rounded otherwise by Python: to the even side, or by their binary value. Through Decimal
    # a number takes five times as long, and the pages of the country have a million.
    if 0 <= scaled < _SURELY_SCALED and abs(scaled % 1 - 0.5) > 1e-6:
        some = value or 0.0  # zero has no sign
        return f"{some:.{decimals}f}".replace(".", ",") if some < 999 else _dutch(f"{some:,.{decimals}f}")
    return _dutch(_exactly(Decimal(str(value)), decimals))


def _dutch(text: str) -> str:
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def _exactly(value: Decimal, decimals: int) -> str:
    if not value.is_finite():
        raise ValueError(f"cannot write {float(value)} as a number")
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{'-' if rounded < 0 else ''}{abs(rounded):,.{decimals}f}"


def figure_decimals(maat: Maat, value: float, low: float | None = None, high: float | None = None) -> int:
    """How many decimals a figure and the bounds of its margin are written with.

    A measurement has those of its source. A rate has more than its indicator says where it is below 1,
    where something above zero would be written as zero, and where its bounds would look the same.
    """
    if maat.kind != "verhouding":
        whole = float(value).is_integer() and UIT_PUBLICATIE in maat.voorbehoud.split(";")
        return 0 if whole else maat.decimalen
    shown = [one for one in (value, low, high) if one is not None]
    lowest, highest = min(shown), max(shown)
    least = min([one for one in shown if one > 0], default=1)
    decimals = max(maat.decimalen, SMALL_DECIMALS) if 0 < value < 1 else maat.decimalen
    while decimals < MOST_DECIMALS and (
        _units(least, decimals) == 0
        or (lowest < highest and _units(lowest, decimals) == _units(highest, decimals))
    ):
        decimals += 1
    return decimals


def _units(value: float, decimals: int) -> int:
    """What is written of a figure, without its comma: 3.25 with one decimal is 33.

    A half may lie just below itself as a binary value; figures of the mart have four decimals.
    """
    return math.floor((value + 1e-9) * float(10**decimals) + 0.5)


def format_figure(maat: Maat, value: float) -> str:
    """Write a figure that stands without a margin: 3.31 -> '3,3', 0.25 -> '0,25'."""
    return format_number(value, decimals=figure_decimals(maat, value))


def format_mean(value: float) -> str:
    """Write a mean of counts, with a decimal where that says something: 1141.2 -> '1.141', 3.44 -> '3,4'."""
    return format_number(value, decimals=0 if value >= _WHOLE_FROM else 1)


def format_factor(factor: float) -> str:
    """Write how many times as much, with as many figures as a rough estimate has: '0,15', '1,9', '12'."""
    return format_number(factor, decimals=2 if factor < 0.195 else 1 if factor < 9.95 else 0)


def format_date(text: str) -> str:
    """Write an ISO date (a time after it is ignored) in words: '2026-01-15' -> '15 januari 2026'."""
    try:
        year, month, day = (int(part) for part in text[:10].split("-"))
        return f"{day} {MAANDEN[_month_index(month)]} {year}"
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date like 2026-01-15") from error


def format_period(periode: str) -> str:
    """Write a period: '2022' -> '2022', '2022-03' -> 'maart 2022'."""
    year, _, month = periode.partition("-")
    if not (len(year) == 4 and year.isdigit()) or (month and not month.isdigit()):
        raise ValueError(f"{periode!r} is not a period like 2022 or 2022-03")
    return f"{MAANDEN[_month_index(int(month))]} {year}" if month else year


def years_in_words(perioden: Sequence[str]) -> str:
    """Periods with their gaps: '2012 t/m 2022', '2017, 2020 en 2024'; months as their years."""
    years = sorted({int(periode[:4]) for periode in perioden})
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return join_words([str(run[0]) if len(run) == 1 else f"{run[0]} t/m {run[-1]}" for run in runs])


def span_of(perioden: Sequence[str]) -> str:
    """Years and months as they came: '2012 t/m 2025', '2025 en november 2025', 'mei 2025 t/m juli 2025'."""
    months = sorted(one for one in perioden if "-" in one)
    parts = [years_in_words(years)] if (years := [one for one in perioden if "-" not in one]) else []
    if months:
        first, last = format_period(months[0]), format_period(months[-1])
        parts.append(first if first == last else f"{first} t/m {last}")
    return join_words(parts)


def capital(text: str) -> str:
    """The same text with a capital first."""
    return text[:1].upper() + text[1:]


def format_short(value: float) -> str:
    """A whole number without decimals, any other with one: what a source gave, or a mark on an axis."""
    return format_number(value, decimals=0 if value == int(value) else 1)


def in_unit(figure: str, eenheid: str, *, space: str = " ") -> str:
    """'60,1 per 1.000 inwoners', '36,6 duizend euro' and '21,5%': a sign follows on its number."""
    return (
        f"{figure}{'' if eenheid.startswith('%') else space}{eenheid.replace('x 1.000 euro', 'duizend euro')}"
    )


def join_words(words: Sequence[str]) -> str:
    """Join a list the Dutch way: 'a', 'a en b', 'a, b en c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"


def _month_index(month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} does not exist")
    return month - 1
