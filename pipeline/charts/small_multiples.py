"""One small line chart for each kind, side by side."""

from __future__ import annotations

import altair as alt

from pipeline.charts import line, theme

PANEL_WIDTH = 210
COLUMNS = 2
GAP = 22
AXIS_WIDTH = 50
OWN_SCALES = "Elk vak heeft een eigen schaal, die bij nul begint."


def spec(measure: line.Measure = "aantal") -> theme.Spec:
    """A panel for each value of `label`, in alphabetical order, each with its own y from zero.

    The scales differ because the kinds differ a hundredfold; the title says so. Rows: as for a line,
    plus label. Vega-Lite cannot fit panels to the page: `usermeta.paneel` says how wide one is, what its
    axis takes and what lies between two (pixels), so that whoever draws chooses width and columns.
    """
    marks = alt.layer(*line.marks_of(measure)).properties(width=PANEL_WIDTH, height=120)
    chart = (
        marks.facet(
            facet=alt.Facet("label:N").title(None),
            data=theme.rows(),
            columns=COLUMNS,
            spacing=GAP,
        )
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
        .properties(title=alt.TitleParams(text=OWN_SCALES, fontSize=theme.SMALL_SIZE, fontWeight="normal"))
    )
    return theme.finish(
        line.with_words(chart, measure=measure, panels=True),
        description="Kleine lijngrafieken, een per soort. De tabel eronder heeft dezelfde cijfers.",
        usermeta={"paneel": {"breedte": PANEL_WIDTH, "as": AXIS_WIDTH, "tussen": GAP}},
    )
