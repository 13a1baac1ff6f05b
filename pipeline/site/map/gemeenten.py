"""Which gemeenten have figures of their own: the country as far as the warehouse knows it, in two colours."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from pipeline.gebied import LAND, slug_of
from pipeline.site.html.markup import text
from pipeline.site.map.outlines import WIDTH, dissolved
from pipeline.site.map.rows import read_names, read_outlines
from pipeline.sql import Connection

_KEY = {
    True: ("vb-k3", "met eigen cijfers", "met eigen cijfers"),
    False: ("vb-k0", "nog zonder eigen cijfers", "nog zonder"),
}
"""By whether a gemeente has them: its class, its words on the map and those in the legend."""


def gemeenten_map(con: Connection, *, defined: Collection[str], pages: Collection[str], root: str) -> Markup:
    """The gemeenten with boundaries by name, those in `defined` in colour; empty where none has boundaries.

    `pages` are the codes of the gemeenten that have a page to lead to, below `root` ('../').
    """
    outlines = read_outlines(con, [LAND])[LAND]
    if not outlines:
        return Markup("")
    ground, names = dissolved(outlines), read_names(con)
    shapes = Markup("").join(
        _shape(code, name, ground.paths[code], own=code in defined, root=root if code in pages else None)
        for code, name in names.items()
        if code in ground.paths
    )
    legend = Markup("").join(
        Markup('<li><span class="vb-staal {}"></span>{}</li>').format(css, short)
        for css, _, short in _KEY.values()
    )
    return Markup(
        '<figure class="vb-figuur" id="kaart-gemeenten"><figcaption>'
        '<span class="vb-figuur__titel">Gemeenten met eigen cijfers</span></figcaption>'
        '<a class="vb-overslaan" href="#kaart-gemeenten-einde">Sla de kaart over</a>'
        '<svg class="vb-kaart" viewBox="0 0 {} {}" role="group" aria-label="Kaart van gemeenten">\n{}</svg>'
        '<ul class="vb-legenda">{}</ul>'
        '<p class="vb-bron" id="kaart-gemeenten-einde">Grenzen: CBS en Kadaster.</p></figure>'
    ).format(WIDTH, ground.height, shapes, legend)


def _shape(code: str, name: str, path: str, *, own: bool, root: str | None) -> Markup:
    """A gemeente; a link where it has a page (`root` leads to it)."""
    css, words, _ = _KEY[own]
    drawn = Markup('<title>{}: {}</title><path d="{}"/>').format(text(name), words, path)
    if root is None:
        return Markup('<g class="{}">{}</g>\n').format(css, drawn)
    return Markup('<a href="{}gebied/{}/" class="{}">{}</a>\n').format(root, slug_of(code), css, drawn)
