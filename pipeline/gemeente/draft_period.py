"""The part of a draft that says when: a column of periods, a column for each period, or a question."""

import re
from datetime import date

from pipeline.gemeente.guess import ENOUGH, Guess, share
from pipeline.gemeente.periods import FIRST_YEAR, PeriodError, ShortYearError, parse_date, read_period
from pipeline.gemeente.questions import question
from pipeline.gemeente.read import ReadError
from pipeline.gemeente.shape import PeriodForm
from pipeline.gemeente.toml_text import some, string

FORMS: tuple[tuple[PeriodForm, str], ...] = (
    ("jaar", "jaren"),
    ("kwartaal", "kwartalen of halfjaren"),
    ("datum", "datums"),
    ("maand", "maanden"),
)
_NAMED = re.compile(r"(?i)jaar|period|datum|date|maand|kwartaal|aangemaakt|year|month")
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")


def period(guess: Guess) -> list[str]:
    """The lines of ``[periode]``; ``until`` follows when the figures are known.

    Raises:
        ReadError: a column for each quarter, which no definition can say.
    """
    if found := _column(guess):
        name, form, words = found
        guess.used.add(name)
        guess.period = (name, form)
        guess.reasons.append(f"periode: kolom {name!r} met {words}, zoals {guess.cells(name)[0]!r}")
        lines = ["", "[periode]", f"form = {string(form)}", f"column = {string(name)}", 'to = "jaar"']
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


def _column(guess: Guess) -> tuple[str, PeriodForm, str] | None:
    scored: list[tuple[float, int, str, PeriodForm, str]] = []
    for name in guess.free():
        named = bool(_NAMED.search(name))
        cells = guess.cells(name)
        for number, (form, words) in enumerate(FORMS):
            fits = share(_is_period(cell, form) for cell in cells)
            # Five digits may be a day of Excel, and four a year; a column of counts has those too.
            bare = all(cell.isdigit() for cell in cells)
            if fits >= ENOUGH and (named or not bare or (form == "jaar" and fits == 1 and _few(cells))):
                scored.append((fits + named, -number, name, form, words))
    if not scored:
        return None
    _, _, name, form, words = max(scored)
    return name, form, words


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


def _wide(guess: Guess) -> bool:
    """Columns that are named after a year: by figure, what is left of the name without its year."""
    quarters = [name for name in guess.free() if guess.numeric(name) and _is_period(name, "kwartaal")]
    if len(quarters) > 1:
        raise ReadError(
            f"het bestand heeft een kolom per kwartaal of halfjaar ({some(quarters)}); "
            "vraag de uitgever om jaren, of maak een rij per kwartaal"
        )
    for name in guess.free():
        years = [year for year in _YEAR.findall(name) if int(year) >= FIRST_YEAR]
        if len(years) == 1 and guess.numeric(name):
            figure = " ".join(re.sub(r"[\s_()\[\]-]+", " ", name.replace(years[0], " ")).split())
            guess.wide.setdefault(figure, {})[name] = years[0]
    return bool(guess.wide)
