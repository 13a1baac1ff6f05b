"""What each edition of a table changed, as CSV: a file for each pair of editions, and all together."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from pipeline.site.description.changes import COLUMNS

NAME = "wijzigingen.csv"
FOLDER = "wijzigingen"
HEADER = tuple(one.name for one in COLUMNS)
_AT_ONCE = 10_000

_ROWS = """
with uitgaven as (
    select tabel, left(vorige, 10) as oud, dag as nieuw, erbij, weg, kolommen_erbij, kolommen_weg
    from contract.uitgave where vorige is not null
),

genoemd as (
    select tabel, oud, nieuw, 'periode erbij' as soort, unnest(erbij) as periode, null as kolom from uitgaven
    union all
    select tabel, oud, nieuw, 'periode weg', unnest(weg), null from uitgaven
    union all
    select tabel, oud, nieuw, 'kolom erbij', null, unnest(kolommen_erbij) from uitgaven
    union all
    select tabel, oud, nieuw, 'kolom weg', null, unnest(kolommen_weg) from uitgaven
)

select tabel, oud, nieuw, soort, null as gebied_code, null as gebied_naam, periode, kolom,
    null as soort_code, null as indicator, null as was, null as is_nu, null as verschil
from genoemd
union all
select h.bron_tabel, h.vintage_oud, h.vintage_nieuw, 'herzien', h.gebied_code, g.gebied_naam, h.periode,
    h.kolom, nullif(h.soort, ''), h.indicator, h.oud, h.nieuw, h.verschil
from mart.herzien as h
join core.gebied as g on h.gebied_code = g.gebied_code
order by nieuw desc, tabel, soort, gebied_code, periode, kolom, soort_code
"""


def file_of(tabel: str, dag: str) -> str:
    """The CSV of one edition beside the one before, below the folder of downloads."""
    return f"{FOLDER}/{tabel}-{dag}.csv"


def write_changes(con: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """UTF-8, commas, points in numbers; the header alone where nothing changed yet.

    A restated cell has both values. An edition that changed nothing has a file too, with its header alone.
    """
    editions = con.execute("select tabel, dag from contract.uitgave where vorige is not null").fetchall()
    silent = set(editions)
    written = [folder / NAME]
    with _csv(folder / NAME) as everything:
        for key, rows in groupby(_rows(con), key=lambda row: (row[0], row[2])):
            written.append(folder / file_of(*key))
            silent.discard(key)
            with _csv(written[-1]) as own:
                for row in rows:
                    cells = [_plain(value) for value in row]
                    everything.writerow(cells)
                    own.writerow(cells)
    for key in sorted(silent):
        written.append(folder / file_of(*key))
        with _csv(written[-1]):
            pass
    return written


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    result = con.execute(_ROWS)
    while some := result.fetchmany(_AT_ONCE):
        yield from some


@contextmanager
def _csv(path: Path) -> Iterator[Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        yield writer


def _plain(value: Any) -> Any:
    """Numbers as a source has them: a count without a point behind it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
