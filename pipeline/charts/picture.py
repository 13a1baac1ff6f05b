"""A drawing as a picture on its own: what it shows, how to read it, legend and source are inside it.

In: the SVG of a chart, a map or a funnel as a page has it. Out: SVG that needs no page and no style sheet. A
picture that travels keeps where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import escape

from pipeline.charts.tokens import colour

INK = colour("--basis-color-default-color-document")
SOFT = colour("--basis-color-default-color-subtle")
PAPER = colour("--basis-color-default-bg-document")
WIDTH, EDGE = 620, 20
INSIDE = WIDTH - 2 * EDGE
HIGHEST = 640  # a drawing; that of a long gemeente is narrower
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_SWATCH = 14

# How wide letters are, in thousandths of their size, in the fonts named above; all others are as an n.
_WIDTHS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" .,:;/\\!()[]ftrI-", 310),
    **dict.fromkeys("ckszvxyJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM%", 860),
    "W": 944,
}
_OTHER, _BOLD = 556, 1.08


@dataclass(frozen=True)
class Line:
    """One line of text and its size in pixels."""

    text: str
    size: int
    colour: str = INK
    bold: bool = False

    @property
    def height(self) -> int:
        return round(self.size * 1.38)


def picture(
    drawing: str,
    *,
    title: str,
    aid: str,
    source: str,
    legend: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
) -> str:
    """The whole picture.

    Args:
        drawing: one `<svg>` with a viewBox and without styles; its ink may be `currentColor`.
        aid: how to read it.
        legend: colour and meaning of each class of a map.
        notes: what stands below the drawing.
    """
    root = ElementTree.fromstring(drawing)
    across, down = map(float, root.attrib["viewBox"].split()[2:])
    # What was drawn for a phone does not grow to the width of the picture: its words would be too large.
    width = min(INSIDE, HIGHEST * across / down, across * 1.3)
    above = [*wrapped(title, 19, bold=True), *wrapped(aid, 13, colour=SOFT)]
    top = EDGE + sum(line.height for line in above) + 10
    parts = [_texts(above, EDGE)]
    parts.append(_placed(root, top=top, width=width, height=width * down / across))
    y = top + round(width * down / across) + 12
    swatches, y = _legend(legend, y)
    below = [line for note in (*notes, source) for line in wrapped(note, 12, colour=SOFT)]
    parts += [swatches, _texts(below, y)]
    height = y + sum(line.height for line in below) + EDGE - 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{_FONT}" color="{INK}" role="img" '
        f'aria-label="{escape(title)}"><rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>\n"
    )


def wrapped(text: str, size: int, *, colour: str = INK, bold: bool = False) -> list[Line]:
    """A text in lines that fit in the picture."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold=bold) > INSIDE:
            lines.append(line)
            longer = word
        line = longer
    return [Line(one, size, colour, bold) for one in [*lines, line] if one]


def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """How wide a text is in pixels, by the widths of its letters."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text) * size / 1000 * (_BOLD if bold else 1)


def _texts(lines: Sequence[Line], y: int) -> str:
    made = []
    for line in lines:
        weight = ' font-weight="700"' if line.bold else ""
        made.append(
            f'<text x="{EDGE}" y="{y + line.size}" font-size="{line.size}" fill="{line.colour}"{weight}>'
            f"{escape(line.text)}</text>"
        )
        y += line.height
    return "".join(made)


def _placed(root: ElementTree.Element, *, top: int, width: float, height: float) -> str:
    for name in ("class", "role", "aria-label", "aria-labelledby", "font-family"):
        root.attrib.pop(name, None)
    root.attrib |= {"x": str(EDGE), "y": str(top), "width": f"{width:.0f}", "height": f"{height:.0f}"}
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r"currentColor", INK, text)


def _legend(legend: Sequence[tuple[str, str]], y: int) -> tuple[str, int]:
    """Swatches with words beside each other, and where what follows begins."""
    made, x = [], EDGE
    for fill, words in legend:
        wide = _SWATCH + 6 + round(width_of(words, 13)) + 18
        if x + wide > WIDTH - EDGE and x > EDGE:
            x, y = EDGE, y + 22
        made.append(
            f'<rect x="{x}" y="{y}" width="{_SWATCH}" height="{_SWATCH}" fill="{fill}" stroke="{SOFT}"/>'
            f'<text x="{x + _SWATCH + 6}" y="{y + 12}" font-size="13" fill="{INK}">{escape(words)}</text>'
        )
        x += wide
    return "".join(made), y + 26 if legend else y
