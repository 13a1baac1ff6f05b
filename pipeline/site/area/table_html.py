"""Tables of area pages as HTML: the many cells of which a page is made, written without a template engine.

Tags and quotes that HTML does not need are left out: every byte counts once for every area, and what is not
written has not to be taken out again.
"""

from functools import lru_cache
from html import escape

from markupsafe import Markup
from markupsafe import escape as escape_all

from pipeline.site.area.table import Bar, Row, Table


@lru_cache(maxsize=1 << 15)
def _text(text: str) -> str:
    """Escaped; remembered, for most cells of the country say what another cell says."""
    return escape(text, quote=False)


def breakable(text: str) -> str | Markup:
    """A text that may break after a slash: 'Spaarndammerbuurt/Zeeheldenbuurt' is wider than a phone."""
    return escape_all(text).replace("/", Markup("/<wbr>")) if "/" in text else text


def table_html(table: Table, title: str) -> Markup:
    """A table in a scroller of its own, with a column of bars where one of its rows has a bar."""
    bars = table.has_bars
    headings = "".join([f"<th>{_text(heading)}" for heading in table.headings])
    rows = "".join([_row(row, bars=bars) for row in table.rows])
    return Markup(
        f'<div class="vb-tabel" tabindex=0 role=region aria-label="{escape(title)}">'
        f"<table class=vb-getallen><thead><tr>{headings}{'<th>Staaf' if bars else ''}"
        f"<tbody>{rows}</table></div>"
    )


def _row(row: Row, *, bars: bool) -> str:
    cells = "".join(
        [
            f"<td class=vb-leeg>{_text(text)}" if empty else f"<td>{_text(text)}"
            for text, _, empty in row.cells
        ]
    )
    return f"<tr><th>{_text(row.name)}{cells}{_bar(row.bar) if bars else ''}"


def _bar(bar: Bar | None) -> str:
    if bar is None:
        return "<td>"
    length = f"<rect width={bar.length}% />" if bar.length else ""
    start = f" x1={bar.low}%" if bar.low else ""
    return f"<td><svg class=vb-balk aria-hidden=true>{length}<line{start} x2={bar.high}% /></svg>"
