"""The index behind the finder: names, codes and postcodes of every area that has a page. No search here.

The browser loads it once, when somebody starts to type; the list of areas serves those without JavaScript.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb

FINDER_PATH = "assets/zoeker.json"


def write_finder_index(
    con: duckdb.DuckDBPyConnection, out_dir: Path, *, gemeenten: Sequence[str] = ()
) -> Path:
    """Write the finder's index to assets/zoeker.json below `out_dir` and return its path.

    A JSON list of {"c": code, "n": name, "g": name of its gemeente, "p": most common postcode (four
    digits), "l": land, gemeente, wijk or buurt}. "g" and "p" are left out where there is none. Neighbours
    stand together, which compresses a quarter better than the alphabet; the browser sorts what it finds.

    Args:
        gemeenten: codes of the gemeenten whose areas have pages; empty means all. The country always has one.
    """
    path = out_dir / FINDER_PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = finder_entries(con, gemeenten=gemeenten)
    path.write_text(json.dumps(entries, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return path


def finder_entries(con: duckdb.DuckDBPyConnection, *, gemeenten: Sequence[str] = ()) -> list[dict[str, str]]:
    """The entries of the finder's index; see `write_finder_index`."""
    rows = con.execute(
        """
        select gebied_code, gebied_naam, case when gebied_niveau in ('wijk', 'buurt') then gemeente_naam end,
            postcode, gebied_niveau
        from core.gebied
        where not plaats_onbekend(gebied_code)
            and (len($gemeenten) = 0 or gebied_niveau = 'land'
                or coalesce(gemeente_code, gebied_code) in (select unnest($gemeenten)))
        order by substring(gebied_code, 3), gebied_code
        """,
        {"gemeenten": list(gemeenten)},
    ).fetchall()
    return [{key: value for key, value in zip("cngpl", row, strict=True) if value} for row in rows]
