"""What this store has: of each indicator the levels, the periods, and why some areas have no figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb
from markupsafe import Markup

from pipeline.gebied import PLURAL, Niveau
from pipeline.site.html.markup import Cell, bullets, link, table, text
from pipeline.site.text.page import TextPage
from pipeline.words.numbers import format_number, format_period, years_in_words
from pipeline.words.status import why_empty


@dataclass(frozen=True)
class Presence:
    """One indicator at one level.

    Attributes:
        perioden: the periods in which any area has a figure, oldest first.
        alleen_aantal: those of them in which no area has a rate, though the figure is one.
        aanwezig: areas with a figure in the newest of them.
        gebieden: all areas of the level.
        redenen: why (words.status) → areas that have no figure in that period for that reason.
    """

    thema: str
    indicator: str
    titel: str
    gebied_niveau: Niveau
    perioden: tuple[str, ...]
    alleen_aantal: tuple[str, ...]
    aanwezig: int
    gebieden: int
    redenen: Mapping[str, int]

    @property
    def levels(self) -> str:
        """The level in the plural: 'buurten'."""
        return PLURAL[self.gebied_niveau]


class Availability:
    """What a text may ask of this store as a whole."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def beschikbaarheid(self) -> Markup:
        """Of each indicator the levels and periods, and why the other areas have none."""
        return tables(read_availability(self._page.facts.con), root=self._page.url(""))

    def zonder_verhouding(self) -> Markup:
        """Why counts have no rate: each reason with its sentence, its years and how many figures it takes."""
        facts = self._page.facts
        rows = facts.rows(
            """
            select i.noemer_soort, c.oorzaak, list(distinct c.periode order by c.periode), count(*)
            from mart.cijfer as c
            join contract.indicator as i on c.indicator = i.indicator
            where c.status = 'geen_noemer'
            group by i.noemer_soort, c.oorzaak
            order by i.noemer_soort desc, c.oorzaak
            """
        )
        return bullets(
            Markup("<b>{}</b> ({}: {} cijfers). {}").format(
                text(why_empty(oorzaak, noemer=noemer)),
                years_in_words(perioden),
                format_number(count),
                text(facts.documentation.caveats[oorzaak]),
            )
            for noemer, oorzaak, perioden, count in rows
        )


def read_availability(con: duckdb.DuckDBPyConnection) -> list[Presence]:
    """Every indicator at every level at which some area has a figure, by theme and level."""
    rows = con.execute(
        """
        with per_periode as (
            select indicator, gebied_niveau, periode, coalesce(oorzaak, status) as waarom,
                coalesce(waarde, teller) is not null as er_is, count(*) as aantal, count(waarde) as met_waarde
            from mart.cijfer
            group by all
        ),

        aanwezig as (
            select indicator, gebied_niveau, periode, sum(met_waarde) = 0 as alleen_aantal
            from per_periode
            where er_is
            group by all
        ),

        nieuwste as (
            select indicator, gebied_niveau, list(periode order by periode) as perioden,
                coalesce(list(periode order by periode) filter (alleen_aantal), []) as alleen_aantal
            from aanwezig
            group by all
        ),

        niveaus as (
            select gebied_niveau, count(*) as gebieden from core.gebied group by all
        )

        select
            t.titel, i.indicator, i.titel, n.gebied_niveau, n.perioden, n.alleen_aantal, v.gebieden,
            coalesce(sum(p.aantal) filter (p.er_is), 0)::integer as aanwezig,
            list({waarom: p.waarom, aantal: p.aantal} order by p.waarom) filter (not p.er_is) as redenen
        from nieuwste as n
        join contract.indicator as i on n.indicator = i.indicator
        join reference.themas as t on i.thema = t.thema
        join niveaus as v on n.gebied_niveau = v.gebied_niveau
        join per_periode as p
            on n.indicator = p.indicator and n.gebied_niveau = p.gebied_niveau and p.periode = n.perioden[-1]
        where i.meetwijze != 'gemeente'
        group by all
        order by any_value(t.volgorde::integer), any_value(i.volgorde), i.indicator,
            list_position(['land', 'gemeente', 'wijk', 'buurt'], any_value(n.gebied_niveau))
        """
    ).fetchall()
    return [_presence(row) for row in rows]


def tables(found: Sequence[Presence], *, root: str) -> Markup:
    """A table for each theme; `root` leads from the page to the root of the site."""
    parts = []
    for thema, rows in groupby(found, key=lambda one: one.thema):
        parts.append(Markup("## {}\n\n{}").format(text(thema), _table(thema, list(rows), root=root)))
    return Markup("\n\n").join(parts)


def _presence(row: Sequence[Any]) -> Presence:
    thema, indicator, titel, gebied_niveau, perioden, alleen_aantal, gebieden, aanwezig, redenen = row
    reasons = {str(one["waarom"]): int(one["aantal"]) for one in redenen or []}
    absent = gebieden - aanwezig - sum(reasons.values())
    if absent > 0:
        reasons["ontbreekt"] = reasons.get("ontbreekt", 0) + absent
    return Presence(
        thema=thema,
        indicator=indicator,
        titel=titel,
        gebied_niveau=gebied_niveau,
        perioden=tuple(perioden),
        alleen_aantal=tuple(alleen_aantal),
        aanwezig=aanwezig,
        gebieden=gebieden,
        redenen=reasons,
    )


def _table(thema: str, rows: Sequence[Presence], *, root: str) -> Markup:
    header = [
        Cell("Cijfer"),
        Cell("Voor"),
        Cell("Jaren met cijfers"),
        Cell("Met cijfer in het nieuwste jaar", number=True),
        Cell("Waarom de rest niet"),
    ]
    body = [
        [
            Cell(link(f"{root}indicator/{one.indicator.replace('_', '-')}/", one.titel)),
            Cell(one.levels),
            Cell(_years(one)),
            Cell(
                f"{format_number(one.aanwezig)} van {format_number(one.gebieden)}"
                f" ({format_period(one.perioden[-1])})",
                number=True,
            ),
            _reasons(one),
        ]
        for one in rows
    ]
    return table(f"{thema}: wat er is", header, body)


def _years(one: Presence) -> str:
    counts = f" ({years_in_words(one.alleen_aantal)} alleen aantallen)" if one.alleen_aantal else ""
    return years_in_words(one.perioden) + counts


def _reasons(one: Presence) -> Cell:
    named = [
        f"{why_empty(waarom, noemer=None)}: {format_number(count)}" for waarom, count in one.redenen.items()
    ]
    return Cell(", ".join(named)) if named else Cell("alle gebieden hebben een cijfer")
