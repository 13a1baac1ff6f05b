"""Outlines of areas as paths of a drawing: from boundaries in degrees to whole numbers on a plane.

Pure geometry: no SQL, no HTML. A drawing is WIDTH units wide, whatever it shows.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from pipeline.charts import kept
from pipeline.gebied import wijk_of
from pipeline.site.map.rows import MOST_BUURTEN

WIDTH = 1000
"""Of the viewBox: one unit is a pixel on a wide screen."""
SNAP_METRES = 10.0
GAP_METRES = 100.0
GAP_METRES_COUNTRY = 300.0
CLOSE_METRES, THIN_METRES = 60.0, 100.0
"""Half the width of a sliver between parts of one area; how far a border of the country may shift."""
TOLERANCE, TOLERANCE_COUNTRY = 1.0, 1.5
"""Units of the drawing that a border may shift when it is simplified: less than a pixel where it is widest.

The country stands upright: its units are smaller.
"""

# Middle of the Dutch grid (Amersfoort) and metres per degree there, on the Bessel ellipsoid.
_LON, _LAT = 5.387_206, 52.155_174
_METRES_LON, _METRES_LAT = 68_466.0, 111_272.0


@dataclass(frozen=True)
class Spot:
    """Where a name may stand: a point inside an area, far from its sides, and how wide the area is."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Drawing:
    """The height of the viewBox and the path (`d`) of each area, by code.

    `edge` is the border around all of them, empty where none is drawn; `spots` are where names may stand.
    """

    height: int
    paths: Mapping[str, str]
    edge: str = ""
    spots: Mapping[str, Spot] = field(default_factory=dict)


@lru_cache(maxsize=8)
def drawing(outlines: tuple[tuple[str, str], ...]) -> Drawing:
    """Draw areas given as (code, GeoJSON geometry in degrees); every map of the same areas shares it."""
    metres = shapely.transform(shapely.from_geojson([outline for _, outline in outlines]), to_metres)
    return _draw([code for code, _ in outlines], metres, gap=GAP_METRES, edged=True)


@lru_cache(maxsize=1)
def dissolved(outlines: tuple[tuple[str, str], ...]) -> Drawing:
    """Draw what the outlines of one code make up together: gemeenten out of (gemeente, outline of a buurt).

    Outlines of the same code stand together. Two written pages have the same country; it is kept as a chart
    is, for boundaries change once a year.
    """
    said = [Path(__file__).read_text(encoding="utf-8"), shapely.__version__, shapely.geos_version, outlines]
    made = json.loads(kept.chart(json.dumps(said), lambda _: json.dumps(asdict(_dissolved(outlines)))))
    return Drawing(**made | {"spots": {code: Spot(**spot) for code, spot in made["spots"].items()}})


def _dissolved(outlines: tuple[tuple[str, str], ...]) -> Drawing:
    codes, shapes = [], []
    for code, parts in groupby(outlines, key=lambda part: part[0]):
        codes.append(code)
        metres = shapely.transform(shapely.from_geojson([outline for _, outline in parts]), to_metres)
        # Not coverage_union_all: it leaves slivers between buurten standing as holes in the gemeente.
        closed = shapely.union_all(shapely.buffer(metres, CLOSE_METRES, join_style="mitre"))
        opened = shapely.buffer(closed, -CLOSE_METRES, join_style="mitre")
        # To make borders fit with all their points takes 7.4 processor seconds for the country, so 2.1.
        shapes.append(shapely.simplify(opened, THIN_METRES))
    return _draw(codes, np.array(shapes), gap=GAP_METRES_COUNTRY, edged=False)


def _draw(codes: Sequence[str], metres: NDArray[Any], *, gap: float, edged: bool) -> Drawing:
    left, bottom, right, top = shapely.total_bounds(metres)
    scale = WIDTH / (right - left)
    tolerance = TOLERANCE if edged else TOLERANCE_COUNTRY
    simple = simplified(metres, tolerance=tolerance / scale, gap=gap)
    pixels = shapely.transform(
        simple, lambda points: np.column_stack([(points[:, 0] - left), (top - points[:, 1])]) * scale
    )
    paths = {code: path_of(area) for code, area in zip(codes, pixels, strict=True)}
    edge = path_of(shapely.coverage_union_all(pixels)) if edged else ""
    spots = _spots(codes, pixels)
    if edged and len(codes) > MOST_BUURTEN:
        spots |= _spots_of_wijken(codes, pixels)
    return Drawing(math.ceil((top - bottom) * scale), paths, edge, spots)


def _spots(codes: Sequence[str], areas: NDArray[Any]) -> dict[str, Spot]:
    """Of each area where its name may stand: halfway down, in the middle of where it is widest there."""
    points = shapely.point_on_surface(areas)
    bounds = shapely.bounds(areas)
    places = zip(codes, shapely.get_x(points), shapely.get_y(points), bounds, strict=True)
    return {code: Spot(x, y, right - left) for code, x, y, (left, _, right, _) in places}


def _spots_of_wijken(codes: Sequence[str], buurten: NDArray[Any]) -> dict[str, Spot]:
    wijken, shapes = [], []
    for wijk, parts in groupby(zip(codes, buurten, strict=True), key=lambda one: wijk_of(one[0])):
        wijken.append(wijk)
        shapes.append(shapely.coverage_union_all([shape for _, shape in parts]))
    return _spots(wijken, np.array(shapes))


def to_metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude to metres from Amersfoort, close to the Dutch grid: true to shape on a map.

    East-west a degree shrinks towards the north. Off by less than 1 % of a distance within the
    Netherlands: enough to draw, too little to measure.
    """
    longitude, latitude = points[:, 0], points[:, 1]
    shrink = np.cos(np.radians(latitude)) / math.cos(math.radians(_LAT))
    return np.column_stack([(longitude - _LON) * _METRES_LON * shrink, (latitude - _LAT) * _METRES_LAT])


def simplified(areas: NDArray[Any], *, tolerance: float, gap: float = GAP_METRES) -> NDArray[Any]:
    """Fewer points, while neighbours keep their common border; `tolerance` and `gap` in metres.

    Boundaries that overlap or leave slivers (narrower than `gap`) are made to fit first: simplifying would
    open them further. Those that fit keep every border that they share.
    """
    if not shapely.coverage_is_valid(areas, gap_width=SNAP_METRES):
        areas = shapely.coverage_clean(  # type: ignore[attr-defined]
            areas, snapping_distance=SNAP_METRES, gap_width=gap
        )
    return shapely.coverage_simplify(areas, tolerance)


def path_of(area: BaseGeometry) -> str:
    """The `d` of a path: whole numbers, moves relative to the last point, a subpath for each ring."""
    rings = [
        np.rint(shapely.get_coordinates(ring)).astype(int)
        for part in shapely.get_parts(area)
        for ring in shapely.get_rings(part)
    ]
    return "".join(_subpath(ring) for ring in rings)


def _subpath(ring: NDArray[np.int_]) -> str:
    steps = np.diff(ring[:-1], axis=0)  # the last point is the first, which z repeats
    moves = " ".join(f"{x} {y}" for x, y in steps if x or y)
    return f"M{ring[0][0]} {ring[0][1]}l{moves.replace(' -', '-')}z" if moves else ""
