"""What people say in a survey: it holds for a gemeente or the country, never for a part."""

from dataclasses import dataclass

from pipeline.site.area import newest
from pipeline.site.area.area import Area, Section
from pipeline.site.area.table import FigureTable
from pipeline.words.numbers import UIT_PUBLICATIE


@dataclass(frozen=True, slots=True)
class Survey:
    """`rounded`: some figures come from publications, which round."""

    table: FigureTable
    has_margins: bool
    rounded: bool


def _make(area: Area, _: object) -> Survey:
    indicators = area.shared.by_measure.get("ervaren", ())
    table = newest.measured(area, indicators, wat="wat bewoners ervaren", anchor="ervaren")
    shown = [one for one in indicators if one.indicator in table.indicators]
    return Survey(
        table=table,
        has_margins=any(area.profiel[one.indicator].onder is not None for one in shown),
        rounded=any(UIT_PUBLICATIE in one.caveat_keys for one in shown),
    )


SECTION = Section("ervaren", "gebied_ervaren.j2", _make)
