"""One small line chart for each kind, side by side."""

from __future__ import annotations

import altair as alt

from pipeline.charts import line, theme

PANEL_WIDTH = 210
COLUMNS = 2
GAP = 22


def spec(measure: line.Measure = "aantal") -> theme.Spec:
    """A panel for each value of `label`, in the order of the rows, each with its own y from zero.

    The scales differ because the kinds differ a hundredfold; the subtitle says so. Rows: as for a line,
    plus label. Vega-Lite cannot fit panels to the page: `usermeta.paneel` tells the browser how wide one
    is, what its axis takes and what lies between two, so that it can choose width and columns.
    """
    marks = alt.layer(*line.marks_of(measure)).properties(width=PANEL_WIDTH, height=120)
    chart = (
        marks.facet(
            facet=alt.Facet("label:N").title(None).sort(None),
            data=theme.rows(),
            columns=COLUMNS,
            spacing=GAP,
        )
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
        .properties(
            title=alt.TitleParams(text="", subtitle="Elk vak heeft een eigen schaal, die bij nul begint.")
        )
    )
    result = theme.finish(
        line.with_words(chart, measure=measure, panels=True),
        description="Kleine lijngrafieken, een per soort. De tabel eronder heeft dezelfde cijfers.",
    )
    result["usermeta"] = {"paneel": {"breedte": PANEL_WIDTH, "as": 50, "tussen": GAP, "kolommen": COLUMNS}}
    return result
