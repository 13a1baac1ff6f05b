"""How a file seems to be written: kind, encoding, delimiter, decimal mark, lines above the header."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.gemeente.read import refuse_foreign
from pipeline.gemeente.read_json import MOST_DEPTH, load_json
from pipeline.gemeente.read_xlsx import sheet_names, spreadsheet_rows
from pipeline.gemeente.rows import ReadError
from pipeline.gemeente.shape import Form, Kind

SAMPLE_BYTES = 2_000_000
SAMPLE_LINES = 60
MOST_SHEETS = 10
DECIMAL_LINES = 2_000  # a thousand may come late in a file
DELIMITERS = ";\t,|"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
_YEAR = re.compile(r"(19|20)\d\d")
_WITH_COMMA = re.compile(r"-?\d{1,3}(\.?\d{3})*,\d+%?")
_WITH_POINT = re.compile(r"-?\d{1,3}(,?\d{3})*\.\d+%?")
# Thousands or three decimals: nobody can tell from one cell.
_GROUPED = {sign: re.compile(rf"-?[1-9]\d{{0,2}}(\{sign}\d{{3}})+") for sign in ".,"}
_NUMBER = re.compile(r"[-+<]?\d[\d.,]*%?")
_COUNTED = re.compile(
    r"(?i)aantal|melding|incident|inwoner|misdrij|registratie|huishouden|woning|klacht|totaal"
)
_MEASURED = re.compile(r"(?i)%|perc|pct|aandeel|index|score|gemiddeld|cijfer|per 1")


@dataclass(frozen=True)
class Sniffed:
    """A form and why it is thought to be that."""

    form: Form
    reasons: tuple[str, ...]


def sniff(path: Path, *, url: str = "") -> Sniffed:
    """Guess how a file is written; ``url`` is where it came from, if anywhere.

    Raises:
        ReadError: it is empty or of no kind that can be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(SAMPLE_BYTES)
    except OSError as error:
        raise ReadError(f"{path}: niet te openen: {error.strerror}") from None
    if not head.strip():
        raise ReadError(f"{path.name}: het bestand is leeg")
    refuse_foreign(path)
    if head[:2] == b"PK":
        return _spreadsheet(path)
    if head[:2] in UTF16:
        return _text(head, "utf-16", "begint met het teken van UTF-16, zoals 'Unicode-tekst' van Excel")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json(path, url)
    if b"\x00" in head:
        raise ReadError(f"{path.name}: geen tekst, geen JSON en geen werkblad; bewaar het als CSV (UTF-8)")
    return _text(head, *_encoding(head))


def _spreadsheet(path: Path) -> Sniffed:
    names = sheet_names(path)
    found = {name: list(islice(spreadsheet_rows(path, name), SAMPLE_LINES)) for name in names[:MOST_SHEETS]}
    tables = [name for name, rows in found.items() if sum(len(row.cells) > 1 for row in rows) > 1]
    chosen = (tables or names)[0]
    rows = [[cell or "" for cell in row.cells] for row in found[chosen]]
    if not rows:
        raise ReadError(f"{path.name}: het werkblad is leeg")
    at, header_rows, reasons = _header(rows)
    if len(names) > 1:
        others = ", ".join(name for name in names if name != chosen)
        reasons.append(f"werkblad {chosen!r}; het bestand heeft ook {others}")
    form = Form(
        "xlsx",
        skip=found[chosen][at].line - 1,
        header_rows=header_rows,
        sheet=chosen if chosen != names[0] else "",
    )
    return Sniffed(form, ("begint met PK: een werkblad (xlsx)", *reasons))


def _json(path: Path, url: str) -> Sniffed:
    content = load_json(path)
    kind: Kind
    if isinstance(content, dict) and "_embedded" in content:
        kind, why = "dso", "heeft '_embedded': de API van Amsterdam"
    elif isinstance(content, dict) and content.get("type") == "FeatureCollection":
        kind, why = "geojson", "is een FeatureCollection: GeoJSON"
    elif isinstance(content, dict) and "features" in content:
        kind, why = "arcgis", "heeft 'features' zonder GeoJSON: een ArcGIS-dienst"
    elif "/api/explore/v2" in url or (isinstance(content, list) and "geo_point_2d" in str(content[:1])):
        kind, why = "ods2", "export van OpenDataSoft"
    else:
        kind, why = "json", "begint met een haak: JSON"
        if isinstance(content, dict) and len(found := list(_lists(content, ()))) == 1 and "." in found[0]:
            return Sniffed(Form(kind, records=found[0]), (why, f"de rijen staan onder {found[0]!r}"))
    return Sniffed(Form(kind), (why,))


def _lists(content: dict[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    """Keys, with points, of every list of records within a reply."""
    for key, value in content.items():
        if isinstance(value, list) and value and all(isinstance(one, dict | list) for one in value):
            yield ".".join((*above, key))
        elif isinstance(value, dict) and len(above) < MOST_DEPTH:
            yield from _lists(value, (*above, key))


def _text(head: bytes, encoding: str, why: str) -> Sniffed:
    text = head.decode(encoding, "ignore").removeprefix("\ufeff")
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]
    delimiter = max(DELIMITERS, key=lambda sign: _evenness(lines, sign))
    # Every line counts here, empty ones too; spreadsheets pad titles and remarks with empty cells.
    rows = [_cells(line, delimiter) for line in text.splitlines()[:DECIMAL_LINES]]
    if not any(cell.strip() for row in rows for cell in row):
        raise ReadError("er staat geen tekst in het bestand")
    skip, header_rows, found = _header(rows[:SAMPLE_LINES])
    name = {";": "puntkomma", "\t": "tab", ",": "komma", "|": "streep"}[delimiter]
    decimal, why_decimal = _decimal(rows[skip], rows[skip + header_rows :])
    reasons = [why, f"kolommen gescheiden door een {name}", *found, why_decimal]
    form = Form(
        "csv", encoding=encoding, delimiter=delimiter, decimal=decimal, skip=skip, header_rows=header_rows
    )
    return Sniffed(form, tuple(reasons))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell without end; reading the file says where
        return [line[:100]]


def _header(rows: list[list[str]]) -> tuple[int, int, list[str]]:
    """Lines above the header, how many lines the header has, and both in words."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    counts = Counter(count for count in filled if count)
    usual = max(counts, key=lambda count: (counts[count], count))
    skip = next(
        number
        for number, (row, count) in enumerate(zip(rows, filled, strict=True))
        if count >= usual or (count == usual - 1 and _lacks_first_name(row, usual))
    )
    while skip and _is_on_top(rows[skip - 1], rows[skip]):
        skip -= 1
    stacked = _stacked(rows[skip:])
    reasons = [f"de meeste regels hebben {usual} gevulde cellen"]
    if skip:
        reasons.append(f"{skip} {'regel' if skip == 1 else 'regels'} boven de kop")
    if stacked > 1:
        reasons.append(f"de kop is {stacked} regels hoog, zoals in StatLine")
    return skip, stacked, reasons


def _lacks_first_name(row: list[str], usual: int) -> bool:
    """A header of which the first column, with numbers of rows, has no name."""
    return (
        len(row) >= usual
        and not row[0].strip()
        and all(cell.strip() for cell in row[1:usual])
        and not any(_NUMBER.fullmatch(cell.strip()) and not _YEAR.fullmatch(cell.strip()) for cell in row)
    )


def _is_on_top(above: list[str], header: list[str]) -> bool:
    """Whether a line above the header has merged cells that belong to it: names return without it."""
    names = [cell.strip() for cell in header if cell.strip()]
    groups = [cell for cell in above if cell.strip()]
    return len(groups) > 1 and (len(set(names)) < len(names) or not header[0].strip())


def _stacked(rows: list[list[str]]) -> int:
    """Headers on top of each other: names that return or are merged, above lines without a number."""
    first = [cell.strip() for cell in rows[0]]
    names = [cell for cell in first if cell]
    merged = "" in first[1 : len(names) + 1] and len(rows) > 1 and len(rows[1]) >= len(names)
    if len(set(names)) == len(names) and not merged:
        return 1
    height = 0
    for row in rows:
        cells = [cell.strip() for cell in row]
        if any(_NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells):
            break
        height += 1
    return height if 1 < height < len(rows) else 1


def _encoding(head: bytes) -> tuple[str, str]:
    try:
        # The sample may end in the middle of a sign.
        head[: max(len(head) - 4, 0) if len(head) == SAMPLE_BYTES else len(head)].decode("utf-8")
        return "utf-8", "alle tekens zijn geldig UTF-8"
    except UnicodeDecodeError as error:
        around = head[max(error.start - 10, 0) : error.start + 8].decode("windows-1252", "replace")
        return "windows-1252", f"geen UTF-8; als Windows-1252 staat er {' '.join(around.split())!r}"


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    """Most lines with the same number of signs, then most signs."""
    counts = Counter(count for line in lines if (count := line.count(sign)))
    usual, often = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return often, usual


def _decimal(header: list[str], rows: list[list[str]]) -> tuple[str, str]:
    """The decimal mark; empty where a mark may as well be for thousands."""
    marks = [_marks(name, column) for name, column in zip(header, _turned(header, rows), strict=True)]
    commas = [cell for one in marks for cell in one.commas]
    points = [cell for one in marks for cell in one.points]
    if commas or points:
        if len(commas) > len(points):
            return ",", f"decimale komma, zoals in {commas[0]!r}"
        return ".", f"decimale punt, zoals in {points[0]!r}"
    for sign, decimal, word in ((".", ",", "punt"), (",", ".", "komma")):
        doubtful = [one for one in marks if one.grouped.get(sign)]
        if not doubtful:
            continue
        shown = doubtful[0].grouped[sign][0]
        if all(one.are_counts for one in doubtful):
            return decimal, f"de {word} is een duizendtalteken, zoals in {shown!r}"
        return "", f"is de {word} in {shown!r} voor duizendtallen of voor decimalen? Zeg het zelf"
    return ".", "geen getallen met decimalen gezien"


@dataclass(frozen=True)
class _Marks:
    """Cells of a column: those with decimals for certain, and those with three digits behind a mark."""

    commas: list[str]
    points: list[str]
    grouped: dict[str, list[str]]
    are_counts: bool


def _marks(name: str, cells: list[str]) -> _Marks:
    measured = bool(_MEASURED.search(name.strip()))
    grouped = {sign: [cell for cell in cells if _GROUPED[sign].fullmatch(cell)] for sign in ".,"}
    whole = [cell for cell in cells if re.fullmatch(r"-?\d+", cell)]
    commas = [cell for cell in cells if _WITH_COMMA.fullmatch(cell) and cell not in grouped[","]]
    points = [cell for cell in cells if _WITH_POINT.fullmatch(cell) and cell not in grouped["."]]
    coordinates = bool(re.search(r"(?i)lat|lon|lengte|breedte|^[xy]$|[._][xy]$|^rd", name.strip()))
    if coordinates:
        commas, points, grouped = commas + grouped[","], points + grouped["."], {}
    counts = not measured and (bool(_COUNTED.search(name)) or bool(whole))
    return _Marks(commas, points, grouped, counts)


def _turned(header: list[str], rows: list[list[str]]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in header]
    for row in rows:
        for column, cell in zip(columns, row, strict=False):
            column.append(cell.strip())
    return columns
