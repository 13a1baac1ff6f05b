"""
title = "Hoeveel misdrijven er bij de omstandigheden passen"
description = '''
Een negatief-binomiale regressie van het aantal misdrijven op de kenmerken van core.kenmerk, over alle
buurten van het land, in het nieuwste jaar. Het zegt wat samengaat, nooit wat iets veroorzaakt. Van
een wijk of gemeente is het de som van haar buurten, op het niveau van alle samen gebracht. De
grenzen zijn die waar 95 van de 100 gebieden van dat niveau tussen liggen, met hoe ver het model er
gewoonlijk naast zit. Met minder dan duizend buurten is er niets, en van een niveau met minder dan
honderd gebieden ook niet.
'''
key = ["gebied_code"]
reads = ["core.kenmerk", "core.gebied", "statistiek.waarde"]

[columns]
gebied_code = "code van het gebied"
periode = "jaar van het aantal"
teller = "geregistreerde misdrijven"
verwacht = "aantal dat bij de omstandigheden past"
onder = "ondergrens van teller gedeeld door verwacht (95 % van de gebieden)"
boven = "bovengrens daarvan"
ernaast = "factor waar een gewoon gebied van dit niveau hooguit naast zit (de helft)"
doorsnee = "aantal van een doorsnee buurt met evenveel inwoners; alleen van een buurt"
drukte = "hoeveel keer zo veel bij inwoners, dichtheid, land en adressen hoort; alleen van een buurt"
wonen = "hoeveel keer zo veel bij leeftijd, huishoudens en woningen hoort; alleen van een buurt"

[checks]
expression_is_true = ["verwacht > 0", "onder < boven", "ernaast >= 1"]
"""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.arrow import numbers
from pipeline.statistics import expected

# Each group is read as one: within it circumstances go together so much that no share of one means anything.
CROWD = ("inwoners", "dichtheid", "land", "adressen")
HOMES = ("kinderen", "ouderen", "huishoudgrootte", "woz", "eengezins", "koop", "inkomen")
LEAST_FILLED = 0.75  # a circumstance that fewer buurten have is not used

COUNTS = """
with tellingen as (
    select w.gebied_code, g.gebied_niveau, w.periode, w.teller
    from statistiek.waarde as w
    join core.gebied as g on w.gebied_code = g.gebied_code
    where w.indicator = 'misdrijven' and length(w.periode) = 4 and w.teller is not null
)

select t.*, g.wijk_code, g.gemeente_code, k.* exclude (gebied_code, gebied_niveau)
from tellingen as t
join core.gebied as g on t.gebied_code = g.gebied_code
left join core.kenmerk as k on t.gebied_code = k.gebied_code
where t.gebied_niveau != 'land'
    and t.periode = (select max(periode) from tellingen where gebied_niveau = 'buurt')
order by t.gebied_niveau, t.gebied_code
"""

SCHEMA = pa.schema(
    [("gebied_code", pa.string()), ("periode", pa.string()), ("teller", pa.int64())]
    + [
        (name, pa.float64())
        for name in ("verwacht", "onder", "boven", "ernaast", "doorsnee", "drukte", "wonen")
    ]
)


def table(con: Any) -> pa.Table:
    """One row per area with a count, of levels with areas enough."""
    rows = con.sql(COUNTS).to_arrow_table()
    level = np.array(rows["gebied_niveau"].to_pylist(), dtype=object)
    count = rows["teller"].cast(pa.float64()).to_numpy()
    features = {name: numbers(rows[name]) for name in (*CROWD, *HOMES)}
    own = np.flatnonzero((level == "buurt") & np.isfinite(features["inwoners"]))
    used = [name for name in features if own.size and np.isfinite(features[name][own]).mean() >= LEAST_FILLED]
    if len(own) < expected.LEAST_AREAS:
        return SCHEMA.empty_table()
    values = np.stack([features[name][own] for name in used], axis=1)
    model = expected.fit(count[own], values)
    guess = model.predict(values)
    found = [_with_parts(_level(rows, own, guess), model, values, used)]
    for place, code in (("wijk", "wijk_code"), ("gemeente", "gemeente_code")):
        areas = np.flatnonzero(level == place)
        sums = _sums(rows[code].take(pa.array(own)), guess, rows["gebied_code"].take(pa.array(areas)))
        areas, sums = areas[sums > 0], sums[sums > 0]
        if len(areas) >= expected.LEAST_SUMS:
            found.append(_level(rows, areas, sums * count[areas].sum() / sums.sum()))
    return pa.concat_tables(found).sort_by("gebied_code")


def _sums(within: pa.ChunkedArray, guess: NDArray[np.float64], codes: pa.ChunkedArray) -> NDArray[np.float64]:
    """What is expected of the buurten that lie in each area, together; 0 where none does."""
    together: dict[str, float] = {}
    for code, one in zip(within.to_pylist(), guess.tolist(), strict=True):
        together[code] = together.get(code, 0.0) + one
    return np.array([together.get(code, 0.0) for code in codes.to_pylist()], dtype=np.float64)


def _level(rows: pa.Table, areas: NDArray[np.int64], guess: NDArray[np.float64]) -> pa.Table:
    """Areas of one level, with how far such areas usually lie from what is expected."""
    own = rows.take(pa.array(areas))
    count = own["teller"].cast(pa.float64()).to_numpy()
    lower, upper = expected.ratio_interval(guess, expected.spread(count, guess))
    off = np.full(len(own), expected.usual_factor(count, guess))
    columns = {name: own[name] for name in ("gebied_code", "periode", "teller")}
    empty = pa.nulls(len(own), pa.float64())
    parts = {"doorsnee": empty, "drukte": empty, "wonen": empty}
    found = {"verwacht": guess, "onder": lower, "boven": upper, "ernaast": off}
    return pa.table({**columns, **found, **parts}).cast(SCHEMA)


def _with_parts(
    found: pa.Table, model: expected.Model, values: NDArray[np.float64], used: list[str]
) -> pa.Table:
    """Expected = doorsnee x drukte x wonen: a usual rate, and what each group of circumstances does to it."""
    parts = model.contributions(values)
    people = values[:, used.index("inwoners")]
    logarithm = np.log(found["verwacht"].to_numpy())
    crowd = parts[:, [used.index(name) for name in CROWD if name in used]].sum(axis=1) - people
    homes = parts[:, [used.index(name) for name in HOMES if name in used]].sum(axis=1)
    crowd, homes = crowd - np.median(crowd), homes - np.median(homes)
    for name, value in (("doorsnee", logarithm - crowd - homes), ("drukte", crowd), ("wonen", homes)):
        found = found.set_column(found.column_names.index(name), name, pa.array(np.exp(value)))
    return found
