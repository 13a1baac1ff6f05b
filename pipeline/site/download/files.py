"""The files that a journalist downloads: CSV, Excel and Parquet of mart.cijfer, each with its reading guide.

mart.cijfer lies in the order in which it is published, so that no file sorts it again. The same warehouse
gives the same bytes: dates in zips and workbooks are those of the figures, not of the run.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.indicator import Indicator
from pipeline.site.download.archive import Member, deflate, write_zip
from pipeline.site.download.documentation import (
    FORMULA_NOTE,
    PUBLISHED_COLUMNS,
    STATUS_MEANING,
    Documentation,
    Guide,
    load_documentation,
)
from pipeline.site.download.rows import (
    EXCEL_NL,
    NUMBER_COLUMNS,
    STANDARD,
    Dialect,
    Forms,
    bytes_of,
    lines_of,
    load_forms,
    newest,
    of_gemeenten,
    read_text,
    tables_of,
)
from pipeline.site.download.workbook import NAME, Mould, make_mould, write_workbook
from pipeline.sql import literal
from pipeline.words.provenance import source_line

# The site has no room for the workbooks of all gemeenten with every period. Up to this many gemeenten they
# have it, and there is a CSV for a Dutch Excel.
FULL_EXCEL_GEMEENTEN = 25

# A question to DuckDB costs as much as a thousand rows; the lines of so many gemeenten fit in memory.
_GEMEENTEN_AT_ONCE = 8

# One pass over mart.cijfer a time. So many of the fullest fit in the memory that a piece of the site has.
_INDICATORS_AT_ONCE = 26
_GEMEENTE_PARTS = 4

# Counts and margins hardly repeat: large dictionaries of them take time and room.
_PARQUET = "compression zstd, row_group_size 300_000, dictionary_size_limit 5_000"

README = "lees-mij.txt"
_NEWEST = "Het blad Cijfers heeft het nieuwste cijfer van elke reeks. In het ZIP-bestand staan alle jaren."
_ALL = "Het blad Cijfers heeft alle jaren die de bron geeft."


Part = Callable[[duckdb.DuckDBPyConnection, Path], list[Path]]
"""Writes some of the files below a folder."""


@dataclass(frozen=True)
class Common:
    """What all files say of the store; finding it takes longer than writing a small file.

    `indicators` are those that mart.cijfer has rows of, sorted; `site_url` is named in the citation.
    """

    documentation: Documentation
    forms: Forms
    indicators: tuple[str, ...]
    site_url: str | None

    def guide(self, title: str, *, indicators: Sequence[str] = ()) -> Guide:
        """The reading guide of a file with these indicators; none named: all."""
        return self.documentation.guide(
            title, indicators=indicators or self.indicators, site_url=self.site_url
        )


def read_common(con: duckdb.DuckDBPyConnection, *, site_url: str | None = None) -> Common:
    """Read what all files share."""
    found = con.execute("select distinct indicator from mart.cijfer order by 1").fetchall()
    return Common(load_documentation(con), load_forms(con), tuple(row[0] for row in found), site_url)


def parts(
    con: duckdb.DuckDBPyConnection, *, gemeenten: Sequence[str] = (), site_url: str | None = None
) -> list[Part]:
    """All downloads (the folder that is published as /data/bestanden/), in parts that may run side by side.

    Args:
        gemeenten: codes of the gemeenten that get files of their own; empty means all. The files per
            indicator and of everything always hold the whole store.
        site_url: the address of the site, named in the citation.

    Raises:
        VeiligheidsbeeldError: an unknown gemeente.
    """
    common = read_common(con, site_url=site_url)
    codes, indicators = gemeente_codes(con, gemeenten=gemeenten), common.indicators
    full = len(codes) <= FULL_EXCEL_GEMEENTEN
    # As many parts on every machine: which indicators go together shows in the bytes of their Parquet.
    return [
        *(
            partial(write_indicators, common=common, indicators=indicators[i : i + _INDICATORS_AT_ONCE])
            for i in range(0, len(indicators), _INDICATORS_AT_ONCE)
        ),
        partial(write_everything, common=common),
        *(
            partial(write_gemeenten, common=common, gemeenten=codes[i::_GEMEENTE_PARTS], full=full)
            for i in range(min(_GEMEENTE_PARTS, len(codes)))
        ),
    ]


def gemeente_codes(con: duckdb.DuckDBPyConnection, *, gemeenten: Sequence[str] = ()) -> list[str]:
    """The codes of the gemeenten that get files, sorted: those asked for, or all.

    Raises:
        VeiligheidsbeeldError: an unknown gemeente.
    """
    known = _gemeente_names(con)
    if unknown := sorted(set(gemeenten) - set(known)):
        raise VeiligheidsbeeldError(
            f"gemeente {unknown} staat niet in core.gebied; daarin staan er {len(known)}: {list(known)[:10]}"
        )
    return sorted(set(gemeenten) or known)


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
    names = _gemeente_names(con)
    guide = common.guide(_gemeente_title(NAME))
    mould = make_mould(guide, extent=_ALL if full else _NEWEST)
    explained = _explanation(guide)
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
                _read_me_member(own, explained),
                deflate(f"{path.stem}-alle-jaren.csv", [STANDARD.header, lines.pop(code)]),
            ]
            written.append(write_zip(path, members, day=own.day))
            written += _write_sheets(path, sheets[code], mould, name=names[code])
    return written


def write_indicators(
    con: duckdb.DuckDBPyConnection,
    out_dir: Path,
    *,
    common: Common,
    indicators: Sequence[str],
) -> list[Path]:
    """Write <id>.zip and <id>.parquet of these indicators below `out_dir`/indicator, whole store.

    In one pass over mart.cijfer; `parts` hands over no more of them than fit in memory.

    Raises:
        VeiligheidsbeeldError: an indicator that contract.indicator lacks.
    """
    folder = out_dir / "indicator"
    folder.mkdir(parents=True, exist_ok=True)
    titles = {one.indicator: one.titel for one in common.documentation.indicators}
    written: list[Path] = []
    if unknown := sorted(set(indicators) - set(titles)):
        raise VeiligheidsbeeldError(f"mart.cijfer heeft {unknown}; contract.indicator niet")
    columns = _compact_columns(con)
    chosen = ", ".join(map(literal, indicators))
    con.execute(
        "create or replace temp table enkele_indicatoren as"
        f" select {columns} from mart.cijfer where indicator in ({chosen})"
    )
    for indicator in indicators:
        guide = common.guide(titles[indicator], indicators=[indicator])
        path = folder / f"{indicator}.parquet"
        rows = f"* from enkele_indicatoren where indicator = {literal(indicator)}"
        written.append(_write_parquet(con, path, guide, rows=rows))
        # Read back: so both files surely have the same rows.
        lines = read_text(con, f"select {common.forms.csv} from read_parquet({literal(str(path))})")
        members = [
            _read_me_member(guide, _explanation(guide)),
            deflate(f"{indicator}.csv", chain([STANDARD.header], lines)),
        ]
        written.append(write_zip(path.with_suffix(".zip"), members, day=guide.day))
    con.execute("drop table if exists enkele_indicatoren")
    return written


def write_everything(con: duckdb.DuckDBPyConnection, out_dir: Path, *, common: Common) -> list[Path]:
    """Write alles.parquet: every row of the store.

    Raises:
        VeiligheidsbeeldError: mart.cijfer is not in the order that every file relies on.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    _require_order(con)
    guide = common.guide("Alle cijfers")
    rows = f"{_compact_columns(con)} from mart.cijfer"
    return [_write_parquet(con, out_dir / "alles.parquet", guide, rows=rows)]


def read_me(guide: Guide) -> str:
    """The reading guide as plain text (lees-mij.txt): what, how to cite, sources, columns, caveats."""
    return _heading(guide) + _explanation(guide)


# --- files ----------------------------------------------------------------------------------------


def _read_me_member(guide: Guide, explained: str) -> Member:
    return deflate(README, [(_heading(guide) + explained).encode()])


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


def _write_parquet(con: duckdb.DuckDBPyConnection, path: Path, guide: Guide, *, rows: str) -> Path:
    """Write what `rows` selects, in its order.

    Text is as in the warehouse, for no formula can run in Parquet.
    """
    licences = "; ".join(dict.fromkeys(f"{one.publisher}: {one.licentie}" for one in guide.sources))
    about = {"titel": guide.title, "citaat": guide.citation, "licentie": licences, "leesmij": read_me(guide)}
    metadata = ", ".join(f"{key}: {literal(value)}" for key, value in about.items())
    options = f"format parquet, {_PARQUET}, kv_metadata {{{metadata}}}"
    con.execute(f"copy (select {rows}) to {literal(str(path))} ({options})")
    return path


def _compact_columns(con: duckdb.DuckDBPyConnection) -> str:
    """The published columns in SQL, texts as enumerations.

    So they take a third of the memory and, as text in a Parquet file, a third of the time.
    """
    columns = []
    for name in PUBLISHED_COLUMNS:
        if name not in NUMBER_COLUMNS:
            distinct = f"select distinct {name} from mart.cijfer where {name} is not null order by 1"
            con.execute(f"create or replace temp type tekst_{name} as enum ({distinct})")
            name = f"cast({name} as tekst_{name}) as {name}"
        columns.append(name)
    return ", ".join(columns)


# --- words ----------------------------------------------------------------------------------------


def _gemeente_title(name: str) -> str:
    return f"Cijfers over {name} en Nederland"


def _heading(guide: Guide) -> str:
    blocks = [f"{guide.title}\n{'=' * len(guide.title)}", _wrap(f"Zo noem je de bron: {guide.citation}")]
    return "\n\n".join(blocks) + "\n\n"


def _explanation(guide: Guide) -> str:
    """What stands below the heading: the same for every gemeente, and a thousandth of a second each."""
    blocks = ["BRONNEN\n" + "\n".join(_bullet(source_line(source)) for source in guide.sources)]
    blocks.append("INDICATOREN")
    blocks += [_indicator_text(one) for one in guide.indicators]
    blocks.append("VOORBEHOUDEN\n" + "\n".join(_bullet(f"{key}: {text}") for key, text in guide.caveats))
    blocks.append("KOLOMMEN\n" + "\n".join(_bullet(f"{one.name}: {one.doc}") for one in guide.columns))
    blocks.append("STATUS\n" + "\n".join(_bullet(f"{key}: {text}") for key, text in STATUS_MEANING.items()))
    blocks.append(_wrap(FORMULA_NOTE))
    return "\n\n".join(blocks) + "\n"


def _indicator_text(one: Indicator) -> str:
    lines = [f"{one.titel} ({one.indicator})", _wrap(one.definitie), _wrap(f"Eenheid: {one.eenheid}.")]
    if one.caveat_keys:
        lines.append(_wrap(f"Voorbehoud: {', '.join(one.caveat_keys)}."))
    return "\n".join(lines)


def _wrap(text: str) -> str:
    return textwrap.fill(text, width=88, break_long_words=False, break_on_hyphens=False)


def _bullet(text: str) -> str:
    return textwrap.fill(
        text,
        width=88,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


# --- the warehouse --------------------------------------------------------------------------------


def _gemeente_names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = con.execute(
        "select gebied_code, gebied_naam from core.gebied where gebied_niveau = 'gemeente' order by all"
    ).fetchall()
    return dict(rows)


def _require_order(con: duckdb.DuckDBPyConnection) -> None:
    key = "(gebied_code, indicator, periode)"
    wrong = con.execute(
        f"select {key} from (select *, lag({key}) over () as vorige from mart.cijfer)"
        f" where {key} <= vorige limit 3"
    ).fetchall()
    if wrong:
        raise VeiligheidsbeeldError(
            f"mart.cijfer ligt niet in de volgorde van {key}: {[row[0] for row in wrong]}"
        )
