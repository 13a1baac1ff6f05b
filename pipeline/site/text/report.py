"""Where an error is reported: a letter that is begun for the reader, or who publishes the figures."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from markupsafe import Markup

from pipeline.model import sources
from pipeline.site.html.markup import bullets, link, mail_of
from pipeline.site.text.page import TextPage, paragraph
from pipeline.words.provenance import SITE_NAME

FORGE = re.compile(
    r"(?P<project>https://(?P<host>github\.com|gitlab\.com)/[^/\s]+/[^/\s]+?)(?:/(?:-/)?issues(?:/new)?)?/?"
)
"""A project on a host whose form for a new issue takes a title and a text in its address."""
FIELDS = {"github.com": ("title", "body"), "gitlab.com": ("issue[title]", "issue[description]")}
SUBJECT = f"Fout in {SITE_NAME}"
QUESTIONS = (
    "Pagina: ",
    "Gebied, onderwerp en jaar: ",
    "Wat er volgens mij moet staan: ",
    "Waar dat uit blijkt: ",
)
"""What helps to find an error. The script fills in the page that a reader came from."""


def prefilled(report_address: str) -> str:
    """Where a report goes, with its subject and questions filled in where the address can take them.

    A mail address gives a letter (RFC 6068), a project on GitHub or GitLab its form; any other is itself.
    """
    text = "\n".join(QUESTIONS)
    if mail := mail_of(report_address):
        return f"mailto:{mail}?" + urlencode({"subject": SUBJECT, "body": text}, quote_via=quote)
    found = FORGE.fullmatch(report_address)
    if not found:
        return report_address
    title, body = FIELDS[found["host"]]
    return f"{found['project']}/issues/new?" + urlencode({title: SUBJECT, body: text}, quote_via=quote)


class Reporting:
    """What a text may say of reporting errors."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def melden(self) -> Markup:
        """Where to report an error: at the publisher of this site, else at the publishers of its figures."""
        address = self._page.facts.report_address
        if not address:
            return self._publishers()
        letter, account = "Daar staat al een begin van een brief.", "Een account kan daar nodig zijn."
        how = letter if mail_of(address) else account
        return Markup("<p data-melden>Meld een fout via {}. {}</p>").format(
            link(prefilled(address), address), how
        )

    def _publishers(self) -> Markup:
        pages: dict[str, dict[str, str]] = {}
        titles: Mapping[str, str] = {one.name: one.title for one in self._page.facts.models}
        for name, header in sources(self._page.facts.models).items():
            if header.publisher != SITE_NAME and header.page:
                pages.setdefault(header.publisher, {})[titles[name]] = header.page
        listed = bullets(
            Markup("<strong>{}</strong>: {}").format(
                publisher, Markup(", ").join(link(address, title) for title, address in sorted(found.items()))
            )
            for publisher, found in sorted(pages.items())
        )
        lead = (
            "Wie deze site uitgeeft, heeft nog geen adres voor meldingen ingevuld. "
            "Vraag het daarom aan wie het cijfer publiceert. Op deze pagina's staat de tabel zelf:"
        )
        return paragraph(lead) + listed
