"""What the local stand-in serves: tables and boundaries, from a folder laid out as the publishers' services
give them, from the embedded example, or (a full cube) made up on the fly and labelled synthetic."""

import csv
import functools
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from tests import upstream_filter

Rows = list[dict[str, Any]]

CUBE_REGIONS = 18_498
CUBE_YEARS = range(2012, 2026)
DIMENSION_KINDS = ("Dimension", "GeoDimension", "GeoDetail", "TimeDimension")
ARROW_TYPES = {"Long": pa.int64(), "Integer": pa.int64(), "Double": pa.float64(), "Float": pa.float64()}


class Table(Protocol):
    """One StatLine table: its metadata sets and its rows, numbers typed, dimension keys padded."""

    id: str
    host: str
    sets: Mapping[str, Rows]

    def page(self, where: upstream_filter.Node | None, skip: int, limit: int) -> tuple[pa.Table, bool]:
        """Rows skip..skip+limit of those that satisfy the filter, and whether more follow."""

    def count(self, where: upstream_filter.Node | None) -> int:
        """How many rows satisfy the filter."""


@dataclass
class StoredTable:
    """A table whose rows are in memory."""

    id: str
    host: str
    sets: dict[str, Rows]
    data: pa.Table

    def page(self, where: upstream_filter.Node | None, skip: int, limit: int) -> tuple[pa.Table, bool]:
        chosen = self._chosen(where)
        return chosen.slice(skip, limit), skip + limit < chosen.num_rows

    def count(self, where: upstream_filter.Node | None) -> int:
        return int(self._chosen(where).num_rows)

    def _chosen(self, where: upstream_filter.Node | None) -> pa.Table:
        return self.data if where is None else self.data.filter(upstream_filter.mask(where, self.data))


@dataclass
class CubeTable:
    """SYNTHETIC: every type x region x year of 47018NED, made up; buurten add up to their gemeente.

    Rows come crime first and time fastest, as the publisher's running ID has them.
    """

    id: str
    host: str
    sets: dict[str, Rows]
    topic: str = "GeregistreerdeMisdrijven_1"
    kind: str = "SoortMisdrijf"
    _recent: dict[tuple[int, tuple[int, ...]], pa.Table] = field(default_factory=dict)

    @functools.cached_property
    def _types(self) -> list[str]:
        return [row["Key"] for row in self.sets[self.kind]]

    @functools.cached_property
    def _periods(self) -> list[str]:
        return [row["Key"] for row in self.sets["Perioden"]]

    @functools.cached_property
    def _regions(self) -> list[str]:
        return [row["Key"] for row in self.sets["WijkenEnBuurten"]]

    def page(self, where: upstream_filter.Node | None, skip: int, limit: int) -> tuple[pa.Table, bool]:
        taken: list[pa.Table] = []
        seen = needed = 0
        for size, make in self._blocks(where):
            if seen + size <= skip and size >= 0:
                seen += size
                continue
            block = make()
            start = max(skip - seen, 0)
            piece = block.slice(start, limit + 1 - needed)
            taken.append(piece)
            needed += piece.num_rows
            seen += block.num_rows
            if needed > limit:
                break
        rows = pa.concat_tables(taken) if taken else self._block(0, (0,)).slice(0, 0)
        return rows.slice(0, limit), rows.num_rows > limit

    def count(self, where: upstream_filter.Node | None) -> int:
        return sum(size if size >= 0 else make().num_rows for size, make in self._blocks(where))

    def _blocks(self, where: upstream_filter.Node | None) -> Iterator[tuple[int, Any]]:
        """Per type: the number of rows (-1 when it must be counted) and a function that makes them."""
        pinned = upstream_filter.equalities(where) if where is not None else {}
        periods = tuple(i for i, key in enumerate(self._periods) if key == pinned.get("Perioden", key))
        simple = where is None or (
            upstream_filter.columns_of(where) <= {"Perioden", self.kind}
            and (set(pinned) == set(upstream_filter.columns_of(where)))
        )
        for number, key in enumerate(self._types):
            if key != pinned.get(self.kind, key) or not periods:
                continue
            yield (
                len(periods) * len(self._regions) if simple else -1,
                functools.partial(self._filtered, number, periods, None if simple else where),
            )

    def _filtered(
        self, number: int, periods: tuple[int, ...], where: upstream_filter.Node | None
    ) -> pa.Table:
        block = self._block(number, periods)
        return block if where is None else block.filter(upstream_filter.mask(where, block))

    def _block(self, number: int, periods: tuple[int, ...]) -> pa.Table:
        if (number, periods) not in self._recent:
            while len(self._recent) > 3:
                self._recent.pop(next(iter(self._recent)))
            self._recent[number, periods] = self._made_up(number, periods)
        return self._recent[number, periods]

    def _made_up(self, number: int, periods: tuple[int, ...]) -> pa.Table:
        codes = self._structure.codes
        counts = np.stack([self._structure.counts(number, period) for period in periods], axis=1)
        repeat, times = len(periods), len(codes)
        ids = (number * times + np.repeat(np.arange(times), repeat)) * len(self._periods)
        regions = self._structure.padded.take(np.repeat(np.arange(times), repeat))
        return pa.table(
            {
                "ID": pa.array(ids + np.tile(np.array(periods), times)),
                self.kind: pa.array([self._types[number]] * (repeat * times)),
                "WijkenEnBuurten": regions,
                "Perioden": pa.array([self._periods[period] for period in periods] * times),
                self.topic: pa.array(counts.reshape(-1)),
                "Gemeentenaam_2": pa.array(["SYNTHETISCH".ljust(30)] * (repeat * times)),
                "SoortRegio_3": pa.array(["        "] * (repeat * times)),
            }
        )

    @functools.cached_property
    def _structure(self) -> "_Structure":
        return _Structure(self._regions)


class _Structure:
    """Which area lies in which, worked out once."""

    def __init__(self, regions: list[str]) -> None:
        self.padded = pa.array(regions)
        self.codes = [key.strip() for key in regions]
        level = np.array([code[:2] for code in self.codes])
        self._buurten = np.flatnonzero(level == "BU")
        self._gemeenten = np.flatnonzero(level == "GM")
        self._country = np.flatnonzero(level == "NL")
        self._parents = []
        for prefix, width in (("WK", 8), ("GM", 6)):
            key = {code[2:width]: place for place, code in enumerate(self.codes) if code.startswith(prefix)}
            parents = np.array([key.get(self.codes[place][2:width], -1) for place in self._buurten])
            known = parents >= 0
            self._parents.append((self._buurten[known], parents[known]))

    def counts(self, number: int, period: int) -> Any:
        """Made-up counts: buurten below 23, wijken, gemeenten and the country their sums."""
        counts = np.zeros(len(self.codes), dtype=np.int64)
        counts[self._buurten] = (self._buurten * 7919 + number * 104729 + period * 1299709) % 23
        for places, parents in self._parents:
            np.add.at(counts, parents, counts[places])
        counts[self._country] = counts[self._gemeenten].sum()
        return counts


@dataclass(frozen=True)
class Boundaries:
    """Collections of one boundary set: name → GeoJSON features."""

    features: Mapping[str, Rows]


@dataclass
class Upstream:
    """All that is served: tables by lower-case id, boundary sets by name (``wijken-en-buurten-2024``)."""

    tables: dict[str, Table]
    boundaries: dict[str, Boundaries]


def load(folder: Path) -> Upstream:
    """Whatever lies in a folder: the publishers' shape (host/table) or a snapshot store with its lock."""
    if (folder / "snapshots.json").is_file():
        return _from_store(folder)
    tables: dict[str, Table] = {}
    for host in ("dataderden.cbs.nl", "opendata.cbs.nl"):
        for table in sorted((folder / host).glob("*/TableInfos.json")):
            tables[table.parent.name.lower()] = _Lazy(table.parent, host)
    boundaries = {
        file.parent.name: Boundaries({"buurten": _features(file)})
        for file in sorted((folder / "api.pdok.nl").glob("*/buurten.geojson.gz"))
    }
    return Upstream(tables, boundaries)


def _features(file: Path) -> Rows:
    found: Rows = json.loads(gzip.decompress(file.read_bytes()))["features"]
    return found


class _Lazy:
    """A table folder: metadata and rows are each read when first asked for."""

    def __init__(self, folder: Path, host: str) -> None:
        self.id, self.host, self._folder = folder.name, host, folder

    @functools.cached_property
    def sets(self) -> dict[str, Rows]:
        files = sorted(self._folder.glob("*.json*"), reverse=True)
        return {file.name.partition(".")[0]: _json(file)["value"] for file in files}

    @functools.cached_property
    def _table(self) -> StoredTable:
        rows = _typed(_rows_of(self._folder), self.sets["DataProperties"])
        return StoredTable(self.id, self.host, self.sets, rows)

    def page(self, where: upstream_filter.Node | None, skip: int, limit: int) -> tuple[pa.Table, bool]:
        return self._table.page(where, skip, limit)

    def count(self, where: upstream_filter.Node | None) -> int:
        return self._table.count(where)


def _json(file: Path) -> Any:
    content = file.read_bytes()
    return json.loads(gzip.decompress(content) if file.suffix == ".gz" else content)


def _rows_of(folder: Path) -> pa.Table:
    parquet = folder / "TypedDataSet.parquet"
    if parquet.is_file():
        return pq.read_table(parquet)
    (file,) = folder.glob("*DataSet.csv.gz")
    with gzip.open(file, "rb") as content:
        return _texts(content)


def _texts(content: IO[bytes]) -> pa.Table:
    """A CSV with every column as text, empty cells as empty text."""
    lines = io.BytesIO(content.read())
    header = next(csv.reader(io.TextIOWrapper(io.BytesIO(lines.getvalue()), "utf-8", newline="")))
    return pa_csv.read_csv(
        lines,
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string())),
    )


def _typed(columns: pa.Table, properties: Rows) -> pa.Table:
    """Columns as the Typed service gives them; a number that is empty or a point is missing."""
    kinds = {row["Key"]: ARROW_TYPES.get(str(row.get("Datatype"))) for row in properties if row["Key"]}
    dimensions = {row["Key"] for row in properties if row["Type"] in DIMENSION_KINDS}
    made = {}
    for name in columns.column_names:
        kind = pa.int64() if name == "ID" else kinds.get(name)
        if not pa.types.is_string(columns[name].type):
            made[name] = columns[name]
        elif kind is None or name in dimensions:
            made[name] = pc.if_else(pc.equal(columns[name], ""), None, columns[name])
        else:
            made[name] = _numbers(columns[name], kind)
    return pa.table(made)


def _numbers(values: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    bare = pc.utf8_trim_whitespace(values)
    empty = pc.is_in(bare, pa.array(["", "."]))
    return pc.if_else(empty, None, bare).cast(pa.float64()).cast(kind)


def _from_store(folder: Path) -> Upstream:
    lock = json.loads((folder / "snapshots.json").read_text(encoding="utf-8"))
    tables: dict[str, Table] = {}
    boundaries: dict[str, Boundaries] = {}
    for source in lock["sources"].values():
        meta = json.loads((folder / source["meta"]["path"]).read_text("utf-8")) if source.get("meta") else {}
        for table_id, table in source["tables"].items():
            files = [folder / part["path"] for part in source["parts"] if part["table"] == table_id]
            columns = _columns_of_all(files)
            if "ODataFeed" in table["url"]:
                sets = _completed(meta[table_id], columns)
                typed = _widened(_typed(columns, sets["DataProperties"]), sets["DataProperties"])
                tables[table_id.lower()] = StoredTable(table_id, table["url"].split("/")[2], sets, typed)
            elif "ogc" in table["url"]:
                boundaries[table_id] = Boundaries({"buurten": _as_features(columns)})
    return Upstream(tables, boundaries)


def _widened(rows: pa.Table, properties: Rows) -> pa.Table:
    """Every topic as a column: the example keeps some, the service has all; what is not known is empty."""
    for row in properties:
        if row["Type"] == "Topic" and row["Key"] not in rows.column_names:
            kind = ARROW_TYPES.get(str(row.get("Datatype")), pa.string())
            rows = rows.append_column(row["Key"], pa.nulls(rows.num_rows, kind))
    return rows


def _columns_of_all(files: list[Path]) -> pa.Table:
    read = []
    for file in sorted(files):
        with file.open("rb") as content:
            read.append(_texts(content))
    return pa.concat_tables(read)


def _completed(sets: dict[str, Rows], columns: pa.Table) -> dict[str, Rows]:
    """The sets of the example, with code lists that it left out made from the rows."""
    made = {name: list(rows) for name, rows in sets.items()}
    for row in made["DataProperties"]:
        name = row["Key"]
        if row["Type"] in DIMENSION_KINDS and name in columns.column_names:
            known = {code["Key"] for code in made.get(name, [])}
            extra = sorted(set(columns[name].to_pylist()) - known)
            made[name] = made.get(name, []) + [{"Key": key, "Title": key.strip()} for key in extra]
    return made


def _as_features(columns: pa.Table) -> Rows:
    return [
        {
            "type": "Feature",
            "id": str(number),
            "properties": {
                **{name: value for name, value in row.items() if name != "geometry"},
                "jaar": int(row["jaar"]),
                "gemeentecode": f"GM{row['buurtcode'][2:6]}",
            },
            "geometry": json.loads(row["geometry"]),
        }
        for number, row in enumerate(columns.to_pylist(), start=1)
    ]


def cube_of(
    table: Table | None, *, regions: int = CUBE_REGIONS, types: int = 59, years: range = CUBE_YEARS
) -> CubeTable:
    """A full 47018NED, labelled synthetic; code lists from a stored table as far as it has them."""
    sets = dict(table.sets) if table is not None else {}
    info = {**(sets.get("TableInfos") or [{}])[0], "Identifier": "47018NED"}
    info |= {
        "Title": "SYNTHETISCH: geregistreerde misdrijven; volle kubus voor proeven",
        "ExplanatoryText": "SYNTHETISCH: geen cijfers van de politie.",
    }
    info.setdefault("Modified", "2026-01-15T02:00:00")
    info.setdefault("MetaDataModified", info["Modified"])
    codes = [row["Key"] for row in sets.get("WijkenEnBuurten", [])]
    kinds = [row["Key"] for row in sets.get("SoortMisdrijf", [])]
    made = {
        "TableInfos": [info],
        "DataProperties": _cube_properties(),
        "SoortMisdrijf": [{"Key": key, "Title": key.strip()} for key in _types(kinds, types)],
        "WijkenEnBuurten": [{"Key": key, "Title": key.strip()} for key in _regions(codes, regions)],
        "Perioden": [{"Key": f"{year}JJ00", "Title": str(year), "Status": "Definitief"} for year in years],
    }
    return CubeTable("47018NED", "dataderden.cbs.nl", made)


def _cube_properties() -> Rows:
    rows = [
        ("Dimension", "SoortMisdrijf", None),
        ("GeoDetail", "WijkenEnBuurten", None),
        ("TimeDimension", "Perioden", None),
        ("Topic", "GeregistreerdeMisdrijven_1", "Long"),
        ("Topic", "Gemeentenaam_2", "String"),
        ("Topic", "SoortRegio_3", "String"),
    ]
    return [
        {
            "odata.type": f"Cbs.OData.{kind}",
            "ID": number,
            "ParentID": None,
            "Type": kind,
            "Key": key,
            "Title": key,
            "Datatype": datatype,
            "Unit": "aantal" if datatype == "Long" else None,
            "Default": "Zero" if datatype == "Long" else None,
        }
        for number, (kind, key, datatype) in enumerate(rows)
    ]


def _types(known: list[str], count: int) -> list[str]:
    made = ["0.0.0 ", *(f"{i // 9 + 1}.{i % 9 + 1}.1".ljust(6) for i in range(count))]
    return list(dict.fromkeys([*known, *made]))[:count]


def _regions(known: list[str], count: int) -> list[str]:
    """Codes in the publisher's form; what is made up lies in gemeenten 8000 and up."""
    codes = list(known) or ["NL00      "]
    number = 8000
    while len(codes) < count:
        codes += [f"GM{number}    ", f"WK{number}00  ", *(f"BU{number}00{i:02d}" for i in range(52))]
        number += 1
    return codes[:count]
