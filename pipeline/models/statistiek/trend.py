"""
title = "Of een reeks toeneemt of afneemt"
description = '''
Per gebied en geregistreerde indicator, over de jaren na de laatste breuk. De helling van een rechte
lijn wordt vergeleken met één vast niveau, met de schommeling van aantallen van die grootte
(statistiek.spreiding). De coronajaren 2020 en 2021 zijn geen begin en geen einde: een reeks die in een
dieptepunt begint, zou altijd toenemen. Met minder dan drie jaren, of zo weinig dat zelfs een rechte
daling naar nul niet te zien zou zijn, is het niet te zeggen. Van het land is er maar een: daar telt hoe
ver de eigen jaren van de rechte lijn liggen.
'''
key = ["gebied_code", "indicator"]
reads = ["statistiek.waarde", "statistiek.spreiding", "contract.indicator", "core.breuk", "core.gebied"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
van = "eerste jaar na de laatste breuk waarin iets bekend is, en geen coronajaar"
tot = "nieuwste jaar"
jaren = "aantal jaren met een aantal"
oordeel = "neemt toe, neemt af, geen duidelijke verandering of niet te zeggen"
verandering = "laatste jaar van de rechte lijn gedeeld door het eerste, min 1; leeg onder drie jaren"

[checks]
accepted_values.oordeel = ["neemt toe", "neemt af", "geen duidelijke verandering", "niet te zeggen"]
"""

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.arrow import known
from pipeline.statistics.change import trend
from pipeline.statistics.dispersion import Dispersion

YEARS = """
with breuken as (
    select indicator, max(na) as begin
    from core.breuk
    group by indicator
),

jaren as (
    select
        v.indicator,
        v.gebied_code,
        g.gebied_niveau,
        cast(v.periode as integer) as jaar,
        v.teller,
        cast(v.periode as integer) in (2020, 2021) as corona
    from statistiek.waarde as v
    join core.gebied as g on v.gebied_code = g.gebied_code
    join contract.indicator as i on v.indicator = i.indicator
    left join breuken as k on v.indicator = k.indicator
    where length(v.periode) = 4 and v.teller is not null and i.meetwijze = 'geregistreerd'
        and (k.begin is null or cast(v.periode as integer) >= k.begin)
    window reeks as (partition by v.indicator, v.gebied_code)
    qualify not corona or min(jaar) over reeks < 2020 and max(jaar) over reeks > 2021
)

select
    v.indicator,
    v.gebied_code,
    v.jaar,
    v.teller,
    dense_rank() over (order by v.indicator, v.gebied_niveau) - 1 as groep,
    dense_rank() over (order by v.gebied_code) as gebied,
    s.a,
    s.b
from jaren as v
left join statistiek.spreiding as s on v.indicator = s.indicator and v.gebied_niveau = s.gebied_niveau
order by groep, v.gebied_code, v.jaar
"""


def table(con: Any) -> pa.Table:
    """One row per area and registered indicator with any year after its last break."""
    rows = con.sql(YEARS).to_arrow_table()
    year, count, group, area = (rows[name].to_numpy() for name in ("jaar", "teller", "groep", "gebied"))
    new = np.flatnonzero(np.diff(group, prepend=-1) | np.diff(area, prepend=-1))
    series = np.repeat(np.arange(len(new)), np.diff([*new, len(rows)]))
    verdict, change = np.empty(len(new), dtype=object), np.full(len(new), np.nan)
    starts = np.flatnonzero(np.diff(group[new], prepend=-1)).tolist()
    for start, end in zip(starts, [*starts[1:], len(new)][: len(starts)], strict=True):
        own = slice(new[start], new[end] if end < len(new) else len(rows))
        table = np.full((end - start, int(np.ptp(year[own])) + 1), np.nan)
        table[series[own] - start, year[own] - year[own].min()] = count[own]
        a, b = (rows[name][int(new[start])].as_py() for name in ("a", "b"))
        found = trend(table, None if a is None else Dispersion(a, b))
        verdict[start:end], change[start:end] = found.verdict, found.change
    last = np.append(new[1:], len(rows))[: len(new)] - 1
    return pa.table(
        {
            "gebied_code": rows["gebied_code"].take(pa.array(new)),
            "indicator": rows["indicator"].take(pa.array(new)),
            "van": rows["jaar"].take(pa.array(new)).cast(pa.string()),
            "tot": rows["jaar"].take(pa.array(last)).cast(pa.string()),
            "jaren": pa.array(last - new + 1),
            "oordeel": pa.array(verdict.tolist(), pa.string()),
            "verandering": known(change),
        }
    )
