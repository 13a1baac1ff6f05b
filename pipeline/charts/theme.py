"""One look for every chart: colour-blind safe, legible on light and on dark, Dutch numbers."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import vl_convert

from pipeline.charts.tokens import colour

DATASET = "rijen"
"""The named data set of every spec; it is empty, the page puts its rows in it."""

Spec = dict[str, Any]

INK = "currentColor"
BLUE = colour("--vb-grafiek")
ORANGE = colour("--vb-grafiek-tegen")
FONT = "Beeld, 'Beeld vervangen', system-ui, sans-serif"
TEXT_SIZE = 13
SMALL_SIZE = 12

LOCALE = {
    "number": vl_convert.get_format_locale("nl-NL"),
    "time": vl_convert.get_time_format_locale("nl-NL"),
}


def config() -> Spec:
    """The `config` of every spec: transparent, ink in the colour of the text around the chart."""
    return {
        "aria": False,  # its words are English; the page describes the chart in Dutch
        "background": "transparent",
        "font": FONT,
        "locale": LOCALE,
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "color": INK, "fontSize": 15, "subtitleColor": INK,
            "subtitleFontSize": SMALL_SIZE, "subtitlePadding": 6, "offset": 14,
        },
        "axis": {
            "domainColor": INK, "domainOpacity": 0.5, "gridColor": INK, "gridOpacity": 0.13,
            "tickColor": INK, "tickOpacity": 0.5, "labelColor": INK, "labelFontSize": TEXT_SIZE,
            "labelPadding": 6, "titleColor": INK, "titleFontSize": TEXT_SIZE, "titleFontWeight": "normal",
        },
        "axisY": {"domain": False, "ticks": False, "tickCount": 5},
        "axisX": {"grid": False},
        "header": {
            "labelColor": INK, "labelFontSize": TEXT_SIZE, "labelFontWeight": "bold", "labelAnchor": "start",
            "titleColor": INK,
        },
        "text": {"color": INK, "fontSize": SMALL_SIZE},
        "rule": {"color": INK},
    }  # fmt: skip


def rows() -> alt.NamedData:
    """The data of every chart: a name, no rows."""
    return alt.NamedData(name=DATASET)


def finish(chart: alt.TopLevelMixin, *, description: str, usermeta: Spec | None = None) -> Spec:
    """Turn a chart into a spec that can be shared: our config, an empty data set, a description.

    `description` is the default text for screen readers; the page replaces it by what its rows show.
    `usermeta` says what vega-lite cannot: how the size of this chart follows its rows and its place
    (`rijhoogte`: pixels for each row that has a `waarde`; `paneel`: see small_multiples).
    """
    spec: Spec = json.loads(chart.to_json())
    spec["config"] = config()
    spec["description"] = description
    spec["datasets"] = {DATASET: []}
    if usermeta:
        spec["usermeta"] = usermeta
    return spec
