"""What the browser needs to show another figure or year on a map: one small file a gemeente.

A cell is one character: the class of the figure, or why there is none. The words that belong to the classes
are the same for every gemeente and stand in one file beside them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.gebied import LAND, slug_of
from pipeline.indicator import Indicator, read_without_explanation
from pipeline.site.html.data import compact_json
from pipeline.site.map import rows as map_rows
from pipeline.site.map.drawing import DATA
from pipeline.site.map.legend import TOO_UNSURE, WHY_DOUBTFUL, class_words, colour, unit
from pipeline.site.map.maps import LEAST_GEMEENTEN
from pipeline.site.map.rows import PARTS
from pipeline.words.provenance import sources_of, stand_of
from pipeline.words.status import why_empty

EMPTY = {
    **{"t": "te_klein", "g": "geen_noemer", "o": "ontbreekt", "v": "verborgen", "m": "minder_dan_5"},
    **{"a": "andere_grens", "i": "noemer_onbekend", "n": "noemer_ander_niveau", "j": "noemer_jaar_ontbreekt"},
    **{"e": "niet_in_voorbeeld", "h": "niet_in_opslag"},
    "p": "voorlopig",  # a period of a gemeente's own figures that has not ended
}
"""The character of a cell without a figure, and why it has none: a reason, or a status without one."""
DOUBTFUL = "z"
"""The character of a cell whose margin is too wide for a colour."""
WORDS = f"{DATA}/indicatoren.json"

Bounds = Mapping[tuple[str, str], tuple[float, ...]]


def write_maps(con: duckdb.DuckDBPyConnection, out_dir: Path, *, gemeenten: Sequence[str] = ()) -> list[Path]:
    """Write assets/kaart/<code>.json of each gemeente and of the country below `out_dir`; what was written.

    {"gebieden": [[code, name]], "reeksen": {indicator: {year: one character an area}}}, areas by code. A
    year in which hardly any area has a figure is left out, and so are sensitive kinds per buurt. The file
    indicatoren.json says what characters and classes mean.

    Args:
        gemeenten: codes of the gemeenten that have a page; empty means all.
    """
    folder = out_dir / DATA
    folder.mkdir(parents=True, exist_ok=True)
    definitions, bounds = read_without_explanation(con), map_rows.read_bounds(con)
    wholes = _wholes(con, gemeenten)
    areas, series = _read_parts(con, wholes), _read_series(con, wholes, definitions, bounds)
    written = [_write(out_dir / WORDS, _in_words(con, definitions, bounds))]
    for whole in wholes:
        if whole in series:
            data = {"gebieden": areas[whole], "reeksen": series[whole]}
            written.append(_write(folder / f"{slug_of(whole)}.json", data))
    return written


def _wholes(con: duckdb.DuckDBPyConnection, gemeenten: Sequence[str]) -> list[str]:
    rows = con.execute(
        f"select distinct geheel from ({PARTS}) where geheel != $land order by 1", {"land": LAND}
    ).fetchall()
    found = [code for (code,) in rows]
    country = [LAND] if len(found) >= LEAST_GEMEENTEN else []
    return country + [code for code in found if not gemeenten or code in gemeenten]


def _read_parts(con: duckdb.DuckDBPyConnection, wholes: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    rows = con.execute(
        f"select geheel, lower(gebied_code), gebied_naam from ({PARTS})"
        " where list_contains($wholes, geheel) order by 1, 2",
        {"wholes": list(wholes)},
    ).fetchall()
    return {whole: [row[1:] for row in part] for whole, part in groupby(rows, key=lambda row: row[0])}


def _read_series(
    con: duckdb.DuckDBPyConnection,
    wholes: Sequence[str],
    definitions: Mapping[str, Indicator],
    bounds: Bounds,
) -> dict[str, dict[str, dict[str, str]]]:
    """{whole: {indicator: {year: characters}}}; indicators in the order of `definitions`."""
    drawn = [(i, n, b) for (i, n), b in bounds.items() if b and map_rows.may_be_drawn(definitions[i], n)]
    rows = con.execute(
        "select distinct indicator, periode from mart.cijfer"
        " where length(periode) = 4 and list_contains($indicators, indicator)"
        " order by list_position($order, indicator), periode",
        {"indicators": [indicator for indicator, *_ in drawn], "order": list(definitions)},
    ).fetchall()
    sizes = dict(
        con.execute(
            f"select geheel, count(*) from ({PARTS}) where list_contains($wholes, geheel)"
            " group by geheel order by geheel",
            {"wholes": list(wholes)},
        ).fetchall()
    )
    if not rows:
        return {}
    cells = _read_cells(con, wholes, drawn, rows, shape=(len(rows), sum(sizes.values())))
    found: dict[str, dict[str, dict[str, str]]] = {}
    start = 0
    for whole, size in sizes.items():
        block = cells[:, start : start + size]
        start += size
        filled = ((block <= ord("9")) | (block == ord(DOUBTFUL))).sum(axis=1) >= map_rows.FILLED * size
        for (indicator, periode), line, enough in zip(rows, block, filled, strict=True):
            if enough:
                found.setdefault(whole, {}).setdefault(indicator, {})[periode] = line.tobytes().decode()
    return found


def _read_cells(
    con: duckdb.DuckDBPyConnection,
    wholes: Sequence[str],
    drawn: Sequence[tuple[str, str, tuple[float, ...]]],
    series: Sequence[tuple[str, str]],
    *,
    shape: tuple[int, int],
) -> NDArray[np.uint8]:
    """A line for each series, a column for each area by whole and code, the character of each cell in it.

    Put together here: seven million characters take DuckDB half a minute to string together in order.
    """
    steps = range(1, map_rows.CLASSES)
    classes = " + ".join(f"(c.waarde >= r.grens_{step})::int" for step in steps)
    whys = " ".join(f"when '{waarom}' then {ord(letter)}" for letter, waarom in EMPTY.items())
    missing = ord(next(letter for letter, waarom in EMPTY.items() if waarom == "ontbreekt"))
    unknown = "error('geen letter voor ' || coalesce(c.oorzaak, c.status))"
    lines = [
        {"regel": line, "indicator": indicator, "periode": periode, "niveau": niveau}
        | {f"grens_{step}": found[step - 1] if step <= len(found) else math.inf for step in steps}
        | dict(zip(("laag", "hoog"), map_rows.doubt(found) or (-math.inf, math.inf), strict=True))
        for line, (indicator, periode) in enumerate(series)
        for known, niveau, found in drawn
        if known == indicator
    ]
    found = con.execute(
        f"""
        with reeksen as (select unnest($lines, recursive := true)),

        delen as (
            select gebied_code, row_number() over (order by geheel, gebied_code) - 1 as kolom
            from ({PARTS})
            where list_contains($wholes, geheel)
        )

        select (r.regel * $width + p.kolom)::integer as plaats,
            (case when c.onder < r.laag and c.boven >= r.hoog then {ord(DOUBTFUL)}
                when c.waarde is not null then {ord("0")} + {classes}
                else case coalesce(c.oorzaak, c.status) {whys} else {unknown} end
            end)::utinyint as cel
        from mart.cijfer as c
        join delen as p on p.gebied_code = c.gebied_code
        join reeksen as r
            on r.indicator = c.indicator and r.periode = c.periode and r.niveau = c.gebied_niveau
        """,
        {"lines": lines, "wholes": list(wholes), "width": shape[1]},
    ).fetchnumpy()
    cells = np.full(shape, missing, dtype=np.uint8)
    cells.reshape(-1)[found["plaats"]] = found["cel"]
    return cells


def _in_words(
    con: duckdb.DuckDBPyConnection, definitions: Mapping[str, Indicator], bounds: Bounds
) -> dict[str, Any]:
    sources: dict[str, list[tuple[str, str]]] = {}
    for name, bron, vintage in con.execute(
        """
        select indicator, any_value(bron), any_value(vintage) from mart.cijfer
        where waarde is not null
        group by indicator, tabel
        """
    ).fetchall():
        sources.setdefault(name, []).append((bron, stand_of(vintage)))
    shared = {key: why_empty(waarom, noemer=None) for key, waarom in EMPTY.items()}
    indicators: dict[str, dict[str, Any]] = {}
    for name, definition in definitions.items():
        classes = {
            niveau: [[colour(place, found), word] for place, word in enumerate(class_words(found))]
            for niveau in ("buurt", "gemeente")
            if (found := bounds.get((name, niveau)))
        }
        if classes:
            indicators[name] = {
                "titel": definition.titel,
                "eenheid": unit(definition),
                "bron": sources_of(sources.get(name, [])),
                "klassen": classes,
            }
            own = {key: why_empty(waarom, noemer=definition.noemer_soort) for key, waarom in EMPTY.items()}
            if differs := {key: reason for key, reason in own.items() if reason != shared[key]}:
                indicators[name]["leeg"] = differs
    return {"indicatoren": indicators, "leeg": shared, "onzeker": [DOUBTFUL, TOO_UNSURE, WHY_DOUBTFUL]}


def _write(path: Path, data: Mapping[str, Any]) -> Path:
    path.write_text(compact_json(data), encoding="utf-8")
    return path
