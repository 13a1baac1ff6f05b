"""Where figures come from, on written pages: one worked example an indicator, and the list of all trails."""

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.gebied import LAND
from pipeline.site.area.origin import address_of_origin
from pipeline.site.figure.cijfer import read_gebieden
from pipeline.site.figure.origin import Trail, read_examples, read_trails
from pipeline.site.figure.trail import Trails, heading
from pipeline.site.html.markup import bullets, link, text
from pipeline.site.municipal import read_source
from pipeline.site.text.page import TextPage, paragraph


class Origins:
    """Functions of texts; all return HTML."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def herkomst_van(self, indicator: str) -> Markup:
        """The trail of one figure: of the gemeente that the site shows as example, else of the country."""
        facts, definition = self._page.facts, self._page.indicator(indicator)
        shown = facts.shown_gemeente
        names = {shown.gebied_code: shown.gebied_naam, LAND: "Nederland"}
        if own := read_source(facts.con, definition):
            names = {own.gemeente_code: own.gemeente_naam}
        found = read_trails(facts.con, list(names), indicators=[indicator])
        code = next((code for code in names if code in found), None)
        trails = found[code] if code else self._of_a_part(indicator, list(names))
        if not trails:
            return paragraph("Hiervan staat hier nog geen cijfer.")
        trail, told = trails[0], Trails(trails, root=self._page.url(""), site_url=facts.site_url)
        whole = code or next(iter(names))
        place = text(names[code]) if code else self._part(trail.shown.gebied_code)
        example = Markup("Een voorbeeld: {}, {}. {}").format(
            place, text(heading(trail)), self._all_of(whole, names[whole], indicator)
        )
        return Markup("{}\n{}{}{}").format(
            paragraph(example), told.steps(trail), told.denominators(), told.files()
        )

    def _of_a_part(self, indicator: str, codes: Sequence[str]) -> Sequence[Trail]:
        found = read_examples(self._page.facts.con, codes)
        return [one for trails in found.values() for one in trails if one.definition.indicator == indicator]

    def _part(self, code: str) -> Markup:
        """An area within a gemeente, with the way to its page where there is one."""
        gebied = read_gebieden(self._page.facts.con, [code])[code]
        known = gebied.gemeente_code in self._page.facts.gemeente_codes
        return self._page.area_link(code, gebied.naam) if known else text(gebied.naam)

    def _all_of(self, code: str, name: str, indicator: str) -> Markup:
        """The way to all trails of the country or a gemeente; nothing for one without pages."""
        if code not in (LAND, *self._page.facts.gemeente_codes):
            return Markup("")
        return link(
            self._page.url(f"{address_of_origin(code)}#{indicator}"),
            f"Alle cijfers van {name}, van bron tot pagina",
        )

    def lijst_herkomst(self) -> Markup:
        """The country and every gemeente, each with the page of its trails."""
        places = [(LAND, "Nederland")]
        places += [(one.gebied_code, one.gebied_naam) for one in self._page.facts.gemeenten]
        return bullets(
            (link(self._page.url(address_of_origin(code)), name) for code, name in places), css="vb-lijst"
        )
