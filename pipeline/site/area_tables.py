"""Tables of area pages as HTML: the many cells of which a page is made, written without a template engine.

Tags and quotes that HTML does not need are left out: every byte counts 18,000 times, and what is not written
has not to be taken out again.
"""

from html import escape

from markupsafe import Markup

from pipeline.site.area_content import Cel, Rij, Staaf, Tabel


def table_html(tabel: Tabel, titel: str) -> Markup:
    """A table in a scroller of its own, with a column of bars where one of its rows has a bar."""
    bars = any(rij.staaf for rij in tabel.rijen)
    headings = "".join([f"<th>{escape(kop, quote=False)}" for kop in tabel.koppen])
    rows = "".join([_row(rij, bars=bars) for rij in tabel.rijen])
    return Markup(
        f'<div class="vb-tabel" tabindex=0 role=region aria-label="{escape(titel)}">'
        f"<table class=vb-getallen><thead><tr>{headings}{'<th>Staaf' if bars else ''}"
        f"<tbody>{rows}</table></div>"
    )


def _row(rij: Rij, *, bars: bool) -> str:
    cells = "".join([_cell(cel) for cel in rij.cellen])
    return f"<tr><th>{escape(rij.naam, quote=False)}{cells}{_bar(rij.staaf) if bars else ''}"


def _cell(cel: Cel) -> str:
    return f"<td{' class=vb-leeg' if cel.leeg else ''}>{escape(cel.tekst, quote=False)}"


def _bar(staaf: Staaf | None) -> str:
    if staaf is None:
        return "<td>"
    length = f"<rect width={staaf.lengte}% />" if staaf.lengte else ""
    start = f" x1={staaf.onder}%" if staaf.onder else ""
    return f"<td><svg class=vb-balk aria-hidden=true>{length}<line{start} x2={staaf.boven}% /></svg>"
