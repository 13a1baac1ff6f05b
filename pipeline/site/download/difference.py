"""The difference of two releases as CSV: which figure came, went, was restated or got another status.

Both releases are files that this site published, of whenever.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import LAND
from pipeline.site.download.rows import FORMULA
from pipeline.sql import literal
from pipeline.warehouse.connect import open_scratch

EVERYTHING = "alles.parquet"
"""What a release and the folder of downloads of a site have, with every figure of that moment."""

KINDS = ("erbij", "weg", "status", "herzien", "marge")
"""What may be said of a figure; of what fits, the first."""

_KEY = ("gebied_code", "indicator", "periode")
_COMPARED = {
    "status": "varchar",
    "teller": "bigint",
    "noemer": "bigint",
    "waarde": "double",
    "onder": "double",
    "boven": "double",
    "eenheid": "varchar",
    "indeling_jaar": "integer",
    "vintage": "varchar",
}
"""Both values of these stand in the difference, under their names with _oud and _nieuw."""

_COLUMNS = dict.fromkeys((*_KEY, "gebied_naam", "gebied_niveau"), "varchar") | _COMPARED
_COUNTED = ("teller", "noemer", "waarde")
_MOST_DECIMALS = 9  # what is left of subtracting binary fractions lies far below; published are four
HEADER = (
    "soort_wijziging", *_KEY[:1], "gebied_naam", "gebied_niveau", *_KEY[1:],
    *(f"{name}_{side}" for name in ("status", *_COUNTED) for side in ("oud", "nieuw")),
    *(f"{name}_verschil" for name in _COUNTED),
    *(f"{name}_{side}" for name in _COMPARED if name not in ("status", *_COUNTED)
      for side in ("oud", "nieuw")),
)  # fmt: skip


class DifferenceError(VeiligheidsbeeldError):
    """A release cannot be read or compared; the message names the file, the value and what to do."""


def write_difference(old: Path, new: Path, *, out: Path) -> Mapping[str, int]:
    """Write every area x indicator x period that differs, in that order; the header alone where none does.

    Args:
        old, new: a folder with alles.parquet (an unpacked release, or a built site), or one file that the
            site published: Parquet, zip or CSV.
        out: the CSV: UTF-8, commas, points in numbers; unknown is empty. It is there whole or as it was.

    Returns:
        Rows by what happened, in the order of `KINDS`. Of a figure with another status the values may be
        others too. `marge` says that the interval alone is another one: our method, not the source.

    Raises:
        DifferenceError: a file is none of those, has a cell twice, or is about something else than the other.
    """
    files = {"oud": _published(old), "nieuw": _published(new)}
    if out.resolve() in {file.resolve() for file in files.values()}:
        raise DifferenceError(f"{out} is zelf een van de twee uitgaven; kies een ander bestand met --uit")
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.{os.getpid()}.deel")  # of two at once each has its own
    with tempfile.TemporaryDirectory() as room, open_scratch(Path(room)) as con:
        for side, file in files.items():
            _load(con, file, side=side, room=Path(room) / side)
        _require_alike(con, files)
        con.execute(f"create temp table verschil as {_DIFFERENCE}")
        found = dict(con.execute("select soort_wijziging, count(*) from verschil group by all").fetchall())
        try:
            con.execute(
                f"copy (select {', '.join(HEADER)} from verschil order by {', '.join(_KEY)})"
                f" to {literal(str(beside))} (format csv, header)"
            )
            if not found:  # DuckDB ends the header with the first row
                beside.write_text(",".join(HEADER) + "\n", encoding="utf-8")
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
    return {kind: found.get(kind, 0) for kind in KINDS}


def _published(path: Path) -> Path:
    if path.is_dir():
        places = (path / EVERYTHING, path / "data" / "bestanden" / EVERYTHING)
        if found := next((file for file in places if file.is_file()), None):
            return found
        raise DifferenceError(
            f"{path}: hier staat geen {EVERYTHING}; geef de map van een uitgave of een bestand"
        )
    if not path.is_file():
        raise DifferenceError(f"{path} bestaat niet; geef een bestand van een uitgave, zoals {EVERYTHING}")
    return path


def _load(con: duckdb.DuckDBPyConnection, file: Path, *, side: str, room: Path) -> None:
    """A view on one release, its columns checked, each cell once."""
    source = _source(file, room)
    try:
        names = [column[0] for column in con.execute(f"select * from {source} limit 0").description or ()]
    except duckdb.Error as error:
        raise DifferenceError(f"{file} is niet te lezen: {str(error).splitlines()[0]}") from error
    if missing := [name for name in _COLUMNS if name not in names]:
        raise DifferenceError(
            f"{file} heeft geen kolom {missing[0]!r}; geef een bestand met cijfers van deze site, "
            f"zoals {EVERYTHING}"
        )
    columns = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in _COLUMNS.items())
    con.execute(f"create temp view {side} as select {columns} from {source}")
    key = ", ".join(_KEY)
    try:
        double = con.execute(f"select {key} from {side} group by all having count(*) > 1 limit 1").fetchone()
        con.execute(f"select {', '.join(f'max({name})' for name in _COMPARED)} from {side}")
    except duckdb.ConversionException as error:
        raise DifferenceError(f"{file}: een getal is geen getal: {' '.join(str(error).split())}") from error
    if double:
        raise DifferenceError(
            f"{file} heeft twee rijen voor {', '.join(double)}; haal het bestand opnieuw op"
        )


def _source(file: Path, room: Path) -> str:
    """What DuckDB reads; of a zip the one CSV in it, unpacked into `room`."""
    if file.suffix == ".zip":
        try:
            with zipfile.ZipFile(file) as archive:
                inside = [name for name in archive.namelist() if name.endswith(".csv")]
                if len(inside) != 1:
                    raise DifferenceError(f"{file} heeft {len(inside)} CSV-bestanden; verwacht: één")
                file = Path(archive.extract(inside[0], room))
        except (zipfile.BadZipFile, EOFError) as error:
            raise DifferenceError(f"{file} is geen heel ZIP-bestand; haal het opnieuw op") from error
    if file.suffix == ".csv":
        return f"read_csv({literal(str(file))}, delim = ',', quote = '\"', header = true, all_varchar = true)"
    return f"read_parquet({literal(str(file))})"


def _require_alike(con: duckdb.DuckDBPyConnection, files: Mapping[str, Path]) -> None:
    """One indicator beside all, or one gemeente beside another, would differ in everything."""
    first, second = files.values()
    old, new = (
        {row[0] for row in con.execute(f"select distinct indicator from {side}").fetchall()} for side in files
    )
    if not old & new or (len(old) == 1) != (len(new) == 1):
        raise DifferenceError(
            f"{first} gaat over {_told(old)}, {second} over {_told(new)}; "
            "vergelijk twee bestanden van hetzelfde"
        )
    shared = con.execute(
        f"select 1 from oud semi join nieuw using (gebied_code) where gebied_code != '{LAND}' limit 1"
    ).fetchone()
    alone = con.execute(f"select count(*) from oud where gebied_code != '{LAND}'").fetchone()
    if not shared and alone and alone[0]:
        raise DifferenceError(
            f"{first} en {second} hebben geen gebied gemeen; vergelijk twee bestanden van hetzelfde"
        )


def _told(indicators: set[str]) -> str:
    return f"de indicator {min(indicators)}" if len(indicators) == 1 else f"{len(indicators)} indicatoren"


def _differs(*names: str) -> str:
    return "(" + " or ".join(f"o.{name} is distinct from n.{name}" for name in names) + ")"


_PAIRS = ",\n    ".join(f"o.{name} as {name}_oud, n.{name} as {name}_nieuw" for name in _COMPARED)
_STEPS = ",\n    ".join(
    f"if({_differs('eenheid')}, null, round(n.{name} - o.{name}, {_MOST_DECIMALS})) as {name}_verschil"
    if name == "waarde"
    else f"n.{name} - o.{name} as {name}_verschil"
    for name in _COUNTED
)
_DIFFERENCE = f"""
select
    case
        when o.gebied_code is null then 'erbij'
        when n.gebied_code is null then 'weg'
        when {_differs("status")} then 'status'
        when {_differs(*_COUNTED, "eenheid")} then 'herzien'
        else 'marge'
    end as soort_wijziging,
    gebied_code, indicator, periode,
    regexp_replace(coalesce(n.gebied_naam, o.gebied_naam), '^({FORMULA})', '''\\1') as gebied_naam,
    coalesce(n.gebied_niveau, o.gebied_niveau) as gebied_niveau,
    {_PAIRS},
    {_STEPS}
from oud as o full join nieuw as n using ({", ".join(_KEY)})
where o.gebied_code is null or n.gebied_code is null
    or {_differs("status", *_COUNTED, "eenheid", "onder", "boven")}
"""
