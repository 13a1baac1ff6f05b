"""What to ask for one table: columns by stem, partitions by filter, and what the answer must hold to."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipeline import columns
from pipeline.fetch.http import FetchError
from pipeline.model import SourceHeader, Topic
from pipeline.sql import literal

Row = Mapping[str, Any]

ARROW_TYPES = {"Long": pa.int64(), "Integer": pa.int64(), "Double": pa.float64(), "Float": pa.float64()}
GEO_KINDS = ("GeoDetail", "GeoDimension")
DIMENSION_KINDS = ("Dimension", "TimeDimension", *GEO_KINDS)
COUNTRY = ("NL00", "NL01")


class Deviation(FetchError):
    """What the publisher gives is not what was agreed; the previous snapshot stays."""


@dataclass(frozen=True)
class Selection:
    """What part of the country and of time is wanted; empty and None mean all."""

    gemeenten: tuple[str, ...] = ()
    since: int | None = None

    def as_row(self) -> dict[str, Any]:
        """As it is kept beside the snapshot, to see whether a later run wants the same."""
        return {"gemeenten": sorted(self.gemeenten), "sinds": self.since}

    def has_region(self, code: str) -> bool:
        """Whether a (padded) region code is wanted: the country always is."""
        bare = code.strip()
        if not self.gemeenten or bare in COUNTRY:
            return True
        return bare[:2] in ("GM", "WK", "BU") and f"GM{bare[2:6]}" in self.gemeenten

    def has_period(self, code: str) -> bool:
        """Whether a period is wanted: ``2022JJ00``, ``2022MM03``, ``2022``."""
        return self.since is None or int(code[:4]) >= self.since


@dataclass(frozen=True)
class Partition:
    """One question: dimensions pinned to one code each, and the $filter that asks it."""

    pinned: Mapping[str, str]
    where: str

    @property
    def name(self) -> str:
        """A file name: the codes, or ``alles``."""
        return "_".join(code.strip() for code in self.pinned.values()) or "alles"


@dataclass(frozen=True)
class Plan:
    """How one table is fetched.

    Attributes:
        period: the period of a table that is one year's (``2024``), else None: its rows say it.
        geo: the dimension of regions, if any.
        schema: columns in the order of the snapshot: dimensions as text, topics as the publisher types them.
            Dimensions have the publisher's names; a table of several years has its period among them.
        counts: columns that hold counts, which add up and have national totals.
        codes: per dimension the code list as served; ``wanted`` the keys that the rows may have.
        missing: topics of the header that this table has no column for.
    """

    table: str
    period: str | None
    info: Row
    properties: Sequence[Row]
    codes: Mapping[str, Sequence[Row]]
    wanted: Mapping[str, frozenset[str]]
    geo: str | None
    schema: pa.Schema
    counts: tuple[str, ...]
    partitions: tuple[Partition, ...]
    complete: bool
    selected: bool
    missing: tuple[str, ...] = field(default=())

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(self.codes)

    def period_of(self, partition: Partition) -> str:
        """The folder that a partition's rows belong in: ``2022``, ``2022-03`` or ``alles``."""
        if self.period is not None:
            return self.period
        return period_label(partition.pinned.get("Perioden", ""))


def period_label(code: str) -> str:
    """``2022JJ00`` → ``2022``, ``2022MM03`` → ``2022-03``, nothing → ``alles``; others as they are."""
    bare = code.strip()
    if len(bare) == 8 and bare[4:6] in ("JJ", "SJ"):
        return bare[:4]
    if len(bare) == 8 and bare[4:6] == "MM":
        return f"{bare[:4]}-{bare[6:]}"
    return bare or "alles"


def make_plan(
    header: SourceHeader,
    table: str,
    *,
    period: str | None,
    info: Row,
    properties: Sequence[Row],
    codes: Mapping[str, Sequence[Row]],
    selection: Selection,
) -> Plan:
    """Put together what is asked of a table.

    Raises:
        Deviation: other dimensions than the header names, a topic that is missing or ambiguous, an empty
            code list, or a selection that leaves nothing.
    """
    kinds = {row["Key"]: row["Type"] for row in properties if row["Type"] in DIMENSION_KINDS}
    dimensions = dimensions_of(header, table, period=period, properties=properties)
    asked = {name: codes[name] for name in dimensions}
    by = list(header.partition)
    for name in dimensions[len(header.dimensions) :]:
        asked[name] = [row for row in codes[name] if period_label(str(row["Key"])) == period]
        by.append(name)
    geo = next((name for name in dimensions if kinds[name] in GEO_KINDS), None)
    keys, missing = resolve_topics(header, table, properties)
    types = {row["Key"]: ARROW_TYPES.get(str(row.get("Datatype")), pa.string()) for row in properties}
    schema = pa.schema([(name, pa.string()) for name in dimensions] + [(key, types[key]) for key in keys])
    units = {row["Key"]: str(row.get("Unit") or "").strip() for row in properties}
    listed = [row["Key"] for row in properties if row["Type"] == "Topic"]
    some = len(dimensions) > len(header.dimensions) or missing or set(listed) - set(keys)
    return Plan(
        table=table,
        period=period,
        info=info,
        properties=properties,
        codes={name: codes[name] for name in dimensions},
        wanted=_wanted(table, asked, kinds, selection),
        geo=geo,
        schema=schema,
        counts=tuple(key for key in keys if units[key] == "aantal" and types[key] == pa.int64()),
        partitions=_partitions(table, asked, kinds, selection, by=by),
        complete=header.volledig,
        selected=bool(selection.gemeenten or selection.since or some),
        missing=missing,
    )


def dimensions_of(
    header: SourceHeader, table: str, *, period: str | None, properties: Sequence[Row]
) -> tuple[str, ...]:
    """The dimensions of a table in the header's order, under the names that this table has.

    A table of one year may hold more years: their dimension comes last, and is asked for that year alone.

    Raises:
        Deviation: the table has other dimensions.
    """
    kinds = {row["Key"]: row["Type"] for row in properties if row["Type"] in DIMENSION_KINDS}
    known = tuple(columns.dimension_in(header, name, kinds) for name in header.dimensions)
    years = tuple(name for name in kinds if name not in known and kinds[name] == "TimeDimension")
    found = known if period is None or len(years) != 1 else (*known, *years)
    if set(kinds) != set(found):
        raise Deviation(f"{table}: dimensies {sorted(kinds)}, verwacht {sorted(header.dimensions)}")
    return found


def resolve_topics(
    header: SourceHeader, table: str, properties: Sequence[Row]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns for the header's topics, and topics without one.

    A table of one year may lack a topic that other years have; a source of one table may not.

    Raises:
        Deviation: a topic is ambiguous, or missing where it may not be.
    """
    keys, missing = [], []
    for alias, topic in header.topics.items():
        found = columns.candidates(topic, properties)
        if len(found) > 1:
            raise Deviation(f"{table}: meer dan één kolom past bij {_told(alias, topic)}: {', '.join(found)}")
        if found:
            keys.append(found[0])
        else:
            missing.append(alias)
    if missing and (len(header.tables) == 1 or not keys):
        wanted = ", ".join(_told(alias, header.topics[alias]) for alias in missing)
        there = ", ".join(str(row["Key"]) for row in properties if row["Type"] == "Topic")
        raise Deviation(f"{table}: geen kolom voor {wanted}; de tabel heeft: {there[:600]}")
    return tuple(dict.fromkeys(keys)), tuple(missing)


def _told(alias: str, topic: Topic) -> str:
    return f"{alias} ({' of '.join(topic.stems)}{f' onder {topic.parent}' if topic.parent else ''})"


def _wanted(
    table: str, codes: Mapping[str, Sequence[Row]], kinds: Mapping[str, str], selection: Selection
) -> dict[str, frozenset[str]]:
    wanted = {}
    for name, listed in codes.items():
        keys = [str(row["Key"]) for row in listed]
        if len(keys) != len(set(keys)):
            raise Deviation(f"{table}: codelijst {name} heeft {len(keys) - len(set(keys))} dubbele codes")
        if kinds[name] in GEO_KINDS:
            keys = [key for key in keys if selection.has_region(key)]
            known = {key.strip() for key in keys}
            unknown = [code for code in selection.gemeenten if code not in known]
            if unknown:
                raise Deviation(f"{table}: gemeente {', '.join(unknown)} staat niet in de codelijst {name}")
        elif kinds[name] == "TimeDimension":
            keys = [key for key in keys if selection.has_period(key)]
        if not keys:
            raise Deviation(f"{table}: codelijst {name} is leeg of valt buiten de keuze")
        wanted[name] = frozenset(keys)
    return wanted


def _partitions(
    table: str,
    codes: Mapping[str, Sequence[Row]],
    kinds: Mapping[str, str],
    selection: Selection,
    *,
    by: list[str],
) -> tuple[Partition, ...]:
    timed = [name for name in codes if kinds[name] == "TimeDimension"]
    # A selection of years that is no partition cannot be asked for; ge and le mix years and months.
    by = [*by, *(name for name in timed if selection.since is not None and name not in by)]
    unknown = [name for name in by if name not in kinds]
    if unknown:
        raise Deviation(f"{table}: partition noemt {', '.join(unknown)}; dimensies: {', '.join(kinds)}")
    choices = []
    for name in by:
        keys = [str(row["Key"]) for row in codes[name]]
        if kinds[name] == "TimeDimension":
            keys = [key for key in keys if selection.has_period(key)]
        choices.append(keys)
    area = _area_filter(codes, kinds, selection)
    made = []
    for chosen in itertools.product(*choices):
        pinned = dict(zip(by, chosen, strict=True))
        pieces = [f"{name} eq {literal(code)}" for name, code in pinned.items()] + ([area] if area else [])
        made.append(Partition(pinned, " and ".join(pieces)))
    return tuple(made)


def _area_filter(codes: Mapping[str, Sequence[Row]], kinds: Mapping[str, str], selection: Selection) -> str:
    """The part of the filter that keeps chosen gemeenten and the country."""
    geo = next((name for name, kind in kinds.items() if kind in GEO_KINDS), None)
    if geo is None or not selection.gemeenten:
        return ""
    keys = [str(row["Key"]) for row in codes[geo]]
    choices = [f"{geo} eq {literal(key)}" for key in keys if key.strip() in COUNTRY]
    if kinds[geo] == "GeoDetail":
        choices += [f"substring({geo},2,4) eq {literal(code[2:])}" for code in selection.gemeenten]
    else:
        choices += [f"{geo} eq {literal(key)}" for key in keys if key.strip() in selection.gemeenten]
    return f"({' or '.join(choices)})"
