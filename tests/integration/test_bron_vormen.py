"""Files of the shapes of the Wijkprofiel and of the Leefbaarometer go from file to area page.

Every figure is invented; names and codes of areas are Breda's.
"""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from pipeline.paths import Paths
from pipeline.site.area import municipal
from pipeline.site.area.municipal import OwnFigures
from pipeline.site.area.pages import AreaContext, area_pages
from pipeline.warehouse import open_warehouse
from tests.integration.example import Example, copy_example

MOST_EDITS = 3
SCORES = """\
versie,jaar,bu_code,bu_naam,lbm,afw,onv
Leefbaarometer 2.0,2014,BU07580006,City,3.91,-0.11,-0.14
Leefbaarometer 2.0,2014,BU03630001,Elders,4.2,0.02,0.03
Leefbaarometer 3.0,2014,BU07580006,City,4.05,-0.04,-0.11
Leefbaarometer 3.0,2024,BU07580006,City,4.18,-0.02,-0.09
Leefbaarometer 3.0,2024,BU03630001,Elders,4.5,0.13,0.06
Leefbaarometer 2.0,2014,BU07580005,Station,3.8,-0.2,-0.2
Leefbaarometer 2.0,2014,BU07580001,Valkenberg,4.1,0.01,-0.1
Leefbaarometer 3.0,2014,BU07580001,Valkenberg,4.2,0.02,-0.05
Leefbaarometer 3.0,2024,BU07580005,Station,.,.,.
"""
EDITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "breda_scores": (('filters = { "versie" = [] }', 'filters = { "versie" = ["Leefbaarometer 3.0"] }'),),
    "breda_profiel": (),
}


def profile(file: Path) -> None:
    """An index in two parts, each with a column per edition."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Wijkprofiel (verzonnen cijfers)"],
        [None, "Veiligheidsindex objectief", None, "Veiligheidsindex subjectief", None],
        ["Gebied", 2022, 2024, 2022, 2024],
        ["Breda", 108, 110, 104, 106],
        ["City", 81, 84, 90, "x"],
    ):
        sheet.append(row)
    book.save(file)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[OwnFigures, ...]]:
    """Area → what the gemeente says there, of both files."""
    example = copy_example(tmp_path_factory.mktemp("vormen"))
    for definition in (example.root / "data" / "bronnen").glob("*"):
        definition.unlink()
    example.build()
    folder = tmp_path_factory.mktemp("elders")
    (folder / "scores.csv").write_text(SCORES, encoding="utf-8")
    profile(folder / "profiel.xlsx")
    for file in sorted(folder.iterdir()):
        bring_in(example, file)
    done = example.run("build", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    paths = Paths(root=example.root, build=example.root / "build")
    context = AreaContext(templates=Paths().root / "site" / "templates")
    codes = ["GM0758", "BU07580006", "BU07580005"]
    with open_warehouse(paths) as con:
        made = list(area_pages(con, codes=codes, context=context, sections=[municipal.SECTION]))
    return {page.area.code: page.contents.get("gemeente") or () for page in made}


def bring_in(example: Example, file: Path) -> None:
    drafted = example.run("bron", "nieuw", str(file), "--gemeente", "GM0758")
    assert drafted.returncode == 0, drafted.stderr
    path = Path(drafted.stdout.strip().splitlines()[0])
    edits = EDITS[path.stem]
    assert len(edits) <= MOST_EDITS
    text = path.read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text, text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")
    tested = example.run("bron", "test", str(path), "--bewaar")
    assert tested.returncode == 0, tested.stdout + tested.stderr


def lines(parts: tuple[OwnFigures, ...]) -> dict[str, tuple[str, str]]:
    """Name → figure and period of every line."""
    return {line.name: (line.figure, line.periode) for part in parts for line in part.lines}


def test_a_buurt_has_the_newest_of_both(pages: Mapping[str, tuple[OwnFigures, ...]]) -> None:
    found = lines(pages["BU07580006"])
    assert found["Lbm"] == ("4,18 punten", "2024")
    assert found["Onv"] == ("-0,09 punten", "2024")
    assert found["Veiligheidsindex objectief"] == ("84 punten", "2024")


def test_the_gemeente_has_its_own_line(pages: Mapping[str, tuple[OwnFigures, ...]]) -> None:
    assert lines(pages["GM0758"])["Veiligheidsindex subjectief"][0] == "106 punten"


def test_what_the_source_hides_says_so(pages: Mapping[str, tuple[OwnFigures, ...]]) -> None:
    (part,) = pages["BU07580005"]
    assert {line.figure for line in part.lines} == {"niet getoond"}
    assert "Lbm in 2024: De gemeente toont dit cijfer niet, of alleen dat het klein is." in part.caveats
