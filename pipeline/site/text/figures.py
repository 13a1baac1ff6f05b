"""Charts of written pages: caption, static picture, place for the live chart, table and source.

Each is whole without JavaScript: the picture and the table are in the page. Its rows go along as JSON, for
the live chart and for saving as CSV.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
from markupsafe import Markup

from pipeline.gebied import LAND, slug_of
from pipeline.indicator import Indicator, read_indicators
from pipeline.site.figure.breaks import dates_of, notes, read_breaks
from pipeline.site.figure.cells import figure_cells, headings
from pipeline.site.figure.chart import chart_row
from pipeline.site.figure.cijfer import Cijfer, Gebied, read_cijfers, read_gebieden
from pipeline.site.figure.words import sources_in_words, with_unit
from pipeline.site.html.markup import Cell, table
from pipeline.site.municipal import GemeenteBron, read_source
from pipeline.site.text.drawn import Drawing, Row
from pipeline.site.text.embed import Around
from pipeline.words.numbers import UIT_PUBLICATIE, capital, format_period
from pipeline.words.provenance import denominator_of
from pipeline.words.sentences import Onderwerp, count_phrase, in_area
from pipeline.words.status import STATUS_KORT

LEAST_POINTS = 2
"""A chart of one figure shows nothing that the table does not."""

MARGIN = "De band is de marge: toeval en gewone schommeling."
PROVISIONAL = "Een open punt is voorlopig."
ROUNDED = "De cijfers komen uit publicaties en zijn daar al afgerond."
BREAK = (
    "Een stippellijn is een breuk: de telling veranderde. "
    "De lijn stopt daar en begint opnieuw. Vergelijk niet over een breuk heen."
)
APART = "Staat een jaar los, dan is de balk daar de marge."


@dataclass(frozen=True)
class Reeks:
    """The years of one indicator in one area, oldest first; at least one."""

    definition: Indicator
    gebied: Gebied
    jaren: tuple[Cijfer, ...]

    @property
    def key(self) -> str:
        """Its name among the rows of a page: misdrijven-gm0758."""
        return f"{self.definition.indicator}-{slug_of(self.gebied.gebied_code)}"

    @property
    def counted(self) -> bool:
        return self.definition.kind == "verhouding"

    @property
    def shown(self) -> tuple[Cijfer, ...]:
        """The years that a chart has a point for: a count, or the value of a measurement."""
        return tuple(
            year for year in self.jaren if (year.is_counted if self.counted else year.waarde is not None)
        )

    @property
    def where(self) -> str:
        return in_area(self.gebied.plaats)

    def rows(self) -> list[Row]:
        """The rows of chart and CSV, without what is empty."""
        return [
            chart_row(self.definition, self.gebied, year, label=self.definition.kort) for year in self.jaren
        ]


def line(con: duckdb.DuckDBPyConnection, indicator: str, gebied: str, *, around: Around) -> Markup:
    """The series of one indicator in one area.

    Raises ValueError when the indicator or the area does not exist.
    """
    reeks = read_series(con, [indicator], gebied)
    if not reeks:
        return Markup("<p>Voor dit gebied staan hier geen cijfers.</p>")
    one = reeks[0]
    own = read_source(con, one.definition)
    return Drawing(
        ident=f"grafiek-{one.definition.slug}-{slug_of(gebied)}",
        chart="lijn-aantal" if one.counted else "lijn-waarde",
        title=_newest_in_words(one),
        explanation=[f"{_measured(one.definition, own)}, {_span(one)}.", *_reading_aids([one])],
        rows={one.key: one.rows()},
        drawn=len(one.shown) >= LEAST_POINTS,
        notes=notes(one.jaren, read_breaks(con, [indicator])),
        tables=[_table(one)],
        source=_sources(one.jaren, own),
        about=one.definition.address,
        whole=indicator,
    ).markup(around)


def small_multiples(con: duckdb.DuckDBPyConnection, thema: str, gebied: str, *, around: Around) -> Markup:
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
        return Markup("<p>Voor dit gebied staan hier geen cijfers.</p>")
    name = con.execute("select titel from reference.themas where thema = $thema", {"thema": thema}).fetchall()
    kinds = "1 soort" if len(reeksen) == 1 else f"{len(reeksen)} soorten"
    return Drawing(
        ident=f"grafiek-soorten-{thema.replace('_', '-')}-{slug_of(gebied)}",
        chart="klein-meervoud",
        title=f"{name[0][0]} {reeksen[0].where}: {kinds} registraties",
        explanation=[
            f"Aantal per jaar, geregistreerd door de politie, {_span(*reeksen)}.",
            *_reading_aids(reeksen),
        ],
        rows={one.key: one.rows() for one in reeksen},
        drawn=max(len(one.shown) for one in reeksen) >= LEAST_POINTS,
        notes=_notes_of_all(con, reeksen),
        tables=[_table(one) for one in reeksen],
        source=sources_in_words(year for one in reeksen for year in one.jaren),
        about=f"thema/{thema.replace('_', '-')}/",
    ).markup(around)


def read_series(con: duckdb.DuckDBPyConnection, indicators: Sequence[str], gebied: str) -> list[Reeks]:
    """The yearly series of some indicators in one area, in the order asked; those without rows left out."""
    rows = read_cijfers(
        con,
        "c.gebied_code = $gebied and list_contains($indicators, c.indicator) and length(c.periode) = 4",
        order="indicator, periode",
        gebied=gebied,
        indicators=list(indicators),
    )
    years: dict[str, list[Cijfer]] = {}
    for year in rows:
        years.setdefault(year.indicator, []).append(year)
    definitions, places = _definitions(con, indicators), read_gebieden(con, [gebied])
    return [
        Reeks(definitions[name], places[gebied], tuple(years[name])) for name in indicators if name in years
    ]


def wijken(con: duckdb.DuckDBPyConnection, indicator: str, gemeente: str, *, around: Around) -> Markup:
    """The wijken of a gemeente by name, with ticks for the gemeente and the country.

    The newest period in which wijken have a figure; a tick only where that period has one too.
    """
    definition = _definitions(con, [indicator])[indicator]
    places, found = _read_wijken(con, indicator, gemeente)
    rows = [year for year in found if places[year.gebied_code].gebied_niveau == "wijk"]
    if len(rows) < LEAST_POINTS:
        return Markup("<p>Per wijk staan hier geen cijfers.</p>")
    others = [year for year in found if places[year.gebied_code].gebied_niveau != "wijk"]

    def name(year: Cijfer) -> str:
        return places[year.gebied_code].gebied_naam

    def row(year: Cijfer) -> Row:
        return chart_row(definition, places[year.gebied_code], year, label=name(year))

    explanation = [f"Cijfer {definition.eenheid}. De volgorde is het alfabet."]
    if rows[0].onder is not None:
        explanation.append("De stip is het cijfer, de balk de marge: toeval en gewone schommeling.")
    if others:
        ticks = zip(("Het lange streepje is", "het korte"), others, strict=False)
        explanation.append(f"{', '.join(f'{tick} {name(year)}' for tick, year in ticks)}.")
    place = next((name(year) for year in others if year.gebied_code == gemeente), gemeente)
    period = format_period(rows[0].periode)
    return Drawing(
        ident=f"grafiek-wijken-{definition.slug}-{slug_of(gemeente)}",
        chart="rijen",
        title=f"{definition.titel} per wijk in {place}, {period}",
        explanation=explanation,
        rows={
            f"{indicator}-wijken-{slug_of(gemeente)}": [
                *(row(year) for year in rows),
                *(row(year) | {"referentie": year.waarde} for year in others),
            ]
        },
        drawn=True,
        tables=[
            _table_of(
                f"{definition.titel}, {period}",
                "Gebied",
                definition,
                [(name(year), year) for year in (*rows, *others)],
            )
        ],
        source=_sources(found, read_source(con, definition)),
        about=definition.address,
        whole=indicator,
    ).markup(around)


def _read_wijken(
    con: duckdb.DuckDBPyConnection, indicator: str, gemeente: str
) -> tuple[Mapping[str, Gebied], list[Cijfer]]:
    """Wijken of a gemeente, the gemeente and the country by level and name, with their newest values."""
    rows = con.execute(
        """
        select gebied_code from core.gebied
        where gebied_code in ($gemeente, $land) or (gebied_niveau = 'wijk' and gemeente_code = $gemeente)
        order by gebied_niveau, lower(strip_accents(gebied_naam)), gebied_code
        """,
        {"gemeente": gemeente, "land": LAND},
    ).fetchall()
    codes = [code for (code,) in rows]
    found = read_cijfers(
        con,
        """
        c.indicator = $indicator and c.waarde is not null and list_contains($codes, c.gebied_code)
        and c.periode = (
            select max(n.periode) from mart.cijfer as n
            where n.indicator = $indicator and n.gebied_niveau = 'wijk' and n.waarde is not null
                and list_contains($codes, n.gebied_code)
        )
        """,
        order="list_position($codes, gebied_code)",
        indicator=indicator,
        codes=codes,
    )
    return read_gebieden(con, codes), found


def _definitions(con: duckdb.DuckDBPyConnection, indicators: Sequence[str]) -> Mapping[str, Indicator]:
    found = read_indicators(con)
    if unknown := sorted(set(indicators) - set(found)):
        raise ValueError(f"indicators {unknown} are not in contract.indicator")
    return found


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
        return f"{capital(words)} {reeks.where} {when}"
    return f"{definition.titel}: {with_unit(definition, newest.waarde or 0)} {reeks.where} {when}"


def _measured(definition: Indicator, own: GemeenteBron | None) -> str:
    """What a point is, and who says so; `own` is the dataset of a gemeente."""
    if definition.meetwijze == "ervaren":
        return "Wat bewoners zeiden in een enquête"
    what = "Aantal per jaar" if definition.kind == "verhouding" else "Per jaar"
    if own is not None:
        return f"{what}, volgens {own.publisher}"
    return f"{what}, geregistreerd door de politie" if definition.meetwijze == "geregistreerd" else what


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
    if any(year.voorlopig for year in years):
        aids.append(PROVISIONAL)
    if any(year.breuk for one in reeksen for year in one.jaren):
        aids += [APART, BREAK]
    if any(UIT_PUBLICATIE in one.definition.caveat_keys for one in reeksen):
        aids.append(ROUNDED)
    return aids


def _notes_of_all(con: duckdb.DuckDBPyConnection, reeksen: Sequence[Reeks]) -> list[str]:
    """The breaks of several series, each once: 'April 2017: … (Fietsdiefstal, Vernieling)'."""
    breaks = read_breaks(con, [one.definition.indicator for one in reeksen])
    kinds: dict[str, list[str]] = {}
    for one in reeksen:
        for note in notes(one.jaren, breaks):
            kinds.setdefault(note, []).append(one.definition.kort)
    return [f"{note} ({', '.join(names)})" for note, names in kinds.items()]


def _table(reeks: Reeks) -> Markup:
    years = [(format_period(year.periode), year) for year in reeks.jaren]
    return _table_of(f"{reeks.definition.titel} {reeks.where}", "Jaar", reeks.definition, years)


def _table_of(
    caption: str, first: str, definition: Indicator, figures: Sequence[tuple[str, Cijfer]]
) -> Markup:
    """Figures by year or area; of a rate also what it is divided by, which differs from year to year."""
    divided = definition.kind == "verhouding"
    header = [
        Cell(first),
        *headings(definition),
        *([Cell("Gedeeld door")] if divided else []),
        Cell("Let op"),
    ]
    rows = []
    for name, figure in figures:
        by = denominator_of(figure.vintage or "") if figure.waarde is not None else ""
        cells = figure_cells(definition, figure)
        rows.append([Cell(name), *cells, *([Cell(by)] if divided else []), Cell(_notes(figure))])
    return table(caption, header, rows)


def _notes(year: Cijfer) -> str:
    said = [STATUS_KORT["voorlopig"]] if year.status == "voorlopig" else []
    said += [f"breuk in {format_period(date)}" for date in dates_of(year)]
    return ", ".join(said)


def _sources(figures: Sequence[Cijfer], own: GemeenteBron | None) -> str:
    return sources_in_words(figures, own=own.origin if own else "")
