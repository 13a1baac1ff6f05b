"""The parts of a gemeente by size: which have more or fewer crimes than parts of that size usually do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.gebied import niveau_of
from pipeline.indicator import read_without_explanation
from pipeline.site.area.area import Area, AreaContext, Section, link_to
from pipeline.site.area.batch import REEKS
from pipeline.site.area.table import Link
from pipeline.site.figure.cijfer import Cijfer, Gebied, read_cijfers, read_rows
from pipeline.site.figure.funnel import Funnel, caption, drawn, make_funnel, title
from pipeline.site.figure.words import sources_in_words
from pipeline.sql import Connection

MANY = 150
"""Of more buurten the wijken are drawn, where they have figures of that period."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A funnel as the page shows it; `outside` are links to the areas beyond the outer limits, by name."""

    title: str
    caption: str
    svg: Markup
    source: str
    outside: tuple[Link, ...]


def _make(area: Area, funnels: Mapping[str, Funnel]) -> Drawn | None:
    if (one := funnels.get(area.code)) is None:
        return None
    outside = {place.gebied_code for place in (*one.above, *one.below)}
    return Drawn(
        title=title(one, area.in_hier),
        caption=" ".join(caption(one)),
        svg=drawn(one, root="../../", linked=()),
        source=sources_in_words(figure for _, figure in one.figures),
        outside=tuple(link_to(place) for place, _ in one.figures if place.gebied_code in outside),
    )


def _read(con: Connection, codes: Sequence[str], _: AreaContext) -> Mapping[str, Funnel]:
    """The funnel of each gemeente among these that has parts enough with a figure."""
    gemeenten = [code for code in codes if niveau_of(code) == "gemeente"]
    if not gemeenten:
        return {}
    places = read_rows(
        con,
        Gebied,
        "core.gebied where gebied_niveau in ('wijk', 'buurt') and list_contains($codes, gemeente_code)",
        order="lower(strip_accents(gebied_naam)), gebied_code",
        parameters={"codes": gemeenten},
    )
    newest = read_cijfers(
        con,
        f"""
        c.indicator = '{REEKS}' and c.gebied_niveau in ('wijk', 'buurt')
        and list_contains($codes, 'GM' || substr(c.gebied_code, 3, 4)) and c.periode = (
            select max(periode) from mart.cijfer
            where indicator = '{REEKS}' and gebied_niveau = 'buurt' and waarde is not null
        )
        """,
        order="gebied_code",
        codes=gemeenten,
    )
    figures = {one.gebied_code: one for one in newest}
    definition = read_without_explanation(con)[REEKS]
    parts: dict[str | None, list[Gebied]] = {}
    for place in places:
        if place.gebied_code in figures:
            parts.setdefault(place.gemeente_code, []).append(place)
    found = {}
    for code in gemeenten:
        own = parts.get(code, [])
        buurten, wijken = (
            make_funnel(definition, niveau, _of(own, niveau, figures)) for niveau in ("buurt", "wijk")
        )
        chosen = wijken if wijken and (not buurten or len(buurten.figures) > MANY) else buurten
        if chosen:
            found[code] = chosen
    return found


def _of(places: Sequence[Gebied], niveau: str, figures: Mapping[str, Cijfer]) -> list[tuple[Gebied, Cijfer]]:
    return [(place, figures[place.gebied_code]) for place in places if place.gebied_niveau == niveau]


SECTION = Section("trechter", "gebied_trechter.j2", _make, read=_read)
