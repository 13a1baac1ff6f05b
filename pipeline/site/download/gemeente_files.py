"""The files of one gemeente: the newest figures as CSV and workbook, all years as CSV in a zip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline.site.download import readme
from pipeline.site.download.archive import deflate, write_zip
from pipeline.site.download.rows import (
    EXCEL_NL,
    STANDARD,
    Dialect,
    Forms,
    bytes_of,
    lines_of,
    newest,
    of_gemeenten,
    tables_of,
)
from pipeline.site.download.store import Common, gemeente_names
from pipeline.site.download.workbook import NAME, Mould, make_mould, write_workbook

# A question to DuckDB costs as much as a thousand rows; the lines of so many gemeenten fit in memory.
_GEMEENTEN_AT_ONCE = 8

_NEWEST = "Het blad Cijfers heeft het nieuwste cijfer van elke reeks. In het ZIP-bestand staan alle jaren."
_ALL = "Het blad Cijfers heeft alle jaren die de bron geeft."


def write_gemeenten(
    con: duckdb.DuckDBPyConnection,
    out_dir: Path,
    *,
    common: Common,
    gemeenten: Sequence[str],
    full: bool,
) -> list[Path]:
    """Write the files of these gemeenten below `out_dir`/gemeente; any part of them may be written apart.

    gm0758.csv has the newest figure of every series, gm0758.zip every period, gm0758.xlsx the newest; each
    holds the gemeente, her wijken and buurten and, to compare with, the country.

    Args:
        full: the site has few gemeenten: the workbook has every period, and there is gm0758-excel.csv with
            the rows of gm0758.csv.
    """
    folder = out_dir / "gemeente"
    folder.mkdir(parents=True, exist_ok=True)
    names = gemeente_names(con)
    guide = common.guide(_gemeente_title(NAME))
    mould = make_mould(guide, extent=_ALL if full else _NEWEST)
    explained = readme.explanation(guide)
    at_once = 1 if full else _GEMEENTEN_AT_ONCE
    written: list[Path] = []
    for start in range(0, len(gemeenten), at_once):
        codes = gemeenten[start : start + at_once]
        lines = lines_of(con, common.forms, codes)
        sheets = _sheets(con, common.forms, codes, full=full)
        for code in codes:
            own = replace(guide, title=f"{_gemeente_title(names[code])}, alle jaren")
            path = folder / f"{code.lower()}.zip"
            members = [
                readme.member(own, explained),
                deflate(f"{path.stem}-alle-jaren.csv", [STANDARD.header, lines.pop(code)]),
            ]
            written.append(write_zip(path, members, day=own.day))
            written += _write_sheets(path, sheets[code], mould, name=names[code])
    return written


def _gemeente_title(name: str) -> str:
    return f"Cijfers over {name} en Nederland"


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


def _write_sheets(path: Path, sheets: _Sheets, mould: Mould, *, name: str) -> list[Path]:
    """Beside the zip at `path`: the CSV with the newest figures, that for a Dutch Excel, the workbook."""
    latest, booked = sheets.newest, sheets.in_workbook
    written = [_write_csv(path.with_suffix(".csv"), STANDARD, bytes_of(latest["regel"]))]
    if "regel_excel" in latest.column_names:
        dutch = path.with_name(f"{path.stem}-excel.csv")
        written.append(_write_csv(dutch, EXCEL_NL, bytes_of(latest["regel_excel"])))
    cells, rows = bytes_of(booked["rij"]), booked.num_rows
    written.append(write_workbook(path.with_suffix(".xlsx"), mould, name=name, rows=rows, cells=cells))
    return written


def _write_csv(path: Path, dialect: Dialect, lines: bytes) -> Path:
    with path.open("wb") as file:
        file.write(dialect.header)
        file.write(lines)
    return path
