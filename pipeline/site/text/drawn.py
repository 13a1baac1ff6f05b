"""The markup around a chart of a written page: picture, tables, source, buttons and rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pipeline.charts import static, vega
from pipeline.site.html.data import data_block
from pipeline.site.html.markup import text

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
    """
    all_rows = [row for some in rows.values() for row in some]
    told = " ".join(explanation)
    description = f"{title}. {told} De tabel heeft dezelfde cijfers."
    picture = (
        Markup(static.to_svg(vega.spec(chart), all_rows, ident=ident, title=title, description=told))
        if drawn
        else Markup("")
    )
    live = (
        Markup(' data-grafiek="{}" data-spec="{}" data-omschrijving="{}"').format(
            chart, root + vega.spec_url(chart), text(description)
        )
        if drawn
        else Markup("")
    )
    return Markup(
        '<figure class="vb-figuur" id="{ident}"{live} data-reeks="{keys}">\n'
        '<figcaption><span class="vb-figuur__titel">{title}</span> {explanation}</figcaption>\n'
        '{picture}<div class="vb-doek" hidden></div>\n{notes}'
        "<details{opened}><summary>De cijfers in een tabel</summary>\n{tables}\n</details>\n"
        '<p class="vb-bron">{source}</p>\n{buttons}\n{data}\n</figure>'
    ).format(
        ident=ident,
        live=live,
        keys=" ".join(rows),
        title=text(title),
        explanation=text(" ".join(explanation)) if drawn else "",
        picture=picture,
        notes=_listed(notes, numbered=len(rows) == 1) if drawn and notes else "",
        opened="" if drawn else Markup(" open"),
        tables=Markup("\n").join(tables),
        source=text(source),
        buttons=_buttons(("csv", "svg", "png") if drawn else ("csv",)),
        data=data_block({"reeksen": rows}, attributes='class="vb-rijen"'),
    )


def _listed(notes: Sequence[str], *, numbered: bool) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(text(note)) for note in notes)
    return Markup('<{0} class="vb-noten">{1}</{0}>\n').format("ol" if numbered else "ul", items)


def _buttons(kinds: Sequence[str]) -> Markup:
    buttons = Markup("").join(
        Markup('<button type="button" data-opslaan="{}" hidden>Bewaar als {}</button>').format(
            kind, kind.upper()
        )
        for kind in kinds
    )
    return Markup('<p class="vb-knoppen vb-niet-printen">{}</p>').format(buttons)
