"""A publisher's file as rows of text, each with its place. Values stay as they were written.

A file comes from elsewhere, so it is not trusted: sizes are bounded, formulas are never calculated, an
archive that unpacks to far more than it weighs is refused.
"""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.gemeente.header import column_names, fit, stack
from pipeline.gemeente.read_json import read_json
from pipeline.gemeente.read_xlsx import read_xlsx
from pipeline.gemeente.rows import ReadError, Records, Row
from pipeline.gemeente.shape import TEXT_KINDS, Form

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
LONGEST_CELL = 131_072  # characters; more is a cell whose quotes do not end


def read(path: Path, form: Form) -> Records:
    """Open a file.

    Raises:
        ReadError: now or while walking the rows: not of this kind, too large, or broken.
    """
    refuse_foreign(path)
    if form.kind in TEXT_KINDS:
        return _read_csv(path, form)
    if form.kind == "xlsx":
        return read_xlsx(path, form)
    return read_json(path, form)


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


def _read_csv(path: Path, form: Form) -> Records:
    lines = _csv_lines(path, form)
    header = stack(islice(lines, form.header_rows))
    if header is None:
        raise ReadError(f"{path.name}: het bestand is leeg")
    columns = column_names(path, header.cells, header.line)
    if len(columns) == 1 and form.delimiter not in columns[0]:
        found = next((sign for sign in ";\t,|" if sign in columns[0]), None)
        if found:
            raise ReadError(
                f"{path.name}: regel {header.line} heeft één kolom, {columns[0][:60]!r}; "
                f"delimiter is {form.delimiter!r}, bedoel je {found!r}?"
            )
    return Records(columns, fit(path, lines, len(columns)))


def _csv_lines(path: Path, form: Form) -> Iterator[Row]:
    encoding = "utf-8-sig" if codecs.lookup(form.encoding).name == "utf-8" else form.encoding
    with path.open(encoding=encoding, newline="") as text:
        try:
            for _ in range(form.skip):
                next(text, None)
            csv.field_size_limit(LONGEST_CELL)  # of the whole process: a library may have set it otherwise
            reader = csv.reader(text, delimiter=form.delimiter)
            before = 0
            for cells in reader:
                line, before = form.skip + before + 1, reader.line_num
                if any(cells):
                    yield Row(line, tuple(cell if cell else None for cell in cells))
        except UnicodeError:
            raise ReadError(_bad_byte(path, form)) from None
        except csv.Error as error:
            what = "een cel is te lang" if "field larger" in str(error) else "de regel is niet te lezen"
            raise ReadError(
                f"{path.name}: regel {form.skip + reader.line_num}: {what}; staan de aanhalingstekens goed?"
            ) from None


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
