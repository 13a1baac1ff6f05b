"""Where a figure comes from: rows of its source, the sum, the rounding, a query that makes it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.indicator import Indicator, read_indicators
from pipeline.site.figure.cijfer import read_rows
from pipeline.sql import Connection, literal
from pipeline.words.numbers import format_number
from pipeline.words.provenance import dated

PUBLISHED_DECIMALS = 4  # of every value in mart.cijfer


class SourceRow(NamedTuple):
    """A row as its publisher sent it, with the file that it stood in; see mart.herkomst."""

    gebied_code: str
    indicator: str
    rol: str
    publisher: str
    tabel: str
    modified: str | None
    bestand: str
    sha256: str
    sleutels: int
    kolommen: Sequence[str]
    inhoud: Sequence[str]

    @property
    def own(self) -> Sequence[str]:
        """What it says, without the codes of what it is about."""
        return self.inhoud[self.sleutels :]

    def says(self, value: float) -> bool:
        """Whether a value stands in it as it is."""
        return any(_number(text) == value for text in self.own)

    @property
    def vintage(self) -> str:
        return dated(self.modified)


class Shown(NamedTuple):
    """A figure with its number as it stands on the page of its area (mart.gebied_woorden)."""

    gebied_code: str
    indicator: str
    periode: str
    teller: int | None
    noemer: int | None
    noemer_jaar: int | None
    waarde: float | None
    decimalen: int | None
    cijfer: str | None
    status: str
    oorzaak: str | None


@dataclass(frozen=True)
class Trail:
    """One figure from source to page.

    Attributes:
        counted: the rows that its count or value rests on.
        divided: the row of what it is divided by; none for a measurement.
    """

    definition: Indicator
    shown: Shown
    counted: tuple[SourceRow, ...]
    divided: tuple[SourceRow, ...]

    @property
    def written(self) -> str:
        """The number on the page: the value, and where there is none the count."""
        return self.shown.cijfer or format_number(self.shown.teller or 0)

    @property
    def is_rate(self) -> bool:
        return self.shown.waarde is not None and self.definition.kind == "verhouding"

    @property
    def published(self) -> str:
        """The value as files have it."""
        return format_number(self.shown.waarde or 0, decimals=PUBLISHED_DECIMALS).rstrip("0").rstrip(",")

    def query(self, file: str) -> str:
        """SQL (of DuckDB) that makes the number again from the published Parquet at the address `file`."""
        area, period = literal(self.shown.gebied_code), literal(self.shown.periode)
        where = f"from {literal(file)}\nwhere gebied_code = {area} and periode = {period}"
        if self.shown.waarde is None:
            return f"select teller as cijfer\n{where}"
        value = "waarde"
        if self.is_rate:
            value = f"round(teller * {self.definition.per}.0 / noemer, {PUBLISHED_DECIMALS})"
        return f"select round({value}, {self.shown.decimalen}) as cijfer\n{where}"


def read_trails(
    con: Connection, codes: Sequence[str], *, indicators: Sequence[str] = ()
) -> Mapping[str, Sequence[Trail]]:
    """The trails of the newest figures of some areas (country or gemeente), in the order of the themes.

    Args:
        indicators: only of these; none named: all.
    """
    chosen = (
        "list_contains($codes, gebied_code)"
        " and (len($indicators) = 0 or list_contains($indicators, indicator))"
    )
    asked = {"codes": list(codes), "indicators": list(indicators)}
    rows: dict[tuple[str, str, str], list[SourceRow]] = {}
    for row in read_rows(
        con,
        SourceRow,
        f"(select h.*, s.publisher, s.modified, b.sha256 from mart.herkomst as h"
        " join contract.snapshot as s on h.bron_id = s.bron_id and h.tabel = s.tabel"
        f" join contract.bestand as b on h.bestand = b.bestand where {chosen})",
        order="gebied_code, indicator, rol, nr",
        parameters=asked,
    ):
        rows.setdefault((row.gebied_code, row.indicator, row.rol), []).append(row)
    shown = read_rows(
        con,
        Shown,
        "(select * from mart.gebied_profiel join mart.gebied_woorden using (gebied_code, indicator)"
        f" where {chosen})",
        order="gebied_code, indicator",
        parameters=asked,
    )
    return _in_order(read_indicators(con), shown, rows)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _in_order(
    definitions: Mapping[str, Indicator],
    shown: Sequence[Shown],
    rows: Mapping[tuple[str, str, str], Sequence[SourceRow]],
) -> Mapping[str, Sequence[Trail]]:
    place = {name: number for number, name in enumerate(definitions)}
    found: dict[str, list[Trail]] = {}
    for one in sorted(shown, key=lambda one: place[one.indicator]):
        key = (one.gebied_code, one.indicator)
        if counted := rows.get((*key, "teller"), ()):
            divided = rows.get((*key, "noemer"), ())
            trail = Trail(definitions[one.indicator], one, tuple(counted), tuple(divided))
            found.setdefault(one.gebied_code, []).append(trail)
    return found
