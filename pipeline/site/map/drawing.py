"""The drawing itself: inline SVG with a link for each area, and the figure around it.

No JavaScript and no request are needed: an area is an `<a>` with its name and figure as `<title>` and a class
for its colour. The colours themselves are in the style sheet, so that dark mode and print follow.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.gebied import slug_of
from pipeline.site.html.markup import text
from pipeline.site.map import legend
from pipeline.site.map.names import names
from pipeline.site.map.outlines import WIDTH, Drawing
from pipeline.site.map.rows import Named, Part, Subject, may_be_drawn
from pipeline.words.provenance import sources_of

NOTHING = Markup("")
DATA = "assets/kaart"
SCRIPT = "assets/javascripts/kaart.js"

SENSITIVE = "Van dit cijfer staat hier geen kaart per buurt. Het gaat om kwetsbare mensen."
ABSOLUTE = "Van een aantal mensen staat hier geen kaart. Een groot gebied lijkt dan al gauw veel."
EMPTY = "Per {niveau} zijn hier geen cijfers. Daarom staat er geen kaart."
VISITORS = "Waar veel bezoekers komen, is een cijfer per inwoner al gauw hoog."
ALL_ZERO = "Overal is dit cijfer nul. Daarom staat er geen kaart."


@dataclass(frozen=True)
class Map:
    """A map, or (`svg` empty) the reason why there is none; areas without a figure with their status."""

    svg: Markup
    legend_html: Markup
    areas_without: tuple[tuple[str, str], ...]
    periode: str
    explanation: str = ""


def draw(
    subject: Subject,
    areas: Sequence[Part],
    ground: Drawing,
    *,
    named: Sequence[Named] = (),
    link_prefix: str,
    linked: Collection[str] | None = None,
) -> Map:
    """Draw `areas` on `ground`, each a link to `link_prefix`<code>/ (if `linked` is given: only those).

    Of the places in `named` those are written on it that fit.
    """
    if not may_be_drawn(subject.definition, subject.niveau):
        return _no_map(SENSITIVE if subject.definition.gevoelig else ABSOLUTE, subject)
    if all(area.value is None for area in areas):
        return _no_map(EMPTY.format(niveau=subject.niveau), subject)
    if not subject.bounds:
        return _no_map(ALL_ZERO, subject)
    shapes = Markup("").join(
        _shape(
            area,
            subject,
            d=ground.paths[area.code],
            address=f"{link_prefix}{slug_of(area.code)}/" if linked is None or area.code in linked else "",
        )
        for area in areas
    )
    svg = Markup(
        '<svg class="vb-kaart" viewBox="0 0 {width} {height}" role="group" aria-label="Kaart: {label}">'
        "<defs>{hatches}</defs>\n{shapes}{edge}{names}</svg>"
    ).format(
        width=WIDTH,
        height=ground.height,
        label=text(subject.title),
        hatches=Markup("").join(_pattern(css, subject) for css, _ in legend.HATCHED),
        shapes=shapes,
        edge=Markup('<path class="vb-rand" fill="none" d="{}"/>').format(ground.edge) if ground.edge else "",
        names=names(named, ground.spots, height=ground.height),
    )
    without = tuple((area.name, area.waarom) for area in areas if area.value is None)
    words = legend.legend(subject, areas)
    return Map(svg=svg, legend_html=words, areas_without=without, periode=subject.choice.periode)


def _pattern(css: str, subject: Subject) -> Markup:
    """The hatch of areas of a class, below whose name kaart.js finds it."""
    angle = 45 if css == legend.NO_FIGURE else -45
    return Markup(
        '<pattern id="{ident}" class="{css}" width="12" height="12" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate({angle})"><rect width="12" height="12"/><line y2="12"/></pattern>'
    ).format(ident=hatch_id(css, subject), css=css, angle=angle)


def hatch_id(css: str, subject: Subject) -> str:
    """The pattern of a class: short, for every hatched area names it, and with letters of its map."""
    return f"{css}-{''.join(word[0] for word in subject.definition.slug.split('-'))}"


def _shape(area: Part, subject: Subject, *, d: str, address: str) -> Markup:
    """An area: a link where it has a page. The country has 15,000, so without Markup.format."""
    start, end = (
        (f'a href="{escape(address)}"', "a") if address else (f'g data-code="{slug_of(area.code)}"', "g")
    )
    css = legend.css_class(area, subject.bounds)
    fill = f' fill="url(#{hatch_id(css, subject)})"' if css in dict(legend.HATCHED) else ""
    return Markup(
        f'<{start} class="{css}">'
        f'<title>{text(legend.in_words(area, subject))}</title><path{fill} d="{d}"/></{end}>\n'
    )


def source_of(areas: Sequence[Part]) -> str:
    """What stands below a map of these areas."""
    figures = sources_of((area.source, area.vintage) for area in areas if area.value is not None)
    return f"{figures} Grenzen: CBS en Kadaster."


def figure(
    subject: Subject,
    drawn: Map,
    areas: Sequence[Part],
    *,
    choose_from: str | None = None,
    below: Markup = NOTHING,
) -> Markup:
    """A drawn map with its caption, legend and source; `below` is what else stands in its box.

    `choose_from` is the way to the root of the site for a map on which kaart.js may show another figure.
    """
    if drawn.explanation:
        return sentence(drawn.explanation)
    attributes, button, told, script = Markup(""), Markup(""), Markup(""), Markup("")
    if choose_from is not None:
        attributes = Markup(' data-kaart="{}{}/{}.json" data-plaats="{}" data-keuze="{} {}"').format(
            choose_from, DATA, slug_of(subject.choice.geheel), subject.naam,
            subject.choice.indicator, subject.choice.periode,
        )  # fmt: skip
        button = Markup(
            '<p class="vb-knoppen vb-niet-printen">'
            '<button type="button" data-kiezen hidden>Kies een ander cijfer of jaar</button></p>'
        )
        # Put there by the script it would have the whole map styled again.
        told = Markup('<p class="vb-kaart__nu vb-niet-printen" aria-hidden="true"></p>')
        script = Markup('<script type="module" src="{}{}"></script>').format(choose_from, SCRIPT)
    return Markup(
        '<figure class="vb-figuur" id="kaart-{key}"{attributes}>'
        '<figcaption><span class="vb-figuur__titel">{title}</span> {aid}</figcaption>{button}'
        '<a class="vb-overslaan" href="#kaart-{key}-einde">Sla de kaart over</a>{svg}{told}'
        '<div class="vb-kaart__uitleg">{legend}{without}</div>'
        '<p class="vb-bron" id="kaart-{key}-einde">{source}</p>'
        "{below}</figure>{script}"
    ).format(
        key=subject.key,
        attributes=attributes,
        title=text(subject.title),
        aid=VISITORS if "inwoners" in subject.definition.eenheid else "",
        button=button,
        svg=drawn.svg,
        told=told,
        legend=drawn.legend_html,
        without=legend.without(drawn.areas_without, subject),
        source=text(source_of(areas)),
        below=below,
        script=script,
    )


def _no_map(explanation: str, subject: Subject) -> Map:
    return Map(Markup(""), Markup(""), (), subject.choice.periode, explanation)


def sentence(explanation: str) -> Markup:
    return Markup("<p>{}</p>").format(explanation)
