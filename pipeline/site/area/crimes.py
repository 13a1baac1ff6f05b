"""Kinds of crime; all crimes together have a section of years (`series`)."""

from pipeline.site.area import newest
from pipeline.site.area.area import Area, Section
from pipeline.site.area.batch import REEKS
from pipeline.site.area.table import FigureTable


def _table(area: Area, _: object) -> FigureTable:
    others = {*area.shared.overlast, REEKS}
    kinds = [one for one in area.shared.by_measure.get("geregistreerd", ()) if one.indicator not in others]
    return newest.counted(area, kinds, wat="soorten misdrijven", anchor="misdrijven")


SECTION = Section("soorten", "gebied_soorten.j2", _table)
