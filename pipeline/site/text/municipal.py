"""What written pages list of gemeenten: who publishes what, per theme and on a map."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
import shapely
from markupsafe import Markup

from pipeline.gebied import slug_of
from pipeline.indicator import Indicator
from pipeline.site.html.markup import Cell, bullets, link, table
from pipeline.site.map.outlines import WIDTH, path_of, to_metres
from pipeline.site.municipal import GemeenteBron
from pipeline.sql import Connection
from pipeline.words.numbers import format_period

TITLE = "Van de gemeente"
# Slivers between neighbours of one gemeente would stay as lines.
CLOSE_METRES, DRAWN_METRES = 60.0, 250.0


def source_list(sources: Sequence[GemeenteBron]) -> Markup:
    """Who publishes what, since when and under what terms, one row a dataset."""
    header = [Cell(name) for name in ("Gemeente", "Dataset", "Uitgever", "Licentie", "Cijfers", "Nieuw")]
    rows = [
        [
            Cell(one.gemeente_naam),
            Cell(link(one.pagina, one.titel) if one.pagina else one.titel),
            Cell(one.publisher),
            Cell(one.licentie),
            _span(one),
            Cell(one.frequentie),
        ]
        for one in sources
    ]
    return table("Datasets van gemeenten", header, rows)


def _span(one: GemeenteBron) -> Cell:
    if one.eerste is None or one.laatste is None:
        return Cell("nog niet opgehaald", empty=True)
    first, last = format_period(one.eerste), format_period(one.laatste)
    return Cell(first if first == last else f"{first} tot en met {last}")


def theme_list(
    indicators: Sequence[Indicator], sources: Sequence[GemeenteBron], url: Callable[[str], str]
) -> Markup:
    """The municipal indicators of a theme with their own citation and caveats; empty if there are none."""
    if not indicators:
        return Markup("")
    of = {name: one for one in sources for name in one.indicatoren}
    return bullets(
        Markup("{}. {} Bron: {}. {}").format(
            link(url(one.address), one.titel),
            one.vraag,
            of[one.indicator].citaat,
            " ".join(of[one.indicator].toelichting),
        )
        for one in indicators
    )


def definition_map(
    con: Connection, sources: Sequence[GemeenteBron], *, pages: Collection[str], root: str
) -> Markup:
    """The gemeenten of the warehouse, those with a definition in colour; `source_list` says it in words.

    `pages` are the codes of the gemeenten that have a page to lead to.
    """
    rows = con.execute(
        """
        select g.gemeente_code, g.gemeente_naam, list(p.geometrie)
        from core.gebied as g
        join staging.pdok_gebieden as p
            on g.gebied_code = p.gebied_code and g.indeling_jaar = p.indeling_jaar
        where g.gebied_niveau = 'buurt'
        group by all
        order by lower(strip_accents(any_value(g.gemeente_naam)))
        """
    ).fetchall()
    if not rows:
        return Markup("")
    defined = {one.gemeente_code for one in sources}
    outlines = np.array([_outline(shapes) for _, _, shapes in rows])
    left, bottom, right, top = shapely.total_bounds(outlines)
    scale = WIDTH / (right - left)
    pixels = shapely.transform(
        outlines, lambda points: np.column_stack([points[:, 0] - left, top - points[:, 1]]) * scale
    )
    shapes = Markup("").join(
        (
            Markup('<a href="{0}gebied/{1}/" class="{2}">{3}</a>\n')
            if code in pages
            else Markup('<g class="{2}">{3}</g>\n')
        ).format(
            root,
            slug_of(code),
            "vb-k3" if code in defined else "vb-k0",
            Markup('<title>{}: {}</title><path d="{}"/>').format(
                name,
                "met eigen cijfers" if code in defined else "nog zonder eigen cijfers",
                path_of(pixel),
            ),
        )
        for (code, name, _), pixel in zip(rows, pixels, strict=True)
    )
    return Markup(
        '<figure class="vb-figuur" id="kaart-gemeenten"><figcaption>'
        '<span class="vb-figuur__titel">Gemeenten met eigen cijfers</span></figcaption>'
        '<a class="vb-overslaan" href="#kaart-gemeenten-einde">Sla de kaart over</a>'
        '<svg class="vb-kaart" viewBox="0 0 {} {}" role="group" aria-label="Kaart van gemeenten">\n{}</svg>'
        '<ul class="vb-legenda"><li><span class="vb-staal vb-k3"></span>met eigen cijfers</li>'
        '<li><span class="vb-staal vb-k0"></span>nog zonder</li></ul>'
        '<p class="vb-bron" id="kaart-gemeenten-einde">Grenzen: CBS en Kadaster.</p></figure>'
    ).format(WIDTH, int((top - bottom) * scale) + 1, shapes)


def _outline(shapes: Sequence[str]) -> Any:
    """One gemeente out of its buurten, in metres, with few points."""
    metres = shapely.transform(shapely.from_geojson(list(shapes)), to_metres)
    closed = shapely.union_all(shapely.buffer(metres, CLOSE_METRES, join_style="mitre"))
    return shapely.simplify(shapely.buffer(closed, -CLOSE_METRES, join_style="mitre"), DRAWN_METRES)
