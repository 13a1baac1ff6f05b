"""A piece of the site is kept as long as all that it asked has the answer that it had."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pytest

from pipeline.site.noted import Noted, key_of, read_notes, write_notes, write_piece
from pipeline.warehouse import ledger


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute("create schema mart; create schema core; create schema bouw")
    connection.execute("create table core.gebied as select 'BU07580000' as code, 'Stad' as naam")
    connection.execute("create table mart.cijfer as select 'BU07580000' as code, 3 as waarde")
    entered(connection)
    yield connection
    connection.close()


def entered(con: duckdb.DuckDBPyConnection) -> None:
    """What a build writes down of its tables."""
    con.execute("create or replace table bouw.tabel (tabel varchar, recept varchar, inhoud varchar)")
    for table in ("core.gebied", "mart.cijfer"):
        con.execute("insert into bouw.tabel values (?, '', ?)", [table, ledger.content(con, table)])


class Piece:
    """Writes the figures of some areas, and counts how often."""

    def __init__(self, *, by_cursor: bool = False) -> None:
        self.made, self.by_cursor = 0, by_cursor

    def __call__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.made += 1
        sql = "select waarde from mart.cijfer where list_contains($codes, code)"
        if self.by_cursor:
            with con.cursor() as cursor:
                rows = cursor.execute(sql, {"codes": ["BU07580000"]}).fetchall()
        else:
            rows = con.execute(sql, {"codes": ["BU07580000"]}).fetchall()
        (folder / "gebied").mkdir(parents=True, exist_ok=True)
        (folder / "gebied" / "cijfer.txt").write_text(str(rows), encoding="utf-8")


def again(
    con: duckdb.DuckDBPyConnection, piece: Piece, tmp_path: Path, before: Noted | None = None
) -> tuple[Noted, str]:
    standing = tmp_path / "staat"
    folder = tmp_path / f"nieuw{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    found = write_piece(con, piece, folder, standing=standing, before=before)
    return found, (folder / "gebied" / "cijfer.txt").read_text(encoding="utf-8")


@pytest.fixture
def standing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> tuple[Piece, Noted]:
    piece = Piece()
    (tmp_path / "staat").mkdir()
    return piece, write_piece(con, piece, tmp_path / "staat", standing=None, before=None)


def test_nothing_changed_and_another_table_changed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, standing: tuple[Piece, Noted]
) -> None:
    piece, before = standing
    con.execute("update core.gebied set naam = 'Binnenstad'")
    entered(con)
    found, text = again(con, piece, tmp_path, before)
    assert (piece.made, text) == (1, "[(3,)]")
    assert found == before


def test_rows_that_it_does_not_ask_for(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, standing: tuple[Piece, Noted]
) -> None:
    piece, before = standing
    con.execute("insert into mart.cijfer values ('BU07580001', 4)")
    entered(con)
    kept, _ = again(con, piece, tmp_path, before)
    assert piece.made == 1
    con.execute("update mart.cijfer set waarde = 5 where code = 'BU07580000'")
    entered(con)
    _, text = again(con, piece, tmp_path, kept)
    assert (piece.made, text) == (2, "[(5,)]")


def test_of_much_at_once_the_table_counts(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    piece = Piece(by_cursor=True)
    (tmp_path / "staat").mkdir()
    before = write_piece(con, piece, tmp_path / "staat", standing=None, before=None)
    assert again(con, piece, tmp_path, before)[0] == before
    assert piece.made == 1
    con.execute("insert into mart.cijfer values ('BU07580001', 4)")
    entered(con)
    again(con, piece, tmp_path, before)
    assert piece.made == 2


def test_a_file_that_is_gone_or_damaged_is_made_anew(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, standing: tuple[Piece, Noted]
) -> None:
    piece, before = standing
    file = tmp_path / "staat" / "gebied" / "cijfer.txt"
    file.write_text("[(9,)]", encoding="utf-8")
    assert again(con, piece, tmp_path, before)[1] == "[(3,)]"
    file.unlink()
    assert again(con, piece, tmp_path, before)[1] == "[(3,)]"
    assert piece.made == 3


def test_what_asks_of_the_tables_themselves_depends_on_all(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    asked: list[int] = []

    def piece(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        with con.cursor() as cursor:
            asked.append(len(cursor.execute("select comment from duckdb_columns()").fetchall()))

    before = write_piece(con, piece, tmp_path, standing=None, before=None)
    con.execute("update bouw.tabel set recept = 'anders' where tabel = 'core.gebied'")
    write_piece(con, piece, tmp_path, standing=tmp_path, before=before)
    assert len(asked) == 2


@dataclass(frozen=True)
class Argument:
    names: frozenset[str]
    titles: Mapping[str, str]


def test_the_key_is_that_of_code_and_arguments() -> None:
    def key(mark: str, *names: str, title: str = "A") -> str:
        return key_of(partial(print, one=Argument(frozenset(names), {"a": title})), mark)

    assert key("1", "a", "b") == key("1", "b", "a")
    assert len({key("1", "a"), key("2", "a"), key("1", "b"), key("1", "a", title="B")}) == 4


def test_notes_come_back_and_broken_ones_say_nothing(tmp_path: Path, standing: tuple[Piece, Noted]) -> None:
    file = tmp_path / "stukken.json"
    write_notes(file, {"k": standing[1]})
    assert read_notes(file) == {"k": standing[1]}
    file.write_text(file.read_text(encoding="utf-8")[:-5], encoding="utf-8")
    assert read_notes(file) == {}
    assert read_notes(tmp_path / "geen.json") == {}
