"""The files that a journalist downloads: CSV, Excel and Parquet of mart.cijfer, each with its reading guide.

DuckDB sorts and formats; Python only cuts the sorted stream into files. The same warehouse gives the
same bytes: dates in zips and workbooks are those of the figures, not of the run.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import duckdb
import xlsxwriter

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import LAND
from pipeline.site.documentation import (
    FORMULA_NOTE,
    PUBLISHED_COLUMNS,
    STATUS_MEANING,
    Documentation,
    Guide,
    Source,
    load_documentation,
)

NUMBER_COLUMNS = ("indeling_jaar", "teller", "noemer", "waarde", "onder", "boven")
FREE_TEXT_COLUMNS = ("gebied_naam", "eenheid", "breuk", "bron", "vintage", "voorbehoud")

# INTERFACES' site budget has room for one CSV with every period per gemeente, and 40 MB for all workbooks.
# Up to this many gemeenten the workbook has every period too, and there is a CSV for a Dutch Excel.
FULL_EXCEL_GEMEENTEN = 25

_NEWEST = """
(gebied_code, indicator, periode) in (
    select (gebied_code, indicator, max(periode)) from mart.cijfer
    where teller is not null or waarde is not null group by gebied_code, indicator
)
"""
_BATCH = 10_000
_WIDTHS = {"gebied_naam": 28, "indicator": 30, "eenheid": 24, "bron": 20, "vintage": 30, "voorbehoud": 40}


@dataclass(frozen=True)
class Dialect:
    """How a CSV is written: RFC 4180, or what Excel with Dutch settings opens without questions."""

    delimiter: str
    decimal: str
    encoding: str


STANDARD = Dialect(delimiter=",", decimal=".", encoding="utf-8")
EXCEL_NL = Dialect(delimiter=";", decimal=",", encoding="utf-8-sig")


def write_downloads(
    con: duckdb.DuckDBPyConnection,
    out_dir: Path,
    *,
    gemeenten: Sequence[str] = (),
    site_url: str | None = None,
) -> list[Path]:
    """Write every download below `out_dir` (the folder that is published as /data/bestanden/).

    Args:
        gemeenten: codes of the gemeenten that get files of their own; empty means all. The files per
            indicator and of everything always hold the whole store.
        site_url: the address of the site, named in the citation.

    Returns:
        The files written, sorted: gemeente/gm0758.csv, -excel.csv and .xlsx; indicator/<id>.zip and
        .parquet; alles.zip and alles.parquet.

    Raises:
        VeiligheidsbeeldError: an unknown gemeente, or figures without documentation.
    """
    documentation = load_documentation(con)
    written = _write_gemeenten(
        con, out_dir / "gemeente", documentation, gemeenten=gemeenten, site_url=site_url
    )
    written += _write_indicators(con, out_dir / "indicator", documentation, site_url=site_url)
    written += _write_everything(con, out_dir, documentation, site_url=site_url)
    return sorted(written)


def read_me(guide: Guide) -> str:
    """The reading guide as plain text (lees-mij.txt): what, how to cite, sources, columns, caveats."""
    blocks = [f"{guide.title}\n{'=' * len(guide.title)}", _wrap(f"Zo noem je de bron: {guide.citation}")]
    blocks.append("BRONNEN\n" + "\n".join(_bullet(_source_line(source)) for source in guide.sources))
    blocks.append("INDICATOREN")
    blocks += [_indicator_text(guide, number) for number in range(len(guide.indicators))]
    blocks.append("VOORBEHOUDEN\n" + "\n".join(_bullet(f"{key}: {text}") for key, text in guide.caveats))
    blocks.append("KOLOMMEN\n" + "\n".join(_bullet(f"{one.name}: {one.doc}") for one in guide.columns))
    blocks.append("STATUS\n" + "\n".join(_bullet(f"{key}: {text}") for key, text in STATUS_MEANING.items()))
    blocks.append(_wrap(FORMULA_NOTE))
    return "\n\n".join(blocks) + "\n"


# --- per gemeente ---------------------------------------------------------------------------------


def _write_gemeenten(
    con: duckdb.DuckDBPyConnection,
    out_dir: Path,
    documentation: Documentation,
    *,
    gemeenten: Sequence[str],
    site_url: str | None,
) -> list[Path]:
    names = _gemeente_names(con, gemeenten)
    full = len(names) <= FULL_EXCEL_GEMEENTEN
    out_dir.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for end, dialect in ((".csv", STANDARD), ("-excel.csv", EXCEL_NL)) if full else ((".csv", STANDARD),):
        rows = _gemeente_rows(con, list(names), _line(dialect))
        for code, lines in groupby(rows, key=itemgetter(0)):
            written.append(out_dir / f"{code.lower()}{end}")
            with written[-1].open("w", encoding=dialect.encoding, newline="") as file:
                file.write(_header(dialect))
                file.writelines(line for _, line in lines)
    present = _present_indicators(con)
    rows = _gemeente_rows(con, list(names), ", ".join(PUBLISHED_COLUMNS), where="true" if full else _NEWEST)
    for code, figures in groupby(rows, key=itemgetter(0)):
        title = f"Cijfers over {names[code]} en Nederland"
        guide = documentation.guide(title, indicators=present, site_url=site_url)
        written.append(out_dir / f"{code.lower()}.xlsx")
        with _Workbook(written[-1], guide, full=full) as book:
            for _, *values in figures:
                book.write(values)
    return written


def _gemeente_names(con: duckdb.DuckDBPyConnection, gemeenten: Sequence[str]) -> dict[str, str]:
    rows = con.execute(
        "select gebied_code, gebied_naam from core.gebied where gebied_niveau = 'gemeente'"
        " and not plaats_onbekend(gebied_code) order by all"
    ).fetchall()
    known: dict[str, str] = dict(rows)
    if unknown := sorted(set(gemeenten) - set(known)):
        raise VeiligheidsbeeldError(
            f"no gemeente {unknown} in core.gebied; it has {len(known)}: {list(known)[:10]}"
        )
    return {code: known[code] for code in sorted(gemeenten or known)}


def _gemeente_rows(
    con: duckdb.DuckDBPyConnection, gemeenten: list[str], selection: str, *, where: str = "true"
) -> Iterator[tuple[Any, ...]]:
    """One sorted pass: each gemeente's own areas and, to compare with, the rows of the country.

    Rows are the gemeente's code and what `selection` (SQL) makes of the published columns.
    """
    return _stream(
        con,
        f"""
        with bestand as (
            select coalesce(gemeente_code, gebied_code) as bestand_code, gebied_code
            from core.gebied where coalesce(gemeente_code, gebied_code) in (select unnest($gemeenten))
            union all
            select unnest($gemeenten), '{LAND}'
        ),
        gesorteerd as (
            select bestand_code, cijfer.*
            from bestand
            join mart.cijfer as cijfer using (gebied_code)
            where {where}
            order by bestand_code, gebied_code, indicator, periode
        )
        select bestand_code, {selection} from gesorteerd
        """,
        {"gemeenten": gemeenten},
    )


# --- per indicator, and everything ----------------------------------------------------------------


def _write_indicators(
    con: duckdb.DuckDBPyConnection, out_dir: Path, documentation: Documentation, *, site_url: str | None
) -> list[Path]:
    out_dir.mkdir(parents=True, exist_ok=True)
    titles = {one.indicator: one.titel for one in documentation.indicators}
    written: list[Path] = []
    rows = _stream(
        con,
        f"""
        with gesorteerd as (select * from mart.cijfer order by indicator, gebied_code, periode)
        select indicator, {_line(STANDARD)} from gesorteerd
        """,
    )
    for indicator, lines in groupby(rows, key=itemgetter(0)):
        if indicator not in titles:
            raise VeiligheidsbeeldError(f"mart.cijfer has {indicator!r}; contract.indicator does not")
        guide = documentation.guide(titles[indicator], indicators=[indicator], site_url=site_url)
        written.append(_write_zip(out_dir / f"{indicator}.zip", (line for _, line in lines), guide))
        path = out_dir / f"{indicator}.parquet"
        where = f"where indicator = {_literal(indicator)}"
        written.append(_write_parquet(con, path, guide, where=where))
    return written


def _write_everything(
    con: duckdb.DuckDBPyConnection, out_dir: Path, documentation: Documentation, *, site_url: str | None
) -> list[Path]:
    guide = documentation.guide("Alle cijfers", indicators=_present_indicators(con), site_url=site_url)
    lines = _stream(
        con,
        f"""
        with gesorteerd as (select * from mart.cijfer order by gebied_code, indicator, periode)
        select {_line(STANDARD)} from gesorteerd
        """,
    )
    return [
        _write_zip(out_dir / "alles.zip", (line for (line,) in lines), guide),
        _write_parquet(con, out_dir / "alles.parquet", guide, where=""),
    ]


def _write_zip(path: Path, lines: Iterable[str], guide: Guide) -> Path:
    """Write <stem>.csv and lees-mij.txt into one zip, dated by the figures."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_zip_entry("lees-mij.txt", guide), read_me(guide))
        # The national table passes 2 GiB when months are added, and the size is not known beforehand.
        with archive.open(_zip_entry(f"{path.stem}.csv", guide), "w", force_zip64=True) as file:
            file.write(_header(STANDARD).encode())
            for line in lines:
                file.write(line.encode())
    return path


def _zip_entry(name: str, guide: Guide) -> ZipInfo:
    entry = ZipInfo(name, date_time=(guide.day.year, guide.day.month, guide.day.day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3  # the same bytes on every platform
    entry.external_attr = 0o644 << 16
    return entry


def _write_parquet(con: duckdb.DuckDBPyConnection, path: Path, guide: Guide, *, where: str) -> Path:
    """Write the published columns as Parquet; text is as in the warehouse, for no formula can run there."""
    licences = "; ".join(dict.fromkeys(f"{one.publisher}: {one.licentie}" for one in guide.sources))
    about = {"titel": guide.title, "citaat": guide.citation, "licentie": licences, "leesmij": read_me(guide)}
    metadata = ", ".join(f"{key}: {_literal(value)}" for key, value in about.items())
    order = "indicator, gebied_code, periode" if where else "gebied_code, indicator, periode"
    con.execute(
        f"copy (select {', '.join(PUBLISHED_COLUMNS)} from mart.cijfer {where} order by {order}) "
        f"to {_literal(str(path))} (format parquet, compression zstd, kv_metadata {{{metadata}}})"
    )
    return path


# --- CSV ------------------------------------------------------------------------------------------


def _header(dialect: Dialect) -> str:
    return dialect.delimiter.join(PUBLISHED_COLUMNS) + "\r\n"


def _line(dialect: Dialect) -> str:
    """The SQL expression of one finished CSV line, line end included."""
    fields = [_field(name, dialect) for name in PUBLISHED_COLUMNS]
    return f"concat_ws('{dialect.delimiter}', {', '.join(fields)}) || chr(13) || chr(10)"


def _field(name: str, dialect: Dialect) -> str:
    value = f"coalesce(cast({name} as varchar), '')"
    if name in NUMBER_COLUMNS:
        return value if dialect.decimal == "." else f"replace({value}, '.', '{dialect.decimal}')"
    if name in FREE_TEXT_COLUMNS:
        value = f"regexp_replace({value}, '^([=+@\\t\\r\\n-])', '''\\1')"
    quoted = f"""'"' || replace({value}, '"', '""') || '"'"""
    special = f"""'["\\r\\n{dialect.delimiter}]'"""
    return f"case when regexp_matches({value}, {special}) then {quoted} else {value} end"


# --- Excel ----------------------------------------------------------------------------------------


class _Workbook:
    """A workbook with a front sheet and the figures; rows are written as they come, never all in memory."""

    def __init__(self, path: Path, guide: Guide, *, full: bool) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties(
            {
                "title": guide.title,
                "comments": guide.citation,
                "created": datetime.combine(guide.day, datetime.min.time()),
            }
        )
        self._bold = self._book.add_format({"bold": True})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._write_front(guide, full=full)
        self._write_indicators(guide)
        self._figures = self._add_figures()
        self._row = 0

    def __enter__(self) -> _Workbook:
        return self

    def __exit__(self, *failure: object) -> None:
        self._figures.autofilter(0, 0, max(self._row, 1), len(PUBLISHED_COLUMNS) - 1)
        self._book.close()

    def write(self, values: Sequence[Any]) -> None:
        """Write one row of figures: numbers as numbers, everything else as text, unknown as an empty cell."""
        self._row += 1
        for column, (name, value) in enumerate(zip(PUBLISHED_COLUMNS, values, strict=True)):
            if value is None or value == "":
                continue
            if name in NUMBER_COLUMNS:
                self._figures.write_number(self._row, column, value)
            else:
                self._figures.write_string(self._row, column, str(value))

    def _add_figures(self) -> Any:
        sheet = self._book.add_worksheet("Cijfers")
        sheet.freeze_panes(1, 2)
        sheet.ignore_errors({"number_stored_as_text": "A1:Q1048576"})
        for column, name in enumerate(PUBLISHED_COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, 13))
            sheet.write_string(0, column, name, self._bold)
        return sheet

    def _write_front(self, guide: Guide, *, full: bool) -> None:
        extent = "elke periode die de bron geeft" if full else "het nieuwste cijfer van elke reeks"
        rows: list[tuple[str, str]] = [
            (guide.title, ""),
            ("Inhoud", f"Het blad Cijfers heeft {extent}. Het CSV-bestand heeft alle perioden."),
            ("Zo noem je de bron", guide.citation),
            ("", ""),
            ("Bronnen", ""),
            *((source.tabel, _source_line(source)) for source in guide.sources),
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
        sheet = self._book.add_worksheet("Lees mij")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 100)
        for number, (label, text) in enumerate(rows):
            sheet.write_string(number, 0, label, self._bold if not text else self._wrapped)
            if text:
                sheet.write_string(number, 1, text, self._wrapped)

    def _write_indicators(self, guide: Guide) -> None:
        sheet = self._book.add_worksheet("Indicatoren")
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(
            (("indicator", 30), ("titel", 36), ("eenheid", 24), ("definitie", 80), ("voorbehoud", 50))
        ):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self._bold)
        for number, one in enumerate(guide.indicators, start=1):
            values = (one.indicator, one.titel, one.eenheid, one.definitie, one.voorbehoud or "")
            for column, value in enumerate(values):
                sheet.write_string(number, column, value, self._wrapped)


# --- words ----------------------------------------------------------------------------------------


def _indicator_text(guide: Guide, number: int) -> str:
    one = guide.indicators[number]
    lines = [f"{one.titel} ({one.indicator})", _wrap(one.definitie), _wrap(f"Eenheid: {one.eenheid}.")]
    if one.caveat_keys:
        lines.append(_wrap(f"Voorbehoud: {', '.join(one.caveat_keys)}."))
    return "\n".join(lines)


def _source_line(source: Source) -> str:
    """One table of a publisher in one line: who, what, which edition, licence, address."""
    parts = [f"{source.publisher}, {source.titel} ({source.tabel})", source.vintage]
    parts.append(f"licentie: {source.licentie}")
    if source.reconstructed:
        parts.append(f"deels gereconstrueerd: {source.reconstructed}")
    return "; ".join([*parts, source.url])


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


# --- DuckDB ---------------------------------------------------------------------------------------


def _present_indicators(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    return frozenset(row[0] for row in con.execute("select distinct indicator from mart.cijfer").fetchall())


def _stream(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any] | None = None
) -> Iterator[tuple[Any, ...]]:
    """Read a result in batches on a cursor of its own, so that `con` stays free for other queries."""
    with con.cursor() as cursor:
        cursor.execute(sql, parameters or {})
        while rows := cursor.fetchmany(_BATCH):
            yield from rows


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
