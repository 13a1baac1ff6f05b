"""The rows of the page for its script: what its chart draws and what its CSV holds."""

import hashlib
from collections.abc import Sequence
from typing import Any

from pipeline.indicator import MANY_VISITORS, VISITORS
from pipeline.site.area import nuisance, series
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.area.batch import REEKS
from pipeline.site.area.shared import read_columns
from pipeline.site.figure.chart import packed
from pipeline.site.html.data import compact_json
from pipeline.sql import Connection

COLUMNS = "assets/indicatoren.json"


def columns(con: Connection) -> str:
    """The file COLUMNS: what rows of all pages have in common, for when somebody saves a CSV."""
    return compact_json(read_columns(con))


def _address(con: Connection, codes: Sequence[str], context: AreaContext) -> str:
    return f"../../{COLUMNS}?v={hashlib.sha256(columns(con).encode()).hexdigest()[:8]}"


def _make(area: Area, columns_address: str) -> dict[str, Any]:
    """See `packed`; `indicatoren` is the address of what all pages have in common."""
    rows = {one.indicator: [area.profiel[one.indicator]] for one in area.known(nuisance.kinds(area))}
    if series.has_figures(area):
        rows[REEKS] = list(area.jaren)
    made = {"indicatoren": columns_address, **packed(area.gebied, rows)}
    for name in rows if area.has_many_visitors else ():
        indicator = area.shared.indicatoren[name]
        if VISITORS in indicator.caveat_keys:  # one more than elsewhere, as mart.cijfer has it
            made["bron"].setdefault(name, {})["voorbehoud"] = f"{indicator.voorbehoud};{MANY_VISITORS}"
    return made


SECTION = Section("data", "gebied_data.j2", _make, read=_address)
