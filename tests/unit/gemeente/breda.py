"""Breda's areas as the embedded example has them: real names, codes and outlines."""

import csv
from functools import cache
from pathlib import Path

from pipeline.gemeente.areas import Areas, CodedArea
from pipeline.gemeente.definition import Definition, read_definition
from pipeline.gemeente.draft import Draft, draft
from pipeline.gemeente.mapping import Mapped, map_table
from pipeline.gemeente.read import read
from pipeline.paths import Paths

# Wijken with a name that a buurt has too, and two without.
WIJKEN = {
    "WK075800": "Breda centrum",
    "WK075801": "Breda noord",
    "WK075807": "Bavel",
    "WK075808": "Ulvenhout",
    "WK075809": "Prinsenbeek",
    "WK075810": "Teteringen",
}


@cache
def breda() -> Areas:
    before = csv.field_size_limit(10_000_000)  # an outline is a long cell
    path = Paths().root / "tests/opslag/pdok_gebieden/2024/buurten.csv"
    with path.open(encoding="utf-8", newline="") as text:
        buurten = [
            CodedArea(row["buurtcode"], row["buurtnaam"], row["geometry"])
            for row in csv.DictReader(text)
            if row["buurtcode"].startswith("BU0758")
        ]
    csv.field_size_limit(before)
    codes = sorted({f"WK{buurt.code[2:8]}" for buurt in buurten})
    wijken = [CodedArea(code, WIJKEN.get(code, f"Wijk {code[6:]}")) for code in codes]
    return Areas("GM0758", "Breda", (*buurten, CodedArea("GM0758", "Breda"), *wijken))


def code_of(buurt: str) -> str:
    """The code of a buurt of Breda by its name."""
    return next(area.code for area in breda().of_niveau("buurt") if area.name == buurt)


def drafted(file: Path, folder: Path, *edits: tuple[str, str]) -> tuple[Draft, Definition]:
    """A draft of a file, with the edits that a maker makes in it, read as a definition."""
    made = draft(file, [breda()], source=file.name, is_url=False)
    text = made.toml
    for before, after in edits:
        assert before in text, f"{before!r} is not in:\n{text}"
        text = text.replace(before, after, 1)
    path = folder / "breda_proef.toml"
    path.write_text(text, encoding="utf-8")
    return made, read_definition(path)


def tried(definition: Definition, file: Path) -> Mapped:
    """What a file gives under a definition."""
    return map_table(definition, read(file, definition.form), breda())
