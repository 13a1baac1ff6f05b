"""Maps and funnels of written pages: what goes along with them, and how they stand on their own."""

from functools import partial

from markupsafe import Markup

from pipeline.charts.picture import picture
from pipeline.site.figure import funnel
from pipeline.site.figure.funnel import Funnel
from pipeline.site.figure.words import sources_in_words
from pipeline.site.map import plain
from pipeline.site.map.drawing import source_of
from pipeline.site.map.legend import head
from pipeline.site.map.maps import Chart
from pipeline.site.text.embed import ROOT, Embed, Taken, dated
from pipeline.site.text.page import TextPage
from pipeline.words.provenance import newest_date
from pipeline.words.reference import Reference


def of_map(chart: Chart, page: TextPage, *, choose_from: str | None = None) -> Markup:
    """A map with what goes along with it; `choose_from` is as in `drawing.figure`."""
    modified = newest_date(area.vintage for area in chart.areas if area.value is not None)
    key, title, source = f"kaart-{chart.subject.key}", chart.subject.title, source_of(chart.areas)
    taken = Taken(page.around, Reference(key, title, source, modified, page.around.page, kind="Kaart"))
    page.around.keep(taken.name, partial(_embedded_map, chart, page.url("gebied/"), modified))
    return chart.figure(choose_from=choose_from, below=_below(taken))


def of_funnel(one: Funnel, page: TextPage, *, ident: str) -> Markup:
    """What goes along with the funnel of the country's gemeenten."""
    modified = newest_date(figure.vintage for _, figure in one.figures)
    source = sources_in_words(figure for _, figure in one.figures)
    title = funnel.title(one, "in Nederland")
    taken = Taken(page.around, Reference(ident, title, source, modified, page.around.page))
    pages = frozenset(page.facts.gemeente_codes)
    page.around.keep(taken.name, partial(_embedded_funnel, one, title, dated(source, modified), pages))
    return _below(taken)


def _embedded_map(chart: Chart, areas_at: str, modified: str) -> Embed:
    subject, source = chart.subject, source_of(chart.areas)
    swatches = plain.swatches(subject, chart.areas)
    hatched = any(colour.startswith("url(") for colour, _ in swatches)
    said = f"{head(subject)}.{' Een vlak met strepen heeft geen kleur.' if hatched else ''}"
    drawn = str(chart.drawn.svg).replace(f'href="{areas_at}', f'href="{ROOT}gebied/')
    items = Markup("").join(
        Markup('<li><svg viewBox="0 0 14 14" aria-hidden="true"><rect width="14" '
               'height="14" fill="{}" stroke="{}"/></svg>{}</li>').format(colour, plain.LINE, words)
        for colour, words in swatches
    )  # fmt: skip
    return Embed(
        title=subject.title,
        explanation=said,
        drawing=Markup(plain.coloured(drawn, linked=True)),
        picture=picture(
            plain.coloured(drawn, linked=False),
            title=subject.title,
            aid=said,
            source=dated(source, modified),
            legend=swatches,
        ),
        below=Markup('<ul class="legenda">{}</ul>').format(items),
        source=source,
        about=subject.definition.address,
    )


def _embedded_funnel(one: Funnel, title: str, source: str, pages: frozenset[str]) -> Embed:
    told = " ".join(funnel.caption(one))
    drawn = funnel.drawn(one, root=ROOT, linked=pages)
    still = str(funnel.drawn(one, root=ROOT, linked=())).replace("<circle ", '<circle opacity="0.45" ')
    return Embed(
        title=title,
        explanation=told,
        drawing=drawn,
        picture=picture(still, title=title, aid=told, source=source),
        below=Markup(""),
        source=source,
        about=one.definition.address,
    )


def _below(taken: Taken) -> Markup:
    return Markup('<div class="vb-meenemen"><p class="vb-knoppen vb-niet-printen">{}</p>\n{}</div>').format(
        taken.pictures, taken.folded
    )
