"""The part of a draft that says how much: which columns are figures, and what splits them into kinds."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.gemeente.areas import TOTAL
from pipeline.gemeente.draft_area import X, Y
from pipeline.gemeente.draft_columns import is_part
from pipeline.gemeente.guess import Guess
from pipeline.gemeente.numbers import NumberError, looks_empty, looks_like_number, parse_number
from pipeline.gemeente.periods import year_of
from pipeline.gemeente.questions import question
from pipeline.gemeente.rows import ReadError
from pipeline.gemeente.toml_text import slug, some, string, strings, table

MOST_CATEGORIES = 12
_NOT_A_FIGURE = re.compile(
    r"(?i)(^|[_ .])(id|nr|no|nummer|rang|rank|rangorde|ranking|positie|"
    r"code|postcode|pc4|pc6|sort|volgorde|objectid|fid|gid|oid|rij|rijnr|"
    r"rijnummer|regel|huisnr|huisnummer|wijknr|wijknummer|buurtnr|buurtnummer|wijk|buurt|gebied|stadsdeel|"
    r"maand|month|week|dag|day|uur|jaar|year|kwartaal|shape_?area|shape_?leng(th)?)([_ .]|$)|jaar$|datum$"
)
_AGES = re.compile(r"(?i)\d+ ?(-|–|tot|t/m) ?\d+ jaar|\d+ jaar (en|of) ouder|\d+\+|< ?\d+ jaar")
_NAMELESS = re.compile(r"(?i)kolom \d+|unnamed.*|index|#|column\d*|v\d+")
_MEASURED = re.compile(r"(?i)%|perc|pct|aandeel|index|score|gemiddeld|cijfer|per 1|per_1")
_COUNTED = re.compile(r"(?i)\b(aantal(len)?|meldingen|incidenten|misdrijven|registraties|klachten)\b")
# What is there, not what happened: four quarters of it are not a year.
_STOCK = re.compile(
    r"(?i)inwoner|bewoner|huishouden|woningen|leerling|uitkering|werkloze|verdachten|personen|jongeren|cli[eë]nt"
)
_SCORED = re.compile(r"(?i)index|score|cijfer|gemiddeld|afwijking")
_PER = re.compile(r"(?i)per (1[.,]?000|10[.,]?000|100) \w+")
PERCENT = re.compile(r"(?i)%|perc|pct|aandeel|_p$")
THEMES = (
    (r"drug|dealer|alcohol|dronken|drank", "drugsoverlast"),
    (r"verward|onbegrepen|zorgwekkend", "onbegrepen_gedrag"),
    (r"jeugd|jonger", "jeugd"),
    (r"inbraak|inbraken", "inbraak"),
    (r"geluid|lawaai|muziek", "geluid"),
    (r"vernieling|vandalis|graffiti|beschadig", "vernieling"),
    (r"fiets|diefstal|zakkenrol", "diefstal"),
    (r"geweld|bedreig|mishandel|steek", "geweld"),
    (r"cohesie|leefbaar|tevreden", "leefbaarheid"),
)


@dataclass(frozen=True)
class _Indicator:
    """What is written for one indicator."""

    title: str
    column: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    measured: bool = False
    shares: bool = False
    percent: bool = False
    decimals: int = 1
    aggregate: str = ""


def figures(guess: Guess, stem: str) -> list[str]:
    """The lines of every ``[[indicator]]``."""
    found = list(_wide(guess)) if guess.wide else list(_long(guess, stem))
    lines, names = list[str](), Counter[str]()
    for number, one in enumerate(found, 1):
        name = slug(one.title) or f"reeks_{number}"
        names[name] += 1
        unique = name if names[name] == 1 else f"{name}_{names[name]}"
        lines += _lines(one, unique, stem, number)
    return lines


def _wide(guess: Guess) -> Iterator[_Indicator]:
    left = [name for name in guess.free() if guess.numeric(name)]
    if left:
        guess.reasons.append(f"zonder periode in de naam, dus niet gebruikt: {some(left)}")
    _ask(guess, measured=True)
    beside = [column for columns in guess.wide.values() for column in columns]
    split = _category(guess) if len(guess.wide) == 1 else None
    rest = _fixed_categories(guess, split)
    for title, columns in guess.wide.items():
        measured = _is_measured(guess, title, columns)
        for category in _split_into(guess, split):
            yield _Indicator(
                category or title or "cijfer",
                columns=columns,
                filters={**rest, **({split: category} if split else {})},
                measured=measured,
                shares=measured and _are_shares(guess, title, columns, beside),
                percent=_is_percent(guess, title, columns),
                decimals=_decimals(guess, columns, measured=measured),
                aggregate="som" if any(map(is_part, columns.values())) and not measured else "",
            )


def _long(guess: Guess, stem: str) -> Iterator[_Indicator]:
    _refuse_mixed_marks(guess)
    numeric = [name for name in guess.free() if guess.numeric(name)]
    values = [name for name in numeric if _is_figure(guess, name)]
    if no_figures := [name for name in numeric if name not in values]:
        guess.reasons.append(f"nummers of codes, geen cijfers: {some(no_figures)}")
    if guess.reports or not values:
        if values:
            guess.reasons.append(f"elke rij is één melding; deze getallen doen niet mee: {some(values)}")
        else:
            _refuse_no_reports(guess)
            guess.reasons.append("geen kolom met getallen: elke rij is één melding en wordt geteld")
        guess.reports = True
        yield _Indicator(stem, aggregate="aantal")
        return
    guess.used |= set(values)
    guess.reasons.append(f"cijfers: {', '.join(values)}")
    measured = {name: _is_measured(guess, name, [name]) for name in values}
    beside = [name for name, one in measured.items() if one]
    _ask(guess, measured=bool(beside))
    split = _category(guess) if len(values) == 1 else None
    rest = _fixed_categories(guess, split)
    summed = _repeats(guess, [*rest, *guess.asked, *([split] if split else [])])
    for value in values:
        for category in _split_into(guess, split):
            yield _Indicator(
                category if split else value,
                column=value,
                filters={**rest, **({split: category} if split else {})},
                measured=measured[value],
                shares=measured[value] and _are_shares(guess, value, [value], beside),
                percent=_is_percent(guess, value, [value]),
                decimals=_decimals(guess, [value], measured=measured[value]),
                aggregate="som" if summed and not measured[value] else "",
            )


def _refuse_no_reports(guess: Guess) -> None:
    """Rows that each name another area and period are no reports: their figure was not found."""
    if guess.reports:
        return
    when = guess.period[0] if guess.period else guess.place[0]
    days = guess.period is not None and guess.period[1] == "datum"
    keys = Counter((row[guess.place[0]], year_of(row[when]) if days else row[when]) for row in guess.rows())
    if len(keys) > 1 and max(keys.values()) == 1:
        raise ReadError(
            "geen kolom met cijfers gevonden, en elk gebied komt per periode één keer voor; "
            f"er is: {', '.join(guess.columns)}. Staan er woorden bij de cijfers, haal die dan weg"
        )


def _refuse_mixed_marks(guess: Guess) -> None:
    """A column that is read as text, for no mark makes all of its cells numbers."""
    for name in guess.free():
        cells = [cell for cell in guess.cells(name) if not looks_empty(cell)]
        known = [{mark for mark in ",." if looks_like_number(cell, decimal=mark)} for cell in cells]
        if {","} in known and {"."} in known and all(known):
            raise ReadError(
                f"kolom {name!r} heeft getallen met een komma en getallen met een punt; "
                "schrijf ze op één manier"
            )


# ---- what a column is ---------------------------------------------------------------------------


def _is_figure(guess: Guess, name: str) -> bool:
    if _AGES.search(name):
        return True
    if _NOT_A_FIGURE.search(name) or X.search(name) or Y.search(name):
        return False
    # A column without a name cannot be told from numbers of rows.
    return not _NAMELESS.fullmatch(name)


def _numbers(guess: Guess, columns: Sequence[str] | Mapping[str, str]) -> list[float]:
    found = []
    for name in columns:
        for cell in guess.cells(name):
            try:
                value = parse_number(cell, decimal=guess.decimal).value
            except NumberError:
                continue
            if value is not None:
                found.append(value)
    return found


def _is_measured(guess: Guess, title: str, columns: Sequence[str] | Mapping[str, str]) -> bool:
    if _MEASURED.search(title):
        return True
    # What is called a number is one: half a report or a negative one is a mistake, and the test says so.
    if _COUNTED.search(title):
        return False
    return any(value != int(value) or value < 0 for value in _numbers(guess, columns))


def _are_shares(
    guess: Guess, title: str, columns: Sequence[str] | Mapping[str, str], beside: Sequence[str]
) -> bool:
    """Whether values are between 0 and 1; without a word for it in the name, only if all figures are."""
    if not PERCENT.search(title) and (_SCORED.search(title) or not _within_one(_numbers(guess, beside))):
        return False
    return _within_one(_numbers(guess, columns))


def _is_percent(guess: Guess, title: str, columns: Sequence[str] | Mapping[str, str]) -> bool:
    """Percentages, by the name or by the sign in the cells."""
    cells = [cell for name in columns for cell in guess.cells(name)]
    return bool(PERCENT.search(" ".join((title, *columns)))) or any(cell.endswith("%") for cell in cells)


def _decimals(guess: Guess, columns: Sequence[str] | Mapping[str, str], *, measured: bool) -> int:
    """Digits behind the comma that a reader needs: none of whole scores, more of small ones."""
    values = _numbers(guess, columns)
    if not measured or not values:
        return 1
    largest = max(map(abs, values))
    most = 3 if largest < 1 else 2 if largest < 10 else 1
    return next((digits for digits in range(most) if all(one == round(one, digits) for one in values)), most)


def _within_one(values: Sequence[float]) -> bool:
    return all(0 <= value <= 1 for value in values) and any(value % 1 for value in values)


# ---- kinds, versions and totals -----------------------------------------------------------------


def _categories(guess: Guess) -> list[str]:
    """Columns of text with a few values that return."""
    return [
        name
        for name in guess.free()
        if 1 <= len(guess.distinct(name)) <= MOST_CATEGORIES
        and len(guess.cells(name)) >= 3 * len(guess.distinct(name))
        and not guess.numeric(name)
    ]


def _ask(guess: Guess, *, measured: bool) -> None:
    """Find columns of which the maker has to choose: they change with the years, or split measurements."""
    for name in _categories(guess):
        if len(guess.distinct(name)) < 2:
            continue
        options = some(repr(cell) for cell in guess.distinct(name))
        if _changes_with_years(guess, name):
            guess.reasons.append(f"kolom {name!r} wisselt met de jaren: {options}; kies zelf welke telt")
            guess.asked.append(name)
        elif measured and _splits(guess, name):
            guess.reasons.append(
                f"kolom {name!r} geeft meer cijfers per gebied: {options}; kies zelf welke telt"
            )
            guess.asked.append(name)
    guess.used |= set(guess.asked)


def _years(guess: Guess, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    if guess.period is not None:
        for row in guess.rows():
            if row[name] and (year := year_of(row[guess.period[0]])):
                found[row[name]].add(year)
    return found


def _changes_with_years(guess: Guess, name: str) -> bool:
    """Versions or surveys: no value is there in all years."""
    years = _years(guess, name)
    every = set().union(*years.values()) if years else set()
    return len(every) > 1 and len(years) > 1 and all(found != every for found in years.values())


def _splits(guess: Guess, name: str) -> bool:
    """Whether an area has more than one value of the column in a period."""
    if TOTAL.search(" ".join(guess.distinct(name))):
        return False
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in guess.rows():
        when = row[guess.period[0]] if guess.period else ""
        found[*(row[one] for one in guess.place), when].add(row[name])
    return any(len(values) > 1 for values in found.values())


def _repeats(guess: Guess, split: Sequence[str]) -> bool:
    """Whether an area has more than one row a year, so that rows are parts of a figure."""
    if guess.period is None:
        return False
    keys: Counter[tuple[str, ...]] = Counter()
    for row in guess.rows():
        if row[guess.place[0]] not in guess.twice and (year := year_of(row[guess.period[0]])):
            keys[*(row[name] for name in (*guess.place, *split)), year] += 1
    if max(keys.values(), default=0) < 2:
        return False
    guess.reasons.append("een gebied heeft meer rijen per jaar: aantallen worden opgeteld")
    return True


def _split_into(guess: Guess, split: str | None) -> list[str]:
    """The values that each get an indicator; one empty one if there is nothing to split by."""
    return [""] if split is None else [value for value, _ in Counter(guess.cells(split)).most_common()]


def _category(guess: Guess) -> str | None:
    found = [name for name in _categories(guess) if len(guess.distinct(name)) > 1]
    if not found:
        return None
    guess.used.add(found[0])
    guess.reasons.append(f"soort: kolom {found[0]!r}; elke soort krijgt een eigen indicator")
    return found[0]


def _fixed_categories(guess: Guess, split: str | None) -> dict[str, str]:
    """Other columns with a total: only the total counts, not its parts as well."""
    fixed = {}
    for name in _categories(guess):
        total = next((cell for cell in guess.cells(name) if TOTAL.fullmatch(cell)), None)
        if name != split and total is not None and len(guess.distinct(name)) > 1:
            fixed[name] = total
            guess.reasons.append(f"kolom {name!r}: alleen {total!r}, anders telt het totaal dubbel")
    return fixed


# ---- text ---------------------------------------------------------------------------------------


def _lines(one: _Indicator, name: str, stem: str, number: int) -> Iterator[str]:
    shown = " ".join(one.title.replace("_", " ").replace("%", " ").split())[:80] or "cijfer"
    words = f"{shown} {one.title} {one.column} {stem}".casefold()
    theme = next((theme for pattern, theme in THEMES if re.search(pattern, words)), "veiligheid_algemeen")
    yield from ("", "[[indicator]]", f"name = {string(name)}")
    yield f"title = {string(shown[:1].upper() + shown[1:])}"
    yield f"kind = {string('meting' if one.measured else 'verhouding')}"
    yield from _values(one)
    yield from _unit(one)
    yield f"theme = {string(theme)}"
    yield f"question = {string(f'Wat zegt de gemeente over {shown.lower()}?')}"
    yield "# zeg hier in een of twee gewone zinnen wat er geteld of gemeten is"
    yield f"definition = {string(f'Cijfers van de gemeente over {shown.lower()}.')}"
    yield f"short = {string(shown[:30])}"
    yield f"subject = {string(f'keer {shown.lower()}')}"
    yield 'richting = "neutraal"'
    yield f"caveats = {strings(['geen_marge'] if one.measured else ['kleine_aantallen'])}"
    yield f"order = {number}"
    yield f"decimals = {one.decimals}"
    yield "# true: aantallen van 1 tot en met 4 staan er niet precies"
    yield "sensitive = false"


def _values(one: _Indicator) -> Iterator[str]:
    if one.aggregate == "som" and _STOCK.search(f"{one.title} {one.column}"):
        yield from (question("indicator.aggregate"), 'aggregate = ""')
    elif one.aggregate:
        yield f"aggregate = {string(one.aggregate)}"
    if one.column:
        yield f"column = {string(one.column)}"
    if one.columns:
        yield f"columns = {table({name: string(period) for name, period in one.columns.items()})}"
    if one.filters:
        yield f"filters = {table({name: strings([value]) for name, value in one.filters.items()})}"


def _unit(one: _Indicator) -> Iterator[str]:
    if not one.measured:
        yield from ("per = 1000", 'noemer = "inwoners"', 'unit = "per 1.000 inwoners"')
        return
    named = f"{one.title} {one.column}"
    if one.shares and not one.percent:
        yield from (question("indicator.unit"), 'unit = ""')
    elif per := _PER.search(named):
        yield f"unit = {string(per[0].lower())}"
    else:
        yield f"unit = {string('%' if one.percent else 'punten')}"
    if one.shares:
        yield from (question("indicator.factor"), 'factor = ""')
