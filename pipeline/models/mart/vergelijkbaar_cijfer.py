"""
title = "Wat de tien vergelijkbare gebieden samen hebben"
description = '''
Per gebied en indicator, in het jaar van mart.gebied_profiel, uit wat gepubliceerd is. Van een
telling: hun aantallen samen gedeeld door hun noemers samen, met de marge die bij zo'n som hoort
(statistiek.spreiding). Van een meting: de middelste waarde. Alleen als minstens acht van de tien een
cijfer hebben. Is er een van de tien verborgen omdat het aantal klein is, dan is er geen cijfer:
zonder de kleinste zou het te hoog zijn. Enquêtes en cijfers van gemeenten zelf doen niet mee.
'''
key = ["gebied_code", "indicator"]
reads = [
    "statistiek.vergelijkbaar", "statistiek.spreiding", "mart.gebied_profiel", "mart.cijfer",
    "contract.indicator", "core.gebied",
]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
periode = "jaar van het cijfer"
gebieden = "hoeveel van de tien een cijfer hebben"
teller = "som van hun aantallen; leeg bij een meting"
noemer = "som van hun noemers; leeg bij een meting"
waarde = "cijfer in de eenheid"
onder = "ondergrens van de marge (95 %); leeg bij een meting"
boven = "bovengrens van de marge (95 %); leeg bij een meting"
lager = "hoeveel van de tien een lagere waarde hebben dan het gebied; leeg als het zelf geen waarde heeft"
hoger = "hoeveel van de tien een hogere waarde hebben dan het gebied; leeg als het zelf geen waarde heeft"

[checks]
not_null = ["periode", "waarde"]
accepted_range.gebieden = { min = 8, max = 10 }
expression_is_true = ["onder is null or onder <= waarde and waarde <= boven"]
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipeline.arrow import numbers
from pipeline.statistics.similar import LEAST_POOLED, NEIGHBOURS, Cells, pooled, pooled_interval

# Each year of an indicator that is the newest of any area has a number.
SERIES = """
with gevraagd as (
    select p.gebied_code, p.indicator, p.periode, p.waarde, i.kind, i.per
    from mart.gebied_profiel as p
    join contract.indicator as i on p.indicator = i.indicator
    semi join statistiek.vergelijkbaar as v on p.gebied_code = v.gebied_code
    where i.meetwijze in ('geregistreerd', 'omstandigheid')
),

reeksen as (
    select indicator, periode, row_number() over (order by indicator, periode) - 1 as reeks
    from (select distinct indicator, periode from gevraagd)
)
"""

ASKED = f"""
{SERIES}
select
    g.gebied_code,
    g.indicator,
    g.periode,
    r.reeks,
    g.waarde,
    g.kind = 'verhouding' as is_verhouding,
    g.per,
    coalesce(s.a, 1) as a,
    coalesce(s.b, 0) as b
from gevraagd as g
join reeksen as r on g.indicator = r.indicator and g.periode = r.periode
left join statistiek.spreiding as s on g.indicator = s.indicator and s.gebied_niveau = niveau(g.gebied_code)
order by g.gebied_code, g.indicator
"""

# What the ten may be asked for, of what is published.
CELLS = f"""
{SERIES}
select r.reeks, c.gebied_code, c.teller, c.noemer, c.waarde, c.status = 'minder_dan_5' as klein
from mart.cijfer as c
join reeksen as r on c.indicator = r.indicator and c.periode = r.periode
where c.waarde is not null or c.teller is not null or c.status = 'minder_dan_5'
"""

AT_ONCE = 100_000  # rows, each with ten cells


def table(con: Any) -> pa.Table:
    """One row per area and indicator of which enough is known."""
    asked = con.sql(ASKED).to_arrow_table()
    areas = con.sql("select gebied_code from core.gebied").to_arrow_table()["gebied_code"]
    near = _near(con, areas)
    cells, place = _cells(con, areas, 1 + pc.max(asked["reeks"]).as_py() if len(asked) else 0)
    parts = []
    for start in range(0, max(1, len(asked)), AT_ONCE):
        rows = asked.slice(start, AT_ONCE)
        at = place[rows["reeks"].to_numpy()[:, None], near[_numbered(rows["gebied_code"], areas)]]
        parts.append(_together(rows, cells, at))
    return pa.concat_tables(parts)


def _numbered(codes: pa.ChunkedArray, areas: pa.ChunkedArray) -> NDArray[np.int64]:
    return np.asarray(pc.index_in(codes, areas).to_numpy(), dtype=np.int64)


def _near(con: Any, areas: pa.ChunkedArray) -> NDArray[np.int64]:
    """Numbers of the ten of each area; of an area without any, one past the last."""
    rows = con.sql("select gebied_code, ander_code, rang from statistiek.vergelijkbaar").to_arrow_table()
    near = np.full((len(areas), NEIGHBOURS), len(areas))
    near[_numbered(rows["gebied_code"], areas), rows["rang"].to_numpy() - 1] = _numbered(
        rows["ander_code"], areas
    )
    return near


def _cells(con: Any, areas: pa.ChunkedArray, series: int) -> tuple[Cells, NDArray[np.int32]]:
    """What is published, and where the cell of each series and area is among it; -1 where there is none."""
    rows = con.sql(CELLS).to_arrow_table()
    place = np.full((series, len(areas) + 1), -1, dtype=np.int32)
    place[rows["reeks"].to_numpy(), _numbered(rows["gebied_code"], areas)] = np.arange(len(rows))
    count, base, value = (numbers(rows[name]) for name in ("teller", "noemer", "waarde"))
    return Cells(count, base, value, rows["klein"].to_numpy()), place


def _together(rows: pa.Table, cells: Cells, at: NDArray[np.int32]) -> pa.Table:
    own, per, a, b = (numbers(rows[name]) for name in ("waarde", "per", "a", "b"))
    counted = rows["is_verhouding"].to_numpy()
    found = pooled(cells, at, own)
    there = np.where(counted, found.counted, found.measured)
    kept = np.flatnonzero((there >= LEAST_POOLED) & ~found.hidden)
    counted = counted[kept]
    total, base, squares = (one[kept] for one in (found.total, found.base, found.squares))
    unit = np.divide(per[kept], base, out=np.full(len(kept), np.nan), where=counted)
    low, high = pooled_interval(total[counted], squares[counted], a=a[kept][counted], b=b[kept][counted])
    bounds = np.full((2, len(kept)), np.nan)
    bounds[:, counted] = low, high
    unknown = np.isnan(own[kept])
    return pa.table(
        {
            **{name: rows[name].take(pa.array(kept)) for name in ("gebied_code", "indicator", "periode")},
            "gebieden": there[kept],
            **{
                name: pa.array(one.astype(np.int64), mask=~counted)
                for name, one in (("teller", total), ("noemer", base))
            },
            "waarde": np.where(counted, total * unit, found.middle[kept]),
            "onder": pa.array(bounds[0] * unit, mask=~counted),
            "boven": pa.array(bounds[1] * unit, mask=~counted),
            "lager": pa.array(found.lower[kept], mask=unknown),
            "hoger": pa.array(found.higher[kept], mask=unknown),
        }
    )
