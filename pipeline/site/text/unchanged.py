"""Written pages that stay: filled in again they would be the same, for what they asked has the same answer.

As with the pieces of a site (`noted`), nobody says what a page depends on: its questions are noted, those
among them that it shares with others (`Facts.once`). What is kept is the Markdown and the figures that stand
on their own, for those are written after the generator.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from markupsafe import Markup

from pipeline.charts.kept import Kept
from pipeline.paths import Paths
from pipeline.site.standing.noted import Noting, Question, answers_stay, asked_now, digest
from pipeline.site.text.embed import Embed
from pipeline.site.text.facts import Facts
from pipeline.snapshot import write_atomically
from pipeline.warehouse import open_warehouse


@dataclass(frozen=True)
class Page:
    """A page that was filled in.

    Attributes:
        key: digest of all that it was made of beside the warehouse.
        asked: what it asked the warehouse.
        markdown: its text.
        embeds: the figures on it that stand on their own too, by name.
        drawings: the names of the still charts on it, among those that are kept.
    """

    key: str
    asked: tuple[Question, ...]
    markdown: str
    embeds: Mapping[str, Embed]
    drawings: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """The pages of the newest site, and what this site notes of its own.

    Attributes:
        mark: of the code and the settings that pages are made with.
        pages: by their path.
        earlier: the warehouse that they were made of.
        drawings: the still charts that are kept.
        made: the pages of this site; filled as they are made.
    """

    paths: Paths
    mark: str
    pages: Mapping[str, Page]
    earlier: Path
    drawings: Kept
    made: dict[str, Page] = field(default_factory=dict)


class Unchanged:
    """Gives each page of a site: as it was, or filled in."""

    def __init__(self, facts: Facts, noting: Noting, before: Before, stack: ExitStack) -> None:
        self._facts, self._noting, self._before, self._stack = facts, noting, before, stack
        self._by_all = dict(noting.asked)  # what was read before the first page
        self._mark = digest(before.mark, facts.models)
        self._was: duckdb.DuckDBPyConnection | None = None

    def page(self, path: str, said: object, make: Callable[[], str]) -> str:
        """The Markdown of a page; its figures are among those of the facts."""
        key = digest(self._mark, path, said)
        page = self._standing(path, key) or self._made(key, make)
        self._before.made[path] = page
        self._before.drawings.use(page.drawings)
        for name, embed in page.embeds.items():
            self._facts.embeds.setdefault(name, partial(_itself, embed))
        return page.markdown

    def _standing(self, path: str, key: str) -> Page | None:
        found = self._before.pages.get(path)
        con, known = self._noting.con, self._noting.known
        if found is None or found.key != key or not answers_stay(con, found.asked, known, self._earlier):
            return None
        return Page(key, asked_now(con, found.asked, known), found.markdown, found.embeds, found.drawings)

    def _made(self, key: str, make: Callable[[], str]) -> Page:
        embeds = self._facts.embeds
        of_others = dict(embeds)
        embeds.clear()
        with self._noting.apart() as asked, self._before.drawings.noting() as drawings:
            markdown = make()
            own = {name: draw() for name, draw in embeds.items()}
        embeds.clear()
        embeds.update(of_others)
        questions = tuple((self._by_all | asked).values())
        return Page(key, questions, markdown, own, tuple(sorted(drawings)))

    def _earlier(self) -> duckdb.DuckDBPyConnection | None:
        if self._was is None and self._before.earlier.is_file():
            self._was = self._stack.enter_context(
                open_warehouse(self._before.paths, file=self._before.earlier)
            )
        return self._was


def _itself(embed: Embed) -> Embed:
    return embed


def read_pages(file: Path) -> Mapping[str, Page]:
    """The pages of the newest site by their path; none if there are none that can be read."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        return {path: _page(one) for path, one in raw.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write_pages(file: Path, pages: Mapping[str, Page]) -> None:
    """Keep the pages for the next site."""
    raw = {
        path: vars(one)
        | {
            "asked": [vars(question) for question in one.asked],
            "embeds": {name: _marked(embed) for name, embed in one.embeds.items()},
        }
        for path, one in pages.items()
    }
    write_atomically(file, json.dumps(raw, ensure_ascii=False).encode())


def _page(raw: Mapping[str, Any]) -> Page:
    return Page(
        key=raw["key"],
        asked=tuple(Question(**question) for question in raw["asked"]),
        markdown=raw["markdown"],
        embeds={name: _unmarked(embed) for name, embed in raw["embeds"].items()},
        drawings=tuple(raw["drawings"]),
    )


def _marked(embed: Embed) -> dict[str, tuple[bool, str]]:
    """Its words, each with whether it is markup: other text is escaped where it comes to stand."""
    return {name: (isinstance(value, Markup), value) for name, value in vars(embed).items()}


def _unmarked(raw: Mapping[str, tuple[bool, str]]) -> Embed:
    words: dict[str, Any] = {
        name: Markup(value) if marked else value for name, (marked, value) in raw.items()
    }
    return Embed(**words)
