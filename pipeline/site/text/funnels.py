"""Funnel plots of written pages: the gemeenten of the country for one indicator."""

from markupsafe import Markup

from pipeline.indicator import Indicator
from pipeline.site.figure.cijfer import Gebied, read_cijfers, read_rows
from pipeline.site.figure.funnel import Funnel, caption, drawn, make_funnel, title
from pipeline.site.figure.words import sources_in_words
from pipeline.site.html.markup import bullets, text
from pipeline.site.map.maps import LEAST_GEMEENTEN
from pipeline.site.text import charted
from pipeline.site.text.facts import Facts
from pipeline.site.text.page import TextPage, paragraph

INTRODUCTION = (
    "Een kleine gemeente heeft al gauw een hoog of een laag cijfer, ook zonder reden. ",
    "De lijnen in de grafiek laten zien wat nog gewoon is bij elke grootte.",
)


def of_theme(facts: Facts, thema: str) -> Funnel | None:
    """The indicator on which a theme is judged, or else the first that enough gemeenten have a figure of."""
    head = facts.value("select kop_indicator from reference.themas where thema = $thema", thema=thema)
    counted = [
        one
        for one in facts.documentation.indicators
        if one.thema == thema and one.kind == "verhouding" and one.meetwijze == "geregistreerd"
    ]
    for definition in sorted(counted, key=lambda one: one.indicator != head):
        found = _of_country(facts, definition)
        if found is not None and len(found.figures) >= LEAST_GEMEENTEN:
            return found
    return None


def _of_country(facts: Facts, definition: Indicator) -> Funnel | None:
    newest = facts.newest.get((definition.indicator, "gemeente"))
    if newest is None:
        return None
    places = read_rows(
        facts.con,
        Gebied,
        "core.gebied where gebied_niveau = 'gemeente'",
        order="lower(strip_accents(gebied_naam)), gebied_code",
    )
    figures = read_cijfers(
        facts.con,
        "c.indicator = $indicator and c.periode = $periode and c.gebied_niveau = 'gemeente'",
        order="gebied_code",
        indicator=definition.indicator,
        periode=newest.periode,
    )
    of = {one.gebied_code: one for one in figures}
    return make_funnel(
        definition,
        "gemeente",
        [(place, of[place.gebied_code]) for place in places if place.gebied_code in of],
    )


def figure(one: Funnel, page: TextPage) -> Markup:
    """The picture with its caption; the names of what lies outside are folded, by name."""
    pages = frozenset(page.facts.gemeente_codes)
    ident = f"trechter-{one.definition.slug}"
    outside = {place.gebied_code for place in (*one.above, *one.below)}
    names = bullets(
        page.area_link(place.gebied_code, place.naam) if place.gebied_code in pages else text(place.naam)
        for place, _ in one.figures
        if place.gebied_code in outside
    )
    folded = Markup(
        "<details><summary>Welke {} liggen buiten de lijnen?</summary><p>Op alfabet.</p>{}</details>"
    ).format(one.plural, names)
    return Markup(
        '{intro}<figure class="vb-figuur" id="{id}"><figcaption><span class="vb-figuur__titel">{title}</span>'
        ' {caption}</figcaption><a class="vb-overslaan" href="#{id}-einde">Sla de grafiek over</a>{svg}'
        '{folded}<p class="vb-bron" id="{id}-einde">{source}</p>{taken}</figure>'
    ).format(
        intro=paragraph(*INTRODUCTION),
        id=ident,
        title=title(one, "in Nederland"),
        caption=" ".join(caption(one)),
        svg=drawn(one, root=page.url(""), linked=pages),
        folded=folded if outside else "",
        source=sources_in_words(cijfer for _, cijfer in one.figures),
        taken=charted.of_funnel(one, page, ident=ident),
    )
