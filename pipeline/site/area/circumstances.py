"""Circumstances and strengths of an area, and where it stands among those of its gemeente.

The sections are tables, and say in a word where the area stands, with a dot that the style sheet draws. The
spine chart beside them has one small file a gemeente: two kilobytes of rows on each area page are more than
the site may weigh; what the areas of a gemeente share stands in a file once, and the browser takes it when
the chart comes into view.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.gebied import PLURAL, niveau_of, slug_of
from pipeline.site.area import newest
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.area.newest import Place
from pipeline.site.area.table import FigureTable
from pipeline.site.html.data import compact_json
from pipeline.sql import Connection

FOLDER = "assets/omstandigheden"
LEAST_AREAS = 4
"""Fewer have no middle half."""

LOW, MIDDLE, HIGH = "laag", "midden", "hoog"
"""In the lowest quarter of the areas, in the highest or in between."""

STEPS = 5  # in which a quarter of the areas is drawn

_SHARED = ("laagste", "kwart", "midden", "driekwart", "hoogste", "referentie")
_BATCH = 1000  # areas a query

# Circumstances of the areas of some gemeenten, and how they are spread there.
_WITH_SPREADS = """
    with gemeenten as (
        select distinct gemeente_code from core.gebied where list_contains($codes, gebied_code)
    ),
    profiel as (
        select p.gebied_code, p.indicator, p.periode, p.waarde, g.gemeente_code, g.gebied_niveau
        from mart.gebied_profiel as p
        join core.gebied as g using (gebied_code)
        semi join gemeenten using (gemeente_code)
        join contract.indicator as i using (indicator)
        where i.thema = 'omstandigheden' and i.kind = 'meting'
            and i.eenheid != 'personen' and i.eenheid not like 'klasse%'
            and g.gebied_niveau in ('wijk', 'buurt') and p.waarde is not null
    ),
    verdeling as (
        select
            gemeente_code, gebied_niveau, indicator, periode, min(waarde) as laagste,
            quantile_cont(waarde, 0.25) as kwart, median(waarde) as midden,
            quantile_cont(waarde, 0.75) as driekwart, max(waarde) as hoogste
        from profiel
        group by all
        having count(*) >= $least
    )
"""

Places = Mapping[str, Mapping[str, Place]]
NOWHERE: Mapping[str, Place] = {}


@dataclass(frozen=True, slots=True)
class Measured:
    """A table below its heading, to which `anchor` leads, and a sentence on how to read it."""

    anchor: str
    title: str
    lead: str
    table: FigureTable


def _circumstances(area: Area, places: Places) -> Measured:
    lead = "Omstandigheden gaan soms samen met meer of minder veiligheid. Daarmee zijn ze nog geen oorzaak."
    own = places.get(area.code, {})
    if own:
        among = f"de {PLURAL[area.gebied.gebied_niveau]} van {area.gemeente}"
        lead += (
            f" Plek: {LOW} is het laagste kwart van {among}, {HIGH} het hoogste. "
            "De stip staat tussen laagste en hoogste. De balk is de middelste helft."
        )
    return _measured(
        area, "omstandigheid", anchor="omstandigheden", title="Omstandigheden", lead=lead, places=own
    )


def _strengths(area: Area, _: object) -> Measured:
    lead = "Naast problemen staat hier ook wat goed gaat. Het zijn schattingen met een rekenmodel."
    return _measured(area, "sterkte", anchor="welzijn", title="Samenleven en welzijn", lead=lead)


def _measured(
    area: Area, soort: str, *, anchor: str, title: str, lead: str, places: Mapping[str, Place] = NOWHERE
) -> Measured:
    """What is measured of the themes of one `soort`: omstandigheid or sterkte."""
    themes = {theme.thema for theme in area.shared.themas.values() if theme.soort == soort}
    indicators = [one for one in area.shared.by_measure.get("omstandigheid", ()) if one.thema in themes]
    table = newest.measured(area, indicators, wat=title.lower(), anchor=anchor, places=places)
    return Measured(anchor, title, lead, table)


def _read_places(con: Connection, codes: Sequence[str], _: AreaContext) -> Places:
    """Of wijken and buurten with neighbours enough: where they stand, by indicator."""
    found: dict[str, dict[str, Place]] = {}
    for start in range(0, len(codes), _BATCH):
        rows = con.execute(
            f"""
            {_WITH_SPREADS}
            select hier.gebied_code, hier.indicator, hier.waarde, v.laagste, v.kwart, v.midden, v.driekwart,
                v.hoogste
            from profiel as hier
            join verdeling as v using (gemeente_code, gebied_niveau, indicator, periode)
            where list_contains($codes, hier.gebied_code) and v.laagste < v.hoogste
            """,
            {"codes": list(codes[start : start + _BATCH]), "least": LEAST_AREAS},
        ).fetchall()
        for code, indicator, *figures in rows:
            found.setdefault(code, {})[indicator] = _place(*map(_short, figures))
    return found


def _place(value: float, *bounds: float) -> Place:
    """The quarter that the value lies in, and how far; no step of the middle half is one of the others.

    Args:
        bounds: the lowest value, that of each quarter, and the highest.
    """
    lowest, quarter, middle, three_quarters, highest = bounds
    if value < quarter:
        return Place(LOW, min(STEPS - 1, _steps(value, lowest, quarter)))
    if value > three_quarters:
        return Place(HIGH, 3 * STEPS + max(1, _steps(value, three_quarters, highest)))
    if value <= middle:
        return Place(MIDDLE, STEPS + _steps(value, quarter, middle))
    return Place(MIDDLE, 2 * STEPS + _steps(value, middle, three_quarters))


def _steps(value: float, low: float, high: float) -> int:
    """How far between two bounds; at the upper one where they are the same."""
    return round(STEPS * (value - low) / (high - low)) if high > low else STEPS


def _short(value: float) -> float:
    """Six figures are more than a chart shows; the page stays light."""
    return float(f"{value:.6g}")


SECTION = Section("omstandigheden", "gebied_gemeten.j2", _circumstances, read=_read_places)
STRENGTHS = Section("welzijn", "gebied_gemeten.j2", _strengths)


def write_circumstances(
    con: duckdb.DuckDBPyConnection, out_dir: Path, *, gemeenten: Sequence[str] = ()
) -> list[Path]:
    """Write assets/omstandigheden/gm0758.json below `out_dir` for each gemeente (empty: all).

    A file is {"naam": name of the gemeente, "soorten": [[label, unit]], "verdelingen": [[number of the kind,
    lowest, quarter, middle, three quarters, highest, the gemeente itself or null]], "gebieden": {code:
    [number of the distribution, value, that of similar areas or null, ...]}}. An area without figures, or at
    a level with too few areas, is not in it.

    Args:
        gemeenten: codes of the gemeenten that have pages.
    """
    rows = con.execute(
        """
        select m.gebied_code, m.gebied_naam, list(deel.gebied_code order by deel.gebied_code)
        from core.gebied as m
        join core.gebied as deel on deel.gemeente_code = m.gebied_code
        where m.gebied_niveau = 'gemeente' and deel.gebied_niveau in ('wijk', 'buurt')
            and (len($gemeenten) = 0 or list_contains($gemeenten, m.gebied_code))
        group by m.gebied_code, m.gebied_naam
        order by m.gebied_code
        """,
        {"gemeenten": list(gemeenten)},
    ).fetchall()
    folder = out_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written, waiting = [], [*rows]
    while waiting:
        batch: list[tuple[str, str, list[str]]] = []
        while waiting and sum(len(codes) for *_, codes in batch) < _BATCH:
            batch.append(waiting.pop())
        found = read_rows(con, [code for *_, codes in batch for code in codes])
        for gemeente, name, codes in batch:
            path = folder / f"{slug_of(gemeente)}.json"
            content = pack(name, {code: found[code] for code in codes if code in found})
            path.write_text(compact_json(content), encoding="utf-8")
            written.append(path)
    return sorted(written)


def read_rows(con: Connection, codes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Rows of the spine chart by area: where a buurt or wijk stands among those of its gemeente.

    Only circumstances that have a figure there and differ between the areas. A number of people is left
    out, for it says how large an area is, and a class, for its lowest is the most. The gemeente as a whole
    is the `referentie`, `gelijk` what similar areas have. The country and a gemeente have no rows, for they
    have no neighbours here.
    """
    rows = con.execute(
        f"""
        {_WITH_SPREADS}
        select hier.gebied_code, i.indicator, i.kort, i.eenheid, hier.waarde, v.laagste, v.kwart, v.midden,
            v.driekwart, v.hoogste, geheel.waarde, gelijk.waarde
        from profiel as hier
        join verdeling as v using (gemeente_code, gebied_niveau, indicator, periode)
        join contract.indicator as i on hier.indicator = i.indicator
        left join mart.cijfer as geheel
            on hier.gemeente_code = geheel.gebied_code and hier.indicator = geheel.indicator
            and hier.periode = geheel.periode
        left join mart.vergelijkbaar_cijfer as gelijk
            on hier.gebied_code = gelijk.gebied_code and hier.indicator = gelijk.indicator
            and hier.periode = gelijk.periode
        where list_contains($codes, hier.gebied_code) and v.laagste < v.hoogste
        order by hier.gebied_code, i.volgorde, i.indicator
        """,
        {"codes": list(codes), "least": LEAST_AREAS},
    ).fetchall()
    names = (
        *("indicator", "label", "eenheid", "waarde", "laagste", "kwart", "midden", "driekwart"),
        *("hoogste", "referentie", "gelijk"),
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for code, *values in rows:
        shown = [_short(value) if isinstance(value, float) else value for value in values]
        found.setdefault(code, []).append(dict(zip(names, shown, strict=True)))
    return found


def pack(name: str, areas: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The rows of the spine charts of one gemeente, each shared part once; see `write_circumstances`."""
    levels = [niveau_of(code) for code in areas]
    kinds: dict[tuple[str, str], int] = {}
    spreads: dict[tuple[Any, ...], int] = {}
    places: dict[str, list[float | int | None]] = {}
    for code, rows in areas.items():
        if levels.count(niveau_of(code)) < LEAST_AREAS:
            continue
        for row in rows:
            kind = kinds.setdefault((row["label"], row["eenheid"]), len(kinds))
            spread = spreads.setdefault((kind, *(row[part] for part in _SHARED)), len(spreads))
            places.setdefault(code, []).extend((spread, row["waarde"], row["gelijk"]))
    return {
        "naam": name,
        "soorten": list(kinds),
        "verdelingen": list(spreads),
        "gebieden": places,
    }
