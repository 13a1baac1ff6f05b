"""Where an area stands among the areas of its gemeente, for many circumstances at once."""

from __future__ import annotations

import altair as alt

from pipeline.charts import theme
from pipeline.charts.line import number_in_words

ROW_HEIGHT = 32


def spec() -> theme.Spec:
    """A line from the lowest to the highest area for each row, the middle half thick, the area a point.

    Every circumstance has its own unit, so places are shares of the way from the lowest area (0) to the
    highest (100). Rows: label, eenheid, waarde, laagste, kwart, midden, driekwart, hoogste (of the areas
    of the gemeente), referentie (the gemeente as a whole; may be null), gelijk (similar areas; may be null).
    """
    base = alt.Chart().transform_filter("datum.hoogste > datum.laagste")
    for field in ("waarde", "kwart", "midden", "driekwart", "referentie", "gelijk"):
        base = base.transform_calculate(**{f"plek_{field}": _place(field)})
    for field in ("waarde", "laagste", "midden", "hoogste", "referentie", "gelijk"):
        text = f"isValid(datum.{field}) ? {number_in_words(field)} + ' ' + datum.eenheid : 'niet bekend'"
        base = base.transform_calculate(**{f"tekst_{field}": text})
    y = alt.Y("label:N").title(None).sort(None).axis(domain=False, ticks=False, labelLimit=190)
    ends = _along("waarde").axis(
        values=[0, 100],
        labelExpr="datum.value === 0 ? 'laagste' : 'hoogste'",
        # Inwards: on a phone half a word does not fit beside the last point.
        labelAlign={"condition": {"test": "datum.value === 0", "value": "left"}, "value": "right"},
        domain=False,
        ticks=False,
        grid=False,
    )
    tooltip = [
        alt.Tooltip("label:N", title="Wat"),
        alt.Tooltip("tekst_waarde:N", title="Hier"),
        alt.Tooltip("tekst_referentie:N", title="De gemeente als geheel"),
        alt.Tooltip("tekst_gelijk:N", title="Vergelijkbare gebieden"),
        alt.Tooltip("tekst_laagste:N", title="Laagste"),
        alt.Tooltip("tekst_midden:N", title="Middelste"),
        alt.Tooltip("tekst_hoogste:N", title="Hoogste"),
    ]
    known = base.transform_filter("isValid(datum.waarde)")
    chart = alt.layer(
        base.mark_rule(opacity=0.35, strokeWidth=2).encode(y, x=alt.XDatum(0), x2=alt.X2Datum(100)),
        base.mark_bar(color=theme.INK, opacity=0.22, height=12).encode(
            y, _along("kwart"), alt.X2("plek_driekwart")
        ),
        base.mark_tick(color=theme.INK, opacity=0.6, thickness=2, height=12).encode(y, _along("midden")),
        base.transform_filter("isValid(datum.referentie)")
        .mark_point(shape="diamond", color=theme.ORANGE, size=130, strokeWidth=2.5, filled=False)
        .encode(y, _along("referentie")),
        base.transform_filter("isValid(datum.gelijk)")
        .mark_point(shape="square", color=theme.INK, size=110, strokeWidth=2, filled=False)
        .encode(y, _along("gelijk")),
        known.mark_point(color=theme.BLUE, size=130, filled=True, opacity=1).encode(y, ends, tooltip=tooltip),
        data=theme.rows(),
    ).properties(width="container", height=10 * ROW_HEIGHT)
    return theme.finish(
        chart,
        description="Per omstandigheid: de plek van dit gebied tussen de gebieden van de gemeente. "
        "De tabel eronder heeft dezelfde cijfers.",
        usermeta={"rijhoogte": ROW_HEIGHT},
    )


def _along(field: str) -> alt.X:
    return alt.X(f"plek_{field}:Q").title(None).scale(domain=[-6, 106], nice=False)


def _place(field: str) -> str:
    """Share of the way from the lowest area to the highest; a reference beyond them stays at the edge."""
    share = f"100 * (datum.{field} - datum.laagste) / (datum.hoogste - datum.laagste)"
    return f"isValid(datum.{field}) ? clamp({share}, -5, 105) : null"
