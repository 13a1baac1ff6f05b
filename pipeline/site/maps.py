"""The map of a gemeente's buurten: inline SVG with a link for each buurt, a legend in words.

No JavaScript, no request: an area is an `<a>` with its name and figure as `<title>` and a class for its
colour. The colours themselves are in the style sheet, so that dark mode and print follow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
import shapely
from markupsafe import Markup
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from pipeline.gebied import slug_of
from pipeline.site.documentation import Indicator
from pipeline.site.macros import vintage_in_words
from pipeline.site.words import MET_AANTAL, STATUS_KORT, Onderwerp, count_phrase, format_number, format_period

WIDTH = 1000
"""Of the viewBox: one unit is a pixel on a wide screen."""
CLASSES = 5
SNAP_METRES = 10.0
GAP_METRES = 100.0

# Middle of the Dutch grid (Amersfoort) and metres per degree there, on the Bessel ellipsoid.
_LON, _LAT = 5.387_206, 52.155_174
_METRES_LON, _METRES_LAT = 68_466.0, 111_272.0


@dataclass(frozen=True)
class Map:
    """A map, or (`svg` empty) the reason why there is none."""

    svg: Markup
    legend_html: Markup
    areas_without: tuple[str, ...]
    periode: str
    explanation: str = ""


@dataclass(frozen=True)
class _Area:
    code: str
    name: str
    outline: str
    value: float | None
    count: int | None
    status: str


def map_of(con: duckdb.DuckDBPyConnection, indicator: str, gebied: str, *, root: str) -> Markup:
    """The map of the newest period with its caption, legend and source; or why there is no map.

    `root` leads from the page to the root of the site, as in '../../'.
    """
    definition = _definition(con, indicator)
    name = _gemeente_name(con, gebied)
    periode = _newest_period(con, indicator, gebied)
    drawn = map_svg(
        con, indicator=indicator, gemeente_code=gebied, periode=periode or "", link_prefix=f"{root}gebied/"
    )
    if drawn.explanation:
        return Markup("<p>{}</p>").format(drawn.explanation)
    ident = f"kaart-{definition.slug}-{slug_of(gebied)}"
    caption = Markup(
        '<figcaption><span class="vb-figuur__titel">{title} per buurt in {place}, {period}</span> '
        "Elke buurt leidt naar haar eigen pagina. De tabel op deze pagina heeft dezelfde cijfers."
        "</figcaption>"
    ).format(title=definition.titel, place=name, period=format_period(drawn.periode))
    return Markup(
        '<figure class="vb-figuur" id="{ident}">{caption}'
        '<a class="vb-overslaan" href="#{ident}-einde">Sla de kaart over</a>{svg}{legend}{without}'
        '<p class="vb-bron" id="{ident}-einde">Bron: {source}. Grenzen: CBS en Kadaster.</p></figure>'
    ).format(
        ident=ident,
        caption=caption,
        svg=drawn.svg,
        legend=drawn.legend_html,
        without=_without(drawn.areas_without),
        source=_source(con, indicator, gebied, drawn.periode),
    )


def map_svg(
    con: duckdb.DuckDBPyConnection, *, indicator: str, gemeente_code: str, periode: str, link_prefix: str
) -> Map:
    """Draw the buurten of one gemeente, coloured by the figure of one period.

    `link_prefix` is what stands before '<code>/' in each link. The classes are those of all buurten and
    years of the indicator, so two years or two gemeenten may be held side by side. A sensitive indicator,
    and one without figures for buurten, give a Map whose `explanation` says so instead.
    Raises ValueError when the gemeente has no boundaries.
    """
    definition = _definition(con, indicator)
    if definition.gevoelig:
        return _no_map("Van dit cijfer staat hier geen kaart per buurt. Zo is niemand te herkennen.", periode)
    bounds = class_bounds(con, indicator)
    areas = _areas(con, indicator, gemeente_code, periode)
    if all(area.value is None for area in areas):
        return _no_map("Per buurt zijn hier geen cijfers. Daarom staat er geen kaart.", periode)
    if not bounds:
        return _no_map("In alle buurten is dit cijfer nul. Daarom staat er geen kaart.", periode)
    height, paths = _drawing(tuple((area.code, area.outline) for area in areas))
    hatch = f"vb-arcering-{definition.slug}-{slug_of(gemeente_code)}"
    shapes = Markup("").join(
        Markup('<a href="{}{}/" class="{}"><title>{}</title><path{} d="{}"/></a>\n').format(
            link_prefix,
            slug_of(area.code),
            _css_class(area, bounds),
            _in_words(area, definition),
            Markup(' fill="url(#{})"').format(hatch) if area.value is None else "",
            paths[area.code],
        )
        for area in areas
    )
    label = f"Kaart van de buurten van {_gemeente_name(con, gemeente_code)}: {definition.titel}"
    svg = Markup(
        '<svg class="vb-kaart" viewBox="0 0 {width} {height}" role="group" aria-label="{label}">'
        '<defs><pattern id="{hatch}" width="9" height="9" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="9" height="9"/><line y2="9"/></pattern></defs>\n'
        "{shapes}</svg>"
    ).format(width=WIDTH, height=height, label=label, hatch=hatch, shapes=shapes)
    return Map(
        svg=svg,
        legend_html=_legend(bounds, definition, missing=any(area.value is None for area in areas)),
        areas_without=tuple(area.name for area in areas if area.value is None),
        periode=periode,
    )


def class_bounds(con: duckdb.DuckDBPyConnection, indicator: str) -> tuple[float, ...]:
    """The bounds between the colours: quintiles of the figures above zero of all buurten and years.

    Zeros are many where a kind is rare: they would leave one colour. Rounded, so that they can be read
    aloud; fewer where quintiles coincide, none where no buurt has a figure above zero.
    """
    quantiles = [step / CLASSES for step in range(1, CLASSES)]
    found = con.execute(
        "select quantile_cont(waarde, $quantiles) from mart.cijfer"
        " where indicator = $indicator and gebied_niveau = 'buurt' and waarde > 0",
        {"indicator": indicator, "quantiles": quantiles},
    ).fetchall()[0][0]
    return tuple(sorted({_round(value) for value in found or ()}))


def _round(value: float) -> float:
    """Two significant figures, the second one 0 or 5: bounds that can be read aloud."""
    unit = 10.0 ** math.floor(math.log10(abs(value)))
    return round(round(value / unit * 2) / 2 * unit, 9)


def _definition(con: duckdb.DuckDBPyConnection, indicator: str) -> Indicator:
    names = ", ".join(Indicator.__dataclass_fields__)
    rows = con.execute(
        f"select {names} from contract.indicator where indicator = $indicator", {"indicator": indicator}
    ).fetchall()
    if not rows:
        raise ValueError(f"indicator {indicator!r} is not in contract.indicator")
    return Indicator(*rows[0])


def _gemeente_name(con: duckdb.DuckDBPyConnection, code: str) -> str:
    rows = con.execute("select gebied_naam from core.gebied where gebied_code = $code", {"code": code})
    found = rows.fetchall()
    if not found:
        raise ValueError(f"gemeente {code!r} is not in core.gebied")
    return str(found[0][0])


def _newest_period(con: duckdb.DuckDBPyConnection, indicator: str, gemeente: str) -> str | None:
    rows = con.execute(
        """
        select max(cijfer.periode)
        from mart.cijfer join core.gebied using (gebied_code)
        where indicator = $indicator and gemeente_code = $gemeente
            and cijfer.gebied_niveau = 'buurt' and waarde is not null
        """,
        {"indicator": indicator, "gemeente": gemeente},
    ).fetchall()
    return str(rows[0][0]) if rows[0][0] else None


def _source(con: duckdb.DuckDBPyConnection, indicator: str, gemeente: str, periode: str) -> str:
    rows = con.execute(
        """
        select distinct bron, vintage
        from mart.cijfer join core.gebied using (gebied_code)
        where indicator = $indicator and gemeente_code = $gemeente and periode = $periode
            and cijfer.gebied_niveau = 'buurt' and waarde is not null
        order by all
        """,
        {"indicator": indicator, "gemeente": gemeente, "periode": periode},
    ).fetchall()
    return "; ".join(f"{bron}, {vintage_in_words(vintage)}" for bron, vintage in rows)


def _areas(con: duckdb.DuckDBPyConnection, indicator: str, gemeente: str, periode: str) -> tuple[_Area, ...]:
    """The buurten with boundaries, alphabetical: the order in which Tab reaches them."""
    rows = con.execute(
        """
        select gebied.gebied_code, gebied.gebied_naam, grens.geometrie, cijfer.waarde, cijfer.teller,
            coalesce(cijfer.status, 'ontbreekt')
        from core.gebied
        join staging.pdok_gebieden as grens
            on gebied.gebied_code = grens.gebied_code and gebied.indeling_jaar = grens.indeling_jaar
        left join mart.cijfer
            on gebied.gebied_code = cijfer.gebied_code
            and cijfer.indicator = $indicator and cijfer.periode = $periode
        where gebied.gemeente_code = $gemeente and gebied.gebied_niveau = 'buurt'
            and not plaats_onbekend(gebied.gebied_code)
        order by lower(strip_accents(gebied.gebied_naam)), gebied.gebied_code
        """,
        {"indicator": indicator, "gemeente": gemeente, "periode": periode},
    ).fetchall()
    if not rows:
        raise ValueError(f"gemeente {gemeente!r} has no boundaries in staging.pdok_gebieden")
    return tuple(_Area(*row) for row in rows)


# ---- geometry ---------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _drawing(outlines: tuple[tuple[str, str], ...]) -> tuple[int, Mapping[str, str]]:
    """The height of the viewBox and the path of each area; every map of a gemeente shares it."""
    metres = shapely.transform(shapely.from_geojson([outline for _, outline in outlines]), to_metres)
    left, bottom, right, top = shapely.total_bounds(metres)
    scale = WIDTH / (right - left)
    simple = simplified(metres, tolerance=1.5 / scale)
    pixels = shapely.transform(
        simple, lambda points: np.column_stack([(points[:, 0] - left), (top - points[:, 1])]) * scale
    )
    codes = [code for code, _ in outlines]
    return math.ceil((top - bottom) * scale), {
        code: path_of(area) for code, area in zip(codes, pixels, strict=True)
    }


def to_metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude to metres from Amersfoort, close to the Dutch grid: true to shape on a map.

    East-west a degree shrinks towards the north. Off by less than 1 % of a distance within the
    Netherlands: enough to draw, too little to measure.
    """
    longitude, latitude = points[:, 0], points[:, 1]
    shrink = np.cos(np.radians(latitude)) / math.cos(math.radians(_LAT))
    return np.column_stack([(longitude - _LON) * _METRES_LON * shrink, (latitude - _LAT) * _METRES_LAT])


def simplified(areas: NDArray[Any], *, tolerance: float) -> NDArray[Any]:
    """Fewer points, while neighbours keep their common border; `tolerance` in metres.

    Boundaries that overlap or leave slivers are made to fit first: simplifying would open them further.
    """
    if not shapely.coverage_is_valid(areas, gap_width=SNAP_METRES):
        areas = shapely.coverage_clean(  # type: ignore[attr-defined]
            areas, snapping_distance=SNAP_METRES, gap_width=GAP_METRES
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


# ---- words ------------------------------------------------------------------------------------------


def _css_class(area: _Area, bounds: Sequence[float]) -> str:
    if area.value is None:
        return "vb-leeg"
    # Few classes are spread over the colours, so that light stays low and dark stays high.
    place = int(np.searchsorted(bounds, area.value, side="right"))
    return f"vb-k{round(place * (CLASSES - 1) / len(bounds))}"


def _in_words(area: _Area, definition: Indicator) -> str:
    counted = area.count is not None and area.status in MET_AANTAL
    count = count_phrase(area.count or 0, Onderwerp.parse(definition.onderwerp)) if counted else ""
    if area.value is None:
        return f"{area.name}: {', '.join(part for part in (STATUS_KORT[area.status], count) if part)}"
    figure = f"{format_number(area.value, decimals=definition.decimalen)} {definition.eenheid}"
    return f"{area.name}: {figure}{f' ({count})' if count else ''}"


def _legend(bounds: Sequence[float], definition: Indicator, *, missing: bool) -> Markup:
    shown = [_bound(value) for value in bounds]
    words = [
        f"minder dan {shown[0]}",
        *(f"{low} tot {high}" for low, high in pairwise(shown)),
        f"{shown[-1]} of meer",
    ]
    colours = [f"vb-k{round(place * (CLASSES - 1) / len(bounds))}" for place in range(len(words))]
    entries = list(zip(colours, words, strict=True)) + ([("vb-leeg", "geen cijfer")] if missing else [])
    items = Markup("").join(
        Markup('<li><span class="vb-staal {}"></span>{}</li>').format(colour, word)
        for colour, word in entries
    )
    unit = "procent" if definition.eenheid == "%" else definition.eenheid
    return Markup('<p class="vb-klein">{}:</p><ul class="vb-legenda">{}</ul>').format(
        unit[0].upper() + unit[1:], items
    )


def _bound(value: float) -> str:
    """A bound without decimals that say nothing: 5, 2,5, 0,25."""
    decimals = next(count for count in range(10) if round(value, count) == value)
    return format_number(value, decimals=decimals)


def _without(names: Sequence[str]) -> Markup:
    if not names:
        return Markup("")
    return Markup('<p class="vb-klein">Zonder cijfer (gearceerd): {}.</p>').format(", ".join(names))


def _no_map(explanation: str, periode: str) -> Map:
    return Map(Markup(""), Markup(""), (), periode, explanation)
