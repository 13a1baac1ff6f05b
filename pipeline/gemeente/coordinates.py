"""Coordinates: RD metres to degrees, and what a pair looks like when it is written wrongly."""

from collections.abc import Mapping

from pipeline.gemeente.shape import Crs

# The Netherlands with room to spare. RD is made so that x is always smaller than y.
BOUNDS: Mapping[Crs, tuple[tuple[float, float], tuple[float, float]]] = {
    "wgs84": ((3.0, 7.5), (50.5, 54.0)),
    "rd": ((-10_000.0, 300_000.0), (300_000.0, 630_000.0)),
}

# Polynomial of Schreutelkamp and Strang van Hees (2001): within 25 cm of the exact transformation.
_ZERO_X, _ZERO_Y, _ZERO_LAT, _ZERO_LON = 155_000.0, 463_000.0, 52.15517440, 5.38720621
_LAT = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.24750),
    (2, 1, -0.84978),
    (0, 3, -0.06550),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.00530),
    (2, 3, -0.00039),
    (4, 1, 0.00033),
    (1, 1, -0.00012),
)
_LON = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
    (3, 2, -0.00256),
    (1, 4, 0.00128),
    (0, 2, 0.00022),
    (2, 0, -0.00022),
    (5, 0, 0.00026),
)


class CoordinateError(ValueError):
    """A pair that cannot lie in the Netherlands as it is written; the message says how it looks."""


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """RD metres as longitude and latitude in degrees (WGS84)."""
    dx, dy = (x - _ZERO_X) * 1e-5, (y - _ZERO_Y) * 1e-5
    latitude = _ZERO_LAT + sum(factor * dx**p * dy**q for p, q, factor in _LAT) / 3600
    longitude = _ZERO_LON + sum(factor * dx**p * dy**q for p, q, factor in _LON) / 3600
    return longitude, latitude


def as_degrees(x: float, y: float, *, crs: Crs, columns: tuple[str, str]) -> tuple[float, float] | None:
    """A pair of a file as longitude and latitude; None for 0, 0, which stands for 'not known'.

    Raises:
        CoordinateError: swapped, in the other system, or outside the Netherlands.
    """
    if x == 0 and y == 0:
        return None
    pair = f"({_plain(x)}, {_plain(y)})"
    if fits(x, y, crs):
        return (x, y) if crs == "wgs84" else to_degrees(x, y)
    if fits(y, x, crs):
        named = "lengte en breedte" if crs == "wgs84" else "x en y"
        raise CoordinateError(
            f"{pair}: {named} staan omgekeerd; zet x = {columns[1]!r} en y = {columns[0]!r}"
        )
    if crs == "wgs84" and fits(x, y, "rd"):
        raise CoordinateError(f"{pair}: dit zijn meters (RD), geen graden; zet crs op 'rd'")
    if crs == "rd" and fits(x, y, "wgs84"):
        raise CoordinateError(f"{pair}: dit zijn graden, geen meters; zet crs op 'wgs84'")
    raise CoordinateError(f"{pair} ligt niet in Nederland")


def fits(x: float, y: float, crs: Crs) -> bool:
    """Whether a pair, written so, lies in the Netherlands."""
    return all(low <= value <= high for value, (low, high) in zip((x, y), BOUNDS[crs], strict=True))


def _plain(value: float) -> str:
    return f"{value:.6g}" if abs(value) < 1000 else f"{value:.0f}"
