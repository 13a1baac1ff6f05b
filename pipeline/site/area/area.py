"""One area while its page is made: its figures, what lies around it and what all pages share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile
from pathlib import Path
from typing import Any

from pipeline.gebied import slug_of
from pipeline.indicator import Indicator
from pipeline.site.area.batch import REEKS, Batch
from pipeline.site.area.shared import Shared
from pipeline.site.area.table import Link
from pipeline.site.figure.cijfer import Cijfer, Gebied
from pipeline.site.html.markup import FILES
from pipeline.sql import Connection
from pipeline.words.sentences import MEERVOUD, Zinnen, area_phrase, in_area


@dataclass(frozen=True, kw_only=True)
class AreaContext:
    """What the pages need and the warehouse does not hold.

    Attributes:
        gemeenten: codes of those that have pages (none named: all).
    """

    templates: Path
    site_url: str = ""
    gemeenten: tuple[str, ...] = ()


class Area:
    """What the sections of a page are made from; see Batch for the shapes of the rows.

    Attributes:
        profiel: indicator -> its newest figure here; `woorden` the same as it is written.
        vergeleken: (indicator, reference) -> how the area stands beside it.
        verloop, drie_jaar: indicator -> whether it rises or falls, and its level over three years.
        jaren: years of the series from the first that the store has, oldest first.
        eerder: why the years before it are not there; None where it has them all.
        zinnen: indicator -> the sentences about it that were made already.
        ouders: from the area it lies in to the country.
        referenties: 'gemeente' and 'land' -> those among the parents.
    """

    def __init__(self, code: str, batch: Batch, shared: Shared, context: AreaContext) -> None:
        self.code, self.batch, self.shared, self.context = code, batch, shared, context
        self.gebied = batch.gebieden[code]
        self.profiel = batch.profielen.get(code, {})
        self.woorden = batch.woorden.get(code, {})
        self.vergeleken = batch.vergelijkingen.get(code, {})
        self.verloop = batch.verlopen.get(code, {})
        self.drie_jaar = batch.drie_jaren.get(code, {})
        years = batch.reeksen.get(code, {}).get(REEKS, ())
        self.jaren = self.years(REEKS)
        self.eerder = years[0].waarom if 0 < len(self.jaren) < len(years) else None
        self.zinnen: dict[str, Zinnen] = {}
        self.ouders = self._parents()
        levels = {parent.gebied_niveau: parent for parent in self.ouders}
        self.referenties = {level: levels[level] for level in ("gemeente", "land") if level in levels}

    def _parents(self) -> list[Gebied]:
        parents: list[Gebied] = []
        code = self.gebied.ouder_code
        while code is not None:
            parents.append(self.batch.gebieden[code])
            code = parents[-1].ouder_code
        return parents

    def years(self, indicator: str) -> tuple[Cijfer, ...]:
        """Years of KOP or REEKS from the first that the store has, oldest first."""
        years = self.batch.reeksen.get(self.code, {}).get(indicator, ())
        return tuple(dropwhile(lambda year: year.status == "ontbreekt", years))

    @cached_property
    def naam(self) -> str:
        return self.gebied.naam

    @cached_property
    def hier(self) -> str:
        return area_phrase(self.gebied.plaats)

    @cached_property
    def in_hier(self) -> str:
        return in_area(self.gebied.plaats)

    @property
    def soortgenoten(self) -> str:
        """What areas of its level are called together: 'buurten'."""
        return MEERVOUD[self.gebied.gebied_niveau]

    @property
    def has_many_visitors(self) -> bool:
        """Whether inhabitants are the wrong measure here."""
        return self.code in self.batch.bezoekersgebieden

    @property
    def is_crowded(self) -> bool:
        """Whether a rate per inhabitant says little: many visitors, or many more present than live here."""
        measure = self.batch.maatstaven.get(self.code)
        return self.has_many_visitors or (measure is not None and measure.druk)

    @property
    def is_deel(self) -> bool:
        """Whether it is a part of a gemeente."""
        return self.gebied.gebied_niveau in ("wijk", "buurt")

    @cached_property
    def gemeente(self) -> str:
        """The name of the gemeente that it lies in, or its own."""
        return self.batch.gebieden.get(self.gebied.gemeente_code or "", self.gebied).naam

    @cached_property
    def download(self) -> Link:
        """To the file of its gemeente."""
        code = self.gebied.gemeente_code
        if code is None:
            return Link("Alle bestanden", "../../data/")
        name = self.batch.gebieden[code].naam
        return Link(f"Cijfers van {name}, alle jaren (ZIP)", f"../../{FILES}gemeente/{slug_of(code)}.zip")

    def known(self, indicators: Sequence[Indicator]) -> list[Indicator]:
        """Those that are published for areas of this level; none if this area has no figure of any."""
        known = [one for one in indicators if one.indicator in self.profiel]
        return known if any(self.profiel[one.indicator].is_known for one in known) else []

    def why_without(self, indicator: str) -> str:
        """Why there is no figure of an indicator here: a reason or a status."""
        found = self.profiel.get(indicator)
        return found.waarom if found else self.shared.why_absent(indicator)

    def elsewhere(self, indicators: Sequence[str], anchor: str) -> tuple[Link, ...]:
        """The pages of the references that have a figure of one of these."""
        places = tuple(self.referenties.values())
        asked = (places, tuple(indicators), anchor)  # the same for most areas of a gemeente
        if (found := self.batch.elders.get(asked)) is None:
            found = self.batch.elders[asked] = tuple(
                Link(place.naam, f"{link_to(place).address}#{anchor}")
                for place in places
                if (profile := self.batch.profielen.get(place.gebied_code))
                and any(name in profile and profile[name].is_known for name in indicators)
            )
        return found


def link_to(gebied: Gebied) -> Link:
    """To the page of another area, seen from an area's page."""
    return Link(gebied.naam, f"../{slug_of(gebied.gebied_code)}/")


def nothing_to_read(con: Connection, codes: Sequence[str], context: AreaContext) -> None:
    """Of a section that is made of the area's own figures."""


@dataclass(frozen=True)
class Section:
    """A part of the page.

    Attributes:
        name: of the section among the contents of a page.
        template: its file in site/templates; finds the area as `area` and what was made as `inhoud`.
        make: area and what was read -> what the section shows; None leaves it out.
        read: what `make` needs beside the figures of the area, once for many areas: connection, codes and
            context -> anything.
    """

    name: str
    template: str
    make: Callable[[Area, Any], Any]
    read: Callable[[Connection, Sequence[str], AreaContext], Any] = nothing_to_read
