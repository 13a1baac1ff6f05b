"""Pieces of the site that can be made side by side: each needs the warehouse and a folder, nothing else.

A piece runs in a process of its own: connections of one process share their settings, and that of a piece
leaves memory and processors to its neighbours.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import duckdb

from pipeline import lifeline
from pipeline.gebied import niveau_of
from pipeline.paths import Paths
from pipeline.site.area import circumstances, origin, vanished
from pipeline.site.area import pages as areas
from pipeline.site.description.files import write_descriptions
from pipeline.site.description.published import Published
from pipeline.site.download import compare
from pipeline.site.download import files as downloads
from pipeline.site.download.areas import write_areas
from pipeline.site.download.changes import write_changes
from pipeline.site.download.evaluations import write_evaluations
from pipeline.site.download.origin import write_origin
from pipeline.site.download.store import Common
from pipeline.site.feed.write import write_feeds
from pipeline.site.frame import sharing, shell
from pipeline.site.html.markup import FILES
from pipeline.site.map import data as map_data
from pipeline.site.map import location, maps
from pipeline.site.standing import noted
from pipeline.site.standing.noted import Noted, Notes
from pipeline.site.standing.versions import Standing
from pipeline.warehouse import open_warehouse

Piece = Callable[[duckdb.DuckDBPyConnection, Path], object]

AREAS_A_PART = 500  # a change in one area makes its part anew; each takes as long to begin as 30 pages
# Below these, starting one more process costs more than it saves.
AREAS_A_PROCESS = 500
ROWS_A_PROCESS = 500_000
MEMORY_A_PIECE = "400MB"


def workers(con: duckdb.DuckDBPyConnection, *, areas_in_all: int) -> Executor:
    """As many processes as the site keeps busy, at most one for each processor.

    Downloads cover the whole store, however few areas get a page.
    """
    rows = con.execute("select count(*) from mart.cijfer").fetchall()[0][0]
    wanted = 1 + max(areas_in_all // AREAS_A_PROCESS, rows // ROWS_A_PROCESS)
    # A forked process would share DuckDB's threads with its parent.
    return ProcessPoolExecutor(
        min(os.cpu_count() or 1, wanted),
        mp_context=get_context("spawn"),
        initializer=lifeline.end_with,
        initargs=(os.getpid(),),
    )


@dataclass(frozen=True)
class Making:
    """What the pieces of a site are made with, and what may be kept of the one that stands.

    Attributes:
        mark: of the code and the settings that the pieces are made with.
        standing: the site that stands; None without one.
        notes: what was noted of its pieces.
        earlier: the warehouse that it was made of; None if it is not known.
    """

    paths: Paths
    mark: str = ""
    standing: Standing | None = None
    notes: Notes = field(default_factory=dict)
    earlier: Path | None = None


def submit(pool: Executor, making: Making, out: Path, pieces: Sequence[Piece]) -> dict[str, Future[Noted]]:
    """Let the workers write these, in this order, each below the folder of `out` that has its key as name."""
    keys = noted.keys_of(pieces, making.mark)
    return {
        key: pool.submit(_write, _of_one(making, key), out / key, piece, before=making.notes.get(key))
        for key, piece in keys.items()
    }


def _of_one(making: Making, key: str) -> Making:
    """What a worker needs for one piece: the list of the whole site takes long to hand over."""
    before, standing = making.notes.get(key), making.standing
    return replace(
        making, notes={}, standing=standing.only(before.files) if before is not None and standing else None
    )


def of_figures(
    con: duckdb.DuckDBPyConnection, published: Published, *, gemeenten: tuple[str, ...]
) -> list[Piece]:
    """What pages lead to or fetch: downloads, figures for charts and maps, cards; the longest first."""
    common = Common.read(con, published)
    pieces: list[Piece] = [
        *downloads.indicator_parts(common),
        *(partial(_download, part=part) for part in downloads.parts(common)),
        *(partial(_download, part=part) for part in (write_evaluations, write_origin)),
        partial(_download, part=partial(write_areas, published=published)),
        partial(write_descriptions, published=published),
        partial(_download, part=write_changes),
        partial(map_data.write_maps, gemeenten=gemeenten),
        partial(location.write_locations, gemeenten=gemeenten),
        partial(write_feeds, gemeenten=gemeenten, site_url=published.site_url),
        partial(compare.write_data, gemeenten=gemeenten),
        partial(circumstances.write_circumstances, gemeenten=gemeenten),
    ]
    if published.site_url:  # shared links need a whole address
        pieces.append(partial(sharing.write_cards, gemeenten=gemeenten))
    return pieces


def of_areas(mould: shell.Shell, *, codes: Sequence[str], context: areas.AreaContext) -> list[Piece]:
    """The pages of areas in parts, those of where figures come from, and those of codes that are gone.

    Those with a map come first and together: reading what maps need costs a part as much as fifty pages.
    """
    with_map = [code for code in codes if maps.has_map(niveau_of(code))]
    others = [code for code in codes if not maps.has_map(niveau_of(code))]
    parts = [with_map, *(others[i : i + AREAS_A_PART] for i in range(0, len(others), AREAS_A_PART))]
    pieces: list[Piece] = [partial(_areas, mould=mould, codes=part, context=context) for part in parts]
    return [
        *pieces,
        _area_columns,
        partial(_origins, mould=mould, context=context),
        partial(_vanished, mould=mould, context=context),
    ]


def move_into(source: Path, target: Path) -> None:
    """Move everything below `source` to the same place below `target`; folders that both have are merged."""
    for child in sorted(source.iterdir()):
        place = target / child.name
        if child.is_dir() and place.is_dir():
            move_into(child, place)
        else:
            child.rename(place)
    source.rmdir()


def _write(making: Making, folder: Path, piece: Piece, *, before: Noted | None) -> Noted:
    folder.mkdir(parents=True, exist_ok=True)
    spilled = folder.with_name(f"{folder.name}.tijdelijk")
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, spilled, ignore_errors=True)

        def opened(file: Path) -> duckdb.DuckDBPyConnection:
            con = stack.enter_context(open_warehouse(making.paths, file=file))
            con.execute(f"set memory_limit = '{MEMORY_A_PIECE}'")
            con.execute("set threads = 1")
            con.execute("set temp_directory = ?", [str(spilled)])
            return con

        con = opened(making.paths.warehouse)
        return noted.write_piece(
            *(con, piece, folder),
            standing=making.standing,
            before=before,
            earlier=lambda: opened(making.earlier) if making.earlier and making.earlier.is_file() else None,
        )


def _areas(
    con: duckdb.DuckDBPyConnection,
    out: Path,
    *,
    mould: shell.Shell,
    codes: Sequence[str],
    context: areas.AreaContext,
) -> None:
    for relative, html in areas.pages(con, mould, codes=codes, context=context):
        _write_file(out / relative, html)


def _area_columns(con: duckdb.DuckDBPyConnection, out: Path) -> None:
    _write_file(out / areas.COLUMNS, areas.columns(con))


def _origins(
    con: duckdb.DuckDBPyConnection, out: Path, *, mould: shell.Shell, context: areas.AreaContext
) -> None:
    for relative, html in origin.pages(con, mould, gemeenten=context.gemeenten, site_url=context.site_url):
        _write_file(out / relative, html)


def _vanished(
    con: duckdb.DuckDBPyConnection, out: Path, *, mould: shell.Shell, context: areas.AreaContext
) -> None:
    for relative, html in vanished.pages(con, mould, gemeenten=context.gemeenten, site_url=context.site_url):
        _write_file(out / relative, html)


def _write_file(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _download(con: duckdb.DuckDBPyConnection, out: Path, *, part: downloads.Part) -> None:
    part(con, out / FILES)
