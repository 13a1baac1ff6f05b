"""The part of a draft that says when: a column of periods, a column for each period, or a question."""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.gemeente.draft_columns import is_part, named_periods
from pipeline.gemeente.guess import ENOUGH, Guess, share
from pipeline.gemeente.periods import PeriodError, ShortYearError, parse_date, range_of, read_period, year_of
from pipeline.gemeente.questions import question
from pipeline.gemeente.rows import ReadError
from pipeline.gemeente.shape import PeriodForm
from pipeline.gemeente.toml_text import comment, some, string

FORMS: tuple[tuple[PeriodForm, str], ...] = (
    ("jaar", "jaren"),
    ("kwartaal", "kwartalen of halfjaren"),
    ("datum", "datums"),
    ("maand", "maanden"),
)
_NAMED = re.compile(r"(?i)jaar|period|datum|date|maand|kwartaal|aangemaakt|year|month")
_YEARS = re.compile(r"(?i)jaar|year")
_AMERICAN = re.compile(r"(0?[1-9]|1[0-2])[-/](1[3-9]|2\d|3[01])[-/](\d{4}|\d{2})( .*)?")
_EXACT = re.compile(r"(?i)jaar|year|perioden?|peiljaar|verslagjaar|peildatum|maand|kwartaal|datum")
# When a row was made or changed, and years of other things.
_ABOUT_FILE = re.compile(
    r"(?i)publicatie|gewijzigd|wijziging|mutatie|update|bouw|geboorte|bijgewerkt|ingang|eind"
)


def period(guess: Guess) -> list[str]:
    """The lines of ``[periode]``; ``until`` follows when the figures are known."""
    if not _by_part(guess) and (found := _columns(guess)):
        name, form = found[0].name, found[0].form
        guess.used |= {one.name for one in found}
        guess.period = (name, form)
        lines = ["", "[periode]", f"form = {string(form)}"]
        if any(guess.columns[one.name] != guess.columns[name] for one in found):
            names = some(repr(one.name) for one in found)
            guess.reasons.append(f"periode: {names} kunnen het allebei zijn; kies zelf")
            lines += [f"# {comment(names)}", question("periode.column"), 'column = ""']
        else:
            guess.reasons.append(
                f"periode: kolom {name!r} met {found[0].words}, zoals {guess.cells(name)[0]!r}"
            )
            lines.append(f"column = {string(name)}")
        lines.append('to = "jaar"')
        if any(_is_short(cell, form) for cell in guess.cells(name)):
            guess.reasons.append("periode: jaren hebben twee cijfers; zeg zelf welke eeuw")
            lines += [question("periode.century"), 'century = ""']
        if form == "jaar" and any(range_of(cell) for cell in guess.cells(name)):
            lines += _asked_range(guess, guess.cells(name)[0])
        return lines
    if lines := _wide(guess):
        return lines
    _refuse_american(guess)
    guess.reasons.append("periode: geen kolom gevonden; vul zelf in over welk jaar dit gaat")
    return ["", "[periode]", 'form = "vast"', question("periode.fixed"), 'fixed = ""']


def until(guess: Guess, today: date) -> list[str]:
    """A line for reports with days: until when the file has them, or the question."""
    if not guess.reports or guess.period is None or guess.period[1] != "datum":
        return []
    days = [day for cell in guess.cells(guess.period[0]) if (day := _day(cell)) is not None]
    years = {day.year for day in days}
    if len(years) != 1:
        return []  # how often days follow each other tells whether the last year is whole
    year = years.pop()
    if year >= today.year:
        guess.reasons.append(f"periode: {year} is nog niet voorbij; zeg zelf tot wanneer het bestand loopt")
        return [question("periode.until"), 'until = ""']
    guess.reasons.append(
        f"periode: alle dagen vallen in {year}, de laatste is {max(days).isoformat()}; "
        f"het concept neemt aan dat het bestand heel {year} heeft (until)"
    )
    return ["# klopt dit niet, zet hier dan de laatste dag van het bestand", f'until = "{year}-12-31"']


@dataclass(frozen=True)
class _Candidate:
    name: str
    form: PeriodForm
    words: str
    rank: tuple[int, float, int]


def _columns(guess: Guess) -> list[_Candidate]:
    """Columns that may be the period, best first; only those that are as good as the best."""
    found = []
    said = {one.column for one in named_periods(guess.free()) if len(one.label) > 3}
    for name in guess.free():
        if name in said and guess.numeric(name):
            continue  # counts per period may look like years
        named = bool(_NAMED.search(name))
        cells = guess.cells(name)
        for number, (form, words) in enumerate(FORMS):
            # Two digits are a year only in a column that says so.
            short = form != "jaar" or _YEARS.search(name) is not None
            fits = share(_is_period(cell, form, short=short) for cell in cells)
            if form == "jaar" and _are_ranges(name, cells):
                fits = 1.0
            # Five digits may be a day of Excel, and four a year; a column of counts has those too.
            bare = all(cell.isdigit() for cell in cells)
            if fits >= ENOUGH and (named or not bare or (form == "jaar" and fits == 1 and _few(cells))):
                place = 0 if _ABOUT_FILE.search(name) else 2 if _EXACT.fullmatch(name) else 1
                found.append(_Candidate(name, form, words, (place, fits + named, -number)))
                break
    best = max((one.rank for one in found), default=None)
    return [one for one in found if one.rank == best]


def _by_part(guess: Guess) -> bool:
    """Whether months, quarters or half years have columns, even if another column says the year.

    Raises:
        ReadError: both say a year, and not the same one.
    """
    named = named_periods([name for name in guess.free() if guess.numeric(name)])
    parts = [one for one in named if is_part(one.label)]
    if len(parts) < 2 or len(parts[0].label) < 4:
        return bool(parts)
    years = {one.label[:4] for one in named}
    for one in _columns(guess):
        if (said := {year_of(cell) for cell in guess.distinct(one.name)}) and said != years:
            listed = some(sorted(year for year in said if year))
            raise ReadError(
                f"kolom {one.name!r} zegt {listed}, en kolommen als {parts[0].column!r} hebben hun eigen "
                "jaar; haal één van beide weg"
            )
    return True


def _are_ranges(name: str, cells: list[str]) -> bool:
    """School years, or years of a survey; a single 2011-12 may as well be a month."""
    ranges = [cell for cell in cells if range_of(cell)]
    if not ranges or len(ranges) < ENOUGH * len(cells):
        return False
    months = all(_is_period(cell, "maand") for cell in cells)
    several = len(ranges) == len(cells) and len(set(cells)) > 1
    return not months or several or "school" in name.casefold()


def _few(cells: list[str]) -> bool:
    """Years return from row to row; counts that look like years do not."""
    return len(set(cells)) * 2 <= len(cells)


def _is_period(cell: str, form: PeriodForm, *, short: bool = True) -> bool:
    try:
        # '2024*' is found, and refused with what to do about it.
        read_period(cell.rstrip("* "), form=form, to="jaar", century="20" if short else "")
    except PeriodError:
        return False
    return True


def _is_short(cell: str, form: PeriodForm) -> bool:
    try:
        read_period(cell, form=form, to="jaar")
    except ShortYearError:
        return True
    except PeriodError:
        pass
    return False


def _day(cell: str) -> date | None:
    try:
        return parse_date(" ".join(cell.split()), century="20")
    except PeriodError:
        return None


def _refuse_american(guess: Guess) -> None:
    """Days written as month, day, year: asking for a year would hide that."""
    for name in guess.free():
        for cell in guess.cells(name) if _NAMED.search(name) else ():
            if _AMERICAN.fullmatch(cell):
                raise ReadError(
                    f"kolom {name!r}: {cell!r} staat als maand, dag, jaar; verwacht dag, maand, jaar"
                )


def _wide(guess: Guess) -> list[str]:
    """The lines where each period has a column; none if no column is named after a period."""
    named = named_periods([name for name in guess.free() if guess.numeric(name)])
    if not named:
        return []
    for one in named:
        guess.wide.setdefault(one.figure, {})[one.column] = one.label
    columns = [one.column for one in named]
    guess.used |= set(columns)
    guess.reasons.append(f"periode: een kolom per periode: {some(columns)}")
    lines = ["", "[periode]", 'form = "kolommen"']
    if any(one.label[-2:].isdigit() and is_part(one.label) for one in named):
        lines += ["# 'maand' als elke maand een eigen cijfer krijgt", 'to = "jaar"']
    if any(range_of(one.label) for one in named):
        lines += _asked_range(guess, columns[0])
    elif len(named[0].label) < 4:
        lines += _year_of_parts(guess)
    return lines


def _asked_range(guess: Guess, shown: str) -> list[str]:
    guess.reasons.append(f"periode: {shown!r} gaat over twee kalenderjaren; zeg zelf wat dat is")
    return [question("periode.range"), 'range = ""']


def _year_of_parts(guess: Guess) -> list[str]:
    """Where the year stands of columns that say no more than the quarter."""
    years = [one for one in _columns(guess) if one.form == "jaar"]
    if len(years) == 1 and not any(range_of(cell) for cell in guess.cells(years[0].name)):
        guess.used.add(years[0].name)
        guess.period = (years[0].name, "jaar")
        guess.reasons.append(f"periode: het jaar staat in kolom {years[0].name!r}")
        return [f"column = {string(years[0].name)}"]
    guess.reasons.append("periode: geen kolom met het jaar gevonden; vul zelf in over welk jaar dit gaat")
    return [question("periode.fixed"), 'fixed = ""']
