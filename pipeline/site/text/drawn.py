"""The markup around a chart of a written page: picture, tables, source, buttons and rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pipeline.charts import static, vega
from pipeline.site.html.data import data_block
from pipeline.site.html.markup import FILES, link, text
from pipeline.words.provenance import date_of, stand_of
from pipeline.words.reference import Reference

Row = dict[str, Any]


def draw(
    *,
    ident: str,
    chart: str,
    title: str,
    explanation: Sequence[str],
    rows: Mapping[str, Sequence[Row]],
    drawn: bool,
    notes: Sequence[str] = (),
    tables: Sequence[Markup],
    source: str,
    root: str,
    page: str = "",
    whole: str = "",
) -> Markup:
    """A figure of a written page.

    Args:
        ident: its id on the page; charts of two areas differ.
        chart: name of its spec (`vega.SPECS`).
        explanation: sentences on how to read it.
        rows: the rows of chart and CSV, by the name of their series.
        notes: what changed at each break; of one series in the order of the numbers in the chart.
        drawn: whether there are points enough; otherwise only the tables are shown, opened.
        root: leads from the page to the root of the site.
        page: the whole address of the page; empty where the site does not know its own.
        whole: the indicator whose file with all areas and years goes along; of several none does.
    """
    all_rows = [row for some in rows.values() for row in some]
    told = " ".join(explanation)
    description = f"{title}. {told} De tabel heeft dezelfde cijfers."
    picture = (
        Markup(static.to_svg(vega.spec(chart), all_rows, ident=ident, title=title, description=told))
        if drawn
        else Markup("")
    )
    return Markup(
        '<figure class="vb-figuur" id="{ident}"{live} data-reeks="{keys}">\n'
        '<figcaption><span class="vb-figuur__titel">{title}</span> {explanation}</figcaption>\n'
        '{picture}<div class="vb-doek" hidden></div>\n{notes}'
        "<details{opened}><summary>De cijfers in een tabel</summary>\n{tables}\n</details>\n"
        '<p class="vb-bron">{source}</p>\n{buttons}\n{cite}\n{data}\n</figure>'
    ).format(
        ident=ident,
        live=_live(chart, root, description) if drawn else "",
        keys=" ".join(rows),
        title=text(title),
        explanation=text(" ".join(explanation)) if drawn else "",
        picture=picture,
        notes=_listed(notes, numbered=len(rows) == 1) if drawn and notes else "",
        opened="" if drawn else Markup(" open"),
        tables=Markup("\n").join(tables),
        source=text(source),
        buttons=_buttons(("csv", "svg", "png") if drawn else ("csv",), whole=whole, root=root),
        cite=_cited(Reference(ident, title, source, _newest(all_rows), page)),
        data=data_block({"reeksen": rows}, attributes='class="vb-rijen"'),
    )


def _listed(notes: Sequence[str], *, numbered: bool) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(text(note)) for note in notes)
    return Markup('<{0} class="vb-noten">{1}</{0}>\n').format("ol" if numbered else "ul", items)


def _live(chart: str, root: str, description: str) -> Markup:
    """What the script needs to draw the chart itself."""
    return Markup(' data-grafiek="{}" data-spec="{}" data-omschrijving="{}"').format(
        chart, root + vega.spec_url(chart), text(description)
    )


def _newest(rows: Sequence[Row]) -> str:
    """The ISO date of the newest table behind some rows; empty where none has a date."""
    return max((date_of(stand_of(row.get("vintage", ""))) for row in rows), default="")


def _cited(reference: Reference) -> Markup:
    shown = Markup('<p><a href="{0}">{0}</a></p>').format(reference.address) if reference.address else ""
    return Markup(
        '<details class="vb-citeer vb-niet-printen"><summary>Citeer</summary>\n<p>{}</p>\n{}'
        '<pre class="vb-vraag">{}</pre>\n</details>'
    ).format(text(reference.apa), shown, text(reference.bibtex))


def _buttons(kinds: Sequence[str], *, whole: str, root: str) -> Markup:
    buttons = Markup("").join(
        Markup('<button type="button" data-opslaan="{}" hidden>Bewaar als {}</button>').format(
            kind, kind.upper()
        )
        for kind in kinds
    )
    if whole:
        every = f"{root}{FILES}indicator/{whole}.zip"
        buttons += Markup(" ") + link(every, "Alle gebieden en jaren (ZIP)")
    return Markup('<p class="vb-knoppen vb-niet-printen">{}</p>').format(buttons)
