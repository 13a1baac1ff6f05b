"""What gemeenten publish themselves: beside the national figures, never among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.gebied import gemeente_of
from pipeline.indicator import Indicator
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.municipal import GemeenteBron, read_sources
from pipeline.sql import Connection
from pipeline.words.numbers import format_period
from pipeline.words.sentences import Onderwerp, count_phrase
from pipeline.words.status import STATUS_KORT


class Line(NamedTuple):
    """The newest figure of one municipal indicator in one area, in words; `empty`: why there is none."""

    name: str
    address: str
    figure: str
    empty: bool
    periode: str
    caveat: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one dataset of the gemeente says of an area."""

    bron: GemeenteBron
    lines: tuple[Line, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """Of the dataset, then of its figures, each once."""
        return tuple(
            dict.fromkeys((*self.bron.toelichting, *(one.caveat for one in self.lines if one.caveat)))
        )


def _read(con: Connection, codes: Sequence[str], context: AreaContext) -> Mapping[str, GemeenteBron]:
    """The datasets by id; most parts of the country have none, and then they are not asked for."""
    gemeenten = sorted({code for code in map(gemeente_of, codes) if code})
    found = con.execute(
        "select count(*) from contract.gemeente_bron where list_contains($gemeenten, gemeente_code)",
        {"gemeenten": gemeenten},
    ).fetchall()
    return {one.bron_id: one for one in read_sources(con)} if found[0][0] else {}


def _make(area: Area, sources: Mapping[str, GemeenteBron]) -> tuple[Part, ...] | None:
    """A part for each dataset that has a figure of this area."""
    known = [one for one in area.shared.by_measure.get("gemeente", ()) if one.indicator in area.profiel]
    found: dict[str, list[Line]] = {}
    for one in sorted(known, key=lambda one: (one.volgorde, one.indicator)):
        found.setdefault(area.profiel[one.indicator].tabel or "", []).append(_line(area, one))
    parts = tuple(
        Part(sources[source], tuple(lines))
        for source, lines in sorted(found.items())
        if not all(line.empty for line in lines)
    )
    return parts or None


def _line(area: Area, definition: Indicator) -> Line:
    figure, as_written = area.profiel[definition.indicator], area.woorden[definition.indicator].written
    words = []
    if definition.kind == "verhouding" and figure.is_counted:
        words.append(count_phrase(figure.teller or 0, Onderwerp.parse(definition.onderwerp)))
    if as_written.cijfer is not None:
        words.append(f"{as_written.cijfer} {definition.eenheid}")
    if as_written.onder is not None and as_written.boven is not None:
        words.append(f"marge {as_written.onder} tot {as_written.boven}")
    texts = area.shared.voorbehouden
    return Line(
        name=definition.titel,
        address=definition.address,
        figure=", ".join(words) or STATUS_KORT[figure.status],
        empty=not words,
        periode=format_period(figure.periode),
        caveat=" ".join(texts[key] for key in sorted(definition.caveat_keys) if key in texts),
    )


SECTION = Section("gemeente", "gebied_gemeente.j2", _make, read=_read)
