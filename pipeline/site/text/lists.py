"""Lists: what belongs to an indicator or a theme, areas, words and help lines."""

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.gebied import LAND
from pipeline.site.download.finder import FINDER_PATH
from pipeline.site.figure.cijfer import Gebied
from pipeline.site.html.markup import Cell, bullets, link, table, text
from pipeline.site.map.gemeenten import gemeenten_map
from pipeline.site.municipal import read_source, read_sources
from pipeline.site.text import municipal
from pipeline.site.text.page import TextPage, paragraph
from pipeline.words.numbers import format_date, format_number, format_period
from pipeline.words.provenance import named
from pipeline.words.reasons import still_running

RUNNING = "select periode, tot from statistiek.lopend where indicator = $indicator"


class Lists:
    """What a text may ask to be listed; nothing is in the order of a figure."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def breuken(self, indicator: str) -> Markup:
        """The breaks of a series in words, or that none is known."""
        self._page.indicator(indicator)
        rows = self._page.facts.rows(
            "select datum, wat, bron, bron_url from reference.breuken"
            " where indicator = $indicator order by datum",
            indicator=indicator,
        )
        if not rows:
            return paragraph("In deze reeks is geen breuk bekend.")
        return bullets(
            Markup("<strong>{}</strong>: {} ").format(format_period(datum), text(what))
            + Markup(named("{}")).format(link(url, source) if url else text(source))
            for datum, what, source, url in rows
        )

    def zoeker(self, vraag: str = "Zoek een buurt, wijk of postcode") -> Markup:
        """The place of the finder; without a script it is a link to the list of areas."""
        url = self._page.url
        return Markup(
            '<div class="vb-zoeker" data-index="{}" data-basis="{}" data-label="{}">'
            '<p><a href="{}">Of kies uit de lijst van alle gebieden</a></p></div>'
        ).format(url(FINDER_PATH), url("gebied/"), vraag, url("gebied/"))

    def wegwijzer(self, niveau: str = "buurt") -> Markup:
        """On top of a theme: the finder of the smallest areas it has, and what somebody may come for."""
        parts = (
            ("#wie-kan-iets-doen", "Wie kan iets doen?"),
            ("#wat-kunnen-bewoners-doen", "Wat kunnen bewoners doen?"),
            ("#alle-cijfers-van-dit-thema", "Alle cijfers van dit thema"),
        )
        finder = self.zoeker() if niveau == "buurt" else self.zoeker(f"Zoek een {niveau}")
        return Markup('<div class="vb-wegwijzer">{}{}</div>').format(
            finder, bullets(link(*part) for part in parts)
        )

    def validatie(self, onderdeel: str) -> Markup:
        """What was measured of a part of the statistics, beside what was demanded beforehand."""
        rows = self._page.facts.rows(
            "select groep, maat, cast(waarde as double), cast(nullif(laagst, '') as double), "
            "cast(nullif(hoogst, '') as double), voldoet from reference.validatie "
            "where onderdeel = $onderdeel",
            onderdeel=onderdeel,
        )
        if not rows:
            raise self._page.error(f"{onderdeel!r} staat niet in reference/validatie.csv")
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
        """What to mind with an indicator; with that of a gemeente first what she says of it herself."""
        definition, facts = self._page.indicator(indicator), self._page.facts
        own = read_source(facts.con, definition)
        texts = [
            *(own.toelichting if own else ()),
            *(facts.documentation.caveat(key) for key in definition.caveat_keys),
            *(still_running(*row) for row in facts.rows(RUNNING, indicator=indicator)),
        ]
        return bullets(texts) if texts else paragraph("Bij dit cijfer hoort geen bijzonder voorbehoud.")

    def partijen(self, thema: str) -> Markup:
        """Who can do something about a theme, alphabetical, each with a source."""
        rows = self._page.facts.rows(
            "select partij, rol, bron, bron_url from reference.partijen where thema = $thema"
            " order by lower(strip_accents(partij))",
            thema=thema,
        )
        if not rows:
            raise self._page.error(f"bij thema {thema!r} staat geen partij in data/reference/partijen.csv")
        return bullets(
            Markup("<strong>{}</strong>: {} ({})").format(text(party), text(role), link(url, source))
            for party, role, source, url in rows
        )

    def indicatoren(self, thema: str) -> Markup:
        """The indicators of a theme, each with its question; those of gemeenten below their own heading."""
        found = [one for one in self._page.facts.documentation.indicators if one.thema == thema]
        if not found:
            known = sorted({one.thema for one in self._page.facts.documentation.indicators})
            raise self._page.error(f"geen indicator heeft thema {thema!r}; thema's: {known}")
        listed = bullets(
            Markup("{}. {}").format(link(self._page.url(one.address), one.titel), text(one.vraag))
            for one in found
            if one.meetwijze != "gemeente"
        )
        gemeenten = [one for one in found if one.meetwijze == "gemeente"]
        own = municipal.theme_list(
            gemeenten, read_sources(self._page.facts.con) if gemeenten else (), self._page.url
        )
        return listed + Markup(f"\n\n### {municipal.TITLE}\n\n") + own if own else listed

    def gemeentelijke_bronnen(self) -> Markup:
        """Every dataset of a gemeente that is defined: who publishes it, and since when."""
        return municipal.source_list(read_sources(self._page.facts.con))

    def kaart_gemeenten(self) -> Markup:
        """Which gemeenten have a dataset of their own."""
        facts = self._page.facts
        defined = {one.gemeente_code for one in read_sources(facts.con)}
        return gemeenten_map(facts.con, defined=defined, pages=facts.gemeente_codes, root=self._page.url(""))

    def lijst_indicatoren(self) -> Markup:
        """All indicators, a heading for each theme."""
        themes = self._page.facts.rows(
            "select thema, titel from reference.themas order by cast(volgorde as integer)"
        )
        used = {one.thema for one in self._page.facts.documentation.indicators}
        if unknown := sorted(used - {thema for thema, _ in themes}):
            raise self._page.error(f"thema's {unknown} staan niet in data/reference/themas.csv")
        return Markup("\n\n").join(
            Markup("## {}\n\n{}").format(text(titel), self.indicatoren(thema))
            for thema, titel in themes
            if thema in used
        )

    def lijst_gebieden(self) -> Markup:
        """All areas with a page: the country, then each gemeente with its wijken and buurten."""
        areas = self._page.facts.areas("wijk", "buurt")
        country = paragraph(self._page.area_link(LAND, "Nederland"))
        if len(areas) > self._page.facts.readable_rows:
            gemeenten = bullets(
                (
                    self._page.area_link(one.gebied_code, one.gebied_naam)
                    for one in self._page.facts.gemeenten
                ),
                css="vb-lijst",
            )
            hint = paragraph("De wijken en buurten staan op de pagina van hun gemeente.")
            return Markup("## Nederland\n\n{}\n\n## Gemeenten\n\n{}\n\n{}").format(country, hint, gemeenten)
        parts = [Markup("## Nederland\n\n{}").format(country)]
        for one in self._page.facts.gemeenten:
            own = [area for area in areas if area.gemeente_code == one.gebied_code]
            parts.append(Markup("## {}\n\n{}").format(text(one.gebied_naam), self._lists_of(one, own)))
        return Markup("\n\n").join(parts)

    def begrippen(self) -> Markup:
        """The glossary; `term` links to its entries."""
        entries = Markup("\n").join(
            Markup('<dt id="{}">{}</dt>\n<dd>{}</dd>').format(anchor, text(word), text(meaning))
            for word, meaning, anchor in self._page.terms()
        )
        return Markup("<dl>\n{}\n</dl>").format(entries)

    def hulplijnen(self) -> Markup:
        """Whom to call, with the date on which the numbers were checked."""
        rows = self._page.facts.rows(
            "select naam, nummer, wanneer, url, gecontroleerd_op from reference.hulplijnen"
            " order by length(nummer), nummer"
        )
        if not rows:
            raise self._page.error("data/reference/hulplijnen.csv is empty")
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

    def _lists_of(self, gemeente: Gebied, areas: Sequence[Gebied]) -> Markup:
        parts = [paragraph(self._page.area_link(gemeente.gebied_code, f"Heel {gemeente.gebied_naam}"))]
        for niveau, heading in (("wijk", "Wijken"), ("buurt", "Buurten")):
            items = [
                self._page.area_link(one.gebied_code, one.gebied_naam)
                for one in areas
                if one.gebied_niveau == niveau
            ]
            if items:
                title = f"{heading} in {gemeente.gebied_naam}"
                parts.append(Markup("### {}\n\n{}").format(text(title), bullets(items, css="vb-lijst")))
        return Markup("\n\n").join(parts)


def _measured(value: float) -> str:
    """A part with three decimals; a number of areas as it is."""
    return format_number(value, decimals=0 if value > 1 and value == int(value) else 3)


def _demand(low: float | None, high: float | None) -> str:
    """'0,94 tot 0,97', 'hoogstens 0,05' or nothing."""
    written = [None if one is None else format_number(one, decimals=2) for one in (low, high)]
    if None not in written:
        return f"{written[0]} tot {written[1]}"
    return f"minstens {written[0]}" if written[0] else f"hoogstens {written[1]}" if written[1] else "geen"
