"""SQL that writes rows of mart.cijfer as finished lines of CSV or rows of a sheet, and the bytes it gives.

DuckDB makes the text and pyarrow hands it over in one piece: Python never sees a row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

import duckdb
import numpy as np
from pyarrow.compute import value_counts

from pipeline.gebied import LAND
from pipeline.site.description.dialect import EXCEL_NL, STANDARD, Dialect
from pipeline.site.description.documentation import NUMBER_COLUMNS, PUBLISHED_COLUMNS
from pipeline.sql import literal

FREE_TEXT_COLUMNS = ("gebied_naam", "eenheid", "breuk", "bron", "vintage", "voorbehoud")

FORMULA = r"[=+@\t\r\n-]"
"""With what a free text may not begin in a CSV, as a regular expression: a spreadsheet would run it."""
_NEXT = ",\n"  # between the arguments of concat()
_ROWS_A_BATCH = 100_000


@dataclass(frozen=True)
class Forms:
    """SQL expressions of a row of mart.cijfer as text; in all of them unknown is empty.

    `csv` and `csv_excel` are a finished line, line end included. `sheet` is a row of a sheet in XML: numbers
    as numbers, codes and words as text. It needs a column `nummer`, the number of the row as text.
    """

    csv: str
    csv_excel: str
    sheet: str


def load_forms(con: duckdb.DuckDBPyConnection) -> Forms:
    """Write the expressions for the texts that mart.cijfer has.

    Those are a few hundred, and the names and codes of the areas. A column without a single awkward text is
    copied as it is, which is most of the work.
    """
    texts = {name: _distinct(con, name) for name in PUBLISHED_COLUMNS if name not in NUMBER_COLUMNS}
    return Forms(
        csv=_csv_line(texts, STANDARD), csv_excel=_csv_line(texts, EXCEL_NL), sheet=_sheet_row(texts)
    )


def of_gemeenten(codes: Sequence[str]) -> str:
    """The SQL condition for the areas of these gemeenten (GM0758) and, to compare with, the country.

    mart.cijfer lies in the order of codes, so that ranges read only what they need.
    """
    ranges = [
        f"gebied_code between {literal(kind + code[2:])} and {literal(kind + code[2:] + '~')}"
        for kind in ("BU", "WK")
        for code in codes
    ]
    return f"({' or '.join(ranges)} or gebied_code in ({', '.join(map(literal, [*codes, LAND]))}))"


def newest(where: str, *, source: str = "mart.cijfer") -> str:
    """The SQL of the rows with the newest figure of every series among those of `source` that meet `where`.

    That is the one of the profile (mart.gebied_profiel), as on the pages. Where no year has a figure, as in
    what a gemeente counts by month, it is the newest month. A series without any figure has no newest one.
    """
    figure = "(teller is not null or waarde is not null)"
    return f"""(
        select *
        from {source}
        semi join (select gebied_code, indicator, periode from mart.gebied_profiel where {where}) as p
            using (gebied_code, indicator, periode)
        where {where} and {figure}
        union all
        select *
        from {source}
        anti join (select gebied_code, indicator from mart.gebied_profiel where {where} and {figure}) as p
            using (gebied_code, indicator)
        where {where} and {figure} and length(periode) > 4
        qualify row_number() over (
            partition by gebied_code, indicator order by waarde is not null desc, periode desc
        ) = 1
    )"""


@dataclass(frozen=True)
class Lines:
    """Lines of CSV, joined, and how many rows they are."""

    text: bytes
    rows: int


def lines_of(con: duckdb.DuckDBPyConnection, forms: Forms, codes: Sequence[str]) -> dict[str, Lines]:
    """The CSV lines of every period of each of these gemeenten with the country.

    In the order of indicators, within buurten, gemeente, country and wijken each: lines side by side are then
    most alike, and a zip of them is a tenth smaller.
    """
    rows = f"from mart.cijfer where {of_gemeenten(codes)}"
    counts = dict(
        con.execute(f"select left(gebied_code, 6), count(*) {rows} group by 1 order by 1").fetchall()
    )
    with con.cursor() as cursor:
        lines = cursor.sql(
            f"select {forms.csv} as regel {rows}"
            " order by left(gebied_code, 6), indicator, gebied_code, periode"
        ).to_arrow_table()["regel"]
    pieces: dict[str, list[memoryview]] = {}
    start = 0
    for beginning, count in counts.items():
        pieces[beginning] = [joined(chunk) for chunk in lines.slice(start, count).chunks]
        start += count
    found = {}
    for code in codes:
        own = ("BU" + code[2:], code, LAND, "WK" + code[2:])
        text = b"".join(chain(*(pieces.get(part, ()) for part in own)))
        found[code] = Lines(text, sum(counts.get(part, 0) for part in own))
    return found


def tables_of(
    con: duckdb.DuckDBPyConnection, columns: Mapping[str, str], source: str, codes: Sequence[str]
) -> dict[str, Any]:
    """An Arrow table for each of these gemeenten, with `columns` (name to SQL) of its rows in `source`.

    Rows are in order; those of the country belong to each gemeente. The SQL may use `nummer`: the number of
    the row in a sheet with a header, as text.
    """
    every = ", ".join(map(literal, codes))
    own = (
        f"case when gebied_code = {literal(LAND)} then [{every}] else ['GM' || substr(gebied_code, 3, 4)] end"
    )
    number = "row_number() over (partition by bestand order by gebied_code, indicator, periode) + 1"
    expressions = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    with con.cursor() as cursor:
        found = cursor.sql(
            f"""
            select bestand, {expressions}
            from (
                select *, cast({number} as varchar) as nummer
                from (select *, unnest({own}) as bestand from {source})
                order by bestand, gebied_code, indicator, periode
            )
            """
        ).to_arrow_table()
    counts = {pair["values"]: pair["counts"] for pair in value_counts(found["bestand"]).to_pylist()}
    starts = dict(zip(counts, accumulate(counts.values(), initial=0), strict=False))
    return {code: found.slice(starts.get(code, 0), counts.get(code, 0)) for code in codes}


def read_text(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[memoryview]:
    """The bytes of the one text column that `sql` gives, all rows joined; read to the end."""
    with con.cursor() as cursor:
        for batch in cursor.sql(sql).to_arrow_reader(_ROWS_A_BATCH):
            yield joined(batch.column(0))


def bytes_of(column: Any) -> bytes:
    """The bytes of a column of an Arrow table, all texts joined.

    One piece, for what deflate makes of a text depends on where it was cut.
    """
    return b"".join(joined(chunk) for chunk in column.chunks)


def joined(texts: Any) -> memoryview:
    """The bytes of an Arrow array of strings without nulls, without a copy: they lie one after another."""
    _, ends, data = texts.buffers()
    if data is None or not len(texts):
        return memoryview(b"")
    first, last = np.frombuffer(ends, dtype=np.int32)[[texts.offset, texts.offset + len(texts)]]
    return memoryview(data)[first:last]


def _distinct(con: duckdb.DuckDBPyConnection, name: str) -> Set[str]:
    rows = con.execute(f"select distinct {name} from mart.cijfer").fetchall()
    return frozenset(text or "" for (text,) in rows)


def _csv_line(texts: Mapping[str, Set[str]], dialect: Dialect) -> str:
    between = f", {literal(dialect.delimiter)}, "
    fields = between.join(_csv_field(name, texts.get(name, ()), dialect) for name in PUBLISHED_COLUMNS)
    return f"concat({fields}, chr(13), chr(10))"


def _csv_field(name: str, texts: Collection[str], dialect: Dialect) -> str:
    if name in NUMBER_COLUMNS:
        comma = f"replace(cast({name} as varchar), '.', {literal(dialect.decimal)})"
        return name if dialect.decimal == "." else comma
    value = name
    if name in FREE_TEXT_COLUMNS and _any(f"^{FORMULA}", texts):
        value = f"regexp_replace({name}, '^({FORMULA})', '''\\1')"
    special = f'["\\r\\n{dialect.delimiter}]'
    if not _any(special, texts):
        return value
    quoted = f"""'"' || replace({value}, '"', '""') || '"'"""
    return f"case when regexp_matches({name}, {literal(special)}) then {quoted} else {value} end"


def _sheet_row(texts: Mapping[str, Set[str]]) -> str:
    cells = _NEXT.join(_sheet_cell(name, texts.get(name, ())) for name in PUBLISHED_COLUMNS)
    pieces = _NEXT.join(["""'<row r="'""", "nummer", """'">'""", cells, "'</row>'"])
    merged = pieces.replace(f"'{_NEXT}'", "")  # two constants side by side are one
    return f"concat({merged})"


def _sheet_cell(name: str, texts: Collection[str]) -> str:
    # Cells stand one after another without their own address, which would make the sheet four times as large.
    if name in NUMBER_COLUMNS:
        return f"case when {name} is null then '<c/>' else concat('<c><v>', {name}, '</v></c>') end"
    value, space = name, ""
    if _any(r"[&<>\x00-\x1f]|^\s|\s$", texts):
        # A sheet can hold no control characters but tab and line feed.
        value = f"regexp_replace({name}, '[\\x00-\\x08\\x0b-\\x1f]', '', 'g')"
        value = f"replace(replace(replace({value}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
        space = ' xml:space="preserve"'
    cell = _NEXT.join([f"""'<c t="inlineStr"><is><t{space}>'""", value, "'</t></is></c>'"])
    if "" not in texts:
        return cell
    return f"case when coalesce({name}, '') = '' then '<c/>' else concat({cell}) end"


def _any(pattern: str, texts: Collection[str]) -> bool:
    found = re.compile(pattern)
    return any(found.search(text) for text in texts)
