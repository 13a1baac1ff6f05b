"""What a piece of the site asked the warehouse and which files came of it: one whose answers stay is kept.

A piece asks what its arguments and the answers before tell it to ask. As long as code and arguments are the
same and every question has the answer that it had, it would write the same files: then those of the standing
site are copied, if they are as they were made. Nobody has to say what a piece depends on.

Which answer a question had is asked only when a table of it changed: of the warehouse that it was put to,
which is kept as long as the site of it stands.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb

from pipeline.site.standing.versions import Standing, checksum
from pipeline.snapshot import write_atomically
from pipeline.sql import Connection
from pipeline.warehouse import BY_COLUMN, columns_read, contents

_TABLE = re.compile(r"\b(?:reference|staging|core|gemeentelijk|indicator|contract|statistiek|mart|bouw)\.\w+")
_OF_ITSELF = re.compile(r"\bduckdb_\w+\(|\binformation_schema\b|\bpragma\b|\bdescribe\b", re.IGNORECASE)
_ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)
EVERYTHING = "*"
"""The tables of a question about the warehouse itself."""


@dataclass(frozen=True)
class Question:
    """One question: its SQL and values, and the digest of each table that it may read.

    `whole`: it asks for so much that its answer is not compared; it is the same only if its tables are.
    """

    sql: str
    values: Any
    tables: Mapping[str, str]
    whole: bool = False


@dataclass(frozen=True)
class Noted:
    """What a piece asked, and the checksum of each file that it wrote."""

    asked: tuple[Question, ...]
    files: Mapping[str, str]


_ANSWERS: dict[str, str] = {}
"""Of this process: question and digest of the tables that it reads → digest of its answer."""

_NAMED: dict[str, tuple[str, ...]] = {}
"""Of this process: question and warehouse → the tables that it names."""

Made = TypeVar("Made")
Notes = Mapping[str, Noted]
"""The key of each piece of a site → what was noted of it."""


@dataclass
class Noting:
    """A connection that notes what it is asked."""

    con: duckdb.DuckDBPyConnection
    known: Mapping[str, str]
    asked: dict[str, Question] = field(default_factory=dict)
    whole: bool = False

    def execute(self, query: str, parameters: Any = None) -> duckdb.DuckDBPyConnection:
        self._note(query, parameters)
        return self.con.execute(query) if parameters is None else self.con.execute(query, parameters)

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        self._note(query, None)
        return self.con.sql(query)

    @contextmanager
    def apart(self) -> Iterator[dict[str, Question]]:
        """What the block asks, noted apart from all else."""
        before, own = self.asked, dict[str, Question]()
        self.asked = own
        try:
            yield own
        finally:
            self.asked = before

    @contextmanager
    def cursor(self) -> "Iterator[Noting]":
        """For much at once: of that the tables count, and not the answer."""
        with self.con.cursor() as cursor:
            yield Noting(cursor, self.known, self.asked, whole=True)

    def _note(self, query: str, values: Any) -> None:
        name = digest(query, values)
        if name not in self.asked:
            self.asked[name] = Question(query, values, _tables(self.con, query, self.known), self.whole)


def write_piece(
    con: duckdb.DuckDBPyConnection,
    piece: Callable[[duckdb.DuckDBPyConnection, Path], object],
    folder: Path,
    *,
    standing: Standing | None,
    before: Noted | None,
    earlier: Callable[[], duckdb.DuckDBPyConnection | None],
) -> Noted:
    """Write the files of a piece below `folder`: copies of those that stand, if it would write the same.

    Args:
        earlier: opens the warehouse that the piece was made of before, if there is one yet.
    """
    known = contents(con)
    if (
        before is not None
        and standing is not None
        and answers_stay(con, before.asked, known, earlier)
        and all(standing.copied(name, folder, made) for name, made in before.files.items())
    ):
        return Noted(asked_now(con, before.asked, known), before.files)
    noting = Noting(con, known)
    piece(cast(duckdb.DuckDBPyConnection, noting), folder)
    written = sorted(file for file in folder.rglob("*") if file.is_file())
    files = {file.relative_to(folder).as_posix(): checksum(file) for file in written}
    return Noted(tuple(noting.asked.values()), files)


def keys_of(pieces: Iterable[Made], mark: str) -> dict[str, Made]:
    """Each piece by what it is: its code, which `mark` stands for, and its arguments."""
    said: dict[int, str] = {}  # many have the same large arguments
    return {digest(mark, piece, known=said): piece for piece in pieces}


def read_notes(file: Path) -> Notes:
    """The notes of the site that was made last; none if there are none that can be read."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        return {
            key: Noted(tuple(Question(**question) for question in one["asked"]), one["files"])
            for key, one in raw.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write_notes(file: Path, notes: Notes) -> None:
    """Keep the notes for the next site."""
    raw = {
        key: {"asked": [vars(question) for question in one.asked], "files": one.files}
        for key, one in notes.items()
    }
    write_atomically(file, json.dumps(raw, ensure_ascii=False).encode())


def answers_stay(
    con: duckdb.DuckDBPyConnection,
    asked: Sequence[Question],
    known: Mapping[str, str],
    earlier: Callable[[], duckdb.DuckDBPyConnection | None],
) -> bool:
    """Whether each of these questions has the answer that it had; `known`: the contents of the warehouse."""
    doubtful = [one for one in asked if one.tables != _tables(con, one.sql, known)]
    if not doubtful:
        return True
    if any(one.whole for one in doubtful) or (was := earlier()) is None:
        return False
    knew = contents(was)
    return all(
        one.tables == _tables(was, one.sql, knew)
        and (answer := _known_answer(con, one, _tables(con, one.sql, known)))
        and answer == _known_answer(was, one, one.tables)
        for one in doubtful
    )


def asked_now(
    con: duckdb.DuckDBPyConnection, asked: Sequence[Question], known: Mapping[str, str]
) -> tuple[Question, ...]:
    """Questions whose answers stayed, as they are put to this warehouse."""
    return tuple(replace(one, tables=_tables(con, one.sql, known)) for one in asked)


def _tables(con: Connection, query: str, known: Mapping[str, str]) -> dict[str, str]:
    """The tables that a query names, with the digest of their rows: no table has another name in SQL."""
    name = digest(query, known[EVERYTHING])
    if name not in _NAMED:
        _NAMED[name] = tuple(sorted(_named_in(con, query, known)))
    return {table: known[table] for table in _NAMED[name]}


def _named_in(con: Connection, query: str, known: Mapping[str, str]) -> set[str]:
    """Of tables with something for everybody the columns that it asks for."""
    named: set[str] = set(_TABLE.findall(query)) & known.keys()
    if _OF_ITSELF.search(query):
        named = {EVERYTHING}
    for table in named & BY_COLUMN.keys():
        columns = columns_read(con, table, query)
        named = (named - {table}) | {f"{table}.{column}" for column in columns}
    return named


def _known_answer(con: duckdb.DuckDBPyConnection, question: Question, tables: Mapping[str, str]) -> str:
    """The answer to a question from these tables: many pieces ask the same."""
    name = digest(question.sql, question.values, tables)
    if name not in _ANSWERS:
        _ANSWERS[name] = _answer(con, question.sql, question.values)
    return _ANSWERS[name]


def _answer(con: duckdb.DuckDBPyConnection, query: str, values: Any) -> str:
    """A digest of the rows of a question, in their order if it asks for one; empty if it is no question."""
    numbered = "row_number() over ()" if _ORDERED.search(query) else "0"
    sql = f"select count(*), sum(hash(t, nr)::hugeint) from (select t, {numbered} as nr from ({query}) as t)"
    try:
        with con.cursor() as cursor:
            result = cursor.execute(sql) if values is None else cursor.execute(sql, values)
            return str(result.fetchall()[0])
    except duckdb.Error:
        return ""


def digest(*values: object, known: dict[int, str] | None = None) -> str:
    said = {} if known is None else known
    return hashlib.sha256("\n".join(_said(values, said)).encode()).hexdigest()


def _said(value: Any, known: dict[int, str]) -> Iterator[str]:
    """A value as text that is the same in every process: sets in order, objects by their fields.

    An object is said once: `known` has a digest of each by its id, and must not outlive it.
    """
    if isinstance(value, partial):
        yield from _said((value.func, value.args, value.keywords), known)
    elif is_dataclass(value) and not isinstance(value, type):
        if id(value) not in known:
            parts = [(one.name, getattr(value, one.name)) for one in fields(value)]
            known[id(value)] = digest(type(value).__qualname__, parts, known=known)
        yield known[id(value)]
    elif isinstance(value, Mapping):
        yield from _said([*value.items()], known)
    elif isinstance(value, Set):
        yield from sorted("\n".join(_said(one, known)) for one in value)
    elif isinstance(value, list | tuple):
        yield f"({len(value)}"
        for one in value:
            yield from _said(one, known)
    elif callable(value):
        yield f"{value.__module__}.{value.__qualname__}"
    else:
        yield f"{type(value).__name__} {value!r}"
