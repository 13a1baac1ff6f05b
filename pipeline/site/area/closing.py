"""Whom to call, when the next figures come and where to report an error."""

from dataclasses import dataclass

from pipeline.site.area.area import Area, Section
from pipeline.site.area.head import newest_figure
from pipeline.site.area.shared import Hulplijn
from pipeline.site.freshness import UNKNOWN

HULP = ("112", "0900-8844", "0800-7000")


@dataclass(frozen=True, slots=True)
class Closing:
    code: str
    hulplijnen: tuple[Hulplijn, ...]
    volgende: str


def _make(area: Area, _: object) -> Closing:
    known, newest = area.shared.hulplijnen, newest_figure(area)
    source = area.shared.bronnen.get(newest.tabel or "") if newest else None
    return Closing(
        code=area.gebied.gebied_code,
        hulplijnen=tuple(line for number in HULP for line in known if line.nummer == number),
        volgende=source.next if source else UNKNOWN,
    )


SECTION = Section("hulp", "gebied_hulp.j2", _make)
