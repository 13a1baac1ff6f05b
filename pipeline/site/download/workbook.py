"""Workbooks with figures: xlsxwriter makes one mould, and each workbook is the mould with its own rows.

A sheet with millions of cells is text that DuckDB writes; only what stands around it is xlsxwriter's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import xlsxwriter

from pipeline.errors import VeiligheidsbeeldError
from pipeline.site.description.documentation import PUBLISHED_COLUMNS, STATUS_MEANING, Guide
from pipeline.site.download.archive import Member, deflate, write_zip
from pipeline.words.provenance import source_line

# Stands in the title of the guide that a mould is made from, where each workbook has its own name.
NAME = "\ue000"

_FIGURES = "xl/worksheets/sheet3.xml"
_WORKBOOK = "xl/workbook.xml"
_WIDTHS = {"gebied_naam": 28, "indicator": 30, "eenheid": 24, "bron": 20, "vintage": 30, "voorbehoud": 40}


@dataclass(frozen=True)
class Mould:
    """A workbook without figures: the parts that every workbook shares, and the texts that differ."""

    order: tuple[str, ...]
    fixed: dict[str, Member]
    texts: dict[str, str]
    day: date


def make_mould(guide: Guide, *, extent: str) -> Mould:
    """Make the sheets Lees mij, Indicatoren and an empty Cijfers; `extent` says which rows Cijfers gets."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        created = datetime.combine(guide.day, datetime.min.time())
        book.set_properties({"title": guide.title, "comments": guide.citation, "created": created})
        _add_front(book, guide, extent=extent)
        _add_indicators(book, guide)
        _add_figures(book)
    with ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    own = {name for name, part in parts.items() if NAME.encode() in part} | {_FIGURES, _WORKBOOK}
    return Mould(
        order=tuple(parts),
        fixed={name: deflate(name, [part]) for name, part in parts.items() if name not in own},
        texts={name: parts[name].decode() for name in parts if name in own},
        day=guide.day,
    )


def write_workbook(path: Path, mould: Mould, *, name: str, rows: int, cells: bytes) -> Path:
    """Fill the mould: `name` where the mould has NAME, and `cells`, the XML of `rows` rows from row 2 on.

    Raises:
        VeiligheidsbeeldError: xlsxwriter writes its sheets in another way than it did.
    """
    last = max(rows, 1) + 1
    texts = {part: text.replace(NAME, escape(name)) for part, text in mould.texts.items()}
    texts[_WORKBOOK] = _replaced(texts[_WORKBOOK], "$A$1:$Q$2", f"$A$1:$Q${last}")
    sheet = _replaced(texts.pop(_FIGURES), 'dimension ref="A1:Q1"', f'dimension ref="A1:Q{last}"')
    sheet = _replaced(sheet, 'autoFilter ref="A1:Q2"', f'autoFilter ref="A1:Q{last}"')
    head, tail, rest = sheet.partition("</sheetData>")
    members = {part: deflate(part, [text.encode()]) for part, text in texts.items()}
    members[_FIGURES] = deflate(_FIGURES, [head.encode(), cells, (tail + rest).encode()])
    return write_zip(path, [(mould.fixed | members)[part] for part in mould.order], day=mould.day)


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise VeiligheidsbeeldError(
            f"de mal van een werkmap heeft {text.count(old)} keer {old!r}, niet één keer"
        )
    return text.replace(old, new)


def _add_front(book: xlsxwriter.Workbook, guide: Guide, *, extent: str) -> None:
    rows: list[tuple[str, str]] = [
        (guide.title, ""),
        ("Inhoud", extent),
        ("Zo noem je de bron", guide.citation),
        ("", ""),
        ("Bronnen", ""),
        *((source.tabel, source_line(source)) for source in guide.sources),
        ("", ""),
        ("Wat de status zegt", ""),
        *STATUS_MEANING.items(),
        ("", ""),
        ("Voorbehouden", ""),
        *guide.caveats,
        ("", ""),
        ("Kolommen", ""),
        *((column.name, column.doc) for column in guide.columns),
    ]
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Lees mij")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for number, (label, text) in enumerate(rows):
        sheet.write_string(number, 0, label, wrapped if text else bold)
        if text:
            sheet.write_string(number, 1, text, wrapped)


def _add_indicators(book: xlsxwriter.Workbook, guide: Guide) -> None:
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Indicatoren")
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(
        (("indicator", 30), ("titel", 36), ("eenheid", 24), ("definitie", 80), ("voorbehoud", 50))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    for number, one in enumerate(guide.indicators, start=1):
        values = (one.indicator, one.titel, one.eenheid, one.definitie, one.voorbehoud or "")
        for column, value in enumerate(values):
            sheet.write_string(number, column, value, wrapped)


def _add_figures(book: xlsxwriter.Workbook) -> None:
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Cijfers")
    sheet.freeze_panes(1, 2)
    sheet.ignore_errors({"number_stored_as_text": "A1:Q1048576"})
    for column, name in enumerate(PUBLISHED_COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 13))
        sheet.write_string(0, column, name, bold)
    sheet.autofilter(0, 0, 1, len(PUBLISHED_COLUMNS) - 1)
