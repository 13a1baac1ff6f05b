"""A series over the years: line, points, how sure each point is, and where the series breaks."""

from __future__ import annotations

from typing import Literal, TypeVar

import altair as alt

from pipeline.charts import theme

Measure = Literal["aantal", "waarde"]
Whole = TypeVar("Whole", alt.LayerChart, alt.FacetChart)

_SAID = "';' + datum.status + ';' + (datum.voorbehoud || '') + ';'"
# Of the figure itself, or of a count beside which there is no rate: then its caveats say so.
PROVISIONAL = f"indexof({_SAID}, ';voorlopig;') >= 0 || indexof({_SAID}, ';voorlopig_aantal;') >= 0"


def spec(measure: Measure) -> theme.Spec:
    """Counts (`aantal`) or figures in their unit (`waarde`) per period, y from zero.

    Rows: periode ('2022' or '2022-03'), aantal with aantal_onder and aantal_boven, waarde with onder
    and boven (bounds may be null), status, breuk ('2018-07', two of them parted by ';'); for `waarde`
    also referentie (the same measure elsewhere) and label (where that is).
    """
    marks = marks_of(measure)
    if measure == "waarde":
        marks = [*_reference(), *marks]
    chart = alt.LayerChart(
        layer=[*marks, *_break_numbers()], data=theme.rows(), width="container", height=260
    )
    return theme.finish(
        with_words(chart, measure=measure),
        description="Lijngrafiek per jaar. De tabel eronder heeft dezelfde cijfers.",
    )


def number_in_words(field: str) -> str:
    """A Vega expression that writes a figure with the decimals that its size deserves."""
    value = f"datum.{field}"
    return (
        f"format({value}, {value} >= 100 || {value} === floor({value}) ? ',.0f'"
        f" : {value} >= 1 ? ',.1f' : ',.2f')"
    )


def margin_in_words(low: str, high: str) -> str:
    """A Vega expression that writes an interval, or that there is none."""
    return (
        f"isValid(datum.{low}) && isValid(datum.{high})"
        f" ? {number_in_words(low)} + ' tot ' + {number_in_words(high)} : 'niet bekend'"
    )


def with_words(chart: Whole, *, measure: Measure, panels: bool = False) -> Whole:
    """Everything that the marks need, computed on the chart as a whole.

    Marks carry no transforms: in a facet Vega-Lite loses the data of layers that branch
    ("Undefined data set name").
    """
    low, high = _bounds(measure)
    of_panel: list[str] = ["label"] if panels else []
    of_piece: list[str] = [*of_panel, "stuk"]
    in_order: list[alt.SortField | dict[str, str]] = [alt.SortField("jaar")]
    lonely = "!isValid(datum.vorige) && !isValid(datum.volgende)"
    first, second = (f"trim(split(datum.breuk || '', ';')[{number}] || '')" for number in (0, 1))
    calculated = chart.transform_calculate(
        jaar=_year("datum.periode", month_shift=0.5),
        wanneer=_moment("datum.periode"),
        cijfer=number_in_words(measure),
        zekerheid=margin_in_words(low, high),
        stand=f"{PROVISIONAL} ? 'voorlopig' : 'definitief'",
        weinig="datum.status === 'minder_dan_5' ? '< 5' : ''",
        breuk_1=first,
        breuk_2=second,
    ).transform_calculate(
        breukjaar_1=_year("datum.breuk_1", month_shift=1),
        breukjaar_2=_year("datum.breuk_2", month_shift=1),
        breukmoment_1=_moment("datum.breuk_1"),
        breukmoment_2=_moment("datum.breuk_2"),
        breukuitleg="'Vergelijk niet met de tijd ervoor'",
        breuken="(datum.breuk_1 ? 1 : 0) + (datum.breuk_2 ? 1 : 0)",
        apart=f"{_halfway('datum.breuk_1')} || {_halfway('datum.breuk_2')} ? 1 : 0",
        bekend=f"isValid(datum.{measure}) ? datum.jaar : null",
    )
    parted = (
        calculated.transform_window(vorig_apart="lag(apart)", groupby=of_panel, sort=in_order)
        .transform_calculate(begint="datum.breuken || datum.vorig_apart ? 1 : 0")
        .transform_window(stuk="sum(begint)", tot_hier="sum(breuken)", groupby=of_panel, sort=in_order)
        .transform_window(vorige=f"lag({low})", volgende=f"lead({low})", groupby=of_piece, sort=in_order)
        .transform_joinaggregate(laatste="max(bekend)", groupby=[*of_panel])
    )
    return parted.transform_calculate(
        los_onder=f"{lonely} ? datum.{low} : null",
        los_boven=f"{lonely} ? datum.{high} : null",
        nummer_1="datum.breuk_1 ? '' + (datum.tot_hier - datum.breuken + 1) : ''",
        nummer_2="datum.breuk_2 ? '' + datum.tot_hier : ''",
        laatste_cijfer=f"datum.bekend === datum.laatste ? {number_in_words(measure)} : ''",
    )


def marks_of(measure: Measure) -> list[alt.Chart]:
    """The marks of one series; also the inside of each small multiple."""
    low, high = _bounds(measure)
    base = alt.Chart()
    x, y = _time("jaar"), _height(measure, measure)
    tooltip = [
        alt.Tooltip("wanneer:N", title="Periode"),
        alt.Tooltip("cijfer:N", title="Aantal" if measure == "aantal" else "Cijfer"),
        alt.Tooltip("zekerheid:N", title="Marge"),
        alt.Tooltip("stand:N", title="Stand"),
    ]
    # A provisional figure is an open point, a final one is filled.
    fill = alt.condition(PROVISIONAL, alt.value("transparent"), alt.value(theme.BLUE))
    return [
        *(_break_rule(number) for number in (1, 2)),
        base.mark_area(color=theme.BLUE, opacity=0.22).encode(
            x, _height(low, measure), alt.Y2(high), detail="stuk:N"
        ),
        # A band needs two neighbours; an interval without one is a bar of its own.
        base.mark_rule(color=theme.BLUE, strokeWidth=5, opacity=0.35).encode(
            x, _height("los_onder", measure), alt.Y2("los_boven")
        ),
        base.mark_line(color=theme.BLUE, strokeWidth=2).encode(x, y, detail="stuk:N"),
        base.mark_point(color=theme.BLUE, size=46, strokeWidth=2, filled=False, opacity=1).encode(
            x, y, fill=fill
        ),
        base.mark_text(baseline="bottom", dy=-4).encode(x, y=alt.value("height"), text="weinig:N"),
        base.mark_text(align="right", dx=6, dy=-12, fontWeight="bold").encode(x, y, text="laatste_cijfer:N"),
        # Invisible points that are large enough to hit: they carry the words.
        base.mark_point(size=500, filled=True, opacity=0).encode(x, y, tooltip=tooltip),
    ]


def _break_rule(number: int) -> alt.Chart:
    tooltip = [
        alt.Tooltip(f"breukmoment_{number}:N", title="Breuk in de reeks"),
        alt.Tooltip("breukuitleg:N", title="Let op"),
    ]
    rule = alt.Chart().mark_rule(strokeDash=[4, 3], strokeWidth=1.5, opacity=0.75)
    placed: alt.Chart = rule.encode(_time(f"breukjaar_{number}"), tooltip=tooltip)
    return placed


def _break_numbers() -> list[alt.Chart]:
    """The numbers of the breaks, of which notes beside the chart tell more."""
    return [
        alt.Chart()
        .mark_text(baseline="bottom", fontWeight="bold")
        .encode(_time(f"breukjaar_{number}"), y=alt.value(-4), text=f"nummer_{number}:N")
        for number in (1, 2)
    ]


def _halfway(text: str) -> str:
    """Whether a series breaks within a year: that year is like neither of its neighbours.

    As in statistiek.spreiding: one in January leaves the year like the next.
    """
    return f"length(datum.periode) === 4 && length({text}) > 4 && slice({text}, 5, 7) !== '01'"


def _reference() -> list[alt.Chart]:
    base = alt.Chart().transform_filter("isValid(datum.referentie)")
    x, y = _time("jaar"), _height("referentie", "waarde")
    return [
        base.mark_line(color=theme.ORANGE, strokeWidth=2, strokeDash=[7, 3]).encode(x, y),
        base.transform_joinaggregate(laatste="max(jaar)")
        .transform_filter("datum.jaar === datum.laatste")
        .mark_text(align="right", dy=-9, fontWeight="bold")
        .encode(x, y, text="label:N"),
    ]


def _bounds(measure: Measure) -> tuple[str, str]:
    return ("onder", "boven") if measure == "waarde" else ("aantal_onder", "aantal_boven")


def _time(field: str) -> alt.X:
    x = alt.X(f"{field}:Q").title(None).scale(zero=False, nice=False, padding=14)
    return x.axis(format="d", tickMinStep=1, labelOverlap="greedy", labelSeparation=8)


def _height(field: str, measure: Measure) -> alt.Y:
    y = alt.Y(f"{field}:Q").title(None).scale(zero=True, nice=5)
    return y.axis(format=",d", tickMinStep=1) if measure == "aantal" else y


def _year(text: str, *, month_shift: float) -> str:
    """Place a period on the axis of years, nothing where it is empty.

    A year stands in the middle of its own months: the figure of 2018 lies at 2018, 1 July 2018 too.
    `month_shift` 0.5 is the middle of a month, 1 its first day.
    """
    month = f"(toNumber(slice({text}, 5, 7)) - {month_shift}) / 12 - 0.5"
    year = f"toNumber(slice({text}, 0, 4))"
    return f"!{text} ? null : length({text}) > 4 ? {year} + {month} : {year}"


def _moment(text: str) -> str:
    month = f"monthFormat(toNumber(slice({text}, 5, 7)) - 1) + ' ' + slice({text}, 0, 4)"
    return f"length({text} || '') > 4 ? {month} : {text}"
