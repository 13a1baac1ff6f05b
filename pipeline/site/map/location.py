"""Where an area lies: one drawing a gemeente, and one of the country, that pages show with their area marked.

A page names its area behind the address of the drawing (gm0758.svg#bu07580003), and the style inside marks
what is named so: eighteen thousand pages share some three hundred files, without a script. The colours hold
on white and on dark alike, for a picture does not hear which of the two a reader has chosen.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.charts.tokens import colour
from pipeline.gebied import LAND, slug_of
from pipeline.site.map import rows as map_rows
from pipeline.site.map.maps import LEAST_GEMEENTEN
from pipeline.site.map.outlines import path_of, to_metres
from pipeline.sql import Connection

FOLDER = "assets/ligging"
SIZE = 320
"""Units across or down, whichever is more: about the pixels in which it is shown."""
TOLERANCE = 0.4
"""Units that a border may shift: less than the line that is drawn along it."""

_PARTS = f"""
    select b.gemeente_code as geheel, g.ouder_code as wijk, b.gebied_code as buurt, b.geometrie
    from ({map_rows.BUURTEN}) as b
    join core.gebied as g on b.gebied_code = g.gebied_code
"""
_COUNTRY_METRES = 400.0  # what a border of the country may shift, and half of what is closed between parts
_AROUND, _HERE = colour("--vb-ligging"), colour("--vb-ligging-hier")
_STYLE = (
    f"path{{fill:{_AROUND};fill-opacity:.28;stroke:{_AROUND};stroke-width:.8;stroke-linejoin:round}}"
    f":target,:target path{{fill:{_HERE};fill-opacity:1;stroke:{_HERE};stroke-width:3}}"
)


def write_locations(con: Connection, out_dir: Path, *, gemeenten: Sequence[str] = ()) -> list[Path]:
    """Write <gemeente>.svg of each gemeente with boundaries below `out_dir`; what was written.

    And nl00.svg, where there are LEAST_GEMEENTEN to make a country of.

    Args:
        gemeenten: codes of the gemeenten that have a page; empty means all.
    """
    folder = out_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    parts = _read_parts(con)
    shapes = shapely.transform(shapely.from_geojson([outline for *_, outline in parts]), to_metres)
    written, start = [], 0
    for gemeente, own in groupby(parts, key=lambda part: part[0]):
        codes = [(wijk, buurt) for _, wijk, buurt, _ in own]
        if not gemeenten or gemeente in gemeenten:
            drawing = _of_gemeente(codes, shapes[start : start + len(codes)])
            written.append(_write(folder / f"{slug_of(gemeente)}.svg", drawing))
        start += len(codes)
    if len({part[0] for part in parts}) >= LEAST_GEMEENTEN:
        country = _of_country([part[0] for part in parts], shapes)
        written.append(_write(folder / f"{slug_of(LAND)}.svg", country))
    return written


def read_drawn(con: Connection) -> frozenset[str]:
    """The gemeenten, wijken and buurten that can be marked in a drawing."""
    parts = con.execute(f"select geheel, wijk, buurt from ({_PARTS})").fetchall()
    gemeenten = {gemeente for gemeente, *_ in parts}
    whole = gemeenten if len(gemeenten) >= LEAST_GEMEENTEN else set()
    return frozenset(whole).union(*((wijk, buurt) for _, wijk, buurt in parts))


def _read_parts(con: Connection) -> list[tuple[str, str, str, str]]:
    """(gemeente, wijk, buurt, GeoJSON in degrees) of every buurt with boundaries, in this order."""
    rows: list[tuple[str, str, str, str]] = con.execute(
        f"select geheel, wijk, buurt, geometrie from ({_PARTS}) order by all"
    ).fetchall()
    return rows


def _of_gemeente(codes: Sequence[tuple[str, str]], shapes: NDArray[Any]) -> str:
    """Buurten in groups of a wijk, so that either can be marked."""
    box, paths = _paths(shapes)
    drawn = zip(codes, paths, strict=True)
    return _svg(
        box,
        (
            f"<g id={_quoted(wijk)}>"
            + "".join(f'<path id={_quoted(buurt)} d="{path}"/>' for (_, buurt), path in own)
            + "</g>"
            for wijk, own in groupby(drawn, key=lambda one: one[0][0])
        ),
    )


def _of_country(gemeenten: Sequence[str], shapes: NDArray[Any]) -> str:
    """Gemeenten; rough, for a buurt is smaller than what is seen here."""
    rough = shapely.simplify(shapes, _COUNTRY_METRES / 2)
    codes, wholes, start = [], [], 0
    for gemeente, own in groupby(gemeenten):
        end = start + len(list(own))
        whole = shapely.union_all(shapely.buffer(rough[start:end], _COUNTRY_METRES, join_style="mitre"))
        codes.append(gemeente)
        wholes.append(shapely.buffer(whole, -_COUNTRY_METRES, join_style="mitre"))
        start = end
    box, paths = _paths(np.array(wholes))
    drawn = zip(codes, paths, strict=True)
    return _svg(box, (f'<path id={_quoted(code)} d="{path}"/>' for code, path in drawn))


def _paths(shapes: NDArray[Any]) -> tuple[str, list[str]]:
    """The viewBox around shapes, and the `d` of each."""
    left, bottom, right, top = shapely.total_bounds(shapes)
    scale = SIZE / max(right - left, top - bottom)
    placed = shapely.transform(
        shapes, lambda points: np.column_stack([points[:, 0] - left, top - points[:, 1]]) * scale
    )
    box = f"-2 -2 {round((right - left) * scale) + 4} {round((top - bottom) * scale) + 4}"
    return box, [path_of(one) for one in shapely.simplify(placed, TOLERANCE)]


def _svg(box: str, parts: Iterable[str]) -> str:
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><style>{_STYLE}</style>'
    return f"{start}{''.join(parts)}</svg>"


def _quoted(code: str) -> str:
    return f'"{slug_of(code)}"'


def _write(path: Path, drawing: str) -> Path:
    path.write_text(drawing, encoding="utf-8")
    return path
