"""Places under each other: a dot on its margin, with ticks for the gemeente and the country."""

from __future__ import annotations

import altair as alt

from pipeline.charts import theme
from pipeline.charts.line import margin_in_words, number_in_words

ROW_HEIGHT = 46
_BELOW = 8
_TICKS = {1: (theme.ORANGE, 20), 2: (theme.INK, 12)}  # colour and height of the first and the second


def spec() -> theme.Spec:
    """One row a place, in the order of the rows, its name above its mark so that a phone has room for both.

    Rows: label, waarde, onder, boven (bounds may be null) for a place; label, referentie for what all are
    held against, of which there can be two: the first a long tick in each row, the second a short one.
    """
    base = alt.Chart().transform_calculate(bekend="isValid(datum.referentie) ? 1 : 0")
    base = base.transform_window(nummer="sum(bekend)")
    for number in _TICKS:
        asked = f"datum.bekend && datum.nummer === {number}"
        base = base.transform_calculate(**{f"eigen{number}": f"{asked} ? datum.referentie : null"})
        base = base.transform_joinaggregate(
            [alt.JoinAggregateFieldDef(op="max", field=f"eigen{number}", **{"as": f"tegen{number}"})]
        )
    places = base.transform_filter("isValid(datum.waarde) && !datum.bekend").transform_calculate(
        cijfer=number_in_words("waarde"),
        zekerheid=margin_in_words("onder", "boven"),
    )
    y = alt.Y("label:N").title(None).sort(None).axis(None)
    tooltip = [
        alt.Tooltip("label:N", title="Waar"),
        alt.Tooltip("cijfer:N", title="Cijfer"),
        alt.Tooltip("zekerheid:N", title="Marge"),
    ]
    chart = alt.layer(
        places.mark_text(align="left", yOffset=-10).encode(y, x=alt.value(0), text="label:N"),
        places.mark_rule(color=theme.BLUE, opacity=0.4, strokeWidth=7, yOffset=_BELOW).encode(
            y, _along("onder"), alt.X2("boven")
        ),
        *(_tick(places, number).encode(y, _along(f"tegen{number}")) for number in _TICKS),
        places.mark_point(color=theme.BLUE, size=95, filled=True, opacity=1, yOffset=_BELOW).encode(
            y, _along("waarde"), tooltip=tooltip
        ),
        *_names(base),
        data=theme.rows(),
    ).properties(width="container", height=10 * ROW_HEIGHT)
    return theme.finish(
        chart,
        description="Per gebied een stip op haar marge. De tabel eronder heeft dezelfde cijfers.",
        usermeta={"rijhoogte": ROW_HEIGHT},
    )


def _along(field: str) -> alt.X:
    return alt.X(f"{field}:Q").title(None).scale(zero=True, nice=5).axis(tickCount=5, grid=True)


def _tick(places: alt.Chart, number: int) -> alt.Chart:
    known = places.transform_filter(f"isValid(datum.tegen{number})")
    colour, height = _TICKS[number]
    tick: alt.Chart = known.mark_tick(color=colour, height=height, thickness=2.5, opacity=1, yOffset=_BELOW)
    return tick


def _names(base: alt.Chart) -> list[alt.Chart]:
    """The name of the first above its ticks, that of the second below, so that names stay apart."""
    first, second = (base.transform_filter(f"datum.bekend && datum.nummer === {number}") for number in _TICKS)
    return [
        first.mark_text(fontWeight="bold", baseline="bottom").encode(
            _along("referentie"), y=alt.value(-6), text="label:N"
        ),
        second.mark_text(fontWeight="bold", baseline="top", dy=26).encode(
            _along("referentie"), y=alt.value("height"), text="label:N"
        ),
    ]
