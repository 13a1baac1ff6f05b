"""What is news, as entries of feeds: from the log of releases, the mart and the verdicts.

Every function gives (feed, entry): the code of the country or a gemeente, or the key of a theme.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from pipeline.gebied import LAND
from pipeline.indicator import Indicator, read_without_explanation
from pipeline.site.approaches import Standing, read_standing
from pipeline.site.feed.entry import Entry
from pipeline.site.figure.cijfer import address_of, read_rows
from pipeline.site.figure.words import with_unit
from pipeline.sql import Connection
from pipeline.words.approach import LATE, VERDICTS
from pipeline.words.numbers import (
    capital,
    format_date,
    format_number,
    format_period,
    format_short,
    join_words,
)
from pipeline.words.provenance import column_in_words
from pipeline.words.status import MET_AANTAL

News = Iterator[tuple[str, Entry]]
CHANGES = "data/wijzigingen/"
MOST_NAMED = 20  # restated figures of a gemeente that an entry names; the file has them all

_CAME = """
(
    select u.bron_id, u.tabel, f.periode, min(u.dag) as dag, bool_or(u.vorige is null) as van_de_eerste
    from contract.uitgave as u
    join (select distinct tabel, periode from mart.cijfer where coalesce(waarde, teller) is not null) as f
        on u.tabel = f.tabel
    -- Of a table without a log of periods all came with the first edition.
    where list_contains(u.erbij, f.periode) or (u.vorige is null and len(u.erbij) = 0)
    group by all
)
"""
"""When each period of each table came in first."""


class _Period(NamedTuple):
    """A figure of an area in a period that came in, with its table."""

    feed: str
    tabel: str
    titel: str
    publisher: str
    periode: str
    dag: str
    herzien: str | None
    indicator: str
    teller: int | None
    waarde: float | None
    voorlopig: bool | None


_PERIODS = f"""
(
    with kwam as (select * from {_CAME}),
    nieuws as (
        select tabel, periode, dag from kwam where not van_de_eerste
        union
        select tabel, periode, dag from (
            select *, max(periode) over (
                partition by bron_id order by dag, tabel
                rows between unbounded preceding and 1 preceding
            ) as eerder
            from kwam where van_de_eerste
            qualify periode = max(periode) over (partition by tabel)
        ) where eerder is null or periode > eerder
    ),
    getoond as (
        select c.gebied_code, c.gebied_niveau, c.tabel, c.periode, c.indicator, c.teller, c.waarde,
            c.voorlopig, i.thema
        from mart.cijfer as c
        join contract.indicator as i on c.indicator = i.indicator
        semi join nieuws as n on c.tabel = n.tabel and c.periode = n.periode
        where list_contains($shown, c.status) and coalesce(c.waarde, c.teller) is not null
    ),
    feeds as (
        select distinct tabel, periode, unnest([$land, thema]) as feed from getoond
        union
        select tabel, periode, gebied_code from getoond where gebied_niveau = 'gemeente'
    ),
    cijfers as (
        select gebied_code as feed, * from getoond where gebied_niveau in ('land', 'gemeente')
        union all
        select thema, * from getoond where gebied_niveau = 'land'
    ),
    herzien as (
        select bron_tabel, gebied_code, periode, max(vintage_nieuw) as dag from mart.herzien group by all
    )
    select f.feed, n.tabel, s.titel, s.publisher, n.periode, n.dag, h.dag as herzien, c.indicator,
        c.teller, c.waarde, c.voorlopig
    from nieuws as n
    join feeds as f on n.tabel = f.tabel and n.periode = f.periode
    join contract.snapshot as s on n.tabel = s.tabel
    left join cijfers as c on f.feed = c.feed and n.tabel = c.tabel and n.periode = c.periode
    left join herzien as h
        on n.tabel = h.bron_tabel and c.gebied_code = h.gebied_code and n.periode = h.periode
)
"""


def periods(con: Connection) -> News:
    """New periods: one entry for each table and period, with its figures in that area.

    A first edition brings many periods, and none of them is news but its newest; and that only where no
    table of the same source had it before.
    """
    definitions = read_without_explanation(con)
    rows = read_rows(
        con,
        _Period,
        _PERIODS,
        order="feed, tabel, periode, indicator",
        parameters={"shown": list(MET_AANTAL), "land": LAND},
    )
    order = {name: place for place, name in enumerate(definitions)}
    themes = dict(con.execute("select thema, concat('thema/', slug, '/') from reference.themas").fetchall())
    for (feed, tabel, periode), of in groupby(rows, key=lambda row: (row.feed, row.tabel, row.periode)):
        rows_of = list(of)
        figures = sorted((row for row in rows_of if row.indicator), key=lambda row: order[row.indicator])
        first = rows_of[0]
        dag = format_date(first.dag)
        yield (
            feed,
            Entry(
                key=f"periode:{feed}:{tabel}:{periode}",
                title=f"Nieuwe cijfers over {format_period(periode)}: {first.titel}",
                lines=(
                    f"{first.publisher}, tabel {tabel}. Stand: {dag}.",
                    *(_figure(definitions[row.indicator], row) for row in figures),
                    *(
                        []
                        if figures
                        else ["Deze tabel geeft cijfers per gebied, en niet van heel Nederland."]
                    ),
                ),
                address=themes.get(feed) or address_of(feed),
                published=first.dag,
                updated=max(first.dag, *(row.herzien or "" for row in rows_of)),
            ),
        )


def _figure(definition: Indicator, row: _Period) -> str:
    note = " (voorlopig)" if row.voorlopig else ""
    if definition.kind == "verhouding":
        return f"{definition.titel}: {format_number(row.teller or 0)}{note}."
    return f"{definition.titel}: {with_unit(definition, row.waarde or 0)}{note}."


class _Restated(NamedTuple):
    """A restated cell, once for each feed that it belongs to."""

    feed: str
    tabel: str
    titel: str
    oud_van: str
    dag: str
    gebied_code: str
    gebied_naam: str
    periode: str
    naam: str | None
    kolom: str
    soort: str | None
    oud: float
    nieuw: float


def restated(con: Connection) -> News:
    """Restated figures: one entry for each edition of a table; of a gemeente with old and new value."""
    rows = read_rows(
        con,
        _Restated,
        """(
        with cellen as (
            select h.*, g.gebied_naam, g.gebied_niveau, i.thema, i.titel as naam,
                if(g.gebied_niveau = 'gemeente', g.gebied_code, g.gemeente_code) as gemeente
            from mart.herzien as h
            join core.gebied as g on h.gebied_code = g.gebied_code
            left join contract.indicator as i on h.indicator = i.indicator
        ),
        feeds as (
            select 'NL00' as feed, * from cellen
            union all
            select gemeente, * from cellen where gemeente is not null
            union all
            select thema, * from cellen where thema is not null
        )
        select f.feed, f.bron_tabel as tabel, coalesce(s.titel, f.bron_tabel) as titel,
            f.vintage_oud as oud_van, f.vintage_nieuw as dag, f.gebied_code, f.gebied_naam, f.periode,
            f.naam, f.kolom, f.soort, f.oud, f.nieuw
        from feeds as f left join contract.snapshot as s on f.bron_tabel = s.tabel
        )""",
        order="feed, tabel, dag, periode desc, naam nulls last, kolom, soort, gebied_code",
    )
    for (feed, tabel, dag), of in groupby(rows, key=lambda row: (row.feed, row.tabel, row.dag)):
        cells = list(of)
        first = cells[0]
        higher = sum(cell.nieuw > cell.oud for cell in cells)
        own = [cell for cell in cells if cell.gebied_code == feed]
        years = join_words(sorted({cell.periode[:4] for cell in cells}))
        count = "1 cijfer is" if len(cells) == 1 else f"{format_number(len(cells))} cijfers zijn"
        yield (
            feed,
            Entry(
                key=f"herzien:{feed}:{tabel}:{dag}",
                title=f"Herziene cijfers: {first.titel}",
                lines=(
                    f"{count} anders dan in de uitgave van {format_date(first.oud_van)}, over {years}.",
                    f"Hoger: {format_number(higher)}. Lager: {format_number(len(cells) - higher)}.",
                    *map(_cell, own[:MOST_NAMED]),
                    *(["De andere staan bij de wijzigingen."] if len(own) > MOST_NAMED else []),
                ),
                address=CHANGES,
                published=dag,
                updated=dag,
            ),
        )


def _cell(one: _Restated) -> str:
    old, new = format_short(one.oud), format_short(one.nieuw)
    what = one.naam or column_in_words(one.kolom, one.soort)
    return f"{what} in {format_period(one.periode)}: was {old}, is nu {new}."


class _Change(NamedTuple):
    """A row of mart.verandering with the day of its figures."""

    gebied_code: str
    gebied_naam: str
    gebied_niveau: str
    gemeente_code: str
    gemeente_naam: str
    indicator: str
    periode: str
    vorige_periode: str
    teller: int
    vorige_teller: int
    allen: float
    dag: str
    herzien: str | None


def changes(con: Connection) -> News:
    """Areas that changed unlike the others, beyond chance: in the feeds of country, gemeente and theme."""
    definitions = read_without_explanation(con)
    rows = read_rows(
        con,
        _Change,
        f"""(
        select v.gebied_code, v.gebied_naam, v.gebied_niveau,
            coalesce(g.gemeente_code, g.gebied_code) as gemeente_code,
            coalesce(g.gemeente_naam, g.gebied_naam) as gemeente_naam, v.indicator, v.periode,
            v.vorige_periode, v.teller, v.vorige_teller, v.allen, k.dag, max(h.vintage_nieuw) as herzien
        from mart.verandering as v
        join core.gebied as g on v.gebied_code = g.gebied_code
        join mart.cijfer as c
            on v.gebied_code = c.gebied_code and v.indicator = c.indicator and v.periode = c.periode
        join {_CAME} as k on c.tabel = k.tabel and v.periode = k.periode
        left join mart.herzien as h
            on c.tabel = h.bron_tabel and v.gebied_code = h.gebied_code
            and h.periode in (v.periode, v.vorige_periode)
        group by all)""",
        order="gebied_code, indicator",
    )
    for row in rows:
        definition = definitions[row.indicator]
        entry = Entry(
            key=f"verandering:{row.gebied_code}:{row.indicator}:{row.vorige_periode}:{row.periode}",
            title=f"{definition.titel} in {row.gebied_naam}: duidelijk anders dan elders",
            lines=(
                f"{capital(row.gebied_niveau)} {row.gebied_naam}"
                + ("" if row.gebied_niveau == "gemeente" else f", gemeente {row.gemeente_naam}")
                + f": {format_number(row.vorige_teller)} in {row.vorige_periode}, "
                f"{format_number(row.teller)} in {row.periode}.",
                "Dat verschil is groter dan toeval, naast wat alle gebieden samen deden. "
                "Waarom het zo is, staat niet in de cijfers.",
            ),
            address=address_of(row.gebied_code),
            published=row.dag,
            updated=max(row.dag, row.herzien or ""),
        )
        for feed in (LAND, row.gemeente_code, definition.thema):
            yield feed, entry


def verdicts(con: Connection) -> News:
    """Verdicts of approaches; one that was recorded and still holds is told once, of the day of recording."""
    came = dict(con.execute(f"select (tabel, periode), dag from {_CAME}").fetchall())
    areas = con.execute(
        """
        select distinct a.aanpak, coalesce(g.gemeente_code, g.gebied_code)
        from contract.aanpak_gebied as a join core.gebied as g on a.gebied_code = g.gebied_code
        where a.rol = 'aanpak' order by all
        """
    ).fetchall()
    for one in read_standing(con):
        feeds = [LAND, one.aanpak.thema, *(code for name, code in areas if name == one.aanpak.aanpak)]
        for entry in _verdicts(one, came):
            for feed in feeds:
                yield feed, entry


def _verdicts(one: Standing, came: dict[tuple[str, str], str]) -> Sequence[Entry]:
    told: dict[str, Entry] = {}
    recorded = [(v.indicator, v.na_tot, v.oordeel, v.vastgelegd_op) for v in one.recorded]
    now = [
        (v.indicator, v.na_tot, v.oordeel, date.fromisoformat(dag))
        for v in one.verdicts
        if (dag := came.get((v.tabel or "", str(v.na_tot)))) is not None
    ]
    for indicator, until, verdict, day in (*recorded, *now):
        key = f"oordeel:{one.aanpak.aanpak}:{indicator}:{until}:{verdict}"
        told.setdefault(
            key,
            Entry(
                key=key,
                title=f"Oordeel: {verdict}. {one.aanpak.titel}",
                lines=(
                    VERDICTS[verdict],
                    *([f"Gekeken is tot en met {until}."] if until else []),
                    *([LATE] if one.aanpak.achteraf else []),
                ),
                address=one.aanpak.address,
                published=day.isoformat(),
                updated=day.isoformat(),
            ),
        )
    return list(told.values())
