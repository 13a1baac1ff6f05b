"""A map that stands where no style sheet does: its colours are in the drawing itself, light as on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from pipeline.charts.picture import INK, PAPER
from pipeline.charts.tokens import colour
from pipeline.site.map.drawing import hatch_id
from pipeline.site.map.legend import entries
from pipeline.site.map.rows import Part, Subject

COLOURS = tuple(colour(f"--vb-k{step}") for step in range(5))
"""Of the classes, light to dark."""
LINE, BORDER = colour("--vb-kaartlijn"), colour("--vb-kaartrand")
EDGE, NAMES = "vb-rand", "vb-namen"
_AREAS = ("a", "g")
_LETTERS = {
    **{"font-weight": "700", "text-anchor": "middle", "fill": INK},
    **{"stroke": PAPER, "stroke-width": "5", "stroke-linejoin": "round", "paint-order": "stroke"},
}
_CLASS = re.compile(r"vb-k\d")


def coloured(svg: str, *, linked: bool) -> str:
    """The drawing of a map with the colours of its classes.

    On a page (`linked`) it may be small: only the names that fit then are on it. A picture has no links.
    """
    root = ElementTree.fromstring(svg)
    for names in root.findall(f"g[@class='{NAMES}']") if linked else ():
        for more in names.findall("g"):
            names.remove(more)
    root.attrib.pop("class", None)
    for one in root.iter():
        css = one.attrib.pop("class", "")
        if css == EDGE:
            one.attrib |= {"stroke": BORDER, "stroke-width": "2"}
        elif css.startswith(NAMES):
            one.attrib |= _LETTERS | {"font-size": "36" if linked else "22"}
        elif one.tag in _AREAS:
            for path in one.iter("path"):
                path.attrib |= {"stroke": LINE, "stroke-width": "1", "stroke-linejoin": "round"}
                if (fill := colour_of(css)) and "fill" not in path.attrib:
                    path.set("fill", fill)
    for text in root.iter("text"):
        text.set("dy", "0.35em")
    for pattern in root.iter("pattern"):
        for shape in pattern:
            shape.set("fill" if shape.tag == "rect" else "stroke", PAPER if shape.tag == "rect" else LINE)
    if not linked:
        for area in root.iter("a"):
            area.tag = "g"
            area.attrib.pop("href", None)
    return ElementTree.tostring(root, encoding="unicode")


def swatches(subject: Subject, areas: Sequence[Part]) -> list[tuple[str, str]]:
    """Fill and meaning of each class; a hatched one is filled with the hatch of the drawing beside it."""
    return [
        (colour_of(css) or f"url(#{hatch_id(css, subject)})", words) for css, words in entries(subject, areas)
    ]


def colour_of(css: str) -> str:
    """The colour of a class of the style sheet (vb-k0), empty for one that has none."""
    return COLOURS[int(css[-1])] if _CLASS.fullmatch(css) else ""
