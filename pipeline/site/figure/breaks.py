"""Where series break, as notes beside a chart: numbered as `pipeline.charts.line` numbers its rules."""

from collections.abc import Collection, Iterable, Mapping

from pipeline.site.figure.cijfer import Cijfer
from pipeline.sql import Connection
from pipeline.words.numbers import capital, format_period

Breaks = Mapping[tuple[str, str], str]


def read_breaks(con: Connection, indicators: Collection[str]) -> Breaks:
    """What changed at each break of some indicators, by indicator and date ('2018-07')."""
    rows = con.execute(
        "select indicator, datum, wat from reference.breuken where list_contains($names, indicator)",
        {"names": list(indicators)},
    ).fetchall()
    return {(indicator, date): what for indicator, date, what in rows}


def dates_of(figure: Cijfer) -> list[str]:
    """The months in which the series breaks in this period, oldest first."""
    return [date.strip() for date in (figure.breuk or "").split(";") if date.strip()]


def notes(years: Iterable[Cijfer], breaks: Breaks) -> list[str]:
    """A note for each break of one series, in the order of its years: 'Juli 2018: bij één voorval …'."""
    return [
        f"{capital(format_period(date))}: {what[:1].lower()}{what[1:]}"
        for year in years
        for date in dates_of(year)
        if (what := breaks.get((year.indicator, date)))
    ]
