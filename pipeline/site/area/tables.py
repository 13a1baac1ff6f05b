"""Tables of area pages as HTML: the many cells of which a page is made, written without a template engine.

Tags and quotes that HTML does not need are left out: every byte counts once for every area, and what is not
written has not to be taken out again.
"""

from functools import lru_cache
from html import escape

from markupsafe import Markup
from markupsafe import escape as escape_all

from pipeline.site.area.content import Rij, Staaf, Tabel


@lru_cache(maxsize=1 << 15)
def _text(text: str) -> str:
    """Escaped; remembered, for most cells of the country say what another cell says."""
    return escape(text, quote=False)


def breakable(text: str) -> str | Markup:
    """A text that may break after a slash: 'Spaarndammerbuurt/Zeeheldenbuurt' is wider than a phone."""
    return escape_all(text).replace("/", Markup("/<wbr>")) if "/" in text else text


def table_html(tabel: Tabel, titel: str) -> Markup:
    """A table in a scroller of its own, with a column of bars where one of its rows has a bar."""
    bars = tabel.heeft_staven
    headings = "".join([f"<th>{_text(kop)}" for kop in tabel.koppen])
    rows = "".join([_row(rij, bars=bars) for rij in tabel.rijen])
    return Markup(
        f'<div class="vb-tabel" tabindex=0 role=region aria-label="{escape(titel)}">'
        f"<table class=vb-getallen><thead><tr>{headings}{'<th>Staaf' if bars else ''}"
        f"<tbody>{rows}</table></div>"
    )


def _row(rij: Rij, *, bars: bool) -> str:
    cells = "".join(
        [f"<td class=vb-leeg>{_text(text)}" if empty else f"<td>{_text(text)}" for text, empty in rij.cellen]
    )
    return f"<tr><th>{_text(rij.naam)}{cells}{_bar(rij.staaf) if bars else ''}"


def _bar(staaf: Staaf | None) -> str:
    if staaf is None:
        return "<td>"
    length = f"<rect width={staaf.lengte}% />" if staaf.lengte else ""
    start = f" x1={staaf.onder}%" if staaf.onder else ""
    return f"<td><svg class=vb-balk aria-hidden=true>{length}<line{start} x2={staaf.boven}% /></svg>"
