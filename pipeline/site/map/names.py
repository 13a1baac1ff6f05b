"""Which places a map names, and where: as many as fit, those with the most inhabitants first.

On a phone a map is a third as wide as on a desk. The names that fit there stand on every map; the others
only where it is wide, at half the size.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.gebied import niveau_of
from pipeline.site.html.markup import text
from pipeline.site.map.outlines import WIDTH, Spot
from pipeline.site.map.rows import Named

NARROW, WIDE = 40, 20
"""Units of a letter's height, as the style sheet has it, on a phone and on a desk."""
MOST_NARROW, MOST_WIDE = 7, 40
LETTER = 0.6  # of its height a letter is wide, also where another family stands in
BESIDE = 0.5  # of its height a halo and a space take
OUTSIDE = {"buurt": 1.6, "wijk": 1.6, "gemeente": 4.0}
"""How often the width of a place its name may have: a town is known by less than its borders."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """A name and the middle of where it stands."""

    name: str
    x: float
    y: float


def names(places: Sequence[Named], spots: Mapping[str, Spot], *, height: int) -> Markup:
    """The names on a map of some height; hidden from who listens, for every area says its own already."""
    everywhere, wide = place(places, spots, height=height)
    if not everywhere and not wide:
        return Markup("")
    return Markup('<g class="vb-namen" aria-hidden="true">{}{}</g>').format(
        _written(everywhere), Markup('<g class="vb-ruim">{}</g>').format(_written(wide)) if wide else ""
    )


def place(
    places: Sequence[Named], spots: Mapping[str, Spot], *, height: int
) -> tuple[list[Name], list[Name]]:
    """The names that fit on a phone, and those that fit beside them where a map is wide.

    None overlaps another, leaves the drawing, or is much wider than its area.
    """
    ordered = sorted(places, key=lambda one: (-one.inwoners, one.code))
    found = [(one, spots[one.code]) for one in ordered if one.code in spots and one.inwoners]
    everywhere = _fit(found, size=NARROW, most=MOST_NARROW, height=height, taken=())
    drawn = {one.name for one in everywhere}
    others = [(one, spot) for one, spot in found if one.name not in drawn]
    boxes = [_box(one, WIDE) for one in everywhere]
    return everywhere, _fit(others, size=WIDE, most=MOST_WIDE, height=height, taken=boxes)


def _fit(
    places: Sequence[tuple[Named, Spot]], *, size: int, most: int, height: int, taken: Collection[Box]
) -> list[Name]:
    boxes = list(taken)
    found: list[Name] = []
    for place, spot in places:
        one = _placed(place, spot, size)
        if one is None or len(found) == most:
            continue
        box = _box(one, size)
        if box[1] >= 0 and box[3] <= height and not any(_overlap(box, other) for other in boxes):
            boxes.append(box)
            found.append(one)
    return found


def _placed(place: Named, spot: Spot, size: int) -> Name | None:
    """In the middle of its place, or moved inwards from the side of the drawing; None if it does not fit."""
    width = len(place.name) * size * LETTER
    if width > spot.width * OUTSIDE[niveau_of(place.code)]:
        return None
    return Name(place.name, min(max(spot.x, width / 2), WIDTH - width / 2), spot.y)


def _box(one: Name, size: int) -> Box:
    half = (len(one.name) * LETTER + BESIDE) * size / 2
    return one.x - half, one.y - size * 0.6, one.x + half, one.y + size * 0.6


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _written(found: Sequence[Name]) -> Markup:
    return Markup("").join(
        Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(one.x, one.y, text(one.name)) for one in found
    )
