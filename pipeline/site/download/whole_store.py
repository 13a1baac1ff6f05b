"""Files of the whole store: each indicator as Parquet and as CSV in a zip, and everything in one Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.indicator import file_of
from pipeline.site.description import data_package
from pipeline.site.description.description import Description
from pipeline.site.description.dialect import STANDARD
from pipeline.site.description.documentation import NUMBER_COLUMNS, PUBLISHED_COLUMNS, Guide
from pipeline.site.download import readme
from pipeline.site.download.archive import deflate, write_zip
from pipeline.site.download.rows import read_text
from pipeline.site.download.store import Common
from pipeline.sql import literal

# Counts and margins hardly repeat: large dictionaries of them take time and room.
_PARQUET = "compression zstd, row_group_size 300_000, dictionary_size_limit 5_000"


def write_indicators(
    con: duckdb.DuckDBPyConnection,
    out_dir: Path,
    *,
    common: Common,
    indicators: Sequence[str],
) -> list[Path]:
    """Write files of these indicators, each in the folder of its page below `out_dir` (see `file_of`).

    Zip and Parquet have the whole store, the CSV the newest figures of country and gemeenten.

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
        csv = path.with_suffix(".csv").name
        rows = f"* from enkele_indicatoren where indicator = {literal(indicator)}"
        written.append(_write_parquet(con, path, guide, rows=rows))
        # Read back: so both files surely have the same rows.
        lines = read_text(con, f"select {common.forms.csv} from read_parquet({literal(str(path))})")
        members = [
            readme.member(guide, readme.explanation(guide)),
            deflate(data_package.NAME, [_package(described, csv)]),
            deflate(csv, chain([STANDARD.header], lines)),
        ]
        written.append(write_zip(path.with_suffix(".zip"), members, day=guide.day))
        written.append(_write_newest(con, path, common=common))
    con.execute("drop table if exists enkele_indicatoren")
    return written


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


def _package(described: Description, name: str) -> bytes:
    rows = described.extent.rows if described.extent else 0
    return data_package.of_table(described, path=name, rows=rows).encode()


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
