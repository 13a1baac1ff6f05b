"""How to refer to one figure: a line in the manner of APA, the same for BibTeX, a link with its vintage."""

from dataclasses import dataclass

from pipeline.words.numbers import format_date
from pipeline.words.provenance import SITE_NAME

_SPECIAL = str.maketrans({character: f"\\{character}" for character in "&%$#_{}"})


@dataclass(frozen=True)
class Reference:
    """A figure to refer to.

    Attributes:
        key: its name on the page.
        source: sentences about where its numbers come from.
        modified: ISO date of the newest table behind it; empty where none is known.
        page: the whole address of its page; empty where the site does not know its own.
        kind: what it is, as it stands between brackets.
    """

    key: str
    title: str
    source: str
    modified: str
    page: str
    kind: str = "Grafiek"

    @property
    def address(self) -> str:
        """The address with the vintage in it, so that a reader sees when figures have changed since."""
        if not self.page:
            return ""
        return f"{self.page}{f'?stand={self.modified}' if self.modified else ''}#{self.key}"

    @property
    def apa(self) -> str:
        when = (
            f"{self.modified[:4]}, {format_date(self.modified).rsplit(' ', 1)[0]}"
            if self.modified
            else "z.d."
        )
        said = f"{SITE_NAME}. ({when}). {self.title} [{self.kind}]. {self.source}"
        return f"{said} {self.address}".strip()

    @property
    def bibtex(self) -> str:
        fields = {
            "author": f"{{{SITE_NAME}}}",
            "title": f"{{{self.title.translate(_SPECIAL)}}}",
            "year": self.modified[:4],
            "note": self.source.translate(_SPECIAL),
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{SITE_NAME.lower()}-{self.key},", *lines, "}"])
