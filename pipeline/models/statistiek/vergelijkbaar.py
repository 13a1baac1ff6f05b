"""
title = "Gebieden met vergelijkbare omstandigheden"
description = '''
Per buurt, wijk en gemeente de tien gebieden van hetzelfde niveau die er het meest op lijken, in het
nieuwste jaar van de kerncijfers: dezelfde klasse van stedelijkheid of één ernaast, en verder de
kleinste afstand in inwoners, leeftijd, huishoudens, woningen, inkomen, land en adressen, elk in
standaardafwijkingen. Een gebied waar te weinig van bekend is, heeft er geen. Herkomst telt niet
mee.
'''
key = ["gebied_code", "rang"]
reads = ["core.kenmerk"]

[columns]
gebied_code = "code van het gebied"
rang = "1 lijkt het meest"
ander_code = "code van het vergelijkbare gebied"
afstand = "gemiddelde afstand in standaardafwijkingen"

[checks]
accepted_range.rang = { min = 1, max = 10 }
accepted_range.afstand = { min = 0 }
expression_is_true = ["gebied_code != ander_code"]
"""

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.arrow import numbers
from pipeline.statistics.similar import NEIGHBOURS, neighbours

NOT_COMPARED = ("gebied_code", "gebied_niveau", "stedelijkheid")


def table(con: Any) -> pa.Table:
    """Ten rows per area that has neighbours."""
    # Income or benefits that a year's table leaves empty fall out by themselves.
    rows = con.sql("select * from core.kenmerk order by gebied_niveau, gebied_code").to_arrow_table()
    level = rows["gebied_niveau"].to_numpy()
    codes = rows["gebied_code"].to_numpy()
    features = [name for name in rows.column_names if name not in NOT_COMPARED]
    values = np.stack([numbers(rows[name]) for name in features], axis=1)
    urbanity = numbers(rows["stedelijkheid"])
    area, other, distance = [codes[:0]], [codes[:0]], [np.zeros(0)]
    for one in np.unique(level):
        own = np.flatnonzero(level == one)
        found = neighbours(values[own], urbanity[own])
        area.append(np.repeat(codes[own[found.area]], NEIGHBOURS))
        other.append(codes[own[found.nearest.ravel()]])
        distance.append(found.distance.ravel())
    areas = np.concatenate(area)
    return pa.table(
        {
            "gebied_code": pa.array(areas.tolist(), pa.string()),
            "rang": pa.array(np.tile(np.arange(1, NEIGHBOURS + 1), len(areas) // NEIGHBOURS)),
            "ander_code": pa.array(np.concatenate(other).tolist(), pa.string()),
            "afstand": np.concatenate(distance),
        }
    ).sort_by([("gebied_code", "ascending"), ("rang", "ascending")])
