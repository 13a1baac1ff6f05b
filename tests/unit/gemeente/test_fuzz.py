"""Whatever municipal file comes in, its figures are right or it is refused in words; never a traceback.

The files are made from a table that the test knows, so what is right can be read off without any of the code
under test. Everything is invented.
"""

import csv
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gemeente.account import Mapped
from pipeline.gemeente.areas import Areas, CodedArea
from pipeline.gemeente.definition import read_definition
from pipeline.gemeente.draft import draft
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.models import explain
from pipeline.gemeente.read import read
from pipeline.gemeente.report import report

BUURTEN = {
    "BU00010001": "Kade-Zuid",
    "BU00010002": "Château",
    "BU00010003": "Binnenstad",
    "BU00010101": "Het Zand",
    "BU00010102": "Nieuwe Haven",
}
AREAS = Areas(
    "GM0001",
    "Stad",
    (
        *(CodedArea(code, name) for code, name in BUURTEN.items()),
        *(
            CodedArea("GM0001", "Stad"),
            CodedArea("WK000100", "Wijk 00 Midden"),
            CodedArea("WK000101", "Wijk 01 Oost"),
        ),
    ),
)
MARKERS = ["<5", "x", "-", ".", "n.b.", ""]
YEARS = ["2019", "2020", "2021", "2022"]
PARTS = [
    ("{year} Q{n}", 4),
    ("{year}KW0{n}", 4),
    ("{n}e kwartaal {year}", 4),
    ("{year} H{n}", 2),
    ("{n}e halfjaar {year}", 2),
]

Truth = dict[tuple[str, str], str]  # area and year → the value as text with a point; '' where hidden


@dataclass(frozen=True)
class Made:
    """A file's cells, and what they say."""

    rows: list[list[str]]
    truth: Truth


@st.composite
def tables(draw: st.DrawFn) -> Made:
    """A table of one figure per buurt and year: long or wide, with markers, titles and remarks."""
    codes = draw(st.lists(st.sampled_from(sorted(BUURTEN)), min_size=3, unique=True))
    years = draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=3, unique=True))
    measured = draw(st.booleans())
    value = st.decimals(0, 99, places=1).map(str) if measured else st.integers(0, 12_000).map(str)
    shown = st.one_of(value, value, value, st.sampled_from(MARKERS))
    cells = {(code, year): draw(shown) for code in codes for year in years}
    by_code = draw(st.booleans())
    names = {code: code if by_code else draw(spelled(BUURTEN[code])) for code in codes}
    figure = "Score overlast" if measured else "Aantal meldingen"
    if draw(st.booleans()):
        rows = [["Buurt", "Jaar", figure]]
        rows += [[names[code], year, cells[code, year]] for code in codes for year in years]
    else:
        rows = [["Buurt", *(f"{figure} {year}" for year in years)]]
        rows += [[names[code], *(cells[code, year] for year in years)] for code in codes]
    if draw(st.booleans()):
        rows = [["", *rows[0]], *([str(number), *row] for number, row in enumerate(rows[1:]))]
    if draw(st.booleans()):
        rows.insert(0, ["Cijfers van de gemeente Stad"])
    if draw(st.booleans()):
        rows.append(["Bron: gemeente Stad"])
    truth = {key: "" if cell in MARKERS else cell for key, cell in cells.items()}
    return Made(rows, truth)


@st.composite
def parts(draw: st.DrawFn) -> Made:
    """Counts per quarter or half year, in rows or in columns; a year is the sum of all its parts."""
    codes = draw(st.lists(st.sampled_from(sorted(BUURTEN)), min_size=2, unique=True))
    years = draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=2, unique=True))
    label, size = draw(st.sampled_from(PARTS))
    count = st.integers(0, 900).map(str)
    shown = st.one_of(count, count, count, count, st.sampled_from(MARKERS))
    labels = [(year, label.format(n=n, year=year)) for year in years for n in range(1, size + 1)]
    cells = {(code, name): draw(shown) for code in codes for _, name in labels}
    if draw(st.booleans()):
        rows = [["Buurt", "Periode", "Aantal meldingen"]]
        rows += [[BUURTEN[code], name, cells[code, name]] for code in codes for _, name in labels]
    else:
        rows = [["Buurt", *(f"Aantal meldingen {name}" for _, name in labels)]]
        rows += [[BUURTEN[code], *(cells[code, name] for _, name in labels)] for code in codes]
    truth = {}
    for code in codes:
        for year in years:
            own = [cells[code, name] for of, name in labels if of == year]
            whole = not set(own) & set(MARKERS)
            truth[code, year] = str(sum(map(int, own))) if whole else ""
    return Made(rows, truth)


@st.composite
def school_years(draw: st.DrawFn) -> Made:
    """Counts per school year, in rows or in columns; each by the year that it begins in."""
    codes = draw(st.lists(st.sampled_from(sorted(BUURTEN)), min_size=2, unique=True))
    years = draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=3, unique=True))
    label = draw(st.sampled_from(["{0}/{1}", "{0}-{1}", "{0}-20{1}", "schooljaar {0}/20{1}"]))
    names = {year: label.format(year, int(year[2:]) + 1) for year in years}
    count = st.integers(0, 900).map(str)
    cells = {
        (code, year): draw(st.one_of(count, count, st.sampled_from(MARKERS)))
        for code in codes
        for year in years
    }
    if draw(st.booleans()):
        rows = [["Buurt", "Schooljaar", "Aantal meldingen"]]
        rows += [[BUURTEN[code], names[year], cells[code, year]] for code in codes for year in years]
    else:
        rows = [["Buurt", *names.values()]]
        rows += [[BUURTEN[code], *(cells[code, year] for year in years)] for code in codes]
    return Made(rows, {key: "" if cell in MARKERS else cell for key, cell in cells.items()})


def spelled(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([name, name.upper(), name.replace("-", " "), f" {name} "])


@st.composite
def spoiled(draw: st.DrawFn) -> Made:
    """A table with one cell or row that may make it wrong."""
    made = draw(tables())
    rows = [list(row) for row in made.rows]
    number = draw(st.integers(0, len(rows) - 1))
    how = draw(st.sampled_from(["cell", "double", "gone", "text"]))
    if how == "double":
        rows.append(rows[number])
    elif how == "gone":
        del rows[number]
    else:
        bad = ["vijf", "1e999", "-0", "-3", "\x00", "=A1", "1.5.5", "2019/2020", "Nergens", "100,5", "24"]
        column = draw(st.integers(0, len(rows[number]) - 1))
        rows[number][column] = draw(st.sampled_from(bad) if how == "cell" else st.text(max_size=8))
    return Made(rows, made.truth)


def as_csv(made: Made, delimiter: str, encoding: str, decimal: str, ends: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends)
    width = max(len(row) for row in made.rows)
    for row in made.rows:
        cells = [cell.replace(".", decimal) if _is_decimal(cell) else cell for cell in row]
        writer.writerow(cells + [""] * (width - len(cells)))
    return text.getvalue().encode(encoding, "replace")


def _is_decimal(cell: str) -> bool:
    return cell.count(".") == 1 and cell.replace(".", "").isdigit()


def as_xlsx(made: Made) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in made.rows:
        sheet.append([_clean(cell) for cell in row])
    book.save(content)
    return content.getvalue()


def _clean(cell: str) -> object:
    if cell.isascii() and cell.isdigit():
        return int(cell)
    bare = "".join(sign for sign in cell if sign.isprintable())
    return float(bare) if _is_decimal(bare) and bare.isascii() else bare or None


def as_json(made: Made) -> bytes:
    width = max(len(row) for row in made.rows)
    return json.dumps([row for row in made.rows if len(row) == width]).encode()


@st.composite
def written(draw: st.DrawFn, table: st.SearchStrategy[Made]) -> tuple[str, bytes, Truth]:
    """A file's name, its bytes and what it says."""
    made = draw(table)
    kind = draw(st.sampled_from(["csv", "csv", "csv", "xlsx", "json"]))
    if kind == "xlsx":
        return "cijfers.xlsx", as_xlsx(made), made.truth
    if kind == "json":
        return "cijfers.json", as_json(made), made.truth
    delimiter, decimal = draw(st.sampled_from([(";", ","), (";", "."), (",", "."), ("\t", ","), ("|", ".")]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "windows-1252", "utf-16"]))
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    return "cijfers.csv", as_csv(made, delimiter, encoding, decimal, ends), made.truth


def outcome(name: str, content: bytes) -> Mapped | str:
    """What comes of a file by draft and test: an account, or the words that it is refused with."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        try:
            made = draft(file, [AREAS], source=name, is_url=False)
            path = file.with_name("stad_cijfers.toml")
            answered = made.toml.replace('range = ""', 'range = "schooljaar"')
            path.write_text(answered, encoding="utf-8")
            definition = read_definition(path)
            found = map_table(definition, read(file, definition.form), AREAS)
        except VeiligheidsbeeldError as error:
            return str(error)
        assert report(definition, found, file=name)
        return explain(definition, found) if found.wrong else found


def values(found: Mapped) -> dict[tuple[str, str], float]:
    return {
        (one.gebied_code, one.periode): float(one.waarde if one.aantal is None else one.aantal)  # type: ignore[arg-type]
        for one in found.figures
    }


def known(truth: Truth) -> dict[tuple[str, str], float]:
    return {key: float(cell) for key, cell in truth.items() if cell}


BOUNDED = settings(
    derandomize=True, deadline=None, max_examples=90, suppress_health_check=[HealthCheck.too_slow]
)


@BOUNDED
@given(written(tables()))
def test_a_sound_file_is_read_right_or_asked_about(file: tuple[str, bytes, Truth]) -> None:
    name, content, truth = file
    found = outcome(name, content)
    if isinstance(found, str):
        assert found.strip()
    else:
        assert values(found) == known(truth)


@BOUNDED
@given(written(st.one_of(parts(), school_years())))
def test_parts_of_years_and_school_years_are_read_right_or_asked_about(
    file: tuple[str, bytes, Truth],
) -> None:
    name, content, truth = file
    found = outcome(name, content)
    if isinstance(found, str):
        assert found.strip()
        return
    assert values(found) == known(truth)
    # What is hidden says so: a cell without a figure is blank in the file, or has its status.
    assert all(one.status in ("ontbreekt", "verborgen", "minder_dan_5", "voorlopig") for one in found.absent)
    assert not {(one.gebied_code, one.periode) for one in found.absent} & known(truth).keys()


@BOUNDED
@given(written(spoiled()))
def test_a_spoiled_file_gives_no_figure_that_is_not_in_it(file: tuple[str, bytes, Truth]) -> None:
    """What is lost may be lost; a figure of a cell that was not touched is never another."""
    name, content, truth = file
    found = outcome(name, content)
    if isinstance(found, str):
        assert found.strip()
        return
    changed = {key for key, value in values(found).items() if known(truth).get(key) != value}
    assert len(changed) <= 1


@BOUNDED
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
    st.sampled_from(["csv", "json", "xlsx"]),
)
def test_any_bytes_are_refused_in_words(content: bytes, kind: str) -> None:
    found = outcome(f"cijfers.{kind}", content)
    assert isinstance(found, str)
    assert found.strip()


def test_most_sound_files_are_read() -> None:
    """The test above would also pass if everything were refused."""
    plain = Made(
        [
            ["Buurt", "Jaar", "Aantal meldingen"],
            *([name, "2020", str(n)] for n, name in enumerate(BUURTEN.values())),
        ],
        {(code, "2020"): str(n) for n, code in enumerate(BUURTEN)},
    )
    ways: list[tuple[str, Callable[[], bytes]]] = [
        ("a.csv", lambda: as_csv(plain, ";", "utf-16", ",", "\r\n")),
        ("a.csv", lambda: as_csv(plain, "\t", "windows-1252", ".", "\n")),
        ("a.xlsx", lambda: as_xlsx(plain)),
        ("a.json", lambda: as_json(plain)),
    ]
    for name, way in ways:
        found = outcome(name, way())
        assert not isinstance(found, str), found
        assert values(found) == pytest.approx(known(plain.truth))
