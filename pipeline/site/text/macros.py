"""The functions that a text may call between double braces, by kind.

Everything comes from one warehouse. A figure that does not exist is an error that names page, indicator,
area and period: a text must never silently say nothing.
"""

from typing import Any

from pipeline.site.html.markup import link
from pipeline.site.text.approaches import Approaches
from pipeline.site.text.availability import Availability
from pipeline.site.text.chance import Chance
from pipeline.site.text.data_pages import DataPages
from pipeline.site.text.facts import Facts, Render
from pipeline.site.text.lists import Lists
from pipeline.site.text.news import News
from pipeline.site.text.origins import Origins
from pipeline.site.text.page import TextPage
from pipeline.site.text.pictures import Pictures
from pipeline.site.text.releases import Releases
from pipeline.site.text.report import Reporting
from pipeline.site.text.sentences import Sentences
from pipeline.site.text.together import Together

KINDS = (
    Sentences,
    Pictures,
    Lists,
    News,
    Chance,
    Together,
    Approaches,
    Availability,
    Origins,
    Releases,
    Reporting,
)
"""Each has a method for every function of its kind; a new kind is named here."""


def names_of(facts: Facts, page_path: str, render: Render) -> dict[str, Any]:
    """Everything that a text of this page may use, by name; `render` fills in one of our templates."""
    page = TextPage(facts, page_path)
    first = facts.shown_gemeente
    names: dict[str, Any] = {
        "url": page.url,
        "verwijzing": link,
        "voorbeeld_gemeente": first.gebied_naam,
        "gemeente_code": first.gebied_code,
        "is_voorbeeld": facts.store == "voorbeeld",
    }
    for kind in KINDS:
        names |= _functions(kind(page))
    # Its pages are templates that may call all others.
    return names | _functions(DataPages(page, lambda name, values: render(name, {**names, **values})))


def _functions(kind: object) -> dict[str, Any]:
    return {name: getattr(kind, name) for name in dir(type(kind)) if not name.startswith("_")}
