"""What this store has: of each indicator the levels, the periods, and why some areas have no figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb
from markupsafe import Markup

from pipeline.site.html.markup import Cell, link, table, text
from pipeline.site.text.page import TextPage
from pipeline.words.numbers import format_number, format_period, join_words
from pipeline.words.status import STATUS_KORT

LEVELS = {"land": "land", "gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}


@dataclass(frozen=True)
class Presence:
    """One indicator at one level.

    Attributes:
        perioden: the periods in which any area has a figure, oldest first.
        aanwezig: areas with a figure in the newest of them.
        gebieden: all areas of the level.
        redenen: status → areas that have no figure in that period for that reason; those without any row
            count as 'ontbreekt'.
    """

    thema: str
    indicator: str
    titel: str
    gebied_niveau: str
    perioden: tuple[str, ...]
    aanwezig: int
    gebieden: int
    redenen: Mapping[str, int]

    @property
    def levels(self) -> str:
        """The level in the plural: 'buurten'."""
        return LEVELS[self.gebied_niveau]


class Availability:
    """What a text may ask of this store as a whole."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def beschikbaarheid(self) -> Markup:
        """Of each indicator the levels and periods, and why the other areas have none."""
        return tables(read_availability(self._page.facts.con), root=self._page.url(""))


def read_availability(con: duckdb.DuckDBPyConnection) -> list[Presence]:
    """Every indicator at every level at which some area has a figure, by theme and level."""
    rows = con.execute(
        """
        with per_periode as (
            select indicator, gebied_niveau, periode, status, coalesce(waarde, teller) is not null as er_is,
                count(*) as aantal
            from mart.cijfer
            group by all
        ),

        nieuwste as (
            select indicator, gebied_niveau, list(distinct periode order by periode) as perioden
            from per_periode
            where er_is
            group by all
        ),

        niveaus as (
            select gebied_niveau, count(*) as gebieden from core.gebied group by all
        )

        select
            t.titel, i.indicator, i.titel, n.gebied_niveau, n.perioden, v.gebieden,
            coalesce(sum(p.aantal) filter (p.er_is), 0)::integer as aanwezig,
            list({status: p.status, aantal: p.aantal} order by p.status) filter (not p.er_is) as redenen
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


def periods_in_words(perioden: Sequence[str]) -> str:
    """Periods with their gaps: '2012 t/m 2022', '2017, 2020 en 2024'; months as their years."""
    years = sorted({int(periode[:4]) for periode in perioden})
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return join_words([str(run[0]) if len(run) == 1 else f"{run[0]} t/m {run[-1]}" for run in runs])


def _presence(row: Sequence[Any]) -> Presence:
    thema, indicator, titel, gebied_niveau, perioden, gebieden, aanwezig, redenen = row
    reasons = {str(one["status"]): int(one["aantal"]) for one in redenen or []}
    absent = gebieden - aanwezig - sum(reasons.values())
    if absent > 0:
        reasons["ontbreekt"] = reasons.get("ontbreekt", 0) + absent
    return Presence(
        thema=thema,
        indicator=indicator,
        titel=titel,
        gebied_niveau=gebied_niveau,
        perioden=tuple(perioden),
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
            Cell(periods_in_words(one.perioden)),
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


def _reasons(one: Presence) -> Cell:
    named = [f"{STATUS_KORT[status]}: {format_number(count)}" for status, count in one.redenen.items()]
    return Cell(", ".join(named)) if named else Cell("alle gebieden hebben een cijfer")
