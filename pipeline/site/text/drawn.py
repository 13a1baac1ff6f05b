"""The markup around a chart of a written page: picture, tables, source, buttons and rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from pipeline.charts import static, vega
from pipeline.charts.picture import picture as make_picture
from pipeline.indicator import file_of
from pipeline.site.html.data import data_block
from pipeline.site.html.markup import link, text
from pipeline.site.text.embed import Around, Embed, Taken, dated, folded_tables
from pipeline.words.provenance import newest_date
from pipeline.words.reference import Reference

Row = dict[str, Any]
NARROW = 340
"""Of a chart in somebody else's page: its words can be read at 300 pixels."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A figure of a written page.

    Attributes:
        ident: its id on the page; charts of two areas differ.
        chart: name of its spec (`vega.SPECS`).
        explanation: sentences on how to read it.
        rows: the rows of chart and CSV, by the name of their series.
        notes: what changed at each break; of one series in the order of the numbers in the chart.
        drawn: whether there are points enough; otherwise only the tables are shown, opened.
        about: the page that explains it, below the root of the site.
        whole: the indicator whose file with all areas and years goes along; of several none does.
    """

    ident: str
    chart: str
    title: str
    explanation: Sequence[str]
    rows: Mapping[str, Sequence[Row]]
    drawn: bool
    tables: Sequence[Markup]
    source: str
    about: str
    notes: Sequence[str] = ()
    whole: str = ""

    @property
    def told(self) -> str:
        return " ".join(self.explanation)

    @property
    def all_rows(self) -> list[Row]:
        return [row for some in self.rows.values() for row in some]

    def svg(self, *, ident: str, width: int = static.WIDTH) -> Markup:
        """The still chart."""
        return Markup(
            static.to_svg(
                vega.spec(self.chart), self.all_rows,
                ident=ident, title=self.title, description=self.told, width=width,
            )
        )  # fmt: skip

    def markup(self, around: Around) -> Markup:
        """It as it stands on a page; one that is drawn has a page of its own too."""
        modified = newest_date(row.get("vintage") for row in self.all_rows)
        taken = Taken(around, Reference(self.ident, self.title, self.source, modified, around.page))
        picture, notes = Markup(""), Markup("")
        if self.drawn:
            picture = self.svg(ident=self.ident)
            notes = _listed(self.notes, numbered=len(self.rows) == 1) if self.notes else notes
            around.keep(taken.name, partial(self._embed, taken.name, picture, notes, modified))
        return Markup(
            '<figure class="vb-figuur" id="{ident}"{live} data-reeks="{keys}">\n'
            '<figcaption><span class="vb-figuur__titel">{title}</span> {explanation}</figcaption>\n'
            '{picture}<div class="vb-doek" hidden></div>\n{notes}'
            "<details{opened}><summary>De cijfers in een tabel</summary>\n{tables}\n</details>\n"
            '<p class="vb-bron">{source}</p>\n{buttons}\n{taken}\n{data}\n</figure>'
        ).format(
            ident=self.ident,
            live=_live(self) if self.drawn else "",
            keys=" ".join(self.rows),
            title=text(self.title),
            explanation=text(self.told) if self.drawn else "",
            picture=picture,
            notes=notes,
            opened="" if self.drawn else Markup(" open"),
            tables=Markup("\n").join(self.tables),
            source=text(self.source),
            buttons=_buttons(
                taken.pictures if self.drawn else Markup(""), whole=self.whole, root=around.root
            ),
            taken=taken.folded if self.drawn else taken.citation,
            data=data_block({"reeksen": self.rows}, attributes='class="vb-rijen"'),
        )

    def _embed(self, name: str, picture: Markup, notes: Markup, modified: str) -> Embed:
        return Embed(
            title=self.title,
            explanation=self.told,
            drawing=self.svg(ident=name, width=NARROW),
            picture=make_picture(
                picture,
                title=self.title,
                aid=self.told,
                source=dated(self.source, modified),
                notes=_written(self.notes, numbered=len(self.rows) == 1),
            ),
            below=notes + folded_tables(self.tables),
            source=self.source,
            about=self.about,
        )


def _listed(notes: Sequence[str], *, numbered: bool) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(text(note)) for note in notes)
    return Markup('<{0} class="vb-noten">{1}</{0}>\n').format("ol" if numbered else "ul", items)


def _written(notes: Sequence[str], *, numbered: bool) -> list[str]:
    return [f"{number}. {note}" if numbered else note for number, note in enumerate(notes, start=1)]


def _live(one: Drawing) -> Markup:
    """What the script needs to draw the chart itself."""
    description = f"{one.title}. {one.told} De tabel heeft dezelfde cijfers."
    return Markup(' data-grafiek="{}" data-omschrijving="{}"').format(one.chart, text(description))


def _buttons(pictures: Markup, *, whole: str, root: str) -> Markup:
    parts = [Markup('<button type="button" data-opslaan="csv" hidden>Bewaar als CSV</button>'), pictures]
    if whole:
        parts.append(link(root + file_of(whole, ".zip"), "Alle gebieden (ZIP)"))
    return Markup('<p class="vb-knoppen vb-niet-printen">{}</p>').format(
        Markup(" ").join(part for part in parts if part)
    )
