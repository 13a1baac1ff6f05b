"""The index behind the finder: names, codes and postcodes of every area that has a page. No search here.

The browser loads the names once, when somebody turns to the finder, and the postcodes when a digit is typed:
113 and 12 kB after gzip for the 18,310 areas of 2024. The list of areas serves those without JavaScript.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.site.html.data import compact_json

FINDER_PATH = "assets/zoeker.json"
POSTCODES_PATH = "assets/zoeker-postcodes.json"


@dataclass(frozen=True)
class _Area:
    code: str
    name: str
    level: str
    postcode: str | None


def write_finder_index(
    con: duckdb.DuckDBPyConnection, out_dir: Path, *, gemeenten: Sequence[str] = ()
) -> Path:
    """Write the finder's index below `out_dir` and return the path of its first file, assets/zoeker.json.

    See `finder_index` for the form of both files.

    Args:
        gemeenten: codes of the gemeenten whose areas have pages; empty means all. The country always has one.
    """
    index, postcodes = finder_index(con, gemeenten=gemeenten)
    shard = compact_json(postcodes)
    version = hashlib.sha256(shard.encode()).hexdigest()[:8]
    index["postcodes"] = f"{Path(POSTCODES_PATH).name}?v={version}"
    path = out_dir / FINDER_PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(compact_json(index), encoding="utf-8")
    (out_dir / POSTCODES_PATH).write_text(shard, encoding="utf-8")
    return path


def finder_index(
    con: duckdb.DuckDBPyConnection, *, gemeenten: Sequence[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """The finder's index: a tree of names, and the postcodes in the order of that tree.

    Local names stand in data/reference/bijnamen.csv: that of a gemeente behind its name, for the areas in it
    are told apart by it; any other as ["local name", code] under "bijnamen". A site of some gemeenten names
    under "elders" those it has no pages of, so that the finder can say so.

    A code follows from the place in the tree, for gemeente and wijk stand in it. {"land": name, "gemeenten":
    [[4 signs of the code, name, wijk, ...]]}; a wijk is [2 signs, name, buurt, ...], its name null where it
    has no page. A buurt is its name when its 2 digits follow on those of the buurt before it (from 00), else
    [2 signs, name]. The second part has for each buurt its most common postcode (four digits), or "".
    """
    index: dict[str, Any] = {"gemeenten": []}
    postcodes: list[str] = []
    gemeente: list[Any] = []
    wijk: list[Any] = []
    following = ""
    spoken = _local_names(con)
    for area in _areas(con, gemeenten):
        if area.level == "land":
            index["land"] = area.name
            continue
        number = area.code[2:]
        if not gemeente or gemeente[0] != number[:4]:
            gemeente, wijk = [number[:4], None], []
            index["gemeenten"].append(gemeente)
        if area.level == "gemeente":
            gemeente[1] = _with_local(area.name, spoken.pop(area.code, ()))
            continue
        if not wijk or wijk[0] != number[4:6]:
            wijk, following = [number[4:6], None], "00"
            gemeente.append(wijk)
        if area.level == "wijk":
            wijk[1] = area.name
            continue
        wijk.append(area.name if number[6:] == following else [number[6:], area.name])
        following = f"{int(number[6:]) + 1:02}" if number[6:].isdigit() else ""
        postcodes.append(area.postcode or "")
    index["elders"] = _elsewhere(con, gemeenten, spoken) if gemeenten else []
    index["bijnamen"] = [[name, code] for code, names in spoken.items() for name in names]
    return index, postcodes


def _local_names(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """What people call an area whose official name is another: code -> names, both sorted."""
    rows = con.execute(
        "select gebied_code, list(bijnaam order by bijnaam) from reference.bijnamen group by all order by all"
    )
    return dict(rows.fetchall())


def _with_local(name: str, spoken: Sequence[str]) -> str:
    """'s-Gravenhage (Den Haag)'."""
    return " ".join([name, *(f"({one})" for one in spoken)])


def _elsewhere(
    con: duckdb.DuckDBPyConnection, gemeenten: Sequence[str], spoken: dict[str, list[str]]
) -> list[str]:
    """Names of the gemeenten without pages here, with what people call them; that is taken from `spoken`."""
    rows = con.execute(
        """
        select gebied_naam, gebied_code from core.gebied
        where gebied_niveau = 'gemeente' and gebied_code not in (select unnest($gemeenten)) order by all
        """,
        {"gemeenten": list(gemeenten)},
    )
    return [_with_local(name, spoken.pop(code, ())) for name, code in rows.fetchall()]


def _areas(con: duckdb.DuckDBPyConnection, gemeenten: Sequence[str]) -> list[_Area]:
    """Areas with a page: each gemeente before its wijken, each wijk before its buurten."""
    rows = con.execute(
        """
        select gebied_code, gebied_naam, gebied_niveau, postcode
        from core.gebied
        where (len($gemeenten) = 0 or gebied_niveau = 'land'
                or coalesce(gemeente_code, gebied_code) in (select unnest($gemeenten)))
        order by substring(gebied_code, 3), gebied_code
        """,
        {"gemeenten": list(gemeenten)},
    ).fetchall()
    return [_Area(*row) for row in rows]
