"""An approach over the years: what was counted, and what would be expected without it, with its start."""

from __future__ import annotations

import altair as alt

from pipeline.charts import theme

OBSERVED, EXPECTED = "geteld", "verwacht"


def spec() -> theme.Spec:
    """Counts per year, y from zero; the start is a dashed line with its word.

    Rows: jaar, aantal and reeks (OBSERVED or EXPECTED), the last of each series with a `label` and `boven`
    (whether it stands above the line); one row has `start` instead, a year with a fraction.
    """
    base = alt.Chart()
    start = base.transform_filter("isValid(datum.start)")
    layers = [
        start.mark_rule(strokeDash=[4, 3], strokeWidth=1.5, opacity=0.75).encode(_time("start")),
        start.mark_text(baseline="bottom").encode(_time("start"), y=alt.value(-4), text=alt.value("start")),
        *_series(EXPECTED, theme.ORANGE, dash=[7, 3]),
        *_series(OBSERVED, theme.BLUE),
    ]
    chart = alt.LayerChart(layer=layers, data=theme.rows(), width="container", height=260)
    return theme.finish(chart, description="Lijngrafiek per jaar. De tabel eronder heeft dezelfde cijfers.")


def _series(name: str, colour: str, *, dash: list[int] | None = None) -> list[alt.Chart]:
    own = alt.Chart().transform_filter(f"datum.reeks === '{name}'")
    x, y = _time("jaar"), alt.Y("aantal:Q").title(None).scale(zero=True, nice=5).axis(format=",d")
    line = own.mark_line(color=colour, strokeWidth=2, strokeDash=dash or [1, 0]).encode(x, y)
    marks = [line]
    if dash is None:
        marks.append(own.mark_point(color=colour, size=46, filled=True, opacity=1).encode(x, y))
    for above in (True, False):
        named = own.transform_filter(f"datum.label && datum.boven === {str(above).lower()}")
        text = named.mark_text(align="right", dy=-11 if above else 15, fontWeight="bold")
        marks.append(text.encode(x, y, text="label:N"))
    return marks


def _time(field: str) -> alt.X:
    x = alt.X(f"{field}:Q").title(None).scale(zero=False, nice=False, padding=14)
    return x.axis(format="d", tickMinStep=1, labelOverlap="greedy", labelSeparation=8)
