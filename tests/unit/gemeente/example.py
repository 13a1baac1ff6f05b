"""A small gemeente and definitions of its datasets, all invented, for tests of municipal figures."""

from pathlib import Path

from pipeline.gemeente.areas import Areas, CodedArea
from pipeline.gemeente.definition import Definition, read_definition
from pipeline.gemeente.mapping import Mapped, map_table
from pipeline.gemeente.read import read


def square(west: float, south: float) -> str:
    """A buurt of a hundredth of a degree as GeoJSON."""
    east, north = west + 0.01, south + 0.01
    ring = f"[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]"
    return f'{{"type":"Polygon","coordinates":[{ring}]}}'


AREAS = Areas(
    "GM0001",
    "Stad",
    (
        CodedArea("BU00010001", "Kade-Zuid", square(4.0, 52.0)),
        CodedArea("BU00010002", "Château", square(4.01, 52.0)),
        CodedArea("BU00010101", "Dorp", square(4.02, 52.0)),
        CodedArea("GM0001", "Stad"),
        CodedArea("WK000100", "Wijk 00 Centrum"),
        CodedArea("WK000101", "Dorp"),
    ),
)

TOP = """
title = "Meldingen"
gemeente = "GM0001"
publisher = "Gemeente Stad"
licence = "CC0"
citation = "Gemeente Stad, Meldingen"
frequency = "elk jaar"
"""
CSV = """
kind = "csv"
delimiter = ";"
decimal = ","
"""
BY_NAME = """
[gebied]
form = "naam"
column = "Buurt"
niveau = ["buurt"]
"""
BY_YEAR = """
[periode]
form = "jaar"
column = "Jaar"
"""
SUM = 'column = "Aantal"\naggregate = "som"'


def indicator(*, kind: str = "verhouding", extra: str = 'column = "Aantal"') -> str:
    counted = 'per = 1000\nnoemer = "inwoners"\nunit = "per 1.000 inwoners"'
    return f"""
[[indicator]]
name = "meldingen"
title = "Meldingen"
kind = "{kind}"
{counted if kind == "verhouding" else 'unit = "%"'}
theme = "jeugd"
question = "Hoeveel meldingen?"
definition = "Meldingen bij de gemeente."
short = "Meldingen"
subject = "meldingen"
richting = "neutraal"
caveats = []
order = 1
decimals = 1
{extra}
"""


def define(folder: Path, *parts: str) -> Definition:
    """Write a definition from its parts and read it."""
    path = folder / "stad_meldingen.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    return read_definition(path)


def mapped(folder: Path, text: str | bytes, *parts: str, name: str = "meldingen.csv") -> Mapped:
    """What a file gives under a definition."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    definition = define(folder, *parts)
    return map_table(definition, read(file, definition.form), AREAS)


def complaints(found: Mapped) -> list[str]:
    """Every problem as 'line: text'."""
    return [f"{one.line}: {one.text}" for one in found.problems]


def withheld(found: Mapped) -> dict[str, int]:
    """Every reason that a cell has no figure as 'status: words', with how many there are."""
    return {f"{reason.status}: {reason.words}": count for reason, count in found.withheld.items()}


def figures(found: Mapped) -> list[tuple[str, str, float | int | None]]:
    """Area, period and value of every figure."""
    return [
        (one.gebied_code, one.periode, one.aantal if one.aantal is not None else one.waarde)
        for one in found.figures
    ]
