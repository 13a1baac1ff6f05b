"""A piece of the site is kept as long as all that it asked has the answer that it had."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pytest

from pipeline.paths import Paths
from pipeline.site.standing import versions
from pipeline.site.standing.noted import Noted, keys_of, read_notes, write_notes, write_piece
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


def earlier(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A warehouse that keeps what stands in this one now."""
    kept = duckdb.connect()
    kept.execute("create schema mart; create schema core; create schema bouw")
    for table in ("core.gebied", "mart.cijfer", "bouw.tabel"):
        columns = ", ".join(
            f"{name} {kind}" for name, kind, *_ in con.execute(f"describe {table}").fetchall()
        )
        kept.execute(f"create table {table} ({columns})")
        rows = con.execute(f"from {table}").fetchall()
        kept.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
    return kept


@dataclass
class Site:
    """A site of one piece, made again and again; each version is the one that stands for the next."""

    con: duckdb.DuckDBPyConnection
    paths: Paths
    before: Noted | None = None
    was: duckdb.DuckDBPyConnection | None = None

    def make(self, piece: "Piece") -> str:
        """What stands in the file of the piece."""
        standing = versions.read_standing(self.paths)
        with versions.new_version(self.paths, "m") as folder:
            folder.mkdir(parents=True)
            self.before = write_piece(
                *(self.con, piece, folder),
                standing=standing,
                before=self.before,
                earlier=lambda: self.was,
            )
        self.was = earlier(self.con)
        return self.file.read_text(encoding="utf-8")

    @property
    def file(self) -> Path:
        return self.paths.site / "gebied" / "cijfer.txt"


@pytest.fixture
def site(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Site:
    return Site(con, Paths(build=tmp_path))


def test_nothing_changed_and_another_table_changed(site: Site) -> None:
    piece = Piece()
    site.make(piece)
    before, made = site.before, site.file.stat()
    site.con.execute("update core.gebied set naam = 'Binnenstad'")
    entered(site.con)
    assert site.make(piece) == "[(3,)]"
    assert (piece.made, site.before) == (1, before)
    assert site.file.stat().st_mtime_ns == made.st_mtime_ns
    assert site.file.stat().st_ino != made.st_ino  # damage to one version does not harm the next


def test_rows_that_it_does_not_ask_for(site: Site) -> None:
    piece = Piece()
    site.make(piece)
    site.con.execute("insert into mart.cijfer values ('BU07580001', 4)")
    entered(site.con)
    site.make(piece)
    assert piece.made == 1
    site.con.execute("update mart.cijfer set waarde = 5 where code = 'BU07580000'")
    entered(site.con)
    assert site.make(piece) == "[(5,)]"
    assert piece.made == 2


@pytest.mark.parametrize("gone", [True, False])
def test_without_the_warehouse_that_it_asked_the_table_counts(site: Site, gone: bool) -> None:
    piece = Piece()
    site.make(piece)
    site.con.execute("insert into mart.cijfer values ('BU07580001', 4)")
    entered(site.con)
    site.was = None if gone else earlier(site.con)
    site.make(piece)
    assert piece.made == 2


def test_of_much_at_once_the_table_counts(site: Site) -> None:
    piece = Piece(by_cursor=True)
    site.make(piece)
    before = site.before
    site.make(piece)
    assert (piece.made, site.before) == (1, before)
    site.con.execute("insert into mart.cijfer values ('BU07580001', 4)")
    entered(site.con)
    site.make(piece)
    assert piece.made == 2


def test_a_file_that_is_gone_or_damaged_is_made_anew(site: Site) -> None:
    piece = Piece()
    site.make(piece)
    site.file.write_text("[(9,)]", encoding="utf-8")
    assert site.make(piece) == "[(3,)]"
    site.file.unlink()
    assert site.make(piece) == "[(3,)]"
    assert piece.made == 3


def test_what_asks_of_the_tables_themselves_depends_on_all(site: Site) -> None:
    asked: list[int] = []

    class OfTables(Piece):
        def __call__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
            super().__call__(con, folder)
            with con.cursor() as cursor:
                asked.append(len(cursor.execute("select comment from duckdb_columns()").fetchall()))

    piece = OfTables()
    for recipe, times in (("", 1), ("", 1), ("anders", 2)):
        site.con.execute(f"update bouw.tabel set recept = '{recipe}' where tabel = 'core.gebied'")
        site.make(piece)
        assert len(asked) == times


@dataclass(frozen=True)
class Argument:
    names: frozenset[str]
    titles: Mapping[str, str]


def test_the_key_is_that_of_code_and_arguments() -> None:
    def key(mark: str, *names: str, title: str = "A") -> str:
        return next(iter(keys_of([partial(print, one=Argument(frozenset(names), {"a": title}))], mark)))

    assert key("1", "a", "b") == key("1", "b", "a")
    assert len({key("1", "a"), key("2", "a"), key("1", "b"), key("1", "a", title="B")}) == 4


def test_notes_come_back_and_broken_ones_say_nothing(tmp_path: Path, site: Site) -> None:
    file = tmp_path / "stukken.json"
    site.make(Piece())
    assert site.before is not None
    write_notes(file, {"k": site.before})
    assert read_notes(file) == {"k": site.before}
    file.write_text(file.read_text(encoding="utf-8")[:-5], encoding="utf-8")
    assert read_notes(file) == {}
    assert read_notes(tmp_path / "geen.json") == {}


def test_another_order_of_the_same_rows_is_another_answer(site: Site) -> None:
    class InOrder(Piece):
        def __call__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
            super().__call__(con, folder)
            con.execute("select code from core.gebied order by naam").fetchall()

    piece = InOrder()
    site.con.execute("insert into core.gebied values ('BU07580001', 'Aan zee')")
    entered(site.con)
    site.make(piece)
    site.con.execute("update core.gebied set naam = 'Zand' where code = 'BU07580000'")
    entered(site.con)
    site.make(piece)
    assert piece.made == 1
    site.con.execute("update core.gebied set naam = 'Aa' where code = 'BU07580000'")
    entered(site.con)
    site.make(piece)
    assert piece.made == 2


@pytest.mark.parametrize(("sql", "made"), [("kort", 1), ("*", 2), ("i", 2), ("kort, vraag", 2)])
def test_of_a_table_for_everybody_the_columns_count(site: Site, sql: str, made: int) -> None:
    class OfIndicators(Piece):
        def __call__(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
            super().__call__(con, folder)
            con.execute(f"select {sql} from contract.indicator as i").fetchall()

    def told(question: str) -> None:
        site.con.execute("create or replace table contract.indicator (indicator text, kort text, vraag text)")
        site.con.execute("insert into contract.indicator values ('woz', 'WOZ', ?)", [question])
        entered(site.con)
        site.con.execute("insert into bouw.tabel values ('contract.indicator', '', ?)", [question])

    site.con.execute("create schema contract")
    piece = OfIndicators()
    told("Hoeveel?")
    site.make(piece)
    told("Hoe duur?")
    site.was = None  # the columns say it, and no other warehouse
    site.make(piece)
    assert piece.made == made
