"""The part of a draft that says when: a column of periods, a column for each period, or a question."""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.gemeente.guess import ENOUGH, Guess, share
from pipeline.gemeente.periods import (
    FIRST_YEAR,
    PeriodError,
    ShortYearError,
    month_of,
    parse_date,
    read_period,
)
from pipeline.gemeente.questions import question
from pipeline.gemeente.read import ReadError
from pipeline.gemeente.shape import PeriodForm
from pipeline.gemeente.toml_text import comment, some, string

FORMS: tuple[tuple[PeriodForm, str], ...] = (
    ("jaar", "jaren"),
    ("kwartaal", "kwartalen of halfjaren"),
    ("datum", "datums"),
    ("maand", "maanden"),
)
_NAMED = re.compile(r"(?i)jaar|period|datum|date|maand|kwartaal|aangemaakt|year|month")
_EXACT = re.compile(r"(?i)jaar|year|perioden?|peiljaar|verslagjaar|peildatum|maand|kwartaal|datum")
# When a row was made or changed, and years of other things.
_ABOUT_FILE = re.compile(
    r"(?i)publicatie|gewijzigd|wijziging|mutatie|update|bouw|geboorte|bijgewerkt|ingang|eind"
)
_PART_NAME = re.compile(r"(?i)q[1-4]|k[1-4]|kw[1-4]|[1-4]e? ?kwartaal|kwartaal ?[1-4]|[12]e? ?halfjaar")
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")


def period(guess: Guess) -> list[str]:
    """The lines of ``[periode]``; ``until`` follows when the figures are known.

    Raises:
        ReadError: a column for each month or quarter.
    """
    _refuse_parts(guess)
    if found := _columns(guess):
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
        return lines
    if _wide(guess):
        columns = [column for one in guess.wide.values() for column in one]
        guess.used |= set(columns)
        guess.reasons.append(f"periode: een kolom per jaar: {some(columns)}")
        return ["", "[periode]", 'form = "kolommen"']
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
    for name in guess.free():
        named = bool(_NAMED.search(name))
        cells = guess.cells(name)
        for number, (form, words) in enumerate(FORMS):
            fits = share(_is_period(cell, form) for cell in cells)
            # Five digits may be a day of Excel, and four a year; a column of counts has those too.
            bare = all(cell.isdigit() for cell in cells)
            if fits >= ENOUGH and (named or not bare or (form == "jaar" and fits == 1 and _few(cells))):
                place = 0 if _ABOUT_FILE.search(name) else 2 if _EXACT.fullmatch(name) else 1
                found.append(_Candidate(name, form, words, (place, fits + named, -number)))
                break
    best = max((one.rank for one in found), default=None)
    return [one for one in found if one.rank == best]


def _few(cells: list[str]) -> bool:
    """Years return from row to row; counts that look like years do not."""
    return len(set(cells)) * 2 <= len(cells)


def _is_period(cell: str, form: PeriodForm) -> bool:
    try:
        read_period(cell, form=form, to="jaar", century="20")
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


def _refuse_parts(guess: Guess) -> None:
    """A column for each month or quarter is a form that no definition can say."""
    named = [name for name in guess.free() if _is_part(name) and guess.numeric(name)]
    if len(named) > 1:
        raise ReadError(
            f"het bestand heeft een kolom per maand, kwartaal of halfjaar ({some(named)}); "
            "vraag de uitgever om jaren, of maak een rij per periode"
        )


def _is_part(name: str) -> bool:
    bare = name.strip()
    return bool(_PART_NAME.fullmatch(bare) or month_of(bare)) or any(
        _is_period(bare, form) and not _YEAR.fullmatch(bare) for form in ("kwartaal", "maand")
    )


def _wide(guess: Guess) -> bool:
    """Columns that are named after a year: by figure, what is left of the name without its year."""
    for name in guess.free():
        years = [year for year in _YEAR.findall(name) if int(year) >= FIRST_YEAR]
        if len(years) == 1 and guess.numeric(name):
            figure = " ".join(re.sub(r"[\s_()\[\]-]+", " ", name.replace(years[0], " ")).split())
            guess.wide.setdefault(figure, {})[name] = years[0]
    return bool(guess.wide)
