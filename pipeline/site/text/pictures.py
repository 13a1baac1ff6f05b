"""Figures as a picture or a table."""

from collections.abc import Iterable

from markupsafe import Markup

from pipeline.gebied import LAND
from pipeline.indicator import Indicator, file_of
from pipeline.site.figure.cells import figure_cells, headings
from pipeline.site.figure.cijfer import Cijfer, read_cijfers, read_gebieden
from pipeline.site.figure.words import sources_in_words
from pipeline.site.html.markup import Cell, bullets, link, table, text
from pipeline.site.map import maps
from pipeline.site.municipal import read_source
from pipeline.site.text import charted, figures, funnels
from pipeline.site.text.page import TextPage, paragraph
from pipeline.words.numbers import format_number, format_period
from pipeline.words.status import NIET_HIER, STATUS_KORT


class Pictures:
    """What a text may ask to be drawn or laid out; each answer is whole without JavaScript."""

    def __init__(self, page: TextPage) -> None:
        self._page, self._con, self._root = page, page.facts.con, page.url("")

    def lijn(self, indicator: str, gebied: str) -> Markup:
        """The series of one area: chart, table and source."""
        self._page.indicator(indicator)
        return figures.line(self._con, indicator, gebied, around=self._page.around)

    def klein_meervoud(self, thema: str, gebied: str) -> Markup:
        """Small multiples: every registered series of a theme for one area."""
        return figures.small_multiples(self._con, thema, gebied, around=self._page.around)

    def wijken(self, indicator: str, gebied: str) -> Markup:
        """The wijken of a gemeente by name, with ticks for the gemeente and the country."""
        self._page.indicator(indicator)
        return figures.wijken(self._con, indicator, gebied, around=self._page.around)

    def kaart(self, indicator: str, gebied: str) -> Markup:
        """The map of a gemeente's buurten with its legend."""
        self._page.indicator(indicator)
        found = maps.chart_of(self._con, indicator, gebied, root=self._root)
        return found if isinstance(found, Markup) else charted.of_map(found, self._page)

    def kaart_nederland(self) -> Markup:
        """The country by gemeente, with a list of them by name."""
        facts = self._page.facts
        found = maps.Atlas.read(self._con, [LAND]).chart_of(
            LAND, gemeenten=frozenset(facts.gemeente_codes), areas_at=self._page.url("gebied/")
        )
        if isinstance(found, Markup):
            drawn = found
        else:
            drawn = charted.of_map(found, self._page, choose_from=self._root)
        names = bullets(
            (self._page.area_link(one.gebied_code, one.gebied_naam) for one in facts.gemeenten),
            css="vb-lijst",
        )
        return drawn + Markup("<details><summary>Alle gemeenten op alfabet</summary>{}</details>").format(
            names
        )

    def trechter(self, thema: str) -> Markup:
        """The gemeenten of the country by size, for one indicator of a theme."""
        found = funnels.of_theme(self._page.facts, thema)
        if found is None:
            return paragraph("Van dit thema zijn hier voor te weinig gemeenten cijfers om ze te vergelijken.")
        return funnels.figure(found, self._page)

    def tabel_gebieden(self, indicator: str, *, niveau: str = "buurt") -> Markup:
        """All areas of a level in the newest period, alphabetical: never sorted by value."""
        definition, facts = self._page.indicator(indicator), self._page.facts
        newest = facts.newest.get((indicator, niveau))
        if newest is None:
            return paragraph(f"Hiervoor staan hier geen cijfers per {niveau}.")
        known = min(newest.bekend, facts.area_counts.get(niveau, 0))
        if known > facts.readable_rows:
            address = self._page.url(file_of(indicator, ".zip"))
            count = f"{format_number(known)} gebieden zijn te veel voor één tabel. "
            return paragraph(count, "Ze staan in ", link(address, "het bestand met alle gebieden"), ".")
        whole = newest.gebieden <= facts.readable_rows
        places = facts.areas(niveau)
        found = read_cijfers(
            self._con,
            # Not list_contains, which searches the list from its beginning for each row.
            "c.indicator = $indicator and c.periode = $periode and c.gebied_code in (select unnest($codes))",
            order="gebied_code",
            indicator=indicator,
            periode=newest.periode,
            codes=[place.gebied_code for place in places],
        )
        by_code = {one.gebied_code: one for one in found if whole or one.oorzaak not in NIET_HIER}
        rows = [
            [
                self._area_cell(place.gebied_code, place.gebied_naam),
                *_cells(definition, by_code[place.gebied_code]),
            ]
            for place in places
            if place.gebied_code in by_code
        ]
        when = format_period(newest.periode)
        caption = f"{definition.titel} per {niveau} in {when}. De volgorde is het alfabet."
        shown = table(caption, [Cell("Gebied"), *headings(definition)], rows)
        if missing := len(found) - len(by_code):
            shown += paragraph(f"Van {format_number(missing)} andere gebieden zijn deze cijfers hier niet.")
        return shown + self._source_line(definition, by_code.values())

    def tabel_nieuwste(self, indicator: str) -> Markup:
        """The newest figure of the country and of the first gemeenten by name, and where the others are."""
        definition, facts = self._page.indicator(indicator), self._page.facts
        found = facts.newest_figures.get(indicator, ())
        if not found:
            return paragraph("Voor dit cijfer staat hier nog niets.")
        names = read_gebieden(self._con, [one.gebied_code for one in found])
        rows = [
            [
                self._area_cell(one.gebied_code, names[one.gebied_code].gebied_naam),
                Cell(format_period(one.periode)),
                *_cells(definition, one),
            ]
            for one in found
        ]
        header = [Cell("Gebied"), Cell("Periode"), *headings(definition)]
        shown = table(f"{definition.titel}: het nieuwste cijfer.", header, rows)
        if further := facts.further_gemeenten[indicator]:
            others = "1 andere gemeente" if further == 1 else f"{format_number(further)} andere gemeenten"
            address = link(self._page.url(file_of(indicator, ".csv")), "het bestand")
            shown += paragraph(f"Van {others} staat het nieuwste cijfer in ", address, ".")
        shown += self._source_line(definition, found)
        if len({one.periode for one in found}) > 1:
            shown += paragraph("De perioden verschillen. Vergelijk deze cijfers dus niet met elkaar.")
        return shown

    def _source_line(self, definition: Indicator, found: Iterable[Cijfer]) -> Markup:
        """Where the rows of a table come from and of when they are."""
        own = read_source(self._con, definition)
        said = sources_in_words(found, own=own.origin if own else "")
        return Markup('\n<p class="vb-bron">{}</p>').format(text(said))

    def _area_cell(self, code: str, name: str) -> Cell:
        return Cell(self._page.area_link(code, name))


def _cells(definition: Indicator, cijfer: Cijfer) -> list[Cell]:
    note = f" ({STATUS_KORT[cijfer.status]})" if STATUS_KORT[cijfer.status] else ""
    return figure_cells(definition, cijfer, note=note)
