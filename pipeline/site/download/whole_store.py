"""Files of the whole store: each indicator as Parquet and as CSV in a zip, and everything in one Parquet.

The zip of an indicator is for who works with a spreadsheet: every year of the country and the gemeenten, the
newest figure of wijken and buurten. All their years are in the Parquet file and in the zips of gemeenten;
a third time, as CSV, they would take a twelfth of the room that the site has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.indicator import file_of
from pipeline.site.description import data_package
from pipeline.site.description.description import ZIPPED_CSV, Description
from pipeline.site.description.dialect import STANDARD
from pipeline.site.description.documentation import NUMBER_COLUMNS, PUBLISHED_COLUMNS, Guide
from pipeline.site.download import readme
from pipeline.site.download.archive import deflate, write_zip
from pipeline.site.download.rows import bytes_of, newest, read_text
from pipeline.site.download.store import Common
from pipeline.sql import literal

# Counts and margins hardly repeat: large dictionaries of them take time and room. Level 9 takes a fifth more
# time than the usual one and a tenth less room; from there on time doubles.
_PARQUET = "compression zstd, compression_level 9, row_group_size 300_000, dictionary_size_limit 5_000"


def write_indicators(
    con: duckdb.DuckDBPyConnection,
    out_dir: Path,
    *,
    common: Common,
    indicators: Sequence[str],
) -> list[Path]:
    """Write files of these indicators, each in the folder of its page below `out_dir` (see `file_of`).

    The Parquet file has the whole store, the zip what a spreadsheet can hold of it, the CSV the newest
    figures of country and gemeenten.

    In one pass over mart.cijfer; `parts` hands over no more of them than fit in memory.

    Raises:
        VeiligheidsbeeldError: an indicator that contract.indicator lacks.
    """
    published = common.published
    known = {one.indicator for one in published.documentation.indicators}
    written: list[Path] = []
    if unknown := sorted(set(indicators) - known):
        raise VeiligheidsbeeldError(f"mart.cijfer heeft {unknown}; contract.indicator niet")
    columns = _compact_columns(con)
    chosen = ", ".join(map(literal, indicators))
    con.execute(
        "create or replace temp table enkele_indicatoren as"
        f" select {columns} from mart.cijfer where indicator in ({chosen})"
    )
    for indicator in indicators:
        described = published.indicator(indicator)
        guide = described.guide
        path = out_dir / file_of(indicator, ".parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = f"* from enkele_indicatoren where indicator = {literal(indicator)}"
        written.append(_write_parquet(con, path, guide, rows=rows))
        written.append(_write_zip(con, path, described, common=common))
        written.append(_write_newest(con, path, common=common))
    con.execute("drop table if exists enkele_indicatoren")
    return written


def _write_zip(
    con: duckdb.DuckDBPyConnection, parquet: Path, described: Description, *, common: Common
) -> Path:
    """Rows of `parquet`, read back from it, as CSV in a zip beside it: see the module."""
    source = f"read_parquet({literal(str(parquet))})"
    indicator = f"indicator in (select distinct indicator from {source})"
    with con.cursor() as cursor:
        lines = cursor.sql(
            f"""
            select {common.forms.csv} as regel
            from (
                select * from {source} where left(gebied_code, 2) not in ('WK', 'BU')
                union all by name
                from {newest(f"{indicator} and left(gebied_code, 2) in ('WK', 'BU')", source=source)}
            )
            order by gebied_code, periode
            """
        ).to_arrow_table()["regel"]
    file = next(one for one in described.files if one.form == ZIPPED_CSV)
    own = replace(described.guide, title=file.title)
    csv = parquet.with_suffix(".csv").name
    package = data_package.of_table(described, path=csv, rows=len(lines), title=file.title)
    members = [
        readme.member(own, readme.explanation(own)),
        deflate(data_package.NAME, [package.encode()]),
        deflate(csv, [STANDARD.header, bytes_of(lines)]),
    ]
    return write_zip(parquet.with_suffix(".zip"), members, day=own.day)


def _write_newest(con: duckdb.DuckDBPyConnection, parquet: Path, *, common: Common) -> Path:
    """The rows of `parquet` that stand on the pages of country and gemeenten, as plain CSV beside it."""
    lines = read_text(
        con,
        f"""
        select {common.forms.csv}
        from read_parquet({literal(str(parquet))})
        semi join mart.gebied_profiel using (gebied_code, indicator, periode)
        where gebied_niveau in ('land', 'gemeente') and coalesce(teller, waarde) is not null
        order by gebied_code
        """,
    )
    path = parquet.with_suffix(".csv")
    with path.open("wb") as file:
        file.writelines(chain([STANDARD.header], lines))
    return path


def write_everything(con: duckdb.DuckDBPyConnection, out_dir: Path, *, common: Common) -> list[Path]:
    """Write alles.parquet: every row of the store.

    Raises:
        VeiligheidsbeeldError: mart.cijfer is not in the order that every file relies on.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    _require_order(con)
    guide = common.published.everything().guide
    rows = f"{_compact_columns(con)} from mart.cijfer"
    return [_write_parquet(con, out_dir / "alles.parquet", guide, rows=rows)]


def _write_parquet(con: duckdb.DuckDBPyConnection, path: Path, guide: Guide, *, rows: str) -> Path:
    """Write what `rows` selects, in its order.

    Text is as in the warehouse, for no formula can run in Parquet.
    """
    licences = "; ".join(dict.fromkeys(f"{one.publisher}: {one.licentie}" for one in guide.sources))
    about = {
        "titel": guide.title,
        "citaat": guide.citation,
        "licentie": licences,
        "leesmij": readme.written(guide),
    }
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
