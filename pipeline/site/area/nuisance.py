"""Registered nuisance: the first theme, so the first table."""

from collections.abc import Sequence

from pipeline.indicator import Indicator
from pipeline.site.area import newest
from pipeline.site.area.area import Area, Section
from pipeline.site.area.table import FigureTable


def kinds(area: Area) -> Sequence[Indicator]:
    """The kinds of nuisance, the publisher's total last."""
    found = [
        one
        for one in area.shared.by_measure.get("geregistreerd", ())
        if one.indicator in area.shared.overlast
    ]
    return sorted(found, key=lambda one: one.indicator == newest.TOTAAL)


def _table(area: Area, _: object) -> FigureTable:
    return newest.counted(area, kinds(area), wat="overlast", anchor="overlast")


SECTION = Section("overlast", "gebied_overlast.j2", _table)
