"""A publisher's file as rows of text, each with its place. Values stay as they were written.

A file comes from elsewhere, so it is not trusted: sizes are bounded, formulas are never calculated, an
archive that unpacks to far more than it weighs is refused.
"""

import codecs
import csv
import json
import math
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gemeente.shape import TEXT_KINDS, Form

LARGEST_JSON = 300_000_000  # held in memory as a whole, at about six times its size
LARGEST_UNPACKED = 1_000_000_000
LARGEST_RATIO = 200  # honest spreadsheets compress ten- to thirtyfold
SMALL = 100_000  # below this weight a high ratio does no harm
MOST_ENTRIES = 5_000
MOST_COLUMNS = 500
MOST_DEPTH = 4
# How a file starts that holds no figures that can be read, and what to do about it.
_HTML = "een webpagina (HTML), geen bestand met cijfers; neem het adres van de knop 'download' op die pagina"
FOREIGN = (
    (b"<!doctype html", _HTML),
    (b"<html", _HTML),
    (b"<head", _HTML),
    (b"<?xml", "XML; vraag de uitgever om CSV, JSON of Excel"),
    (b"<", "een webpagina of XML, geen bestand met cijfers; vraag de uitgever om CSV, JSON of Excel"),
    (b"%pdf", "een PDF; vraag de uitgever om CSV of Excel"),
    (b"\xd0\xcf\x11\xe0", "een oud Excel-bestand (xls); bewaar het in Excel als xlsx of CSV"),
    (b"\x1f\x8b", "een ingepakt bestand (gzip); pak het eerst uit"),
    (b"par1", "een Parquet-bestand; vraag de uitgever om CSV of Excel"),
)
RECORDS = {"geojson": "features", "arcgis": "features", "dso": "_embedded"}


class ReadError(VeiligheidsbeeldError):
    """A file is not of the kind that its definition says; the message names file, line and value."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (from 1) and a cell for every column, None where there is nothing."""

    line: int
    cells: tuple[str | None, ...]


@dataclass(frozen=True)
class Table:
    """Columns and rows; the rows can be walked once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def read(path: Path, form: Form) -> Table:
    """Open a file.

    Raises:
        ReadError: now or while walking the rows: not of this kind, too large, or broken.
    """
    refuse_foreign(path)
    if form.kind in TEXT_KINDS:
        return _read_csv(path, form)
    if form.kind == "xlsx":
        return _read_xlsx(path, form)
    return _read_json(path, form)


def refuse_foreign(path: Path) -> None:
    """Refuse a file that is plainly something else, and say what it is.

    Raises:
        ReadError: a web page, a PDF, an old Excel file or an archive.
    """
    try:
        with path.open("rb") as file:
            head = file.read(1_000)
    except OSError as error:
        raise ReadError(f"{path.name}: niet te openen: {error.strerror}") from None
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, what in FOREIGN:
        if bare.startswith(start):
            raise ReadError(f"{path.name}: dit is {what}")


# ---- text -------------------------------------------------------------------------------------


def _read_csv(path: Path, form: Form) -> Table:
    lines = _csv_lines(path, form)
    header = _stack(islice(lines, form.header_rows))
    if header is None:
        raise ReadError(f"{path.name}: het bestand is leeg")
    columns = _header(path, header.cells, header.line)
    if len(columns) == 1 and form.delimiter not in columns[0]:
        found = next((sign for sign in ";\t,|" if sign in columns[0]), None)
        if found:
            raise ReadError(
                f"{path.name}: regel {header.line} heeft één kolom, {columns[0][:60]!r}; "
                f"delimiter is {form.delimiter!r}, bedoel je {found!r}?"
            )
    return Table(columns, _fit(path, lines, len(columns)))


def _stack(rows: Iterable[Row]) -> Row | None:
    """The lines of a header as one: what is merged on top belongs to every column below it."""
    lines = list(rows)
    if len(lines) < 2:
        return lines[0] if lines else None
    width = max(len(row.cells) for row in lines)
    names: list[list[str]] = [[] for _ in range(width)]
    for row in lines:
        before = ""
        for number in range(width):
            cell = (row.cells[number] if number < len(row.cells) else None) or ""
            if not cell and row is not lines[-1] and number:
                cell = before
            before = cell
            if cell and cell not in names[number]:
                names[number].append(cell)
    return Row(lines[0].line, tuple(" ".join(parts) or None for parts in names))


def _fit(path: Path, rows: Iterable[Row], width: int) -> Iterator[Row]:
    for row in rows:
        if any(row.cells[width:]):
            raise ReadError(
                f"{path.name}: regel {row.line} heeft {len(row.cells)} cellen, de kop {width}; "
                f"te veel is {row.cells[width]!r}"
            )
        yield Row(row.line, row.cells[:width] + (None,) * (width - len(row.cells)))


def _csv_lines(path: Path, form: Form) -> Iterator[Row]:
    encoding = "utf-8-sig" if codecs.lookup(form.encoding).name == "utf-8" else form.encoding
    with path.open(encoding=encoding, newline="") as text:
        try:
            for _ in range(form.skip):
                next(text, None)
            reader = csv.reader(text, delimiter=form.delimiter)
            before = 0
            for cells in reader:
                line, before = form.skip + before + 1, reader.line_num
                if any(cells):
                    yield Row(line, tuple(cell if cell else None for cell in cells))
        except UnicodeError:
            raise ReadError(_bad_byte(path, form)) from None
        except csv.Error as error:
            raise ReadError(f"{path.name}: regel {form.skip + reader.line_num}: {error}") from None


def _bad_byte(path: Path, form: Form) -> str:
    """Where the first byte stands that is not of the encoding."""
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff") and "16" not in form.encoding:
            return f"{path.name}: dit is UTF-16 ('Unicode-tekst' van Excel); zet encoding = 'utf-16'"
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode(form.encoding)
            except UnicodeDecodeError as error:
                value = line[max(0, error.start - 15) : error.start + 10].decode("windows-1252", "replace")
                advice = "" if form.encoding == "windows-1252" else "; probeer encoding = 'windows-1252'"
                return f"{path.name}: regel {number}: {value.strip()!r} past niet bij {form.encoding}{advice}"
    return f"{path.name}: past niet bij encoding {form.encoding}"


def _header(path: Path, cells: Iterable[str | None], line: int) -> tuple[str, ...]:
    columns = [" ".join((cell or "").split()) for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    named = tuple(name or f"kolom {number}" for number, name in enumerate(columns, 1))
    if not named:
        raise ReadError(f"{path.name}: regel {line}: hier moet de kop staan, maar de regel is leeg")
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise ReadError(f"{path.name}: regel {line}: kolom {', '.join(twice)} staat er twee keer")
    if len(named) > MOST_COLUMNS:
        raise ReadError(f"{path.name}: {len(named)} kolommen; meer dan {MOST_COLUMNS} lezen wij niet")
    return named


# ---- spreadsheets -----------------------------------------------------------------------------


def _read_xlsx(path: Path, form: Form) -> Table:
    refuse_bomb(path)
    rows = _xlsx_rows(path, form)
    header = _stack(islice(rows, form.header_rows))
    if header is None:
        raise ReadError(f"{path.name}: het werkblad is leeg")
    columns = _header(path, header.cells, header.line)
    return Table(columns, _fit(path, rows, len(columns)))


def spreadsheet_rows(path: Path) -> Iterator[Row]:
    """Every row of the first sheet, those above the header too.

    Raises:
        ReadError: no spreadsheet, or one that cannot be trusted.
    """
    refuse_bomb(path)
    return _xlsx_rows(path, Form("xlsx"))


def refuse_bomb(path: Path) -> None:
    """Refuse a spreadsheet that unpacks to far more than it weighs, or that defines entities.

    Raises:
        ReadError: naming the part and its size.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            worst = max(entries, key=lambda entry: entry.file_size, default=None)
            if len(entries) > MOST_ENTRIES:
                raise ReadError(f"{path.name}: {len(entries)} onderdelen; dit is geen gewoon werkblad")
            weight = path.stat().st_size
            if worst and total > min(LARGEST_UNPACKED, LARGEST_RATIO * max(weight, SMALL)):
                raise ReadError(
                    f"{path.name}: {worst.filename} pakt uit tot {worst.file_size} bytes, "
                    f"het bestand is {weight}; geweigerd"
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(4096) or entry.flag_bits & 1:
                            raise ReadError(f"{path.name}: {entry.filename} heeft een DOCTYPE; geweigerd")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise ReadError(f"{path.name}: geen werkblad (xlsx): {error}") from None


def _xlsx_rows(path: Path, form: Form) -> Iterator[Row]:
    import openpyxl  # slow to import, and most definitions need none of it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # data_only: the value that was saved with a formula; nothing is calculated here.
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            if form.sheet and form.sheet not in book.sheetnames:
                raise ReadError(
                    f"{path.name}: werkblad {form.sheet!r} bestaat niet; er is: {', '.join(book.sheetnames)}"
                )
            sheet = book[form.sheet or book.sheetnames[0]]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(min_row=form.skip + 1, max_col=MOST_COLUMNS, values_only=True)
            for number, cells in enumerate(rows, form.skip + 1):
                texts = tuple(_as_text(cell) for cell in cells)
                while texts and texts[-1] is None:
                    texts = texts[:-1]
                if texts:
                    yield Row(number, texts)
            book.close()
        except ReadError:
            raise
        except Exception as error:  # openpyxl raises whatever a broken part makes it meet
            raise ReadError(f"{path.name}: het werkblad is niet te lezen: {error}") from None


def _as_text(value: Any) -> str | None:
    """A value of a spreadsheet or of JSON, written the same way everywhere: point, ISO date."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
    return str(value)


# ---- JSON -------------------------------------------------------------------------------------


def _read_json(path: Path, form: Form) -> Table:
    size = path.stat().st_size
    if size > LARGEST_JSON:
        raise ReadError(f"{path.name}: {size} bytes JSON is te groot om te lezen; vraag de uitgever om CSV")
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path.name}: geen geldige JSON: {error}") from None
    records = [_flat(record) for record in _with_names(_records(path, content, form))]
    columns = tuple(dict.fromkeys(name for record in records for name in record))
    if not columns:
        raise ReadError(f"{path.name}: de lijst is leeg")
    if len(columns) > MOST_COLUMNS:
        raise ReadError(f"{path.name}: {len(columns)} kolommen; meer dan {MOST_COLUMNS} lezen wij niet")
    rows = (
        Row(number, tuple(record.get(name) for name in columns)) for number, record in enumerate(records, 1)
    )
    return Table(columns, rows)


def _records(path: Path, content: Any, form: Form) -> list[Any]:
    """The list of rows within a reply."""
    keys = form.records.split(".") if form.records else [RECORDS[form.kind]] if form.kind in RECORDS else []
    found = content
    for key in keys:
        if not isinstance(found, dict) or key not in found:
            there = ", ".join(list(found)[:10]) if isinstance(found, dict) else type(found).__name__
            raise ReadError(f"{path.name}: {key!r} staat er niet in; er is: {there}")
        found = found[key]
    if isinstance(found, dict):
        lists = [key for key, value in found.items() if isinstance(value, list)]
        if len(lists) != 1:
            raise ReadError(f"{path.name}: geen lijst met rijen; kies met records uit: {', '.join(found)}")
        found = found[lists[0]]
    if not isinstance(found, list):
        raise ReadError(f"{path.name}: geen lijst met rijen maar {type(found).__name__}")
    return found


def _with_names(records: list[Any]) -> list[Any]:
    """Lists within a list: the first has the names, as in a CSV file."""
    lists = [record for record in records if isinstance(record, list)]
    if len(lists) < 2 or len(lists) < len(records):
        return records
    names = [str(name).strip() if name is not None else "" for name in lists[0]]
    named = [name or f"kolom {number}" for number, name in enumerate(names, 1)]
    if len(set(named)) < len(named) or any(len(row) > len(named) for row in lists):
        return records
    return [dict(zip(named, row, strict=False)) for row in lists[1:]]


def _flat(record: Any) -> dict[str, str | None]:
    """A record as columns: ``properties`` and ``attributes`` opened up, points as ``.x`` and ``.y``."""
    cells: dict[str, str | None] = {}
    if isinstance(record, dict):
        for key, value in record.items():
            wrapped = key in ("properties", "attributes") and isinstance(value, dict)
            _flatten(cells, "" if wrapped else str(key), value, 1)
    else:
        cells["waarde"] = _as_text(record)
    return cells


def _flatten(cells: dict[str, str | None], name: str, value: Any, depth: int) -> None:
    if isinstance(value, Mapping) and depth <= MOST_DEPTH:
        if value.get("type") == "Point" and isinstance(value.get("coordinates"), list):
            pair = value["coordinates"]
            cells[f"{name}.x"], cells[f"{name}.y"] = (_as_text(one) for one in (*pair, None, None)[:2])
            return
        for key, below in value.items():
            _flatten(cells, f"{name}.{key}" if name else str(key), below, depth + 1)
    elif isinstance(value, (list, Mapping)):
        cells[name] = json.dumps(value, ensure_ascii=False)
    else:
        cells[name] = _as_text(value)
