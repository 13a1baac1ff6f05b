"""Two files of the shapes that real publishers use go from file to figures with at most three edits.

Every row is invented. The shapes follow the Wijkprofiel of Rotterdam, with scores in a column per year, and
the Leefbaarometer, which is national and has versions.
"""

from pathlib import Path

import openpyxl
import pytest

from pipeline.gemeente.areas import Area, Areas
from pipeline.gemeente.definition import Definition, read_definition
from pipeline.gemeente.draft import draft
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.read import read
from pipeline.gemeente.shape import DefinitionError
from tests.unit.gemeente.breda import breda, code_of
from tests.unit.gemeente.example import complaints, figures

ROTTERDAM = Areas(
    "GM0599",
    "Rotterdam",
    (
        Area("WK059901", "Rotterdam Centrum"),
        Area("WK059903", "Delfshaven"),
        Area("WK059908", "Noord"),
        Area("BU05990110", "Stadsdriehoek"),
        Area("BU05990320", "Spangen"),
        Area("GM0599", "Rotterdam"),
    ),
)
MOST_EDITS = 3


def from_file(file: Path, areas: Areas, edits: list[tuple[str, str]]) -> Definition:
    """The definition that a draft becomes with some edits; a draft with questions is refused first."""
    text = draft(file, [areas], source=file.name, is_url=False).toml
    path = file.with_name("proef_cijfers.toml")
    path.write_text(text, encoding="utf-8")
    if edits:
        with pytest.raises(DefinitionError):
            read_definition(path)
    for before, after in edits:
        assert before in text, text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")
    return read_definition(path)


def test_scores_with_a_column_per_year_and_index(tmp_path: Path) -> None:
    """As the Wijkprofiel is published: a title, then a header with an index and a year in each name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Wijkprofiel (verzonnen cijfers)"])
    sheet.append([])
    sheet.append(
        [
            "Gebied",
            "Veiligheidsindex 2022",
            "Veiligheidsindex 2024",
            "Sociale index 2022",
            "Sociale index 2024",
        ]
    )
    sheet.append(["Delfshaven", 81, 84, 90.5, 92])
    sheet.append(["Noord", 101, 104, 110, "x"])
    sheet.append(["Rotterdam", 108, 110, 104, 106])
    file = tmp_path / "Wijkprofiel.xlsx"
    book.save(file)
    definition = from_file(file, ROTTERDAM, [])
    found = map_table(definition, read(file, definition.form), ROTTERDAM)
    assert complaints(found) == []
    values = {(one.indicator, one.gebied_code, one.periode): one.waarde for one in found.figures}
    assert len(values) == 11  # the marker stays hidden
    assert values["proef_cijfers_veiligheidsindex", "WK059903", "2024"] == 84
    assert values["proef_cijfers_sociale_index", "WK059903", "2022"] == 90.5
    assert values["proef_cijfers_sociale_index", "GM0599", "2024"] == 106


LEEFBAARHEID = """\
versie;jaar;bu_code;bu_naam;gm_naam;afw;rafw;lbm
Leefbaarometer 2.0;2012;BU07580001;Valkenberg;Breda;0,05;-0,01;4,10
Leefbaarometer 2.0;2012;BU03630001;Elders;Amsterdam;0,02;0,03;4,20
Leefbaarometer 2.0;2014;BU07580001;Valkenberg;Breda;0,06;-0,02;4,15
Leefbaarometer 2.0;2014;BU07580006;City;Breda;0,01;0,02;3,95
Leefbaarometer 3.0;2014;BU07580001;Valkenberg;Breda;0,10;-0,03;4,35
Leefbaarometer 3.0;2014;BU07580006;City;Breda;0,11;-0,04;4,05
Leefbaarometer 3.0;2022;BU07580001;Valkenberg;Breda;0,12;-0,05;4,40
Leefbaarometer 3.0;2022;BU03630001;Elders;Amsterdam;0,13;-0,06;4,50
Leefbaarometer 3.0;2022;BU07580006;City;Breda;0,14;-0,07;4,00
"""


def test_a_national_file_with_versions_takes_one_edit(tmp_path: Path) -> None:
    file = tmp_path / "leefbaarheid.csv"
    file.write_text(LEEFBAARHEID, encoding="utf-8")
    edits = [('filters = { "versie" = [] }', 'filters = { "versie" = ["Leefbaarometer 3.0"] }')]
    assert len(edits) <= MOST_EDITS
    definition = from_file(file, breda(), edits)
    found = map_table(definition, read(file, definition.form), breda())
    assert complaints(found) == []
    assert dict(found.dropped) == {"valt buiten filters": 4, "ligt in een andere gemeente": 1}
    scores = [one for one in figures(found) if one[2] in (4.35, 4.05, 4.40, 4.00)]
    assert scores == [
        ("BU07580001", "2014", 4.35),
        ("BU07580001", "2022", 4.40),
        ("BU07580006", "2014", 4.05),
        ("BU07580006", "2022", 4.00),
    ]


def test_stacked_headers_of_statline(tmp_path: Path) -> None:
    file = tmp_path / "tabel.csv"
    file.write_text(
        '"Misdrijven (verzonnen)"\n"Onderwerp";"Aantal misdrijven";"Aantal misdrijven"\n'
        '"Perioden";"2022";"2023"\n"Wijken en buurten";"aantal";"aantal"\n"City";"100";"120"\n"Station";"90";"<5"\n',
        encoding="utf-8",
    )
    definition = from_file(file, breda(), [])
    found = map_table(definition, read(file, definition.form), breda())
    assert (definition.form.skip, definition.form.header_rows) == (1, 3)
    assert complaints(found) == []
    assert {(code, year): count for code, year, count in figures(found)} == {
        (code_of("City"), "2022"): 100,
        (code_of("City"), "2023"): 120,
        (code_of("Station"), "2022"): 90,
    }
