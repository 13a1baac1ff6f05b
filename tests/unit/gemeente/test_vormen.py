"""Two files of the shapes that real publishers use go from file to figures with at most three edits.

Every row is invented. The shapes follow what is known of two publications. The Wijkprofiel of Rotterdam gives
an index per edition (2014, 2016, … 2026), each in an objective and a subjective part, for the city, its gebieden
(CBS: wijken) and its wijken (CBS: buurten). The Leefbaarometer is a national file of all buurten and years,
``Leefbaarometer-scores buurten 2002-2024.csv``, with a score and five dimensions; older ones have versions.
"""

from pathlib import Path

import openpyxl
import pytest

from pipeline.gemeente.areas import Areas, CodedArea
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
        CodedArea("WK059901", "Rotterdam Centrum"),
        CodedArea("WK059903", "Delfshaven"),
        CodedArea("WK059908", "Noord"),
        CodedArea("BU05990110", "Stadsdriehoek"),
        CodedArea("BU05990320", "Spangen"),
        CodedArea("GM0599", "Rotterdam"),
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


def test_indices_in_three_stacked_lines(tmp_path: Path) -> None:
    """Each index in an objective and a subjective part, each with a column per edition; one name is twice."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Wijkprofiel Rotterdam (verzonnen cijfers)"],
        [None, "Veiligheidsindex", None, None, None, "Sociale index", None],
        [None, "objectief", None, "subjectief", None, "totaal", None],
        ["Gebied", 2022, 2024, 2022, 2024, 2022, 2024],
        ["Rotterdam", 108, 110, 104, 106, 99, 101],
        ["Delfshaven", 81, 84, 90, 92, 70, 72],
        ["Spangen", 79, 80, "x", 88, 71, None],
    ):
        sheet.append(row)
    for cells in ("B2:E2", "F2:G2", "B3:C3", "D3:E3", "F3:G3"):
        sheet.merge_cells(cells)
    file = tmp_path / "Wijkprofiel.xlsx"
    book.save(file)
    definition = from_file(file, ROTTERDAM, [])
    assert (definition.form.skip, definition.form.header_rows) == (1, 3)
    found = map_table(definition, read(file, definition.form), ROTTERDAM)
    assert complaints(found) == []
    values = {(one.indicator, one.gebied_code, one.periode): one.waarde for one in found.figures}
    assert values["proef_cijfers_veiligheidsindex_objectief", "WK059903", "2024"] == 84
    assert values["proef_cijfers_veiligheidsindex_subjectief", "BU05990320", "2024"] == 88
    assert values["proef_cijfers_sociale_index_totaal", "GM0599", "2022"] == 99
    assert len(values) == 3 * 6 - 2
    assert [(one.indicator[-10:], one.periode, one.status) for one in found.absent] == [
        ("subjectief", "2022", "verborgen")
    ]


SCORES = """\
bu_code,bu_naam,jaar,lbm,afw,fys,onv,soc,vrz,won
BU07580001,Valkenberg,2002,4.087126,0.012345,0.031,-0.0412,0.0103,0.0551,-0.0432
BU07580001,Valkenberg,2024,4.213377,0.081234,0.042,-0.0311,0.0204,0.0652,-0.0231
BU07580006,City,2002,3.911213,-0.112233,0.021,-0.1412,0.0003,0.0751,-0.0672
BU07580006,City,2024,4.002345,-0.051234,0.022,-0.1011,0.0104,0.0852,-0.0531
BU03630001,Elders,2002,4.301111,0.201234,0.012,0.0311,0.0304,0.0152,0.0231
BU03630001,Elders,2024,4.401111,0.211234,0.012,0.0311,0.0304,0.0152,0.0231
"""


def test_a_national_file_of_scores_and_dimensions_takes_no_edit(tmp_path: Path) -> None:
    file = tmp_path / "Leefbaarometer-scores buurten 2002-2024.csv"
    file.write_text(SCORES, encoding="utf-8")
    definition = from_file(file, breda(), [])
    assert [one.column for one in definition.indicators] == ["lbm", "afw", "fys", "onv", "soc", "vrz", "won"]
    assert {one.header.kind for one in definition.indicators} == {"meting"}
    found = map_table(definition, read(file, definition.form), breda())
    assert complaints(found) == []
    assert dict(found.dropped) == {"ligt in een andere gemeente": 2}
    values = {(one.indicator[-3:], one.gebied_code, one.periode): one.waarde for one in found.figures}
    assert len(values) == 7 * 4
    assert values["lbm", "BU07580006", "2024"] == 4.002345
    assert values["onv", "BU07580006", "2002"] == -0.1412


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
