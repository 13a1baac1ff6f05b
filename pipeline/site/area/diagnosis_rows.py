"""What a diagnosis is made of: how areas stand beside others, and what is known of themes, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pipeline.site.figure.cijfer import read_rows
from pipeline.sql import Connection


class Judged(NamedTuple):
    """A registered count that lies outside its margin, in the newest period of both sides."""

    gebied_code: str
    indicator: str
    beside: str
    periode: str
    oordeel: str
    waarde: float
    onder: float
    boven: float
    daar: float


class Standing(NamedTuple):
    """How many registered counts of an area could be judged, and beside what all."""

    gebied_code: str
    judged: int
    beside: tuple[str, ...]


class Differs(NamedTuple):
    """How many circumstances have a figure of similar areas, and which lie above or below all of these."""

    gebied_code: str
    considered: int
    above: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """Who sits at the table of a theme, and what to ask whom; `slug` is empty where it has no page."""

    title: str
    slug: str
    parties: tuple[str, ...]
    residents: tuple[str, ...]
    professionals: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """By area; `outside` in the order of themes. An area with nothing to compare is in none."""

    standing: Mapping[str, Standing]
    outside: Mapping[str, Sequence[Judged]]
    differs: Mapping[str, Differs]
    talks: Mapping[str, Talk]


def read(con: Connection, codes: Sequence[str], circumstances: Sequence[str]) -> Read:
    """Read how some areas stand, and of these circumstances in which they differ."""
    asked = {"codes": list(codes)}
    standing = read_rows(con, Standing, _STANDING, order="gebied_code", parameters=asked)
    outside = read_rows(con, Judged, _OUTSIDE, order="gebied_code, plaats, oordeel", parameters=asked)
    names = {"names": list(circumstances)}
    differs = read_rows(con, Differs, _DIFFERS, order="gebied_code", parameters=asked | names)
    return Read(
        {row.gebied_code: row for row in standing},
        {code: tuple(rows) for code, rows in groupby(outside, itemgetter(0))},
        {row.gebied_code: row for row in differs},
        _talks(con),
    )


def _talks(con: Connection) -> dict[str, Talk]:
    rows = con.execute(_TALKS).fetchall()
    return {thema: Talk(*told[:2], *map(tuple, told[2:])) for thema, *told in rows}


# Similar areas are the fairest comparison, then the gemeente, then the country: one of them for a count.
_BESIDE = """(
    select
        v.gebied_code,
        v.indicator,
        v.referentie as beside,
        v.periode,
        v.oordeel,
        v.waarde,
        v.onder,
        v.boven,
        v.referentie_waarde as daar,
        100 * cast(t.volgorde as integer) + i.volgorde as plaats
    from mart.vergelijking as v
    join contract.indicator as i on v.indicator = i.indicator
    join reference.themas as t on i.thema = t.thema
    where list_contains($codes, v.gebied_code) and v.oordeel is not null and i.meetwijze = 'geregistreerd'
    qualify row_number() over (
        partition by v.gebied_code, v.indicator
        order by list_position(['vergelijkbaar', 'gemeente', 'land'], v.referentie)
    ) = 1
)"""

_STANDING = f"""(
    select gebied_code, count(*) as judged, list(distinct beside order by beside desc) as beside
    from {_BESIDE}
    group by gebied_code
)"""

_OUTSIDE = f"(select * from {_BESIDE} where oordeel != 'ongeveer gelijk')"

# A difference of less than a tenth of the middle one is none that a reader would call one.
_DIFFERS = """(
    select
        v.gebied_code,
        count(*) as considered,
        coalesce(list(v.indicator) filter (v.lager = v.gebieden and p.waarde > 1.1 * v.waarde), []) as above,
        coalesce(list(v.indicator) filter (v.hoger = v.gebieden and p.waarde < 0.9 * v.waarde), []) as below
    from mart.vergelijkbaar_cijfer as v
    join mart.gebied_profiel as p on v.gebied_code = p.gebied_code and v.indicator = p.indicator
    where list_contains($codes, v.gebied_code) and list_contains($names, v.indicator) and v.lager is not null
    group by v.gebied_code
)"""

_TALKS = """
select
    t.thema,
    any_value(t.titel),
    if(bool_or(d.thema is not null), any_value(t.slug), ''),
    (
        select list(p.partij order by lower(strip_accents(p.partij)))
        from reference.partijen as p
        where p.thema = t.thema
    ),
    list(distinct v.vraag order by v.vraag) filter (v.aan = 'bewoners'),
    list(distinct v.vraag order by v.vraag) filter (v.aan = 'professionals')
from reference.themas as t
join reference.vragen as v on t.thema = v.thema
left join reference.doelen as d on t.thema = d.thema
group by t.thema
"""
