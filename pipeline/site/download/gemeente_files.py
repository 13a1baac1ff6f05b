"""The files of one gemeente: the newest figures as CSV and workbook, all years as CSV in a zip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline.site.description import csvw, data_package
from pipeline.site.description.description import Description, File
from pipeline.site.description.dialect import EXCEL_NL, STANDARD
from pipeline.site.description.published import gemeente_title
from pipeline.site.download import readme
from pipeline.site.download.archive import deflate, write_zip
from pipeline.site.download.rows import (
    Forms,
    Lines,
    bytes_of,
    lines_of,
    newest,
    of_gemeenten,
    tables_of,
)
from pipeline.site.download.store import Common
from pipeline.site.download.workbook import NAME, Mould, make_mould, write_workbook

# A question to DuckDB costs as much as a thousand rows; the lines of so many gemeenten fit in memory.
_GEMEENTEN_AT_ONCE = 8

_NEWEST = "Het blad Cijfers heeft het nieuwste cijfer van elke reeks. In het ZIP-bestand staan alle jaren."
_ALL = "Het blad Cijfers heeft alle jaren die de bron geeft."


def write_gemeenten(
    con: duckdb.DuckDBPyConnection, out_dir: Path, *, common: Common, gemeenten: Sequence[str]
) -> list[Path]:
    """Write the files of these gemeenten below `out_dir`/gemeente; any part of them may be written apart.

    gm0758.csv has the newest figure of every series, gm0758.zip every period, gm0758.xlsx the newest; each
    holds the gemeente, her wijken and buurten and, to compare with, the country. Where the site has few
    gemeenten, the workbook has every period, and there is gm0758-excel.csv with the rows of gm0758.csv.
    """
    folder = out_dir / "gemeente"
    folder.mkdir(parents=True, exist_ok=True)
    published, full = common.published, common.published.full
    guide = published.everything().guide
    mould = make_mould(replace(guide, title=gemeente_title(NAME)), extent=_ALL if full else _NEWEST)
    explained = readme.explanation(guide)
    at_once = 1 if full else _GEMEENTEN_AT_ONCE
    written: list[Path] = []
    for start in range(0, len(gemeenten), at_once):
        codes = gemeenten[start : start + at_once]
        lines = lines_of(con, common.forms, codes)
        sheets = _sheets(con, common.forms, codes, full=full)
        for code in codes:
            described = published.gemeente(code)
            path = folder / f"{code.lower()}.zip"
            written.append(_write_zip(path, described, explained, lines.pop(code)))
            written += _write_sheets(
                path, sheets[code], mould, described=described, name=published.gemeenten[code]
            )
    return written


def _write_zip(path: Path, described: Description, explained: str, lines: Lines) -> Path:
    own = replace(described.guide, title=f"{described.title}, alle jaren")
    csv = f"{path.stem}-alle-jaren.csv"
    package = data_package.of_table(replace(described, guide=own), path=csv, rows=lines.rows)
    members = [
        readme.member(own, explained),
        deflate(data_package.NAME, [package.encode()]),
        deflate(csv, [STANDARD.header, lines.text]),
    ]
    return write_zip(path, members, day=own.day)


@dataclass(frozen=True)
class _Sheets:
    """Arrow tables of one gemeente: lines of CSV (regel, regel_excel) and rows of a sheet (rij)."""

    newest: Any
    in_workbook: Any


def _sheets(
    con: duckdb.DuckDBPyConnection, forms: Forms, codes: Sequence[str], *, full: bool
) -> dict[str, _Sheets]:
    where = of_gemeenten(codes)
    csv = {"regel": forms.csv} | ({"regel_excel": forms.csv_excel} if full else {})
    rows = {"rij": forms.sheet}
    latest = tables_of(con, csv if full else csv | rows, newest(where), codes)
    booked = tables_of(con, rows, f"mart.cijfer where {where}", codes) if full else latest
    return {code: _Sheets(latest[code], booked[code]) for code in codes}


def _write_sheets(
    path: Path, sheets: _Sheets, mould: Mould, *, described: Description, name: str
) -> list[Path]:
    """Beside the zip at `path`: the CSV with the newest figures, that for a Dutch Excel, the workbook."""
    latest, booked = sheets.newest, sheets.in_workbook
    written: list[Path] = []
    for file in described.files:
        if file.dialect is not None:
            column = "regel_excel" if file.dialect == EXCEL_NL else "regel"
            counted = replace(file, rows=latest.num_rows)
            written += _write_csv(path, described, counted, bytes_of(latest[column]))
    cells, rows = bytes_of(booked["rij"]), booked.num_rows
    workbook = path.with_suffix(".xlsx")
    written.append(write_workbook(workbook, mould, name=name, rows=rows, cells=cells))
    return written


def _write_csv(beside: Path, described: Description, file: File, lines: bytes) -> list[Path]:
    path = beside.with_name(file.name)
    header = file.dialect.header if file.dialect else b""
    with path.open("wb") as opened:
        opened.write(header)
        opened.write(lines)
    metadata = path.with_name(f"{path.name}{csvw.SUFFIX}")
    metadata.write_text(csvw.metadata(described, file), encoding="utf-8")
    return [path, metadata]
