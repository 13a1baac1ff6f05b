"""Bars from zero, with lines for the gemeente and the country to hold them against."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from pipeline.charts import theme
from pipeline.charts.line import margin_in_words, number_in_words

ROW_HEIGHT = 34

Direction = Literal["horizontaal", "verticaal"]


def spec(direction: Direction = "horizontaal") -> theme.Spec:
    """One bar a row, in the order of the rows; a row with `referentie` becomes a line across the bars.

    Rows: label, waarde, onder, boven (bounds may be null) for a bar; label, referentie for a line, of
    which there can be two.
    """
    along, across = ("x", "y") if direction == "horizontaal" else ("y", "x")
    bars = (
        alt.Chart()
        .transform_filter("isValid(datum.waarde) && !isValid(datum.referentie)")
        .transform_calculate(
            cijfer=number_in_words("waarde"),
            zekerheid=margin_in_words("onder", "boven"),
        )
    )
    place = _channel(across, "label:N").title(None).sort(None)
    if direction == "horizontaal":
        place = place.axis(domain=False, ticks=False, labelLimit=190)
    else:
        place = place.axis(labelAngle=0, labelLimit=90).scale(paddingInner=0.35)
    tooltip = [
        alt.Tooltip("label:N", title="Waar"),
        alt.Tooltip("cijfer:N", title="Cijfer"),
        alt.Tooltip("zekerheid:N", title="Marge"),
    ]
    usermeta = {"rijhoogte": ROW_HEIGHT} if direction == "horizontaal" else None
    chart = alt.layer(
        bars.mark_bar(color=theme.BLUE, opacity=0.85, cornerRadiusEnd=2).encode(
            **{across: place, along: _length(along, "waarde"), "tooltip": tooltip}
        ),
        bars.mark_rule(strokeWidth=2).encode(
            **{across: place, along: _length(along, "onder"), f"{along}2": "boven"}
        ),
        *_reference_lines(along),
        data=theme.rows(),
    ).properties(width="container", height=260)
    return theme.finish(
        chart, description="Staafgrafiek. De tabel eronder heeft dezelfde cijfers.", usermeta=usermeta
    )


def _channel(name: str, shorthand: str) -> Any:
    return alt.X(shorthand) if name == "x" else alt.Y(shorthand)


def _length(along: str, field: str) -> Any:
    return _channel(along, f"{field}:Q").title(None).scale(zero=True, nice=5).axis(tickCount=5)


def _reference_lines(along: str) -> list[alt.Chart]:
    """A dashed line for each reference; the second name goes to the other end, so that names stay apart."""
    base = alt.Chart().transform_filter("isValid(datum.referentie)").transform_window(nummer="row_number()")
    value = _length(along, "referentie")
    first = base.transform_filter("datum.nummer === 1")
    second = base.transform_filter("datum.nummer === 2")
    ends: list[dict[str, Any]]
    texts: list[dict[str, Any]]
    if along == "x":
        ends = [{"y": alt.value(-8)}, {"y": alt.value("height")}]
        texts = [{"baseline": "bottom"}, {"baseline": "top", "dy": 26}]
    else:
        ends = [{"x": alt.value("width")}, {"x": alt.value("width")}]
        texts = [{"align": "left", "dx": 6, "dy": -7}, {"align": "left", "dx": 6, "dy": 7}]
    return [
        first.mark_rule(color=theme.ORANGE, strokeDash=[7, 3], strokeWidth=2).encode(**{along: value}),
        second.mark_rule(strokeDash=[2, 3], strokeWidth=2).encode(**{along: value}),
        first.mark_text(fontWeight="bold", **texts[0]).encode(**{along: value, "text": "label:N"}, **ends[0]),
        second.mark_text(fontWeight="bold", **texts[1]).encode(
            **{along: value, "text": "label:N"}, **ends[1]
        ),
    ]
