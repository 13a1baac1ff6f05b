"""What gemeenten publish themselves: beside the national figures, never among them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.indicator import Indicator
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.figure.cijfer import read_rows
from pipeline.site.municipal import GemeenteBron, has_datasets, read_sources
from pipeline.sql import Connection
from pipeline.words.numbers import format_period, in_unit
from pipeline.words.reasons import least_of, reason_words
from pipeline.words.sentences import Onderwerp, count_phrase
from pipeline.words.status import STATUS_KORT, why_empty


class Line(NamedTuple):
    """The newest figure of one municipal indicator in one area, in words, or (`empty`) why there is none.

    `anchor` is the name of the indicator. `known` says whether something is known of it: a figure, or the
    reason that it has none.
    """

    name: str
    anchor: str
    address: str
    figure: str
    empty: bool
    known: bool
    periode: str
    caveat: str


class Gap(NamedTuple):
    """A cell that the gemeente's file speaks of, but that has no figure."""

    gebied_code: str
    indicator: str
    periode: str
    status: str
    reden: str


class Given(NamedTuple):
    """The datasets by id, and per area and indicator the cells without a figure, newest first."""

    sources: Mapping[str, GemeenteBron]
    gaps: Mapping[tuple[str, str], Sequence[Gap]]


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What one dataset of the gemeente says of an area."""

    bron: GemeenteBron
    lines: tuple[Line, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """Of the dataset, then of its figures, each once."""
        return tuple(
            dict.fromkeys((*self.bron.toelichting, *(one.caveat for one in self.lines if one.caveat)))
        )


def _read(con: Connection, codes: Sequence[str], context: AreaContext) -> Given:
    """Datasets and gaps; most parts of the country have none, and then they are not asked for."""
    if not has_datasets(con, codes):
        return Given({}, {})
    gaps = defaultdict[tuple[str, str], list[Gap]](list)
    rows = read_rows(
        con,
        Gap,
        "contract.gemeente_leeg where list_contains($codes, gebied_code) and length(periode) = 4",
        order="periode desc, indicator, gebied_code",
        parameters={"codes": list(codes)},
    )
    for row in rows:
        gaps[row.gebied_code, row.indicator].append(row)
    return Given({one.bron_id: one for one in read_sources(con)}, gaps)


def _make(area: Area, given: Given) -> tuple[OwnFigures, ...] | None:
    """A part for each dataset that knows something of this area."""
    known = [one for one in area.shared.by_measure.get("gemeente", ()) if one.indicator in area.profiel]
    found: dict[str, list[Line]] = {}
    for one in sorted(known, key=lambda one: (one.volgorde, one.indicator)):
        gaps = given.gaps.get((area.code, one.indicator), ())
        found.setdefault(area.profiel[one.indicator].tabel or "", []).extend(_lines(area, one, gaps))
    parts = tuple(
        OwnFigures(given.sources[source], tuple(lines))
        for source, lines in sorted(found.items())
        if any(line.known for line in lines)
    )
    return parts or None


def _lines(area: Area, definition: Indicator, gaps: Sequence[Gap]) -> Iterator[Line]:
    """The newest figure, and above it a newer period that has none; without a figure why there is none."""
    newest = _line(area, definition)
    if gaps and (newest.empty or gaps[0].periode > area.profiel[definition.indicator].periode):
        yield _gap(area, definition, gaps[0])
    if not newest.empty or not gaps:
        yield newest
    elif gaps[0].status == "voorlopig" and (over := next((g for g in gaps if g.status != "voorlopig"), None)):
        yield _gap(area, definition, over)


def _gap(area: Area, definition: Indicator, gap: Gap) -> Line:
    least = least_of(gap.reden)
    words, periode = why_empty(gap.status, noemer=None), format_period(gap.periode)
    if least is not None:
        words = f"ten minste {count_phrase(least, Onderwerp.parse(definition.onderwerp))}"
    why = reason_words(gap.reden, area.shared.voorbehouden)
    return Line(
        name=definition.titel,
        anchor=definition.indicator,
        address=definition.address,
        figure=words,
        empty=least is None,
        known=True,
        periode=periode,
        caveat=f"{definition.titel} in {periode}: {why}" if why else "",
    )


def _line(area: Area, definition: Indicator) -> Line:
    figure, as_written = area.profiel[definition.indicator], area.woorden[definition.indicator].written
    words = []
    if definition.kind == "verhouding" and figure.is_counted:
        words.append(count_phrase(figure.teller or 0, Onderwerp.parse(definition.onderwerp)))
    if as_written.cijfer is not None:
        words.append(in_unit(as_written.cijfer, definition.eenheid))
    if as_written.onder is not None and as_written.boven is not None:
        words.append(f"marge {as_written.onder} tot {as_written.boven}")
    texts = area.shared.voorbehouden
    return Line(
        name=definition.titel,
        anchor=definition.indicator,
        address=definition.address,
        figure=", ".join(words) or STATUS_KORT[figure.status],
        empty=not words,
        known=bool(words) or figure.status == "minder_dan_5",
        periode=format_period(figure.periode),
        caveat=" ".join(texts[key] for key in sorted(definition.caveat_keys) if key in texts),
    )


SECTION = Section("gemeente", "gebied_gemeente.j2", _make, read=_read)
