"""How a file seems to be written: kind, encoding, delimiter, decimal mark, lines above the header."""

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.gemeente.definition import Form, Kind
from pipeline.gemeente.read import ReadError

SAMPLE_BYTES = 2_000_000
SAMPLE_LINES = 60
DELIMITERS = ";\t,|"
_WITH_COMMA = re.compile(r"-?\d{1,3}(\.?\d{3})*,\d+%?")
_WITH_POINT = re.compile(r"-?\d+\.\d+%?")


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
    if head[:2] == b"PK":
        return Sniffed(Form("xlsx"), ("begint met PK: een werkblad (xlsx)",))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json(path, url)
    if b"\x00" in head:
        raise ReadError(f"{path.name}: geen tekst, geen JSON en geen werkblad")
    return _text(head)


def _json(path: Path, url: str) -> Sniffed:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path.name}: lijkt op JSON, maar is het niet: {error}") from None
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
    return Sniffed(Form(kind), (why,))


def _text(head: bytes) -> Sniffed:
    encoding, why = _encoding(head)
    text = head.decode(encoding, "ignore")
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]
    delimiter = max(DELIMITERS, key=lambda sign: _evenness(lines, sign))
    # Every line counts here, empty ones too; spreadsheets pad titles and remarks with empty cells.
    rows = [next(csv.reader([line], delimiter=delimiter), []) for line in text.splitlines()[:SAMPLE_LINES]]
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    usual = Counter(count for count in filled if count).most_common(1)[0][0]
    skip = next(number for number, count in enumerate(filled) if count >= usual)
    name = {";": "puntkomma", "\t": "tab", ",": "komma", "|": "streep"}[delimiter]
    decimal, why_decimal = _decimal(rows[skip:])
    reasons = [
        why,
        f"kolommen gescheiden door een {name}; de meeste regels hebben {usual} gevulde cellen",
        why_decimal,
    ]
    if skip:
        reasons.append(f"{skip} {'regel' if skip == 1 else 'regels'} boven de kop")
    form = Form("csv", encoding=encoding, delimiter=delimiter, decimal=decimal, skip=skip)
    return Sniffed(form, tuple(reasons))


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


def _decimal(rows: list[list[str]]) -> tuple[str, str]:
    cells = [cell.strip() for row in rows for cell in row]
    commas = [cell for cell in cells if _WITH_COMMA.fullmatch(cell)]
    points = [cell for cell in cells if _WITH_POINT.fullmatch(cell)]
    if len(commas) > len(points):
        return ",", f"decimale komma, zoals in {commas[0]!r}"
    if points:
        return ".", f"decimale punt, zoals in {points[0]!r}"
    return ".", "geen getallen met decimalen gezien"
