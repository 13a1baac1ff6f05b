"""Whom to call, when the next figures come and where to report an error."""

from dataclasses import dataclass

from pipeline.site.area.area import Area, Section
from pipeline.site.area.shared import Hulplijn
from pipeline.words.numbers import format_date

HULP = ("112", "0900-8844", "0800-7000")


@dataclass(frozen=True, slots=True)
class Closing:
    code: str
    hulplijnen: tuple[Hulplijn, ...]
    volgende: str


def _make(area: Area, _: object) -> Closing:
    known, next_date = area.shared.hulplijnen, area.context.volgende
    return Closing(
        code=area.gebied.gebied_code,
        hulplijnen=tuple(line for number in HULP for line in known if line.nummer == number),
        volgende=format_date(next_date) if next_date else "nog niet bekend",
    )


SECTION = Section("hulp", "gebied_hulp.j2", _make)
