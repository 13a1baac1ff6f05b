"""The functions that a text may call between double braces: figures, tables, lists and links.

Everything comes from one warehouse. A figure that does not exist is an error that names page, indicator,
area and period: a text must never silently say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
from markupsafe import Markup

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import LAND, slug_of
from pipeline.indicator import Indicator
from pipeline.model import Model
from pipeline.site.download.documentation import Documentation
from pipeline.site.download.files import FULL_EXCEL_GEMEENTEN
from pipeline.site.html.markup import Cell, address, bullets, link, table, text
from pipeline.site.text import data_pages
from pipeline.words.numbers import figure_decimals, format_date, format_figure, format_number, format_period
from pipeline.words.status import MET_AANTAL, STATUS_KORT

# A table of more areas than this is a download, not something to read.
READABLE_ROWS = 1000

Render = Callable[[str, Mapping[str, Any]], Markup]


class PageError(VeiligheidsbeeldError):
    """A page asks for something that the warehouse does not have."""


@dataclass(frozen=True)
class Gemeente:
    gebied_code: str
    gebied_naam: str


@dataclass(frozen=True)
class Newest:
    """The newest period in which a level has figures, and how many areas have a row in it."""

    periode: str
    gebieden: int


@dataclass(frozen=True)
class Facts:
    """What the pages of one site share.

    Attributes:
        gemeenten: those that have pages, by name.
        store: voorbeeld or live.
        report_address: web or mail address for errors in a figure; empty if the publisher named none.
        site_url: the address of the site, for the citation; empty if not known.
    """

    con: duckdb.DuckDBPyConnection
    documentation: Documentation
    models: tuple[Model, ...]
    gemeenten: tuple[Gemeente, ...]
    store: str
    report_address: str = ""
    site_url: str = ""

    @property
    def gemeente_codes(self) -> list[str]:
        return [one.gebied_code for one in self.gemeenten]

    @cached_property
    def shown_gemeente(self) -> Gemeente:
        """The gemeente that texts take their example from: the one with the most indicators, then by name."""
        counts = dict(
            self.rows(
                """
                select gebied_code, count(distinct indicator) from mart.cijfer
                where teller is not null and list_contains($codes, gebied_code) group by 1
                """,
                codes=self.gemeente_codes,
            )
        )
        return max(reversed(self.gemeenten), key=lambda one: int(counts.get(one.gebied_code, 0)))

    @cached_property
    def newest(self) -> dict[tuple[str, str], Newest]:
        """Of each indicator and level that has a figure anywhere: the newest period, in one pass."""
        rows = self.rows(
            """
            with perioden as (
                select indicator, gebied_niveau, periode, count(*) as gebieden
                from mart.cijfer
                group by all
                having count(coalesce(waarde, teller)) > 0
            )

            select indicator, gebied_niveau, max(periode), arg_max(gebieden, periode)
            from perioden
            group by all
            """
        )
        return {(indicator, niveau): Newest(*found) for indicator, niveau, *found in rows}

    @cached_property
    def newest_figures(self) -> Mapping[str, Sequence[tuple[Any, ...]]]:
        """Of each indicator the newest figures that a table has room for: _ROW and the period.

        Those of the country and of the first gemeenten by name.
        """
        rows = self.rows(
            f"""
            select cijfer.indicator, {_ROW}, cijfer.periode
            from mart.cijfer
            join mart.gebied_profiel as profiel using (gebied_code, indicator, periode)
            where list_contains($codes, cijfer.gebied_code)
            order by cijfer.indicator, cijfer.gebied_niveau != 'land',
                lower(strip_accents(cijfer.gebied_naam))
            """,
            codes=[LAND, *self.gemeente_codes][: FULL_EXCEL_GEMEENTEN + 1],
        )
        return {name: [row[1:] for row in of] for name, of in groupby(rows, key=itemgetter(0))}

    @cached_property
    def area_of_series(self) -> Mapping[str, str]:
        """Of each indicator the area whose series is drawn: the first gemeente, or else the country.

        It has figures of more than one period; an indicator without such an area is not in it.
        """
        return dict(
            self.rows(
                """
                with reeksen as (
                    select indicator, gebied_code from mart.cijfer
                    where list_contains($codes, gebied_code) and coalesce(waarde, teller) is not null
                    group by all having count(distinct periode) > 1
                )

                select indicator, min(gebied_code) from reeksen group by indicator
                """,
                codes=[self.gemeenten[0].gebied_code, LAND],
            )
        )

    @cached_property
    def area_counts(self) -> dict[str, int]:
        """How many areas of each level lie in the gemeenten that have pages, or are they."""
        return dict(
            self.rows(
                """
                select gebied_niveau, count(*) from core.gebied
                where list_contains($codes, coalesce(gemeente_code, gebied_code))
                group by all
                """,
                codes=self.gemeente_codes,
            )
        )

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The answer to one query; parameters by name."""
        return self.con.execute(sql, parameters).fetchall()

    def value(self, sql: str, **parameters: Any) -> Any:
        """The first cell of the answer, None if there is no row."""
        found = self.rows(sql, **parameters)
        return found[0][0] if found else None


class Macros:
    """The functions of one page; its path decides how links are written."""

    def __init__(self, facts: Facts, page_path: str, render: Render) -> None:
        self._facts, self._page, self._render = facts, page_path, render

    def names(self) -> dict[str, Any]:
        """Everything that a text may use, by name."""
        functions = {
            name: getattr(self, name)
            for name in dir(type(self))
            if not name.startswith("_") and name not in ("names", "url")
        }
        first = self._facts.shown_gemeente
        return functions | {
            "url": self.url,
            "verwijzing": link,
            "voorbeeld_gemeente": first.gebied_naam,
            "gemeente_code": first.gebied_code,
            "is_voorbeeld": self._facts.store == "voorbeeld",
            "melden_adres": self._report_address(),
        }

    def url(self, path: str) -> str:
        """The address of a page or file of the site, seen from this page."""
        return address(self._page, path)

    # --- figures in a sentence --------------------------------------------------------------------

    def waarde(self, indicator: str, gebied: str, periode: str) -> str:
        """The published value in its unit: '3,3'."""
        return format_figure(self._indicator(indicator), self._figure("waarde", indicator, gebied, periode))

    def aantal(self, indicator: str, gebied: str, periode: str) -> str:
        """The count behind a rate, or a measured number: '16.589'."""
        return format_number(self._number(indicator, gebied, periode))

    def aantal_woorden(self, indicator: str, gebied: str, periode: str) -> str:
        """A round number as it is read aloud: '490 duizend'."""
        number = self._number(indicator, gebied, periode)
        for unit, word in ((1_000_000, "miljoen"), (1_000, "duizend")):
            if number >= unit and number % unit == 0:
                return f"{format_number(number // unit)} {word}"
        return format_number(number)

    def nieuwste(self, indicator: str, gebied: str) -> str:
        """The newest period with a figure: '2025'."""
        found = self._newest(indicator, gebied)
        if found is None:
            raise PageError(f"{self._page}: {indicator} has no figure for {gebied} in any period")
        return found

    def heeft(self, indicator: str, gebied: str) -> bool:
        """Whether an area has a figure in any period: a text about a gemeente holds for each of them."""
        return self._newest(indicator, gebied) is not None

    def spreiding(self, indicator: str, niveau: str, aantal: int) -> str:
        """How many times the variance of chance a count of that size has: '2,9'."""
        self._indicator(indicator)
        found = self._facts.value(
            """
            select power(spreidingsfactor($aantal, a, b), 2) from statistiek.spreiding
            where indicator = $indicator and gebied_niveau = $niveau
            """,
            indicator=indicator,
            niveau=niveau,
            aantal=aantal,
        )
        if found is None:
            raise PageError(f"{self._page}: no dispersion was measured for {indicator} at niveau {niveau}")
        return format_number(found, decimals=1)

    def term(self, begrip: str) -> Markup:
        """A word of the glossary, linked to its explanation."""
        terms = {word.casefold(): anchor for word, _, anchor in self._terms()}
        if begrip.casefold() not in terms:
            raise PageError(f"{self._page}: {begrip!r} is not in the glossary; it has {sorted(terms)}")
        return link(self.url(f"uitleg/begrippen/#{terms[begrip.casefold()]}"), begrip)

    # --- figures as a picture or a table ----------------------------------------------------------

    def lijn(self, indicator: str, gebied: str) -> Markup:
        """The series of one area: chart, table and source."""
        from pipeline.site.text import figures

        self._indicator(indicator)
        return Markup(figures.line(self._facts.con, indicator, gebied, root=self.url("")))

    def klein_meervoud(self, thema: str, gebied: str) -> Markup:
        """Small multiples: every registered series of a theme for one area."""
        from pipeline.site.text import figures

        return Markup(figures.small_multiples(self._facts.con, thema, gebied, root=self.url("")))

    def staaf(self, indicator: str, gebied: str) -> Markup:
        """The wijken of a gemeente by name, with lines for the gemeente and the country."""
        from pipeline.site.text import figures

        self._indicator(indicator)
        return Markup(figures.bars(self._facts.con, indicator, gebied, root=self.url("")))

    def kaart(self, indicator: str, gebied: str) -> Markup:
        """The map of a gemeente's buurten with its legend."""
        from pipeline.site.map import maps

        self._indicator(indicator)
        return Markup(maps.map_of(self._facts.con, indicator, gebied, root=self.url("")))

    def tabel_gebieden(self, indicator: str, *, niveau: str = "buurt") -> Markup:
        """All areas of a level in the newest period, alphabetical: never sorted by value."""
        definition = self._indicator(indicator)
        newest = self._facts.newest.get((indicator, niveau))
        if newest is None:
            return _paragraph(f"De bron geeft hiervoor geen cijfers per {niveau}.")
        areas = min(newest.gebieden, self._facts.area_counts.get(niveau, 0))
        if areas > READABLE_ROWS:
            file = link(
                self.url(f"data/bestanden/indicator/{indicator}.zip"), "het bestand met alle gebieden"
            )
            count = f"{format_number(areas)} gebieden zijn te veel voor één tabel. "
            return _paragraph(count, "Ze staan in ", file, ".")
        period = newest.periode
        rows = self._area_rows(indicator, niveau, period)
        caption = f"{definition.titel} per {niveau} in {format_period(period)}. De volgorde is het alfabet."
        shown = table(caption, _header(definition), [self._area_row(definition, row) for row in rows])
        return shown + self._source_line(rows)

    def tabel_nieuwste(self, indicator: str) -> Markup:
        """The newest figure of the country and of each gemeente of the site."""
        definition = self._indicator(indicator)
        rows = self._facts.newest_figures.get(indicator, ())
        if not rows:
            return _paragraph("Voor dit cijfer is in deze opslag nog niets gepubliceerd.")
        header = _header(definition)
        periods = Cell("Periode")
        body = []
        for row in rows:
            first, *rest = self._area_row(definition, row)
            body.append([first, Cell(format_period(row[-1])), *rest])
        caption = f"{definition.titel}: het nieuwste cijfer."
        shown = table(caption, [header[0], periods, *header[1:]], body) + self._source_line(rows)
        if len({row[-1] for row in rows}) > 1:
            shown += _paragraph("De perioden verschillen. Vergelijk deze cijfers dus niet met elkaar.")
        return shown

    # --- lists ------------------------------------------------------------------------------------

    def breuken(self, indicator: str) -> Markup:
        """The breaks of a series in words, or that none is known."""
        self._indicator(indicator)
        rows = self._facts.rows(
            "select datum, wat, bron, bron_url from reference.breuken"
            " where indicator = $indicator order by datum",
            indicator=indicator,
        )
        if not rows:
            return _paragraph("In deze reeks is geen breuk bekend.")
        return bullets(
            Markup("<strong>{}</strong>: {} Bron: {}.").format(
                format_period(datum), text(what), link(url, source) if url else text(source)
            )
            for datum, what, source, url in rows
        )

    def validatie(self, onderdeel: str) -> Markup:
        """What was measured of a part of the statistics, beside what was demanded beforehand."""
        rows = self._facts.rows(
            "select groep, maat, cast(waarde as double), cast(nullif(laagst, '') as double), "
            "cast(nullif(hoogst, '') as double), voldoet from reference.validatie "
            "where onderdeel = $onderdeel",
            onderdeel=onderdeel,
        )
        if not rows:
            raise PageError(f"{self._page}: reference/validatie.csv has no {onderdeel!r}")
        header = [Cell("Waarvoor"), Cell("Wat"), Cell("Gemeten", number=True), Cell("Eis"), Cell("Voldoet")]
        body = [
            [
                Cell(group),
                Cell(measure),
                Cell(_measured(value), number=True),
                Cell(_demand(low, high)),
                Cell(met or "geen eis", empty=not met),
            ]
            for group, measure, value, low, high, met in rows
        ]
        return table(f"{onderdeel}.", header, body)

    def voorbehouden(self, indicator: str) -> Markup:
        """What to mind with an indicator."""
        documentation = self._facts.documentation
        texts = [documentation.caveat(key) for key in self._indicator(indicator).caveat_keys]
        return bullets(texts) if texts else _paragraph("Bij dit cijfer hoort geen bijzonder voorbehoud.")

    def partijen(self, thema: str) -> Markup:
        """Who can do something about a theme, alphabetical, each with a source."""
        rows = self._facts.rows(
            "select partij, rol, bron, bron_url from reference.partijen where thema = $thema"
            " order by lower(strip_accents(partij))",
            thema=thema,
        )
        if not rows:
            raise PageError(f"{self._page}: no party in data/reference/partijen.csv for theme {thema!r}")
        return bullets(
            Markup("<strong>{}</strong>: {} ({})").format(text(party), text(role), link(url, source))
            for party, role, source, url in rows
        )

    def indicatoren(self, thema: str) -> Markup:
        """The indicators of a theme, each with its question; those of gemeenten below their own heading."""
        from pipeline.site.area import municipal

        found = [one for one in self._facts.documentation.indicators if one.thema == thema]
        if not found:
            known = sorted({one.thema for one in self._facts.documentation.indicators})
            raise PageError(f"{self._page}: no indicator has theme {thema!r}; themes: {known}")
        listed = bullets(
            Markup("{}. {}").format(link(self.url(f"indicator/{one.slug}/"), one.titel), text(one.vraag))
            for one in found
            if one.meetwijze != "gemeente"
        )
        own = municipal.theme_list(self._facts.con, thema, url=self.url)
        return listed + Markup(f"\n\n### {municipal.TITLE}\n\n") + own if own else listed

    def gemeentelijke_bronnen(self) -> Markup:
        """Every dataset of a gemeente that is defined: who publishes it, and since when."""
        from pipeline.site.area import municipal

        return municipal.source_list(municipal.read_sources(self._facts.con))

    def kaart_gemeenten(self) -> Markup:
        """Which gemeenten have a dataset of their own."""
        from pipeline.site.area import municipal

        sources = municipal.read_sources(self._facts.con)
        return municipal.definition_map(
            self._facts.con, sources, pages=self._facts.gemeente_codes, root=self.url("")
        )

    def lijst_indicatoren(self) -> Markup:
        """All indicators, a heading for each theme."""
        themes = self._facts.rows(
            "select thema, titel from reference.themas order by cast(volgorde as integer)"
        )
        used = {one.thema for one in self._facts.documentation.indicators}
        if unknown := sorted(used - {thema for thema, _ in themes}):
            raise PageError(f"{self._page}: themes {unknown} are not in data/reference/themas.csv")
        return Markup("\n\n").join(
            Markup("## {}\n\n{}").format(text(titel), self.indicatoren(thema))
            for thema, titel in themes
            if thema in used
        )

    def lijst_gebieden(self) -> Markup:
        """All areas with a page: the country, then each gemeente with its wijken and buurten."""
        rows = self._facts.rows(
            """
            select gemeente_code, gebied_niveau, gebied_code, gebied_naam, wijk_naam
            from core.gebied
            where gebied_niveau in ('wijk', 'buurt') and list_contains($codes, gemeente_code)
            order by lower(strip_accents(gebied_naam)), gebied_code
            """,
            codes=self._facts.gemeente_codes,
        )
        country = _paragraph(self._area_link(LAND, "Nederland"))
        if len(rows) > READABLE_ROWS:
            gemeenten = bullets(
                (self._area_link(one.gebied_code, one.gebied_naam) for one in self._facts.gemeenten),
                css="vb-lijst",
            )
            hint = _paragraph("De wijken en buurten staan op de pagina van hun gemeente.")
            return Markup("## Nederland\n\n{}\n\n## Gemeenten\n\n{}\n\n{}").format(country, hint, gemeenten)
        parts = [Markup("## Nederland\n\n{}").format(country)]
        for one in self._facts.gemeenten:
            own = [row for row in rows if row[0] == one.gebied_code]
            parts.append(Markup("## {}\n\n{}").format(text(one.gebied_naam), self._lists_of(one, own)))
        return Markup("\n\n").join(parts)

    def lijst_bronnen(self) -> Markup:
        """Every source and its tables, in the words of its header and of the lock."""
        values = data_pages.source_values(self._facts.documentation, self._facts.models)
        return self._render("bronnen.md.j2", self.names() | values)

    def woordenboek(self) -> Markup:
        """The published columns, statuses and caveats, with what they mean."""
        return self._render(
            "woordenboek.md.j2", self.names() | data_pages.dictionary_values(self._facts.documentation)
        )

    def downloads(self) -> Markup:
        """Links to every file: everything, per gemeente, per indicator."""
        gemeenten = [(one.gebied_code, one.gebied_naam) for one in self._facts.gemeenten]
        values = data_pages.download_values(
            self._facts.documentation, gemeenten, self.url, site_url=self._facts.site_url
        )
        return self._render("downloads.md.j2", self.names() | values)

    def begrippen(self) -> Markup:
        """The glossary; `term` links to its entries."""
        entries = Markup("\n").join(
            Markup('<dt id="{}">{}</dt>\n<dd>{}</dd>').format(anchor, text(word), text(meaning))
            for word, meaning, anchor in self._terms()
        )
        return Markup("<dl>\n{}\n</dl>").format(entries)

    def hulplijnen(self) -> Markup:
        """Whom to call, with the date on which the numbers were checked."""
        rows = self._facts.rows(
            "select naam, nummer, wanneer, url, gecontroleerd_op from reference.hulplijnen"
            " order by length(nummer), nummer"
        )
        if not rows:
            raise PageError(f"{self._page}: data/reference/hulplijnen.csv is empty")
        listed = bullets(
            Markup("<strong>{}</strong>: {}. {}").format(
                text(number), link(url, name) if url else text(name), text(when)
            )
            for name, number, when, url, _ in rows
        )
        checked = format_date(min(row[-1] for row in rows))
        return Markup(
            '<div class="vb-hulp">\n<p><strong>Hulp nodig?</strong></p>\n{}\n<p>{}</p>\n</div>'
        ).format(listed, f"Nagekeken op {checked}.")

    # --- behind the functions ---------------------------------------------------------------------

    def _indicator(self, indicator: str) -> Indicator:
        found = {one.indicator: one for one in self._facts.documentation.indicators}
        if indicator not in found:
            raise PageError(f"{self._page}: indicator {indicator!r} does not exist; known: {sorted(found)}")
        return found[indicator]

    def _newest(self, indicator: str, gebied: str) -> str | None:
        self._indicator(indicator)
        found: str | None = self._facts.value(
            """
            select max(periode) from mart.cijfer
            where indicator = $indicator and gebied_code = $gebied
                and (waarde is not null or teller is not null)
            """,
            indicator=indicator,
            gebied=gebied,
        )
        return found

    def _number(self, indicator: str, gebied: str, periode: str) -> Any:
        column = "teller" if self._indicator(indicator).kind == "verhouding" else "waarde"
        return self._figure(column, indicator, gebied, periode)

    def _figure(self, column: str, indicator: str, gebied: str, periode: str) -> Any:
        self._indicator(indicator)
        found = self._facts.rows(
            f"select {column}, status from mart.cijfer"
            " where indicator = $indicator and gebied_code = $gebied and periode = $periode",
            indicator=indicator,
            gebied=gebied,
            periode=periode,
        )
        if not found or found[0][0] is None:
            status = f"its status is {found[0][1]!r}" if found else "there is no such row in mart.cijfer"
            raise PageError(f"{self._page}: no {column} of {indicator} for {gebied} in {periode}: {status}")
        return found[0][0]

    def _area_rows(self, indicator: str, niveau: str, periode: str) -> list[tuple[Any, ...]]:
        return self._facts.rows(
            f"""
            select {_ROW}
            from mart.cijfer join core.gebied as gebied using (gebied_code)
            where indicator = $indicator and cijfer.gebied_niveau = $niveau and periode = $periode
                and list_contains($codes, coalesce(gebied.gemeente_code, gebied_code))
            order by lower(strip_accents(cijfer.gebied_naam)), gebied_code
            """,
            indicator=indicator,
            niveau=niveau,
            periode=periode,
            codes=self._facts.gemeente_codes,
        )

    def _area_row(self, definition: Indicator, row: Sequence[Any]) -> list[Cell]:
        code, name, count, value, low, high, status, *_ = row
        cells = [Cell(self._area_link(code, name))]
        if definition.kind == "verhouding":
            counted = count is not None and status in MET_AANTAL
            cells.append(Cell(format_number(count), number=True) if counted else _empty(status))
        if value is None:
            return [*cells, _empty(status), Cell("")]
        note = f" ({STATUS_KORT[status]})" if STATUS_KORT[status] else ""
        decimals = figure_decimals(definition, value, low, high)
        shown = format_number(value, decimals=decimals) + note
        return [*cells, Cell(shown, number=True), _margin(low, high, decimals=decimals)]

    def _source_line(self, rows: Sequence[Sequence[Any]]) -> Markup:
        """Where the rows of a table come from and of when they are."""
        origins = dict.fromkeys((bron, vintage) for *_, bron, vintage in (row[:9] for row in rows) if bron)
        named = "; ".join(f"{bron}, {vintage_in_words(vintage)}" for bron, vintage in sorted(origins))
        return Markup('\n<p class="vb-bron">Bron: {}.</p>').format(text(named))

    def _area_link(self, code: str, name: str) -> Markup:
        return link(self.url(f"gebied/{slug_of(code)}/"), name)

    def _lists_of(self, gemeente: Gemeente, rows: Sequence[tuple[Any, ...]]) -> Markup:
        parts = [_paragraph(self._area_link(gemeente.gebied_code, f"Heel {gemeente.gebied_naam}"))]
        for niveau, heading in (("wijk", "Wijken"), ("buurt", "Buurten")):
            items = [self._area_link(code, name) for _, level, code, name, _ in rows if level == niveau]
            if items:
                title = f"{heading} in {gemeente.gebied_naam}"
                parts.append(Markup("### {}\n\n{}").format(text(title), bullets(items, css="vb-lijst")))
        return Markup("\n\n").join(parts)

    def _terms(self) -> list[tuple[Any, ...]]:
        return self._facts.rows(
            "select begrip, uitleg, anker from reference.begrippen order by lower(strip_accents(begrip))"
        )

    def _report_address(self) -> Markup:
        address = self._facts.report_address
        if not address:
            return Markup("Wie deze site uitgeeft, heeft nog geen adres voor meldingen ingevuld.")
        target = f"mailto:{address}" if re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", address) else address
        return Markup("Meld een fout via {}.").format(link(target, address))


def vintage_in_words(vintage: str) -> str:
    """The column vintage as it is read: '2026-01-15; inwoners 2024' -> 'stand 15 januari 2026, ...'."""
    worded = re.sub(r"\d{4}-\d{2}-\d{2}", lambda found: f"stand {format_date(found[0])}", vintage)
    return worded.replace("(herleid)", "(datum herleid)").replace("; ", ", ")


_ROW = (
    "cijfer.gebied_code, cijfer.gebied_naam, cijfer.teller, cijfer.waarde, cijfer.onder, cijfer.boven,"
    " cijfer.status, cijfer.bron, cijfer.vintage"
)


def _header(definition: Indicator) -> list[Cell]:
    count = [Cell("Aantal", number=True)] if definition.kind == "verhouding" else []
    unit = definition.eenheid[0].upper() + definition.eenheid[1:]
    return [Cell("Gebied"), *count, Cell(unit, number=True), Cell("Marge (95%)", number=True)]


def _margin(low: float | None, high: float | None, *, decimals: int) -> Cell:
    if low is None or high is None:
        return Cell("geen marge", empty=True)
    between = f"{format_number(low, decimals=decimals)} – {format_number(high, decimals=decimals)}"
    return Cell(between, number=True)


def _measured(value: float) -> str:
    """A part with three decimals; a number of areas as it is."""
    return format_number(value, decimals=0 if value > 1 and value == int(value) else 3)


def _demand(low: float | None, high: float | None) -> str:
    """'0,94 tot 0,97', 'hoogstens 0,05' or nothing."""
    written = [None if one is None else format_number(one, decimals=2) for one in (low, high)]
    if None not in written:
        return f"{written[0]} tot {written[1]}"
    return f"minstens {written[0]}" if written[0] else f"hoogstens {written[1]}" if written[1] else "geen"


def _empty(status: str) -> Cell:
    return Cell(STATUS_KORT[status] or "niet bekend", empty=True)


def _paragraph(*parts: object) -> Markup:
    return Markup("<p>{}</p>").format(Markup("").join(text(part) for part in parts))
