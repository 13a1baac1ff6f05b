"""What maps read from the warehouse: which areas make up a whole, their outlines and their figures.

A whole is a gemeente, made up of its buurten, or the country, made up of gemeenten. Only areas with
boundaries take part.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.gebied import LAND, Niveau, slug_of
from pipeline.indicator import Indicator
from pipeline.sql import Connection
from pipeline.words.numbers import format_period

CLASSES = 5
MOST_BUURTEN = 100
"""With more of them a map names wijken: a buurt is then smaller than its name."""
FILLED = 0.25
"""The least part of the areas with a figure: a map that is nearly all hatch says nothing."""

BUURTEN = """
    select g.gebied_code, g.gebied_naam, g.gemeente_code, b.geometrie
    from core.gebied as g
    join staging.pdok_gebieden as b on g.gebied_code = b.gebied_code and g.indeling_jaar = b.indeling_jaar
    where g.gebied_niveau = 'buurt'
"""
PARTS = f"""
    select gemeente_code as geheel, 'buurt' as niveau, gebied_code, gebied_naam from ({BUURTEN})
    union all
    select '{LAND}', 'gemeente', gebied_code, gebied_naam from core.gebied
    where gebied_niveau = 'gemeente' and gebied_code in (select gemeente_code from ({BUURTEN}))
"""


@dataclass(frozen=True)
class Named:
    """A place that a map may name: the more inhabitants, the sooner."""

    code: str
    name: str
    inwoners: int


@dataclass(frozen=True)
class Part:
    """A part of a whole with its figure; `source` and `vintage` are empty where it has none.

    `waarom` is why there is a figure or not: a reason, or a status without one. `onder` and `boven` are the
    margin of the figure.
    """

    code: str
    name: str
    value: float | None
    count: int | None
    waarom: str
    source: str
    vintage: str
    onder: float | None = None
    boven: float | None = None


@dataclass(frozen=True)
class Choice:
    """Of which whole a map shows which figure."""

    geheel: str
    indicator: str
    periode: str


@dataclass(frozen=True)
class Subject:
    """What a map is about. `bounds` part its colours; `naam` is that of the whole."""

    definition: Indicator
    bounds: tuple[float, ...]
    choice: Choice
    naam: str

    @property
    def niveau(self) -> Niveau:
        """What an area on the map is."""
        return "gemeente" if self.choice.geheel == LAND else "buurt"

    @property
    def key(self) -> str:
        return f"{self.definition.slug}-{slug_of(self.choice.geheel)}"

    @property
    def title(self) -> str:
        period = format_period(self.choice.periode)
        return f"{self.definition.titel} per {self.niveau} in {self.naam}, {period}"


def may_be_drawn(definition: Indicator, niveau: str) -> bool:
    """Whether an indicator may colour areas: no sensitive kind per buurt, no bare number of persons.

    A big area with many inhabitants would look like much of what is counted.
    """
    absolute = definition.eenheid.startswith("personen") and " per " not in definition.eenheid
    return not absolute and not (definition.gevoelig and niveau == "buurt")


def read_bounds(
    con: Connection, indicators: Collection[str] | None = None
) -> dict[tuple[str, str], tuple[float, ...]]:
    """The bounds between the colours, by indicator and niveau: quintiles of the figures above zero.

    Of all areas and years. Zeros are many where a kind is rare: they would leave one colour. Rounded, so
    that they can be read aloud; fewer where quintiles coincide, none where no area has a figure above zero.
    """
    rows = con.execute(
        """
        select indicator, gebied_niveau, quantile_cont(waarde, $quantiles)
        from mart.cijfer
        where waarde > 0 and gebied_niveau in ('buurt', 'gemeente') and length(periode) = 4
            and ($all or list_contains($indicators, indicator))
        group by all
        """,
        {
            "quantiles": [step / CLASSES for step in range(1, CLASSES)],
            "all": indicators is None,
            "indicators": list(indicators or ()),
        },
    ).fetchall()
    return {
        (indicator, niveau): tuple(sorted({_round(value) for value in found}))
        for indicator, niveau, found in rows
    }


def doubt(bounds: Sequence[float]) -> tuple[float, float] | None:
    """What a margin must reach below and above to be too wide for a colour; None where that cannot be.

    A margin that begins in the light colours and ends in the dark ones covers all that lies between: it does
    not tell low from high. Two classes have nothing between them.
    """
    low = (len(bounds) - 2) // 2
    return (bounds[low], bounds[len(bounds) - 1 - low]) if len(bounds) > 1 else None


def is_doubtful(area: Part, bounds: Sequence[float]) -> bool:
    """Whether the margin of a figure does not tell low from high."""
    between = doubt(bounds)
    if between is None or area.value is None or area.onder is None or area.boven is None:
        return False
    return area.onder < between[0] and area.boven >= between[1]


def _round(value: float) -> float:
    """Two significant figures, the second one 0 or 5: bounds that can be read aloud."""
    unit = 10.0 ** math.floor(math.log10(abs(value)))
    return round(round(value / unit * 2) / 2 * unit, 9)


def read_names(con: Connection) -> dict[str, str]:
    """The names of the gemeenten and of the country by code, in the order of the alphabet."""
    return dict(
        con.execute(
            "select gebied_code, gebied_naam from core.gebied where gebied_niveau in ('land', 'gemeente')"
            " order by lower(strip_accents(gebied_naam)), gebied_code"
        ).fetchall()
    )


def newest_period(con: Connection, indicator: str, geheel: str) -> str | None:
    """The newest year in which a part of the whole has a value."""
    rows = con.execute(
        f"""
        select max(periode) from mart.cijfer join ({PARTS}) using (gebied_code)
        where indicator = $indicator and geheel = $geheel and waarde is not null and length(periode) = 4
        """,
        {"indicator": indicator, "geheel": geheel},
    ).fetchall()
    return str(rows[0][0]) if rows[0][0] else None


def choose(con: Connection, *, wholes: Sequence[str], first: Sequence[str]) -> dict[str, Choice]:
    """Per whole the first of some indicators that fills its map, in the newest year in which it does."""
    rows = con.execute(
        f"""
        select geheel, indicator, periode
        from mart.cijfer join ({PARTS}) using (gebied_code)
        where list_contains($wholes, geheel) and list_contains($first, indicator) and length(periode) = 4
        group by geheel, indicator, periode
        having count(waarde) >= $filled * count(*) and max(waarde) > 0
        qualify row_number() over (
            partition by geheel order by list_position($first, indicator), periode desc
        ) = 1
        """,
        {"wholes": list(wholes), "first": list(first), "filled": FILLED},
    ).fetchall()
    return {row[0]: Choice(*row) for row in rows}


def read_areas(con: Connection, choices: Collection[Choice]) -> dict[str, list[Part]]:
    """The parts of each whole with the figure that was chosen for it, alphabetical: the order of Tab.

    Raises ValueError when a whole has no boundaries.
    """
    rows = con.execute(
        f"""
        with gekozen as (
            select unnest($wholes) as geheel, unnest($indicators) as indicator, unnest($periods) as periode
        )

        select p.geheel, p.gebied_code, p.gebied_naam, c.waarde, c.teller,
            coalesce(c.oorzaak, c.status, 'ontbreekt'), coalesce(c.bron, ''), coalesce(c.vintage, ''),
            c.onder, c.boven
        from ({PARTS}) as p
        join gekozen as k on p.geheel = k.geheel
        left join mart.cijfer as c
            on p.gebied_code = c.gebied_code and k.indicator = c.indicator and k.periode = c.periode
        order by p.geheel, lower(strip_accents(p.gebied_naam)), p.gebied_code
        """,
        {
            "wholes": [choice.geheel for choice in choices],
            "indicators": [choice.indicator for choice in choices],
            "periods": [choice.periode for choice in choices],
        },
    ).fetchall()
    found: dict[str, list[Part]] = {}
    for geheel, *row in rows:
        found.setdefault(geheel, []).append(Part(*row))
    for choice in choices:
        if choice.geheel not in found:
            raise ValueError(f"{choice.geheel!r} has no boundaries in staging.pdok_gebieden")
    return found


def read_named(con: Connection, wholes: Collection[str]) -> dict[str, list[Named]]:
    """The places that the map of each whole may name: gemeenten, buurten, or wijken where these are many."""
    rows = con.execute(
        f"""
        with delen as (
            select geheel, gebied_code, gebied_naam, count(*) over (partition by geheel) as aantal
            from ({PARTS})
            where list_contains($wholes, geheel)
        ),

        plaatsen as (
            select geheel, gebied_code, gebied_naam from delen where aantal <= $most or geheel = $land
            union all
            select distinct d.geheel, w.gebied_code, w.gebied_naam
            from delen as d
            join core.gebied as b on d.gebied_code = b.gebied_code
            join core.gebied as w on b.wijk_code = w.gebied_code
            where d.aantal > $most and d.geheel != $land
        )

        select p.geheel, p.gebied_code, p.gebied_naam, coalesce(arg_max(b.inwoners, b.jaar), 0)
        from plaatsen as p
        left join core.bevolking as b on p.gebied_code = b.gebied_code
        group by all
        order by 1, 2
        """,
        {"wholes": list(wholes), "most": MOST_BUURTEN, "land": LAND},
    ).fetchall()
    return {
        whole: [Named(*row[1:]) for row in of] for whole, of in groupby(rows, key=lambda row: str(row[0]))
    }


def read_outlines(con: Connection, wholes: Collection[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Per whole what its drawing is made of: (code, GeoJSON in degrees), sorted by code.

    For a gemeente each buurt once; for the country each gemeente once for every buurt in it.
    """
    rows = con.execute(
        f"""
        select gemeente_code, gebied_code, geometrie from ({BUURTEN})
        where $country or list_contains($wholes, gemeente_code)
        order by all
        """,
        {"country": LAND in wholes, "wholes": list(wholes)},
    ).fetchall()
    found: dict[str, list[tuple[str, str]]] = {whole: [] for whole in wholes}
    for gemeente, code, outline in rows:
        if gemeente in found:
            found[gemeente].append((code, outline))
        if LAND in found:
            found[LAND].append((gemeente, outline))
    return {whole: tuple(parts) for whole, parts in found.items()}


def read_bounded(con: Connection) -> frozenset[str]:
    """The gemeenten with boundaries in the division of the figures; new boundaries may come later."""
    return frozenset(
        code for (code,) in con.execute(f"select distinct gemeente_code from ({BUURTEN})").fetchall()
    )
