"""What ends the sheet of paper that a print is: the sources of its figures, and where to find the page."""

from dataclasses import dataclass

from pipeline.site.area.area import Area, Section
from pipeline.site.figure.cijfer import address_of
from pipeline.site.figure.words import sources_in_words

PRINTED = ("geregistreerd", "omstandigheid", "ervaren")


@dataclass(frozen=True, slots=True)
class Foot:
    """`address` is to be typed over from paper."""

    source: str
    address: str


def _make(area: Area, _: object) -> Foot:
    printed = [one.indicator for way in PRINTED for one in area.shared.by_measure.get(way, ())]
    found = sources_in_words(
        figure for name in printed if (figure := area.profiel.get(name)) and figure.is_known
    )
    return Foot(
        source=found.replace("; ", ". "),  # they are of more tables than one sentence can hold
        address=f"{area.context.site_url.rstrip('/')}/{address_of(area.code)}".lstrip("/"),
    )


SECTION = Section("blad", "gebied_blad.j2", _make)
