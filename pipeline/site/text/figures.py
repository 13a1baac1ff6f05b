"""Figures of the written pages: caption, static picture, place for the live chart, table and source.

Each is whole without JavaScript: the picture and the table are in the page. Its rows go along as JSON, for
the live chart and for saving as CSV.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import duckdb
from markupsafe import Markup

from pipeline.charts import static, vega
from pipeline.gebied import slug_of
from pipeline.indicator import Indicator, read_indicators
from pipeline.site.html.markup import Cell, table
from pipeline.site.text.macros import vintage_in_words
from pipeline.words.numbers import (
    UIT_PUBLICATIE,
    figure_decimals,
    format_figure,
    format_number,
    format_period,
    join_words,
)
from pipeline.words.sentences import Onderwerp, Plaats, count_phrase, in_area
from pipeline.words.status import MET_AANTAL, STATUS_KORT, why_empty

LEAST_POINTS = 2
"""A chart of one figure shows nothing that the table does not."""

MARGIN = "De band is de marge: toeval en gewone schommeling."
PROVISIONAL = "Een open punt is voorlopig."
ROUNDED = "De cijfers komen uit publicaties en zijn daar al afgerond."
BREAK = "Een stippellijn is een breuk: vergelijk niet over de lijn heen."

Row = dict[str, Any]


@dataclass(frozen=True)
class Jaar:
    """One year of a series as mart.cijfer has it, with the interval of the count itself."""

    gebied_code: str
    gebied_naam: str
    gebied_niveau: str
    indeling_jaar: int
    indicator: str
    periode: str
    teller: int | None
    noemer: int | None
    waarde: float | None
    onder: float | None
    boven: float | None
    eenheid: str
    status: str
    breuk: str | None
    bron: str
    vintage: str
    voorbehoud: str | None
    aantal_onder: float | None
    aantal_boven: float | None


@dataclass(frozen=True)
class Reeks:
    """The years of one indicator in one area, oldest first; at least one."""

    definition: Indicator
    jaren: tuple[Jaar, ...]

    @property
    def key(self) -> str:
        """Its name among the rows of a page: misdrijven-gm0758."""
        return f"{self.definition.indicator}-{slug_of(self.jaren[0].gebied_code)}"

    @property
    def counted(self) -> bool:
        return self.definition.kind == "verhouding"

    @property
    def shown(self) -> tuple[Jaar, ...]:
        """The years that a chart has a point for."""
        return tuple(year for year in self.jaren if self.figure(year) is not None)

    @property
    def where(self) -> str:
        first = self.jaren[0]
        return in_area(Plaats(first.gebied_naam, first.gebied_niveau))

    def figure(self, year: Jaar) -> float | None:
        """What the chart shows of a year: the count, or the value of a measurement."""
        if not self.counted:
            return year.waarde
        return year.teller if year.status in MET_AANTAL else None

    def rows(self) -> list[Row]:
        """The rows of chart and CSV, without what is empty."""
        return [_row(year, label=self.definition.kort) for year in self.jaren]


def line(con: duckdb.DuckDBPyConnection, indicator: str, gebied: str, *, root: str) -> Markup:
    """The series of one indicator in one area.

    `root` leads from the page to the root of the site, as in '../../'. Raises ValueError when the
    indicator or the area does not exist.
    """
    reeks = read_series(con, [indicator], gebied)
    if not reeks:
        return Markup("<p>Voor dit gebied zijn hier geen cijfers gepubliceerd.</p>")
    one = reeks[0]
    return _figure(
        ident=f"grafiek-{one.definition.slug}-{slug_of(gebied)}",
        chart="lijn-aantal" if one.counted else "lijn-waarde",
        title=_newest_in_words(one),
        explanation=[f"{_measured(one)}, {_span(one)}.", *_reading_aids([one])],
        rows={one.key: one.rows()},
        drawn=len(one.shown) >= LEAST_POINTS,
        tables=[_table(one)],
        source=_source(one.jaren),
        root=root,
    )


def small_multiples(con: duckdb.DuckDBPyConnection, thema: str, gebied: str, *, root: str) -> Markup:
    """Every registered series of a theme in one area, each in a panel of its own.

    Raises ValueError when the theme has no registered indicators.
    """
    found = con.execute(
        "select indicator from contract.indicator"
        " where thema = $thema and kind = 'verhouding' and meetwijze = 'geregistreerd' order by lower(kort)",
        {"thema": thema},
    ).fetchall()
    if not found:
        raise ValueError(f"theme {thema!r} has no registered indicators")
    reeksen = [one for one in read_series(con, [name for (name,) in found], gebied) if one.shown]
    if not reeksen:
        return Markup("<p>Voor dit gebied zijn hier geen cijfers gepubliceerd.</p>")
    name = con.execute("select titel from reference.themas where thema = $thema", {"thema": thema}).fetchall()
    kinds = "1 soort" if len(reeksen) == 1 else f"{len(reeksen)} soorten"
    return _figure(
        ident=f"grafiek-soorten-{thema.replace('_', '-')}-{slug_of(gebied)}",
        chart="klein-meervoud",
        title=f"{name[0][0]} {reeksen[0].where}: {kinds} registraties",
        explanation=[
            f"Aantal per jaar, geregistreerd door de politie, {_span(*reeksen)}.",
            *_reading_aids(reeksen),
        ],
        rows={one.key: one.rows() for one in reeksen},
        drawn=max(len(one.shown) for one in reeksen) >= LEAST_POINTS,
        tables=[_table(one) for one in reeksen],
        source=_source([year for one in reeksen for year in one.jaren]),
        root=root,
    )


def read_series(con: duckdb.DuckDBPyConnection, indicators: Sequence[str], gebied: str) -> list[Reeks]:
    """The yearly series of some indicators in one area, in the order asked; those without rows left out."""
    rows = _read_years(
        con,
        "m.gebied_code = $gebied and list_contains($indicators, m.indicator) and length(m.periode) = 4"
        " order by m.indicator, m.periode",
        gebied=gebied,
        indicators=list(indicators),
    )
    years: dict[str, list[Jaar]] = {}
    for year in rows:
        years.setdefault(year.indicator, []).append(year)
    definitions = _definitions(con, indicators)
    return [Reeks(definitions[name], tuple(years[name])) for name in indicators if name in years]


def bars(con: duckdb.DuckDBPyConnection, indicator: str, gemeente: str, *, root: str) -> Markup:
    """The wijken of a gemeente by name, with lines for the gemeente and the country.

    The newest period in which wijken have a figure; a line only where that period has one too.
    """
    definition = _definitions(con, [indicator])[indicator]
    found = _read_years(
        con,
        """
        m.indicator = $indicator and m.waarde is not null and m.periode = (
            select max(n.periode) from mart.cijfer as n join core.gebied as w using (gebied_code)
            where n.indicator = $indicator and n.gebied_niveau = 'wijk' and n.waarde is not null
                and w.gemeente_code = $gemeente
        ) and (m.gebied_code in ($gemeente, 'NL00') or m.gebied_niveau = 'wijk' and m.gebied_code in (
            select gebied_code from core.gebied
            where gemeente_code = $gemeente
        ))
        order by m.gebied_niveau, lower(strip_accents(m.gebied_naam)), m.gebied_code
        """,
        indicator=indicator,
        gemeente=gemeente,
    )
    wijken = [year for year in found if year.gebied_niveau == "wijk"]
    if len(wijken) < LEAST_POINTS:
        return Markup("<p>Per wijk zijn hier geen cijfers gepubliceerd.</p>")
    others = [year for year in found if year.gebied_niveau != "wijk"]
    rows = [_row(year, label=year.gebied_naam) for year in wijken]
    rows += [_row(year, label=year.gebied_naam) | {"referentie": year.waarde} for year in others]
    place = next((year.gebied_naam for year in others if year.gebied_code == gemeente), gemeente)
    explanation = [f"Cijfer {definition.eenheid}. De volgorde is het alfabet."]
    explanation += (
        ["Het streepje in een staaf is de marge: toeval en gewone schommeling."]
        if wijken[0].onder is not None
        else []
    )
    explanation += [f"De lijnen zijn {join_words([year.gebied_naam for year in others])}."] if others else []
    return _figure(
        ident=f"grafiek-wijken-{definition.slug}-{slug_of(gemeente)}",
        chart="staaf",
        title=f"{definition.titel} per wijk in {place}, {format_period(wijken[0].periode)}",
        explanation=explanation,
        rows={f"{indicator}-wijken-{slug_of(gemeente)}": rows},
        drawn=True,
        tables=[_table_of_places(definition, [*wijken, *others])],
        source=_source(found),
        root=root,
    )


def data_block(data: Mapping[str, Any], *, attributes: str) -> Markup:
    """Data as a JSON script element; whatever a name holds, it cannot end the element or start a template."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # All of these can stand inside strings only, so that an escape keeps the meaning.
    for piece in ("<", ">", "&", "{{", "{%", "{#"):
        text = text.replace(piece, f"\\u{ord(piece[0]):04x}{piece[1:]}")
    return Markup('<script type="application/json" {}>{}</script>').format(Markup(attributes), Markup(text))


def _read_years(con: duckdb.DuckDBPyConnection, condition: str, **parameters: Any) -> list[Jaar]:
    columns = ", ".join(f"m.{field.name}" for field in fields(Jaar)[:-2])
    rows = con.execute(
        f"select {columns},"
        " marge_onder(m.teller, s.onder, d.a, d.b), marge_boven(m.teller, s.boven, d.a, d.b)"
        " from mart.cijfer as m left join statistiek.marge as s on m.teller = s.teller"
        " left join statistiek.spreiding as d"
        " on m.indicator = d.indicator and m.gebied_niveau = d.gebied_niveau"
        f" where {condition}",
        parameters,
    )
    return [Jaar(*row) for row in rows.fetchall()]


def _row(year: Jaar, *, label: str) -> Row:
    row = {field.name: getattr(year, field.name) for field in fields(year)}
    row["aantal"] = row.pop("teller")
    row["label"] = label
    return {name: value for name, value in row.items() if value not in (None, "")}


def _definitions(con: duckdb.DuckDBPyConnection, indicators: Sequence[str]) -> Mapping[str, Indicator]:
    found = read_indicators(con)
    if unknown := sorted(set(indicators) - set(found)):
        raise ValueError(f"indicators {unknown} are not in contract.indicator")
    return found


def _figure(
    *,
    ident: str,
    chart: str,
    title: str,
    explanation: Sequence[str],
    rows: Mapping[str, Sequence[Row]],
    drawn: bool,
    tables: Sequence[Markup],
    source: str,
    root: str,
) -> Markup:
    all_rows = [row for some in rows.values() for row in some]
    description = f"{title}. {' '.join(explanation)} De tabel heeft dezelfde cijfers."
    picture = (
        Markup(
            static.to_svg(
                vega.spec(chart), all_rows, ident=ident, title=title, description=" ".join(explanation)
            )
        )
        if drawn
        else Markup("")
    )
    live = (
        Markup(' data-grafiek="{}" data-spec="{}" data-omschrijving="{}"').format(
            chart, root + vega.spec_url(chart), description
        )
        if drawn
        else Markup("")
    )
    return Markup(
        '<figure class="vb-figuur" id="{ident}"{live} data-reeks="{keys}">\n'
        '<figcaption><span class="vb-figuur__titel">{title}</span> {explanation}</figcaption>\n'
        '{picture}<div class="vb-doek" hidden></div>\n'
        "<details{opened}><summary>De cijfers in een tabel</summary>\n{tables}\n</details>\n"
        '<p class="vb-bron">{source}</p>\n{buttons}\n{data}\n</figure>'
    ).format(
        ident=ident,
        live=live,
        keys=" ".join(rows),
        title=title,
        explanation=" ".join(explanation) if drawn else "",
        picture=picture,
        opened="" if drawn else Markup(" open"),
        tables=Markup("\n").join(tables),
        source=source,
        buttons=_buttons(("csv", "svg", "png") if drawn else ("csv",)),
        data=data_block({"reeksen": rows}, attributes='class="vb-rijen"'),
    )


def _buttons(kinds: Sequence[str]) -> Markup:
    buttons = Markup("").join(
        Markup('<button type="button" data-opslaan="{}" hidden>Bewaar als {}</button>').format(
            kind, kind.upper()
        )
        for kind in kinds
    )
    return Markup('<p class="vb-knoppen vb-niet-printen">{}</p>').format(buttons)


# ---- words ------------------------------------------------------------------------------------------


def _newest_in_words(reeks: Reeks) -> str:
    """What is seen: '11.295 misdrijven in Breda in 2025'."""
    definition = reeks.definition
    if not reeks.shown:
        return f"{definition.titel} {reeks.where}: geen cijfer"
    newest = reeks.shown[-1]
    when = f"in {format_period(newest.periode)}"
    if reeks.counted:
        words = count_phrase(newest.teller or 0, Onderwerp.parse(definition.onderwerp))
        return f"{words[0].upper()}{words[1:]} {reeks.where} {when}"
    figure = format_figure(definition, newest.waarde or 0)
    return f"{definition.titel}: {figure} {definition.eenheid} {reeks.where} {when}"


def _measured(reeks: Reeks) -> str:
    if reeks.counted:
        return "Aantal per jaar, geregistreerd door de politie"
    return "Wat bewoners zeiden in een enquête" if reeks.definition.meetwijze == "ervaren" else "Per jaar"


def _span(*reeksen: Reeks) -> str:
    periods = sorted({year.periode for one in reeksen for year in one.shown})
    if len(periods) < LEAST_POINTS:
        return "".join(periods)
    return f"{periods[0]} tot en met {periods[-1]}"


def _reading_aids(reeksen: Sequence[Reeks]) -> list[str]:
    """How to read what this chart has, and nothing that it has not."""
    years = [year for one in reeksen for year in one.shown]
    counted = any(one.counted for one in reeksen)
    aids = []
    if counted or any(year.onder is not None for year in years):
        aids.append(MARGIN)
    if any(year.status == "voorlopig" for year in years):
        aids.append(PROVISIONAL)
    if any(year.breuk for year in years):
        aids.append(BREAK)
    if any(UIT_PUBLICATIE in one.definition.caveat_keys for one in reeksen):
        aids.append(ROUNDED)
    return aids


def _table(reeks: Reeks) -> Markup:
    header = [Cell("Jaar"), *_header(reeks.definition), Cell("Let op")]
    rows = [
        [Cell(format_period(year.periode)), *_cells(reeks.definition, year), Cell(_notes(year))]
        for year in reeks.jaren
    ]
    return table(f"{reeks.definition.titel} {reeks.where}", header, rows)


def _table_of_places(definition: Indicator, years: Sequence[Jaar]) -> Markup:
    header = [Cell("Gebied"), *_header(definition), Cell("Let op")]
    rows = [[Cell(year.gebied_naam), *_cells(definition, year), Cell(_notes(year))] for year in years]
    return table(f"{definition.titel}, {format_period(years[0].periode)}", header, rows)


def _header(definition: Indicator) -> list[Cell]:
    count = [Cell("Aantal", number=True)] if definition.kind == "verhouding" else []
    unit = definition.eenheid[0].upper() + definition.eenheid[1:]
    divided = [Cell("Gedeeld door")] if definition.kind == "verhouding" else []
    return [*count, Cell(unit, number=True), Cell("Marge (95%)", number=True), *divided]


def _cells(definition: Indicator, year: Jaar) -> list[Cell]:
    """Count where there is one, figure and margin; an empty cell says why."""
    reason = Cell(why_empty(year.status, noemer=definition.noemer_soort) or "niet bekend", empty=True)
    cells = []
    if definition.kind == "verhouding":
        counted = year.teller is not None and year.status in MET_AANTAL
        cells.append(Cell(format_number(year.teller or 0), number=True) if counted else reason)
    if year.waarde is None:
        return [*cells, reason, *[Cell("")] * (len(_header(definition)) - len(cells) - 1)]
    low, high = year.onder, year.boven
    decimals = figure_decimals(definition, year.waarde, low, high)
    cells.append(Cell(format_number(year.waarde, decimals=decimals), number=True))
    if low is None or high is None:
        cells.append(Cell("geen marge", empty=True))
    else:
        between = f"{format_number(low, decimals=decimals)} – {format_number(high, decimals=decimals)}"
        cells.append(Cell(between, number=True))
    if definition.kind == "verhouding":
        cells.append(Cell(_divided_by(year)))
    return cells


def _divided_by(year: Jaar) -> str:
    """What a rate is divided by: 'inwoners 2024'. The year is not always that of the figure."""
    return year.vintage.partition("; ")[2]


def _notes(year: Jaar) -> str:
    notes = [STATUS_KORT["voorlopig"]] if year.status == "voorlopig" else []
    notes += [f"breuk in {format_period(date.strip())}" for date in (year.breuk or "").split(";") if date]
    return ", ".join(notes)


def _source(years: Sequence[Jaar]) -> str:
    """'Bron: Politie 47018NED, stand 15 januari 2026. Inwoners: CBS, 2017, 2020 en 2024.'"""
    origins: dict[str, None] = {}
    denominators: dict[str, set[str]] = {}
    for year in years:
        stand, _, denominator = year.vintage.partition("; ")
        origins[f"{year.bron}, {vintage_in_words(stand)}"] = None
        if denominator:
            kind, _, number = denominator.rpartition(" ")
            denominators.setdefault(kind, set()).add(number)
    parts = [f"Bron: {'; '.join(sorted(origins))}."]
    parts += [
        f"{kind.capitalize()}: CBS, {join_words(sorted(numbers))}."
        for kind, numbers in sorted(denominators.items())
    ]
    return " ".join(parts)
