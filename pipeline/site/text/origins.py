"""Where figures come from, on written pages: one worked example an indicator, and the list of all trails."""

from markupsafe import Markup

from pipeline.gebied import LAND
from pipeline.site.area.origin import address_of_origin
from pipeline.site.figure.origin import read_trails
from pipeline.site.figure.trail import Trails, heading
from pipeline.site.html.markup import bullets, link, text
from pipeline.site.text.page import TextPage, paragraph


class Origins:
    """Functions of texts; all return HTML."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def herkomst_van(self, indicator: str) -> Markup:
        """The trail of one figure: of the gemeente that the site shows as example, else of the country."""
        self._page.indicator(indicator)
        shown = self._page.facts.shown_gemeente
        names = {shown.gebied_code: shown.gebied_naam, LAND: "Nederland"}
        found = read_trails(self._page.facts.con, list(names), indicators=[indicator])
        code = next((code for code in names if code in found), None)
        if code is None:
            return paragraph("Hiervan staat hier nog geen cijfer.")
        trail = found[code][0]
        told = Trails(found[code], root=self._page.url(""), site_url=self._page.facts.site_url)
        example = Markup("Een voorbeeld: {}, {}. {}").format(
            text(names[code]),
            text(heading(trail)),
            link(
                self._page.url(f"{address_of_origin(code)}#{indicator}"),
                f"Alle cijfers van {names[code]}, van bron tot pagina",
            ),
        )
        return Markup("{}\n{}{}{}").format(
            paragraph(example), told.steps(trail), told.denominators(), told.files()
        )

    def lijst_herkomst(self) -> Markup:
        """The country and every gemeente, each with the page of its trails."""
        places = [(LAND, "Nederland")]
        places += [(one.gebied_code, one.gebied_naam) for one in self._page.facts.gemeenten]
        return bullets(
            (link(self._page.url(address_of_origin(code)), name) for code, name in places), css="vb-lijst"
        )
