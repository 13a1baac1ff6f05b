"""The map near the top of the page of a gemeente (its buurten) and of the country (its gemeenten)."""

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.map.maps import Atlas, has_map
from pipeline.sql import Connection


def _read(con: Connection, codes: Sequence[str], _: AreaContext) -> Atlas:
    return Atlas.read(con, codes)


def _make(area: Area, atlas: Atlas) -> Markup | None:
    if not has_map(area.gebied.gebied_niveau):
        return None
    return atlas.map_of(area.code, root="../../", gemeenten=area.context.gemeenten)


SECTION = Section("kaart", "gebied_kaart.j2", _make, read=_read)
