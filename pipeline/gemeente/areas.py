"""The areas of one gemeente: found by code, by name or by a point."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely

from pipeline.gebied import Niveau, niveau_of, unaccented
from pipeline.gemeente.shape import BELOW_COUNTRY, AreaColumn
from pipeline.sql import Connection

TOTAL = re.compile(r"(\b|^)((eind|sub)?totaal|total|totalen|alle|som|gemeente totaal)\b.*", re.IGNORECASE)
_WIJK_NUMBER = re.compile(r"^((wijk|buurt|gemeente) (\d+ )?|\d{1,2} )")
_CODE = re.compile(r"(?:GM|WK|BU)(\d{4})(?:[0-9A-Z]{2}|[0-9A-Z]{4})?")
# A code beside a name in one cell: 'City (BU07580006)'.
_CODE_WITHIN = re.compile(r"\b(?:BU\d{4}[0-9A-Z]{4}|WK\d{4}[0-9A-Z]{2}|GM\d{4})\b")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


class AreaError(ValueError):
    """A value is no area of this gemeente, or of more than one; the message says what comes near."""


class AmbiguousAreaError(AreaError):
    """A name is of more than one area."""


class OutsideError(AreaError):
    """A code is of another gemeente, or of the country."""


@dataclass(frozen=True)
class CodedArea:
    """One area of a gemeente; ``outline`` is GeoJSON in degrees (WGS84), for buurten."""

    code: str
    name: str
    outline: str | None = None

    @property
    def niveau(self) -> Niveau:
        return niveau_of(self.code)


@dataclass(frozen=True)
class Areas:
    """All areas of one gemeente, the gemeente included."""

    gemeente: str
    name: str
    all: tuple[CodedArea, ...]

    @cached_property
    def codes(self) -> dict[str, CodedArea]:
        return {area.code: area for area in self.all}

    @cached_property
    def by_name(self) -> dict[str, list[CodedArea]]:
        """Simplified name → areas; a name may stand for a wijk and a buurt at once."""
        found: dict[str, list[CodedArea]] = {}
        for area in self.all:
            found.setdefault(simplified(area.name), []).append(area)
        return found

    @cached_property
    def _located(self) -> tuple[shapely.STRtree, tuple[CodedArea, ...]]:
        drawn = tuple(area for area in self.all if area.outline)
        return shapely.STRtree([shapely.from_geojson(str(area.outline)) for area in drawn]), drawn

    @property
    def has_outlines(self) -> bool:
        return any(area.outline for area in self.all)

    def of_niveau(self, niveau: Niveau) -> tuple[CodedArea, ...]:
        return tuple(area for area in self.all if area.niveau == niveau)

    def at_points(self, points: Sequence[tuple[float, float]]) -> list[str | None]:
        """The buurt of each point (longitude, latitude); None outside the gemeente.

        A point on a border belongs to the first of its buurten by code.
        """
        tree, drawn = self._located
        found: list[str | None] = [None] * len(points)
        pairs = tree.query(shapely.points(list(points)), predicate="intersects") if points else ((), ())
        for point, area in zip(*pairs, strict=True):
            code = drawn[area].code
            if found[point] is None or code < str(found[point]):
                found[point] = code
        return found


def read_areas(con: Connection, gemeente: str) -> Areas:
    """A gemeente's areas of the newest division, with the outlines of its buurten.

    Raises:
        AreaError: the figures that were fetched do not have this gemeente.
    """
    rows = con.execute(
        "select g.gebied_code, g.gebied_naam, p.geometrie from core.gebied as g "
        "left join staging.pdok_gebieden as p on g.gebied_code = p.gebied_code "
        "and p.indeling_jaar = g.indeling_jaar "
        "where g.gemeente_code = ? order by g.gebied_code",
        [gemeente],
    ).fetchall()
    if not rows:
        raise AreaError(f"gemeente {gemeente} zit niet in het magazijn; haal haar cijfers eerst op")
    areas = tuple(CodedArea(*row) for row in rows)
    name = next((area.name for area in areas if area.niveau == "gemeente"), gemeente)
    return Areas(gemeente, name, areas)


def find(areas: Areas, column: AreaColumn, text: str) -> tuple[str, ...]:
    """The codes of the area that a cell means: one, or from large to small where a name is of more levels.

    Raises:
        AreaError: none, or more than one where the definition does not say that their rows are in order.
    """
    bare = " ".join(text.split())
    given = column.codes.get(bare)
    if given is not None:
        return (_known(areas, given, bare),)
    if column.form == "lokaal":
        raise AreaError(f"{bare!r} staat niet in de lijst met eigen codes{_near(bare, column.codes)}")
    return (_by_code(areas, bare),) if column.form == "code" else _by_name(areas, column, bare)


def _known(areas: Areas, code: str, text: str) -> str:
    if code not in areas.codes:
        raise AreaError(f"{text!r} is volgens de lijst {code}, maar dat gebied heeft {areas.name} niet")
    return code


def _by_code(areas: Areas, text: str) -> str:
    within = _CODE_WITHIN.findall(text.upper())
    bare, number = within[0] if len(within) == 1 else text.upper(), areas.gemeente[2:]
    candidates = [bare, *(prefix + bare for prefix in ("BU", "WK", "GM"))]
    # Without the gemeente's number: Amsterdam writes AB01 for BU0363AB01.
    candidates += [f"BU{number}{bare}", f"WK{number}{bare}"]
    # Excel drops leading zeros: 7580001 for BU07580001.
    if bare.isdigit():
        candidates += [f"BU{bare.zfill(8)}", f"WK{bare.zfill(6)}", f"GM{bare.zfill(4)}"]
    for candidate in candidates:
        if candidate in areas.codes:
            return candidate
    if _of_elsewhere(bare, number):
        raise OutsideError(f"{text!r} is van een andere gemeente")
    raise AreaError(f"{text!r} is geen code van een gebied in {areas.name}{_near(text, areas.codes)}")


def _of_elsewhere(code: str, gemeente: str) -> bool:
    """Whether a code is a whole one of CBS, of another gemeente; Excel may have dropped a leading zero."""
    if code.startswith("NL") and code[2:].isdigit():
        return True
    found = _CODE.fullmatch(code)
    if found:
        return found[1] != gemeente
    return code.isdigit() and len(code) in (7, 8) and code.zfill(8)[:4] != gemeente


def _by_name(areas: Areas, column: AreaColumn, text: str) -> tuple[str, ...]:
    found = [area for area in areas.by_name.get(simplified(text), []) if area.niveau in column.niveau]
    order = sorted(found, key=lambda area: BELOW_COUNTRY.index(area.niveau))
    apart = len({area.niveau for area in found}) == len(found)
    if len(found) == 1 or (found and column.descending and apart):
        return tuple(area.code for area in order)
    if found:
        codes = ", ".join(area.code for area in found)
        raise AmbiguousAreaError(f"{text!r} kan {codes} zijn; kies met gebied.niveau of gebied.codes")
    if TOTAL.fullmatch(text):
        raise AreaError(
            f"{text!r} is een totaal, geen gebied; zet het in gebied.ignore, "
            f"of schrijf gebied.codes = {{ {text!r} = {areas.gemeente!r} }}"
        )
    names = [area.name for area in areas.all if area.niveau in column.niveau]
    raise AreaError(f"{text!r} is geen {' of '.join(column.niveau)} van {areas.name}{_near(text, names)}")


def simplified(name: str) -> str:
    """A name without what differs between writers: case, accents, hyphens, 'Wijk 01' in front."""
    plain = _NOT_LETTERS.sub(" ", unaccented(name.casefold())).strip()
    return _WIJK_NUMBER.sub("", plain) or plain


def _near(text: str, known: Iterable[str]) -> str:
    by_simple = {simplified(one): one for one in known}
    close = difflib.get_close_matches(simplified(text), list(by_simple), n=2, cutoff=0.6)
    return f"; bedoel je {' of '.join(by_simple[one] for one in close)}?" if close else ""
