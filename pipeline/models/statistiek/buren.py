"""
title = "Buurten die aan elkaar grenzen"
description = '''
Uit de grenzen: twee buurten van de nieuwste indeling die elkaar raken, of hooguit zo'n dertig meter van
elkaar liggen. Water telt niet als buurt: een rivier scheidt.
'''
key = ["buurt_code", "buur_code"]
reads = ["staging.pdok_gebieden", "core.gebied"]

[columns]
buurt_code = "code van de buurt"
buur_code = "code van een buurt ernaast"

[checks]
expression_is_true = ["buurt_code != buur_code"]
"""

from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from pipeline.statistics.adjacent import pairs

BOUNDARIES = """
select b.gebied_code, b.geometrie
from staging.pdok_gebieden as b
join core.gebied as g on b.gebied_code = g.gebied_code
where b.indeling_jaar = (select max(indeling_jaar) from staging.pdok_gebieden)
order by b.gebied_code
"""


def table(con: Any) -> pa.Table:
    """Each pair of neighbours, both ways round."""
    rows = con.sql(BOUNDARIES).to_arrow_table()
    codes = np.array(rows["gebied_code"].to_pylist(), dtype=str)
    found = pairs(shapely.from_geojson(rows["geometrie"].to_pylist()))
    return pa.table(
        {
            name: pa.array(codes[row].tolist(), pa.string())
            for name, row in zip(("buurt_code", "buur_code"), found, strict=True)
        }
    )
