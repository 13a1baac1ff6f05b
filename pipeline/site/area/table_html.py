"""Tables of area pages as HTML: the many cells of which a page is made, written without a template engine.

Tags and quotes that HTML does not need are left out: every byte counts once for every area, and what is not
written has not to be taken out again.
"""

from functools import lru_cache
from html import escape

from markupsafe import Markup
from markupsafe import escape as escape_all

from pipeline.site.area.table import FigureTable, Row
from pipeline.site.figure.strip import strip_classes


@lru_cache(maxsize=1 << 15)
def _text(text: str) -> str:
    """Escaped; remembered, for most cells of the country say what another cell says."""
    return escape(text, quote=False)


def breakable(text: str) -> str | Markup:
    """A text that may break after a slash: 'Spaarndammerbuurt/Zeeheldenbuurt' is wider than a phone."""
    return escape_all(text).replace("/", Markup("/<wbr>")) if "/" in text else text


def table_html(table: FigureTable, title: str) -> Markup:
    """A table in a scroller of its own, with a column of drawings where one of its rows has one."""
    drawn = table.is_drawn
    headings = "".join([f"<th>{_text(heading)}" for heading in table.headings])
    rows = "".join([_row(row, drawn=drawn) for row in table.rows])
    return Markup(
        f'<div class="vb-tabel" tabindex=0 role=region aria-label="{escape(title)}">'
        f"<table class=vb-getallen><thead><tr>{headings}{'<th>In beeld' if drawn else ''}"
        f"<tbody>{rows}</table></div>"
    )


def _row(row: Row, *, drawn: bool) -> str:
    cells = "".join(
        [
            # A paragraph, which needs no end, says in three bytes that there is no figure.
            f"<td{f' class={mark}' if mark else ''}>{'<p>' if empty else ''}{_text(text)}"
            for text, _, empty, mark in row.cells
        ]
    )
    name = _text(row.name)
    name = f"<a href={row.address}>{name}</a>" if row.address else name
    strip = (f'<td class="{strip_classes(row.strip)}">' if row.strip else "<td>") if drawn else ""
    return f"<tr><th>{name}{cells}{strip}"
