"""Figures as rows that the browser draws and saves: whole on written pages, packed on the many area pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.indicator import Indicator
from pipeline.site.figure.cijfer import Cijfer, Gebied
from pipeline.words.provenance import stand_of

COLUMNS = (
    *("periode", "aantal", "noemer", "noemer_jaar", "aantal_onder", "aantal_boven"),
    *("status", "breuk", "bron", "vintage"),
)
# The columns that rows of a page may share, with their place.
SHARED = {name: COLUMNS.index(name) for name in ("status", "bron", "vintage")}


def chart_row(definition: Indicator, gebied: Gebied, cijfer: Cijfer, *, label: str) -> dict[str, Any]:
    """A figure with the published columns and the interval of its count, without what is empty."""
    row = {
        "gebied_code": gebied.gebied_code,
        "gebied_naam": gebied.gebied_naam,
        "gebied_niveau": gebied.gebied_niveau,
        "indeling_jaar": gebied.indeling_jaar,
        "indicator": cijfer.indicator,
        "periode": cijfer.periode,
        "noemer": cijfer.noemer,
        "waarde": cijfer.waarde,
        "onder": cijfer.onder,
        "boven": cijfer.boven,
        "eenheid": definition.eenheid,
        "status": cijfer.status,
        "breuk": cijfer.breuk,
        "bron": cijfer.bron,
        "vintage": cijfer.vintage,
        "voorbehoud": ";".join(filter(None, (definition.voorbehoud, cijfer.own_caveats))),
        "aantal_onder": cijfer.aantal_onder,
        "aantal_boven": cijfer.aantal_boven,
        "aantal": cijfer.teller,
        "label": label,
    }
    return {name: value for name, value in row.items() if value not in (None, "")}


def packed(series: Mapping[str, Sequence[Cijfer]]) -> dict[str, Any]:
    """Figures of one area by indicator, each thing said once.

    {reeksen: {indicator: [[value per one of COLUMNS]]}, bron: {indicator: columns}, gebied: columns}. Code,
    name and level of the area stand in the address and the heading of its page; a status that nothing says
    is ok. Behind the status of a row stand its own caveats. What an indicator's rows share stands in `bron`,
    what most indicators share in `gebied`; the rate, its interval and the year of the denominator in the
    vintage follow from the row, and what is the same for every area stands in a file of its own.
    """
    rows = {name: [_row(figure) for figure in figures] for name, figures in series.items()}
    common = {name: _most_common(own) for name, own in rows.items()}
    shared = _most_common([_full(columns) for columns in common.values()])
    compact = {name: [_compact(row, known=common[name]) for row in own] for name, own in rows.items()}
    return {
        "gebied": {name: value for name, value in shared.items() if (name, value) != ("status", "ok")},
        "bron": {name: own for name, one in common.items() if (own := _unlike(one, shared))},
        "reeksen": compact,
    }


def _row(figure: Cijfer) -> list[Any]:
    """A figure in the order of COLUMNS."""
    return [
        figure.periode,
        figure.teller,
        figure.noemer,
        figure.noemer_jaar,
        _rounded(figure.aantal_onder),
        _rounded(figure.aantal_boven),
        ";".join(filter(None, (figure.status, figure.own_caveats))),
        figure.breuk,
        figure.bron,
        stand_of(figure.vintage or ""),
    ]


def _rounded(value: float | None) -> float | int | None:
    """Five figures or whole: more than the interval deserves, and a large count still right to one."""
    if value is None:
        return None
    short = float(f"{value:.5g}" if abs(value) < 10_000 else round(value))
    return int(short) if short.is_integer() else short


def _most_common(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The value that most rows have, for each of the columns that rows may share."""
    if len(rows) == 1:
        return {name: rows[0][place] for name, place in SHARED.items()}
    return {
        name: Counter(row[place] for row in rows).most_common(1)[0][0]
        for name, place in SHARED.items()
        if rows
    }


def _full(columns: Mapping[str, Any]) -> list[Any]:
    """What rows share as a row without the rest."""
    return [columns.get(name) for name in COLUMNS]


def _unlike(columns: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if value != shared[name]}


def _compact(row: Sequence[Any], *, known: Mapping[str, Any]) -> list[Any]:
    """A row without what `known` already says, and without the empty columns at its end."""
    values = list(row)
    for name, place in SHARED.items():
        if values[place] == known[name]:
            values[place] = None
    while values and values[-1] is None:
        values.pop()
    return values
