"""What ends the sheet of paper that a print is: the sources of its figures, and where to find the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.figure.cijfer import address_of
from pipeline.site.figure.words import sources_in_words
from pipeline.sql import Connection

PRINTED = ("geregistreerd", "omstandigheid", "ervaren")


@dataclass(frozen=True, slots=True)
class Foot:
    """`licence`: 'CC BY 4.0 (CBS); niet vermeld (politie)'; `address` is to be typed over from paper."""

    source: str
    licence: str
    address: str


Terms = Mapping[str, tuple[str, str]]
"""Table -> (licence, publisher)."""


def _read(con: Connection, _: Sequence[str], __: AreaContext) -> Terms:
    rows = con.execute(
        "select tabel, licentie, publisher from contract.snapshot"
        " where bron_id not in (select bron_id from contract.gemeente_bron)"  # none of those is printed here
    ).fetchall()
    return {table: (licence, publisher) for table, licence, publisher in rows}


def _make(area: Area, terms: Terms) -> Foot:
    printed = [one.indicator for way in PRINTED for one in area.shared.by_measure.get(way, ())]
    known = [figure for name in printed if (figure := area.profiel.get(name)) and figure.is_known]
    by_licence: dict[str, list[str]] = {}
    for licence, publisher in sorted({found for one in known if (found := terms.get(one.tabel or ""))}):
        by_licence.setdefault(licence, []).append(publisher)
    return Foot(
        # They are of more tables than one sentence can hold.
        source=sources_in_words(known).replace("; ", ". "),
        licence="; ".join(f"{licence} ({', '.join(who)})" for licence, who in by_licence.items()),
        address=f"{area.context.site_url.rstrip('/')}/{address_of(area.code)}".lstrip("/"),
    )


SECTION = Section("blad", "gebied_blad.j2", _make, _read)
