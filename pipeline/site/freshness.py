"""How old figures are and when the next are expected: decided here for every page and for /bronnen/."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.rhythm import Expected, Rhythm
from pipeline.sql import Connection
from pipeline.words.numbers import format_date, format_period
from pipeline.words.provenance import dated

NEWEST = """(
    select n.indicator, s.bron_id, s.tabel, s.publisher, s.titel, coalesce(left(s.modified, 10), '') as stand,
        n.periode
    from mart.nieuwste_periode as n join contract.snapshot as s on n.tabel = s.tabel
)"""
"""The newest period with a figure of each indicator in each table of a publisher, as SQL."""

SLACK = timedelta(days=31)
"""A publisher who is a few weeks behind is not late: nothing of this is a promise."""
TODAY = "VB_VANDAAG"
UNKNOWN = "nog niet bekend"


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """What a source's newest figures here are of, and when the next come.

    Attributes:
        naam: publisher and table of the newest figures: 'Politie 47018NED'.
        tabellen: all its tables that have figures here.
        periode: the newest period with a figure; `stand` the ISO day of its table, empty if not given.
        verwacht: when the next are expected; None if not known.
        late: whether they should have come; never for the example, which is meant to be old.
    """

    bron_id: str
    naam: str
    tabellen: frozenset[str]
    periode: str
    stand: str
    verwacht: Expected | None
    late: bool

    @property
    def age(self) -> str:
        """'2025, stand 15 januari 2026'."""
        return f"{format_period(self.periode)}, {dated(self.stand)}"

    @property
    def next(self) -> str:
        """'rond 15 januari 2027', 'in maart 2028' or 'nog niet bekend', and whether that is past."""
        if self.verwacht is None:
            return UNKNOWN
        when = expected_in_words(self.verwacht)
        return f"verwacht {when}, dus te laat" if self.late else when


def expected_in_words(expected: Expected) -> str:
    if expected.day is None:
        return f"in {format_period(f'{expected.year}-{expected.month:02d}')}"
    return f"rond {format_date(expected.last.isoformat())}"


def today_for(store: str) -> date | None:
    """The day that lateness is judged on; None for the example."""
    return None if store == "voorbeeld" else today()


def today() -> date:
    """The day of building, here. Tests name another."""
    named = os.environ.get(TODAY)
    return date.fromisoformat(named) if named else datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def read_freshness(con: Connection, *, municipal: bool = True) -> Mapping[str, Freshness]:
    """Of every source with figures here, by its id; if not `municipal`, without those of gemeenten."""
    rows = con.execute(
        f"""
        select p.bron_id, arg_max(concat(p.publisher, ' ', p.tabel), (p.periode, p.stand, p.tabel)),
            list(distinct p.tabel), max(p.periode), arg_max(p.stand, (p.periode, p.stand)),
            any_value(r.om_de), any_value(r.later), any_value(r.dag)
        from {NEWEST} as p left join contract.bron_ritme as r on p.bron_id = r.bron_id
        where $municipal or p.bron_id not in (select bron_id from contract.gemeente_bron)
        group by p.bron_id order by p.bron_id
        """,
        {"municipal": municipal},
    ).fetchall()
    judged_on = today_for(_store(con))
    found = {}
    for bron_id, naam, tables, periode, stand, *rhythm in rows:
        expected = Rhythm(*rhythm).expected(periode) if rhythm[0] else None
        found[bron_id] = Freshness(
            bron_id=bron_id,
            naam=naam,
            tabellen=frozenset(tables),
            periode=periode,
            stand=stand,
            verwacht=expected,
            late=judged_on is not None and expected is not None and judged_on > expected.last + SLACK,
        )
    return found


def _store(con: Connection) -> str:
    return str(con.execute("select opslag from contract.bouw").fetchall()[0][0])


def by_table(con: Connection, *, municipal: bool = True) -> Mapping[str, Freshness]:
    """The same by table of the publisher."""
    found = read_freshness(con, municipal=municipal)
    return {table: one for one in found.values() for table in one.tabellen}


def late_sources(con: Connection) -> tuple[str, ...]:
    """The ids of the sources that are late: with another day of building the site says something else.

    Asked before each build of the site, also where nothing changed: of the example no figure is looked at.
    """
    if today_for(_store(con)) is None:
        return ()
    return tuple(name for name, one in read_freshness(con).items() if one.late)
