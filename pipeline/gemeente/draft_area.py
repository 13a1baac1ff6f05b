"""The part of a draft that says where: which column names the area, or where the points are."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.gemeente.areas import TOTAL, AmbiguousAreaError, AreaError, Areas, find, simplified
from pipeline.gemeente.coordinates import BOUNDS
from pipeline.gemeente.guess import ENOUGH, Guess, share
from pipeline.gemeente.numbers import looks_empty
from pipeline.gemeente.questions import question
from pipeline.gemeente.rows import ReadError
from pipeline.gemeente.shape import BELOW_COUNTRY, AreaColumn, AreaForm, Crs
from pipeline.gemeente.toml_text import comment, some, string, strings, table

ALIKE = 0.8  # how alike a name must be to be proposed
MOST_TRIED = 500  # distinct values of a column that are looked up
_NUMBER, _YEAR = re.compile(r"[-+<]?\d[\d.,]*%?"), re.compile(r"(19|20)\d\d")
_POSTCODE = re.compile(r"[1-9]\d{3} ?([A-Za-z]{2})?")
_POST = re.compile(r"(?i)post|pc[46]|zip")
_NO_AREA = re.compile(r"(?i)onbekend|niet bekend|buiten .*|overig.*|geen .*|n\.?v\.?t\.?")
X = re.compile(r"(?i)(^|[._ ])(lon|lng|long|longitude|lengte|lengtegraad|x|rd_?x|x_?rd|x_?coord.*)$")
Y = re.compile(r"(?i)(^|[._ ])(lat|latitude|breedte|breedtegraad|y|rd_?y|y_?rd|y_?coord.*)$")


def area(guess: Guess) -> list[str]:
    """The lines of ``[gebied]``.

    Raises:
        ReadError: nothing in the file says where.
    """
    by_code, by_name = _best_column(guess, "code"), _best_column(guess, "naam")
    if by_code.share >= ENOUGH:
        return _by_text(guess, by_code)
    points = _points(guess)
    if points and (by_name.share < ENOUGH or _only_gemeente(guess, by_name.name)):
        return _by_point(guess, points)
    if by_name.share > 0:
        return _by_text(guess, by_name)
    raise ReadError(_what_it_looks_like(guess))


def _what_it_looks_like(guess: Guess) -> str:
    """Why no area was found, as far as the file shows it."""
    areas = guess.gemeente
    turned = [name for name in guess.columns if simplified(name) in areas.by_name]
    if len(turned) > 1:
        return f"gebieden staan als kolommen naast elkaar ({some(turned)}); maak een rij per gebied"
    for name in guess.free():
        if share(bool(_POSTCODE.fullmatch(cell)) for cell in guess.cells(name)) == 1 and _POST.search(name):
            return (
                f"kolom {name!r} heeft postcodes; die vallen niet samen met buurten. Vraag de uitgever om "
                "buurten of punten, of zet per postcode een gebied in een lijst (gebied.mapping)"
            )
    return (
        f"geen kolom met gebieden van {areas.name} en geen coördinaten gevonden; "
        f"er is: {', '.join(guess.columns)}"
    )


# ---- text ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Column:
    name: str
    form: AreaForm
    share: float


def _best_column(guess: Guess, form: AreaForm) -> _Column:
    """The column that fits best; of those that fit well enough, the one with most areas."""
    best, rank = _Column("", form, 0.0), (False, 0.0, 0.0)
    for name in guess.free():
        distinct = guess.distinct(name)[:MOST_TRIED]
        known = sum(_finds(guess, form, cell) for cell in distinct)
        fits = known / len(distinct)
        found = (fits >= ENOUGH, float(known) if fits >= ENOUGH else fits, fits)
        if fits > 0 and found > rank:
            best, rank = _Column(name, form, fits), found
    return best


def _finds(guess: Guess, form: AreaForm, cell: str) -> bool:
    # A bare number is a code only in full: 7580001, never 12.
    if form == "code" and cell.isdigit() and len(cell) < 6:
        return False
    try:
        find(guess.gemeente, AreaColumn(form, "", "", "", "wgs84", BELOW_COUNTRY, {}, ()), cell)
    except AmbiguousAreaError:
        return True
    except AreaError:
        return False
    return True


def _only_gemeente(guess: Guess, name: str) -> bool:
    """Names that say no more than which gemeente, such as a column 'plaats'."""
    by_name = guess.gemeente.by_name
    levels = [{area.niveau for area in by_name.get(simplified(cell), [])} for cell in guess.distinct(name)]
    return all("gemeente" in found for found in levels if found)


def _by_text(guess: Guess, column: _Column) -> list[str]:
    name, form = column.name, column.form
    _refuse_row_as_header(guess, name, form)
    guess.used.add(name)
    guess.place = [name]
    distinct = guess.distinct(name)
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
    lines = ["", "[gebied]", f"form = {string(form)}", f"column = {string(name)}"]
    if form == "naam":
        lines += _niveau(guess, distinct)
    if ignore:
        guess.reasons.append(f"geen gebied, dus weggelaten: {some(ignore)}")
        lines.append(f"ignore = {strings(ignore)}")
    if codes:
        guess.reasons.append(f"lijkt op een gebied, controleer dit: {some(codes)}")
        lines.append(f"codes = {table({cell: string(code) for cell, code in codes.items()})}")
    if lost:
        guess.reasons.append(f"let op, deze gebieden zijn onbekend: {some(lost)}")
        lines.append(f"# onbekend, koppel ze met codes of zet ze in ignore: {comment(some(lost))}")
    return lines


def _refuse_row_as_header(guess: Guess, name: str, form: AreaForm) -> None:
    """A file without a header: its first row would be lost."""
    figures = [one for one in guess.columns if _NUMBER.fullmatch(one) and not _YEAR.fullmatch(one)]
    marks = [one for one in guess.columns if looks_empty(one)]
    if (figures or marks or form == "code") and _finds(guess, form, name):
        shown = "; ".join(list(guess.columns)[:4])
        raise ReadError(
            f"de eerste regel lijkt een rij met cijfers ({shown}); zet er een kop met namen boven"
        )


def _niveau(guess: Guess, names: Iterable[str]) -> list[str]:
    """The levels that the names need: one level if only that explains them all, a question if two do."""
    by_name = guess.gemeente.by_name
    found = {name: [area.niveau for area in by_name.get(simplified(name), [])] for name in names}
    known = [levels for levels in found.values() if levels]
    guess.twice = [name for name, levels in found.items() if len(levels) > 1]
    fitting = [level for level in ("buurt", "wijk") if known and all(level in one for one in known)]
    if len(fitting) > 1:
        guess.reasons.append("niveau: alle namen zijn van een wijk en van een buurt; kies zelf")
        return [question("gebied.niveau"), "niveau = []"]
    if fitting:
        return [f"niveau = {strings(fitting)}"]
    lines = [f"niveau = {strings(BELOW_COUNTRY)}"]
    if guess.twice:
        guess.reasons.append(f"wijk en buurt heten hetzelfde, de wijk staat vooraan: {some(guess.twice)}")
        lines.append("descending = true")
    return lines


def _alike(areas: Areas, name: str) -> str | None:
    close = difflib.get_close_matches(simplified(name), list(areas.by_name), n=1, cutoff=ALIKE)
    found = areas.by_name[close[0]] if close else []
    return found[-1].code if found else None


# ---- points -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Points:
    """Columns of points, east first, and whether their names say the opposite."""

    x: str
    y: str
    crs: Crs
    swapped: bool


def _points(guess: Guess) -> _Points | None:
    xs = [name for name in guess.free() if X.search(name)]
    ys = [name for name in guess.free() if Y.search(name)]
    for x in xs:
        for y in ys:
            for crs, (east, north) in BOUNDS.items():
                if _inside(guess, x, east) and _inside(guess, y, north):
                    return _Points(x, y, crs, swapped=False)
                if _inside(guess, y, east) and _inside(guess, x, north):
                    return _Points(y, x, crs, swapped=True)
    return None


def _by_point(guess: Guess, points: _Points) -> list[str]:
    guess.used |= {points.x, points.y}
    guess.place = [points.x, points.y]
    guess.reports = True
    unit = "graden (WGS84)" if points.crs == "wgs84" else "meters (RD)"
    guess.reasons.append(f"gebied: coördinaten in {points.x!r} en {points.y!r}, {unit}")
    if points.swapped:
        guess.reasons.append(
            f"let op: {points.x!r} en {points.y!r} lijken verwisseld: in {points.x!r} staat hoe ver naar het "
            f"oosten, in {points.y!r} hoe ver naar het noorden; het concept draait ze om"
        )
    return [
        *("", "[gebied]", 'form = "coordinaten"', f"x = {string(points.x)}", f"y = {string(points.y)}"),
        *(f"crs = {string(points.crs)}", 'niveau = ["buurt"]'),
    ]


def _inside(guess: Guess, name: str, bounds: tuple[float, float]) -> bool:
    def fits(cell: str) -> bool:
        try:
            return bounds[0] <= float(cell.replace(",", ".")) <= bounds[1]
        except ValueError:
            return False

    return share(fits(cell) for cell in guess.cells(name)) >= ENOUGH
