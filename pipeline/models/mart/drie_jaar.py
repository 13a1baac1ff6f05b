"""
title = "Het niveau van nu: drie jaren samen"
description = '''
Het gewogen gemiddelde van het nieuwste jaar en de twee ervoor (0,5, 0,3 en 0,2). Het raadt het
volgende jaar beter dan het laatste jaar alleen. Alleen waar alle drie de jaren gepubliceerd zijn en er
geen breuk tussen ligt.
'''
key = ["gebied_code", "indicator"]
reads = ["mart.gebied_profiel", "mart.cijfer", "contract.indicator", "core.breuk"]

[columns]
gebied_code = "code van het gebied"
indicator = "naam van de indicator"
van = "eerste van de drie jaren"
tot = "nieuwste jaar"
aantal = "gewogen gemiddelde van de aantallen, per jaar"
waarde = "hetzelfde gedeeld door de noemer van het nieuwste jaar, in de eenheid; leeg als het cijfer leeg is"

[checks]
accepted_range.aantal = { min = 0 }
"""

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.arrow import known, numbers
from pipeline.statistics.level import weighted_level

YEARS = """
select
    p.gebied_code,
    p.indicator,
    a.periode as van,
    p.periode as tot,
    a.teller as eerste,
    b.teller as tweede,
    p.teller as derde,
    if(p.waarde is null, null, i.per / p.noemer) as per
from mart.gebied_profiel as p
join contract.indicator as i on p.indicator = i.indicator
join mart.cijfer as b
    on p.gebied_code = b.gebied_code and p.indicator = b.indicator
    and b.periode = cast(cast(p.periode as integer) - 1 as varchar)
join mart.cijfer as a
    on p.gebied_code = a.gebied_code and p.indicator = a.indicator
    and a.periode = cast(cast(p.periode as integer) - 2 as varchar)
where i.meetwijze = 'geregistreerd' and p.teller is not null and a.teller is not null and b.teller is not null
    and not exists (
        select 1
        from core.breuk as k
        where k.indicator = p.indicator
            and k.voor < cast(p.periode as integer) and k.na > cast(a.periode as integer)
    )
order by p.gebied_code, p.indicator
"""


def table(con: Any) -> pa.Table:
    """One row per area and registered indicator with three years."""
    rows = con.sql(YEARS).to_arrow_table()
    counts = np.stack([rows[name].to_numpy() for name in ("eerste", "tweede", "derde")], axis=1)
    level = weighted_level(counts)
    per = numbers(rows["per"])
    return pa.table(
        {
            **{name: rows[name] for name in ("gebied_code", "indicator", "van", "tot")},
            "aantal": level,
            "waarde": known(level * per),
        }
    )
