"""Drafts a definition from a file: every choice is a guess, and stands in the draft with its reason."""

import difflib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pipeline.gemeente.areas import (
    TOTAL,
    AmbiguousAreaError,
    Area,
    AreaError,
    Areas,
    find,
    simplified,
)
from pipeline.gemeente.coordinates import LATITUDES, LONGITUDES, RD_X, RD_Y
from pipeline.gemeente.definition import BELOW_COUNTRY, TEXT_KINDS, AreaColumn, Form, PeriodForm
from pipeline.gemeente.mapping import REMARK_COLUMNS
from pipeline.gemeente.numbers import looks_like_number
from pipeline.gemeente.periods import PeriodError, parse_period
from pipeline.gemeente.read import ReadError, read
from pipeline.gemeente.sniff import sniff
from pipeline.sql import Connection

SAMPLE_ROWS = 5_000
MOST_CATEGORIES, MOST_VALUES = 12, 8
ENOUGH = 0.6  # share of cells that must fit a guess
ALIKE = 0.8  # how alike a name must be to be proposed
_NO_AREA = re.compile(r"(?i)onbekend|niet bekend|buiten .*|overig.*|geen .*|n\.?v\.?t\.?")
_NOT_A_VALUE = re.compile(r"(?i)(^|[_ ])(id|nr|nummer|code|postcode|pc4|sort|volgorde|objectid)([_ ]|$)")
_MEASURED = re.compile(r"(?i)%|perc|pct|aandeel|index|score|gemiddeld|cijfer|per 1|per_1")
_PERCENT = re.compile(r"(?i)%|perc|pct|aandeel|_p$")
_X = re.compile(r"(?i)(^|[._ ])(lon|lng|long|longitude|lengte|lengtegraad|x|rd_?x|x_?rd|x_?coord.*)$")
_Y = re.compile(r"(?i)(^|[._ ])(lat|latitude|breedte|breedtegraad|y|rd_?y|y_?rd|y_?coord.*)$")
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
FORMS: tuple[tuple[PeriodForm, str], ...] = (("jaar", "jaren"), ("datum", "datums"), ("maand", "maanden"))


@dataclass(frozen=True)
class Draft:
    """A drafted TOML, the name it should have, and the guesses in words."""

    name: str
    toml: str
    reasons: tuple[str, ...]


@dataclass
class _Guess:
    """What is thought of the columns so far; ``columns`` has a cell for every row, empty ones too."""

    form: Form
    columns: dict[str, list[str]]
    reasons: list[str]
    gemeente: Areas
    used: set[str] = field(default_factory=set)
    place: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    period: tuple[str, PeriodForm] | None = None

    def cells(self, name: str) -> list[str]:
        return [cell for cell in self.columns[name] if cell]

    def share(self, name: str, test: Iterable[bool]) -> float:
        results = list(test)
        return sum(results) / len(results) if results else 0.0

    def free(self) -> list[str]:
        return [name for name in self.columns if name not in self.used and self.cells(name)]


def gemeenten_of(con: Connection) -> tuple[Areas, ...]:
    """Names and codes of every gemeente in the warehouse, without outlines."""
    rows = con.execute(
        "select gemeente_code, gemeente_naam, gebied_code, gebied_naam from core.gebied "
        "where gemeente_code is not null order by gemeente_code, gebied_code"
    ).fetchall()
    found: dict[tuple[str, str], list[Area]] = {}
    for gemeente, name, code, area in rows:
        found.setdefault((gemeente, name), []).append(Area(code, area))
    return tuple(Areas(code, name, tuple(areas)) for (code, name), areas in found.items())


def draft(path: Path, gemeenten: Sequence[Areas], *, source: str, is_url: bool) -> Draft:
    """Draft a definition.

    Args:
        path: the file itself.
        gemeenten: whose areas may be meant; with one, it is that one.
        source: what ``url`` or ``file`` will say.

    Raises:
        ReadError: the file cannot be read, or no gemeente is known.
    """
    if not gemeenten:
        raise ReadError("het magazijn kent geen gemeente; eerst: veiligheidsbeeld build")
    sniffed = sniff(path, url=source if is_url else "")
    columns = _sample(path, sniffed.form)
    gemeente = _best_gemeente(columns, gemeenten)
    guess = _Guess(sniffed.form, columns, list(sniffed.reasons), gemeente)
    guess.reasons.append(f"gemeente {gemeente.name}: daar passen de gebieden het best bij")
    area, period = _area(guess), _period(guess)
    indicators = list(_indicators(guess, path.stem))
    own = slug(gemeente.name)
    name = f"{own}_{slug(path.stem).removeprefix(f'{own}_') or 'cijfers'}"
    lines = [*_top(guess, path.stem, source, is_url=is_url), *area, *period, *indicators]
    return Draft(name, "\n".join(lines) + "\n", tuple(guess.reasons))


def slug(text: str) -> str:
    """Lower-case letters, digits and underscores, starting with a letter."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    return joined if not joined or joined[0].isalpha() else f"n_{joined}"


def _sample(path: Path, form: Form) -> dict[str, list[str]]:
    table = read(path, form)
    cells: dict[str, list[str]] = {name: [] for name in table.columns}
    for row in islice(table.rows, SAMPLE_ROWS):
        filled = [cell for cell in row.cells if cell and cell.strip()]
        if len(filled) == 1 and len(row.cells) >= REMARK_COLUMNS:
            continue
        for name, cell in zip(table.columns, row.cells, strict=True):
            cells[name].append((cell or "").strip())
    return cells


# ---- which gemeente, which area ---------------------------------------------------------------


def _best_gemeente(columns: dict[str, list[str]], gemeenten: Sequence[Areas]) -> Areas:
    if len(gemeenten) == 1:
        return gemeenten[0]
    values = {simplified(cell) for cells in columns.values() for cell in set(cells) if cell}
    codes = {cell.upper() for cells in columns.values() for cell in set(cells)}
    return max(gemeenten, key=lambda one: len(values & set(one.by_name)) + 2 * len(codes & set(one.codes)))


def _area(guess: _Guess) -> list[str]:
    by_code = _best_column(guess, "code")
    by_name = _best_column(guess, "naam")
    if by_code[1] >= ENOUGH:
        return _area_lines(guess, by_code[0], "code", by_code[1])
    points = _points(guess)
    if points and by_name[1] < ENOUGH:
        return points
    if by_name[1] > 0:
        return _area_lines(guess, by_name[0], "naam", by_name[1])
    raise ReadError(
        f"geen kolom met gebieden van {guess.gemeente.name} en geen coördinaten gevonden; "
        f"er is: {', '.join(guess.columns)}"
    )


def _best_column(guess: _Guess, form: str) -> tuple[str, float]:
    best = ("", 0.0)
    for name in guess.free():
        distinct = list(dict.fromkeys(guess.cells(name)))[:500]
        share = guess.share(name, (_finds(guess, form, cell) for cell in distinct))
        if share > best[1]:
            best = (name, share)
    return best


def _finds(guess: _Guess, form: str, cell: str, codes: dict[str, str] | None = None) -> bool:
    # A bare number is a code only in full: 7580001, never 12.
    if form == "code" and cell.isdigit() and len(cell) < 6:
        return False
    column = AreaColumn(form, "", "", "", "wgs84", BELOW_COUNTRY, codes or {}, ())  # type: ignore[arg-type]
    try:
        find(guess.gemeente, column, cell)
    except AmbiguousAreaError:
        return True
    except AreaError:
        return False
    return True


def _area_lines(guess: _Guess, name: str, form: str, share: float) -> list[str]:
    guess.used.add(name)
    guess.place = [name]
    distinct = list(dict.fromkeys(guess.cells(name)))
    unknown = [cell for cell in distinct if not _finds(guess, form, cell)]
    what = "codes" if form == "code" else "namen"
    guess.reasons.append(
        f"gebied: kolom {name!r}; {len(distinct) - len(unknown)} van {len(distinct)} {what} zijn bekend"
    )
    ignore = [cell for cell in unknown if TOTAL.fullmatch(cell) or _NO_AREA.fullmatch(cell)]
    codes = {
        cell: code
        for cell in unknown
        if cell not in ignore and form == "naam" and (code := _alike(guess.gemeente, cell))
    }
    lost = [cell for cell in unknown if cell not in ignore and cell not in codes]
    lines = ["", "[gebied]", f"form = {_text(form)}", f"column = {_text(name)}"]
    if form == "naam":
        lines.append(f"niveau = {_texts(_levels(guess, distinct))}")
    guess.twice = [cell for cell in distinct if len(guess.gemeente.by_name.get(simplified(cell), [])) > 1]
    if form == "naam" and guess.twice and _levels(guess, distinct) == list(BELOW_COUNTRY):
        guess.reasons.append(f"wijk en buurt heten hetzelfde, de wijk staat vooraan: {_some(guess.twice)}")
        lines.append("descending = true")
    if ignore:
        guess.reasons.append(f"geen gebied, dus weggelaten: {_some(ignore)}")
        lines.append(f"ignore = {_texts(ignore)}")
    if codes:
        guess.reasons.append(f"lijkt op een gebied, controleer dit: {_some(codes)}")
        lines.append(f"codes = {{ {', '.join(f'{_text(k)} = {_text(v)}' for k, v in codes.items())} }}")
    if lost:
        guess.reasons.append(f"let op, deze gebieden zijn onbekend: {_some(lost)}")
        lines.append(f"# onbekend, koppel ze met codes of zet ze in ignore: {_comment(_some(lost))}")
    return lines


def _levels(guess: _Guess, names: Iterable[str]) -> list[str]:
    """The levels that the names need: one level if that explains them all."""
    found = [[area.niveau for area in guess.gemeente.by_name.get(simplified(name), [])] for name in names]
    known = [levels for levels in found if levels]
    for level in ("buurt", "wijk"):
        if known and all(level in levels for levels in known):
            return [level]
    return list(BELOW_COUNTRY)


def _alike(areas: Areas, name: str) -> str | None:
    close = difflib.get_close_matches(simplified(name), list(areas.by_name), n=1, cutoff=ALIKE)
    found = areas.by_name[close[0]] if close else []
    return found[-1].code if found else None


def _points(guess: _Guess) -> list[str]:
    xs = [name for name in guess.free() if _X.search(name)]
    ys = [name for name in guess.free() if _Y.search(name)]
    for x in xs:
        for y in ys:
            for crs, bounds in (("wgs84", (LONGITUDES, LATITUDES)), ("rd", (RD_X, RD_Y))):
                inside = _inside(guess, x, bounds[0]) >= ENOUGH and _inside(guess, y, bounds[1]) >= ENOUGH
                if inside:
                    guess.used |= {x, y}
                    guess.place = [x, y]
                    unit = "graden (WGS84)" if crs == "wgs84" else "meters (RD)"
                    guess.reasons.append(f"gebied: coördinaten in {x!r} en {y!r}, {unit}")
                    return [
                        *("", "[gebied]", 'form = "coordinaten"', f"x = {_text(x)}", f"y = {_text(y)}"),
                        *(f"crs = {_text(crs)}", 'niveau = ["buurt"]'),
                    ]
    return []


def _inside(guess: _Guess, name: str, bounds: tuple[float, float]) -> float:
    def fits(cell: str) -> bool:
        try:
            return bounds[0] <= float(cell.replace(",", ".")) <= bounds[1]
        except ValueError:
            return False

    return guess.share(name, (fits(cell) for cell in guess.cells(name)))


# ---- which period -----------------------------------------------------------------------------


def _period(guess: _Guess) -> list[str]:
    scored: list[tuple[float, int, str, PeriodForm, str]] = []
    for name in guess.free():
        for number, (form, words) in enumerate(FORMS):
            share = guess.share(name, (_is_period(cell, form) for cell in guess.cells(name)))
            named = 1 if re.search(r"(?i)jaar|period|datum|date|maand|aangemaakt", name) else 0
            if share >= ENOUGH:
                scored.append((share + named, -number, name, form, words))
    if not scored:
        guess.reasons.append("periode: geen kolom gevonden; vul zelf in over welk jaar dit gaat")
        return [
            "",
            "[periode]",
            'form = "vast"',
            "# vul in over welk jaar het bestand gaat",
            'fixed = "2024"',
        ]
    _, _, name, form, words = max(scored)
    guess.used.add(name)
    guess.period = (name, form)
    guess.reasons.append(f"periode: kolom {name!r} met {words}, zoals {guess.cells(name)[0]!r}")
    return ["", "[periode]", f"form = {_text(form)}", f"column = {_text(name)}", 'to = "jaar"']


def _is_period(cell: str, form: PeriodForm) -> bool:
    try:
        parse_period(cell, form=form, to="jaar")
    except PeriodError:
        return False
    return True


# ---- which figures ----------------------------------------------------------------------------


def _indicators(guess: _Guess, stem: str) -> Iterator[str]:
    decimal = guess.form.decimal if guess.form.kind in TEXT_KINDS else "."
    values = [name for name in guess.free() if _is_value(guess, name, decimal)][:MOST_VALUES]
    if not values:
        guess.reasons.append("geen kolom met getallen: elke rij is één melding en wordt geteld")
        yield from _indicator(guess, stem, stem, number=1, aggregate="aantal")
        return
    guess.used |= set(values)
    guess.reasons.append(f"cijfers: {_some(values)}")
    split = _category(guess) if len(values) == 1 else None
    rest = _fixed_categories(guess, split)
    summed = _repeats(guess, [*rest, *([split] if split else [])])
    number = 0
    for value in values:
        for category in _split_into(guess, split):
            number += 1
            filters = {**rest, **({split: category} if split else {})}
            title = category if split else value
            whole = all(decimal not in cell for cell in guess.cells(value))
            measured = bool(_MEASURED.search(value)) or not whole
            aggregate = "som" if summed and not measured else ""
            yield from _indicator(
                guess,
                stem,
                title,
                number=number,
                column=value,
                filters=filters,
                measured=measured,
                aggregate=aggregate,
            )


def _repeats(guess: _Guess, split: Sequence[str]) -> bool:
    """Whether an area has more than one row a year, so that rows are parts of a figure."""
    if guess.period is None:
        return False
    column, form = guess.period
    keys: Counter[tuple[str, ...]] = Counter()
    for number, cell in enumerate(guess.columns[column]):
        if cell and _is_period(cell, form):
            key = tuple(guess.columns[name][number] for name in (*guess.place, *split))
            if key[0] in guess.twice:
                continue
            keys[*key, parse_period(cell, form=form, to="jaar")] += 1
    if max(keys.values(), default=0) < 2:
        return False
    guess.reasons.append("een gebied heeft meer rijen per jaar: aantallen worden opgeteld")
    return True


def _split_into(guess: _Guess, split: str | None) -> list[str]:
    """The values that each get an indicator; one empty one if there is nothing to split by."""
    if split is None:
        return [""]
    return [value for value, _ in Counter(guess.cells(split)).most_common(MOST_CATEGORIES)]


def _is_value(guess: _Guess, name: str, decimal: str) -> bool:
    if _NOT_A_VALUE.search(name) or _X.search(name) or _Y.search(name):
        return False
    return (
        guess.share(name, (looks_like_number(cell, decimal=decimal) for cell in guess.cells(name))) >= ENOUGH
    )


def _categories(guess: _Guess) -> list[str]:
    """Columns of text with a few values that return."""
    return [
        name
        for name in guess.free()
        if 1 <= len(set(guess.cells(name))) <= MOST_CATEGORIES
        and len(guess.cells(name)) >= 3 * len(set(guess.cells(name)))
    ]


def _category(guess: _Guess) -> str | None:
    found = [name for name in _categories(guess) if len(set(guess.cells(name))) > 1]
    if not found:
        return None
    guess.used.add(found[0])
    guess.reasons.append(f"soort: kolom {found[0]!r}; elke soort krijgt een eigen indicator")
    return found[0]


def _fixed_categories(guess: _Guess, split: str | None) -> dict[str, str]:
    """Other columns with a total: only the total counts, not its parts as well."""
    fixed = {}
    for name in _categories(guess):
        total = next((cell for cell in guess.cells(name) if TOTAL.fullmatch(cell)), None)
        if name != split and total is not None and len(set(guess.cells(name))) > 1:
            fixed[name] = total
            guess.reasons.append(f"kolom {name!r}: alleen {total!r}, anders telt het totaal dubbel")
    return fixed


def _indicator(
    guess: _Guess,
    stem: str,
    title: str,
    *,
    number: int,
    column: str = "",
    filters: dict[str, str] | None = None,
    measured: bool = False,
    aggregate: str = "",
) -> Iterator[str]:
    shown = " ".join(title.replace("_", " ").replace("%", " ").split())[:80] or "cijfer"
    words = f"{shown} {column} {stem}".casefold()
    theme = next((theme for pattern, theme in THEMES if re.search(pattern, words)), "veiligheid_algemeen")
    yield from ("", "[[indicator]]", f"name = {_text(slug(title) or f'reeks_{number}')}")
    yield f"title = {_text(shown[:1].upper() + shown[1:])}"
    yield f"kind = {_text('meting' if measured else 'verhouding')}"
    if aggregate:
        yield f"aggregate = {_text(aggregate)}"
    if column:
        yield f"column = {_text(column)}"
    if filters:
        yield f"filters = {{ {', '.join(f'{_text(k)} = [{_text(v)}]' for k, v in filters.items())} }}"
    if measured:
        yield f"unit = {_text('%' if _PERCENT.search(words) else 'punten')}"
    else:
        yield from ("per = 1000", 'noemer = "inwoners"', 'unit = "per 1.000 inwoners"')
    yield f"theme = {_text(theme)}"
    yield f"question = {_text(f'Wat zegt de gemeente over {shown.lower()}?')}"
    yield "# zeg hier in een of twee gewone zinnen wat er geteld of gemeten is"
    yield f"definition = {_text(f'Cijfers van de gemeente over {shown.lower()}.')}"
    yield f"short = {_text(shown[:30])}"
    yield f"subject = {_text(f'keer {shown.lower()}')}"
    yield 'richting = "neutraal"'
    yield f"caveats = {_texts(['kleine_aantallen'] if not measured else ['geen_marge'])}"
    yield f"order = {number}"
    yield "decimals = 1"
    yield "# true: aantallen van 1 tot en met 4 staan er niet precies"
    yield "sensitive = false"


def _top(guess: _Guess, stem: str, source: str, *, is_url: bool) -> list[str]:
    form = guess.form
    title = " ".join(stem.replace("_", " ").replace("-", " ").split())
    lines = [
        "# Concept, gemaakt door: veiligheidsbeeld bron nieuw. Controleer elke regel.",
        *(f"# - {_comment(reason)}" for reason in guess.reasons),
        "",
        f"title = {_text(title[:1].upper() + title[1:])}",
        f"gemeente = {_text(guess.gemeente.gemeente)}",
        f"publisher = {_text(f'Gemeente {guess.gemeente.name}')}",
        "# zoek de licentie op bij de dataset",
        'licence = "niet vermeld"',
        f"citation = {_text(f'Gemeente {guess.gemeente.name}, {title}')}",
        'page = ""',
        'contact = ""',
        'frequency = "onbekend"',
        "# voorbehouden van de gemeente zelf, in hele zinnen",
        "notes = []",
        "",
        f"{'url' if is_url else 'file'} = {_text(source)}",
        f"kind = {_text(form.kind)}",
    ]
    if form.kind in TEXT_KINDS:
        lines += [f"encoding = {_text(form.encoding)}", f"delimiter = {_text(form.delimiter)}"]
        lines.append(f"decimal = {_text(form.decimal)}")
    if form.skip:
        lines.append(f"skip = {form.skip}")
    return lines


def _text(value: str) -> str:
    """A value as a TOML string; what a file says can never end the string or the line."""
    return json.dumps(
        "".join(sign for sign in value if sign.isprintable() or sign == "\t"), ensure_ascii=False
    )


def _texts(values: Iterable[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"


def _comment(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _some(values: Iterable[str]) -> str:
    listed = list(values)
    shown = ", ".join(listed[:6])
    return f"{shown} en {len(listed) - 6} meer" if len(listed) > 6 else shown
