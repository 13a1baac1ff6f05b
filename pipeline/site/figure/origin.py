"""Where a figure comes from: rows of its source, the sum, the rounding, a query that makes it again."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.indicator import Indicator, read_without_explanation
from pipeline.site.figure.cijfer import read_rows
from pipeline.sql import Connection, literal
from pipeline.words.numbers import format_date, format_number
from pipeline.words.provenance import dated

PUBLISHED_DECIMALS = 4  # of every value in mart.cijfer


class SourceRow(NamedTuple):
    """A row as its publisher sent it, with the file that it stood in; see mart.herkomst.

    `sent_file` and `sent_sha256`: the gemeente's own file, that `bestand` was made from. `place`: what its
    rows are called; empty where no gemeente sent it.
    """

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
    regels: Sequence[int] = ()
    fetched_at: str | None = None
    place: str | None = None
    sent_file: str | None = None
    sent_sha256: str | None = None

    @property
    def own(self) -> Sequence[str]:
        """What it says, without the codes of what it is about."""
        return self.inhoud[self.sleutels :]

    def says(self, value: float) -> bool:
        """Whether a value stands in it as it is."""
        return any(value in _numbers(text) for text in self.own)

    @property
    def vintage(self) -> str:
        """The day of the publisher; of a file without one the day that it was fetched."""
        if self.modified is None and self.fetched_at:
            return f"opgehaald op {format_date(self.fetched_at)}"
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
        "(select h.*, s.publisher, s.modified, s.fetched_at, b.sha256, g.rij_heet as place,"
        " s.uit_bestand as sent_file, s.uit_bestand_sha256 as sent_sha256"
        " from mart.herkomst as h"
        " join contract.snapshot as s on h.bron_id = s.bron_id and h.tabel = s.tabel"
        " join contract.bestand as b on h.bestand = b.bestand"
        f" left join contract.gemeente_bron as g on h.bron_id = g.bron_id where {chosen})",
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
    return _in_order(read_without_explanation(con), shown, rows)


def read_examples(con: Connection, gemeenten: Sequence[str]) -> Mapping[str, Sequence[Trail]]:
    """Of figures that a gemeente gives of parts of itself alone: the trail of one part, by gemeente."""
    rows = con.execute(
        """
        select g.gemeente_code, h.indicator,
            first(h.gebied_code order by len(h.regels) = 0, g.gebied_naam, g.gebied_code)
        from mart.herkomst as h
        join core.gebied as g on h.gebied_code = g.gebied_code
        join contract.gemeente_bron as b on h.bron_id = b.bron_id
        where list_contains($gemeenten, g.gemeente_code)
        group by all
        having not bool_or(g.gebied_niveau = 'gemeente')
        order by all
        """,
        {"gemeenten": list(gemeenten)},
    ).fetchall()
    wanted = {(code, indicator) for _, indicator, code in rows}
    if not wanted:
        return {}
    codes, names = ({pair[at] for pair in wanted} for at in (0, 1))
    trails = read_trails(con, sorted(codes), indicators=sorted(names))
    of = {code: gemeente for gemeente, _, code in rows}
    found: dict[str, list[Trail]] = {}
    for code, some in trails.items():
        found.setdefault(of[code], []).extend(
            one for one in some if (code, one.definition.indicator) in wanted
        )
    return found


def _numbers(text: str) -> set[float]:
    """What a cell may mean: a number of a service, or one with the points and commas of a Dutch file."""
    found = set()
    for written in (text, text.replace(".", "").replace(",", ".")):
        with contextlib.suppress(ValueError):
            found.add(float(written))
    return found


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
