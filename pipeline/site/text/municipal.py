"""What written pages list of gemeenten: who publishes what, in all and per theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from pipeline.indicator import Indicator
from pipeline.site.html.markup import Cell, bullets, link, table
from pipeline.site.municipal import GemeenteBron
from pipeline.words.numbers import format_period
from pipeline.words.provenance import named

TITLE = "Van de gemeente"


def source_list(sources: Sequence[GemeenteBron]) -> Markup:
    """Who publishes what, since when and under what terms, one row a dataset."""
    header = [Cell(name) for name in ("Gemeente", "Dataset", "Uitgever", "Licentie", "Cijfers", "Nieuw")]
    rows = [
        [
            Cell(one.gemeente_naam),
            Cell(link(one.pagina, one.titel) if one.pagina else one.titel),
            Cell(one.publisher),
            Cell(one.licentie),
            _span(one),
            Cell(one.frequentie),
        ]
        for one in sources
    ]
    return table("Datasets van gemeenten", header, rows)


def _span(one: GemeenteBron) -> Cell:
    if one.eerste is None or one.laatste is None:
        return Cell("nog niet opgehaald", empty=True)
    first, last = format_period(one.eerste), format_period(one.laatste)
    return Cell(first if first == last else f"{first} tot en met {last}")


def theme_list(
    indicators: Sequence[Indicator], sources: Sequence[GemeenteBron], url: Callable[[str], str]
) -> Markup:
    """The municipal indicators of a theme with their own citation and caveats; empty if there are none."""
    if not indicators:
        return Markup("")
    of = {name: one for one in sources for name in one.indicatoren}
    return bullets(
        Markup("{}. {} {} {}").format(
            link(url(one.address), one.titel),
            one.vraag,
            named(of[one.indicator].origin),
            " ".join(of[one.indicator].toelichting),
        )
        for one in indicators
    )
