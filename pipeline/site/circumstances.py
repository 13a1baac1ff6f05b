"""Where each area stands among those of its gemeente, as one small file a gemeente for the spine charts.

Two kilobytes of rows on each area page are more than the site may weigh; what the areas of a
gemeente share stands in a file once, and the browser takes it when the chart comes into view. The table of
circumstances is on the page itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipeline.charts import vega
from pipeline.gebied import niveau_of, slug_of
from pipeline.site.figures import Row, circumstances

FOLDER = "assets/omstandigheden"
LEAST_AREAS = 4
"""Fewer have no middle half."""

_SHARED = ("laagste", "kwart", "midden", "driekwart", "hoogste", "referentie")
_BATCH = 1000  # areas a query


def write_circumstances(
    con: duckdb.DuckDBPyConnection, out_dir: Path, *, gemeenten: Sequence[str] = ()
) -> list[Path]:
    """Write assets/omstandigheden/gm0758.json below `out_dir` for each gemeente (empty: all).

    A file is {"spec": address of the chart seen from the site's root, "naam": name of the gemeente,
    "soorten": [[label, unit]], "verdelingen": [[number of the kind, lowest, quarter, middle, three quarters,
    highest, the gemeente itself or null]], "gebieden": {code: [number of the distribution, value, ...]}}. An
    area without figures, or at a level with too few areas, is not in it.
    """
    rows = con.execute(
        """
        select m.gebied_code, m.gebied_naam, list(deel.gebied_code order by deel.gebied_code)
        from core.gebied as m
        join core.gebied as deel on deel.gemeente_code = m.gebied_code
        where m.gebied_niveau = 'gemeente' and deel.gebied_niveau in ('wijk', 'buurt')
            and not plaats_onbekend(m.gebied_code) and not plaats_onbekend(deel.gebied_code)
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
        found = circumstances(con, [code for *_, codes in batch for code in codes])
        for gemeente, name, codes in batch:
            path = folder / f"{slug_of(gemeente)}.json"
            content = pack(name, {code: found[code] for code in codes if code in found})
            path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
            written.append(path)
    return sorted(written)


def pack(name: str, areas: dict[str, list[Row]]) -> dict[str, Any]:
    """The rows of the spine charts of one gemeente, each shared part once; see `write_circumstances`."""
    levels = [niveau_of(code) for code in areas]
    kinds: dict[tuple[str, str], int] = {}
    spreads: dict[tuple[Any, ...], int] = {}
    places: dict[str, list[float | int]] = {}
    for code, rows in areas.items():
        if levels.count(niveau_of(code)) < LEAST_AREAS:
            continue
        for row in rows:
            kind = kinds.setdefault((row["label"], row["eenheid"]), len(kinds))
            spread = spreads.setdefault((kind, *(row[part] for part in _SHARED)), len(spreads))
            places.setdefault(code, []).extend((spread, row["waarde"]))
    return {
        "spec": vega.spec_url("spine"),
        "naam": name,
        "soorten": list(kinds),
        "verdelingen": list(spreads),
        "gebieden": places,
    }
