"""Yearly counts of all areas of a level, as the evaluation needs them."""

from typing import Any

import numpy as np

from pipeline.sql import Connection
from pipeline.statistics.approach import Panel

# A wijk is the sum of its buurten, if all have a figure: the source's own figure of a wijk ends sooner, and
# may be of another vintage.
COUNTS = """
with eigen as (
    select w.gebied_code, g.gebied_niveau, g.wijk_code, cast(w.periode as integer) as jaar, w.teller
    from statistiek.waarde as w
    join core.gebied as g on w.gebied_code = g.gebied_code
    where w.indicator = $indicator and length(w.periode) = 4 and w.teller is not null
),

buurten as (
    select wijk_code, count(*) as aantal
    from core.gebied
    where gebied_niveau = 'buurt'
    group by wijk_code
),

som as (
    select e.wijk_code as gebied_code, e.jaar, sum(e.teller)::bigint as teller
    from eigen as e
    join buurten as b on e.wijk_code = b.wijk_code
    where e.gebied_niveau = 'buurt' and $niveau = 'wijk'
    group by e.wijk_code, e.jaar, b.aantal
    having count(*) = b.aantal
)

select gebied_code, jaar, teller
from som
union all
select e.gebied_code, e.jaar, e.teller
from eigen as e
anti join som as s on e.gebied_code = s.gebied_code and e.jaar = s.jaar
where e.gebied_niveau = $niveau
order by all
"""


def read_panel(con: Connection, indicator: str, level: str) -> Panel:
    """The years of every area of a level with any figure; without figures a panel of nothing."""
    rows = con.execute(COUNTS, {"indicator": indicator, "niveau": level}).fetchall()
    codes, place = np.unique(np.array([row[0] for row in rows], dtype=str), return_inverse=True)
    years, when = np.unique(np.array([row[1] for row in rows], dtype=np.int64), return_inverse=True)
    counts = np.full((len(codes), len(years)), np.nan)
    counts[place, when] = [row[2] for row in rows]
    group: Any = np.unique([code[2:6] for code in codes], return_inverse=True)[1]
    return Panel(tuple(codes.tolist()), group.astype(np.int64), tuple(years.tolist()), counts)
