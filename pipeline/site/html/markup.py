"""The small pieces of HTML that generated texts are made of. Data goes in as text, never as markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import NamedTuple

from markupsafe import Markup, escape

FILES = "data/bestanden/"
"""The folder of all files to keep, below the root of the site: for ever."""

_MAIL = re.compile(r"[^@\s:/]+@[^@\s:/]+")
# Characters that HTML, Markdown or the page templates would read as more than text.
_SPECIAL = str.maketrans({character: f"&#{ord(character)};" for character in "&<>\"'\\`*_[]{}|#"})


class Cell(NamedTuple):
    """One cell of a table: a number stands right, an empty one says why it is empty, a `mark` is drawn."""

    text: str | Markup
    number: bool = False
    empty: bool = False
    mark: str = ""


def source_of(code: str) -> str:
    """How a CSP names a script or style that stands in the page: by its hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def text(value: object) -> Markup:
    """Escape a value for HTML, Markdown and the page templates; markup of our own passes."""
    if isinstance(value, Markup):
        return value
    return Markup(str(value).translate(_SPECIAL))


def address(page_path: str, path: str) -> str:
    """The address of something on the site, seen from a page: thema/geluid.md, data/ -> '../../data/'."""
    page = PurePosixPath(page_path)
    return "../" * (len(page.parts) - (1 if page.name == "index.md" else 0)) + path


def link(url: str, label: object) -> Markup:
    """A link; the address is ours or a publisher's, and only http(s) or relative."""
    scheme = url.partition(":")[0]
    if ":" in url and scheme not in ("http", "https", "mailto", "tel"):
        raise ValueError(f"{url!r} is not an address to link to")
    return Markup('<a href="{}">{}</a>').format(url, text(label))


def mail_of(contact: str) -> str:
    """The mail address in what a publisher gave for questions, with or without mailto:; empty if none."""
    bare = contact.removeprefix("mailto:")
    return bare if _MAIL.fullmatch(bare) else ""


def bullets(items: Iterable[object], *, css: str = "") -> Markup:
    """An unordered list."""
    opening = Markup('<ul class="{}">').format(css) if css else Markup("<ul>")
    return (
        opening
        + Markup("").join(Markup("<li>{}</li>").format(text(item)) for item in items)
        + Markup("</ul>")
    )


def table(caption: object, header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table that scrolls by itself; the first cell of a row is its header.

    It has a class, for the theme wraps a table without one in a scroller that a keyboard cannot reach.
    """
    return _table(caption, header, Markup("<tbody>\n{}</tbody>").format(_rows(rows)))


def grouped_table(
    caption: object, header: Sequence[Cell], groups: Iterable[tuple[object, Iterable[Sequence[Cell]]]]
) -> Markup:
    """A table in parts, each below a row with its name."""
    parts = Markup("").join(
        Markup('<tbody>\n<tr><th scope="rowgroup" colspan="{}">{}</th></tr>\n{}</tbody>').format(
            len(header), text(name), _rows(rows)
        )
        for name, rows in groups
    )
    return _table(caption, header, parts)


def stacked_table(caption: object, header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table of sentences: on a phone the cells of a row stand below each other, named by their columns."""
    names = [str(cell.text) for cell in header[1:]]
    body = Markup("<tbody>\n{}</tbody>").format(_rows(rows, names))
    return _table(caption, header, body, css="vb-stapel")


def _table(caption: object, header: Sequence[Cell], body: Markup, css: str = "vb-cijfers") -> Markup:
    head = Markup("").join(_cell("th", cell, scope="col") for cell in header)
    return Markup(
        '<div class="vb-tabel"><table class="{}"><caption>{}</caption>\n'
        "<thead><tr>{}</tr></thead>\n{}</table></div>"
    ).format(css, text(caption), head, body)


def _rows(rows: Iterable[Sequence[Cell]], names: Sequence[str] = ()) -> Markup:
    lines = (
        "".join(
            (
                _cell("th", row[0], scope="row"),
                *(_cell("td", cell, name=name) for cell, name in zip_longest(row[1:], names)),
            )
        )
        for row in rows
    )
    return Markup("".join(f"<tr>{line}</tr>\n" for line in lines))


def _cell(tag: str, cell: Cell, *, scope: str = "", name: str | None = None) -> Markup:
    """A cell; escaped by hand: pages have tens of thousands, and to format each takes twice as long."""
    classes = " ".join(
        name for name, applies in (("vb-getal", cell.number), ("vb-leeg", cell.empty)) if applies
    )
    named = (("scope", scope), ("data-kop", name), ("class", classes))
    attributes = "".join(f' {one}="{escape(value)}"' for one, value in named if value)
    return Markup(f"<{tag}{attributes}>{text(cell.text)}</{tag}>")
