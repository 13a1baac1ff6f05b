"""The areas that lie in this one, by name."""

from dataclasses import replace

from pipeline.gebied import unaccented
from pipeline.site.area.area import Area, Section, link_to
from pipeline.site.area.table import Link
from pipeline.site.figure.cijfer import Gebied


def links_below(area: Area) -> tuple[Link, ...]:
    """The areas that lie in this one; those of a gemeente with their buurten.

    The page of the country names only the gemeenten that have a page (none given: all have).
    """
    level, named = area.gebied.gebied_niveau, area.context.gemeenten
    children = _below(area, area.code)
    if named and level == "land":
        children = [child for child in children if child.gebied_code in named]
    if level != "gemeente":
        return tuple(link_to(child) for child in children)
    return tuple(
        replace(link_to(wijk), below=tuple(link_to(one) for one in _below(area, wijk.gebied_code)))
        for wijk in children
    )


def _make(area: Area, _: None) -> tuple[Link, ...] | None:
    return links_below(area) or None


def _below(area: Area, code: str) -> list[Gebied]:
    return sorted(area.batch.kinderen.get(code, ()), key=_alphabetical)


def _alphabetical(gebied: Gebied) -> tuple[str, str]:
    return unaccented(gebied.naam.casefold()).lstrip("'’`-= "), gebied.gebied_code


SECTION = Section("gebieden", "gebied_lijst.j2", _make)
