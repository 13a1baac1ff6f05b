"""One page that asks for figures: what all kinds of functions need of it."""

from markupsafe import Markup

from pipeline.indicator import Indicator
from pipeline.site.figure.cijfer import address_of
from pipeline.site.html.markup import address, link, text
from pipeline.site.text.embed import Around
from pipeline.site.text.facts import Facts, PageError


class TextPage:
    """Facts, and the path of the page below the folder of texts: how links are written follows from it."""

    def __init__(self, facts: Facts, path: str) -> None:
        self.facts, self.path = facts, path

    def url(self, path: str) -> str:
        """The address of a page or file of the site, seen from this page."""
        return address(self.path, path)

    @property
    def whole(self) -> str:
        """The whole address of this page; empty where the site does not know its own."""
        here = self.path.removesuffix("index.md").removesuffix(".md").rstrip("/")
        base = self.facts.site_url.rstrip("/")
        return f"{base}/{here}{'/' if here else ''}" if base else ""

    @property
    def around(self) -> Around:
        """What a figure on this page needs to know of it."""
        return Around(self.url(""), self.whole, self.facts.site_url, self.facts.embeds.setdefault)

    def indicator(self, name: str) -> Indicator:
        """A definition; one that does not exist is an error that names the page."""
        found = {one.indicator: one for one in self.facts.documentation.indicators}
        if name not in found:
            raise self.error(f"indicator {name!r} does not exist; known: {sorted(found)}")
        return found[name]

    def error(self, message: str) -> PageError:
        return PageError(f"{self.path}: {message}")

    def area_link(self, code: str, name: str) -> Markup:
        return link(self.url(address_of(code)), name)

    def terms(self) -> list[tuple[str, str, str]]:
        """The glossary by word: (word, meaning, anchor)."""
        rows = self.facts.rows(
            "select begrip, uitleg, anker from reference.begrippen order by lower(strip_accents(begrip))"
        )
        return [(word, meaning, anchor) for word, meaning, anchor in rows]


def paragraph(*parts: object) -> Markup:
    return Markup("<p>{}</p>").format(Markup("").join(text(part) for part in parts))
