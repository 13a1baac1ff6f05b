"""A chart, a map or a funnel on its own: a page that others put in theirs, and the same as a picture.

The page needs no script and no style sheet of the site. Its address follows from what it shows, whatever page
asked for it, so that it stays: figuur/<name>/.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.charts.kept import Kept
from pipeline.site.frame import sharing
from pipeline.site.frame.shell import without_expressions
from pipeline.site.html.markup import link, text
from pipeline.words.numbers import format_date
from pipeline.words.reference import Reference

FOLDER = "figuur/"
TEMPLATE = "figuur.html.j2"
ROOT = "../../"  # from the page of a figure
_SCALE = 2  # pixels of a PNG for each of the picture
_HEIGHT = 720  # of an iframe: room for a drawing and its words on a phone


@dataclass(frozen=True, kw_only=True)
class Embed:
    """A figure that stands on its own.

    Attributes:
        title, explanation, source: words.
        drawing: SVG for the page: narrow, and with links from `figuur/<name>/`.
        picture: the whole picture as SVG, with title, legend and source inside.
        below: what stands between drawing and source: legend, notes, tables.
        about: the page that explains it, below the root of the site.
    """

    title: str
    explanation: str
    drawing: Markup
    picture: str
    below: Markup
    source: str
    about: str


Make = Callable[[], Embed]
Keep = Callable[[str, Make], object]
"""Told of each figure that a page shows: its name and how to make it."""


def name_of(ident: str) -> str:
    """The name of a figure by its id on a page: 'grafiek-misdrijven-gm0758' -> 'misdrijven-gm0758'."""
    return ident.removeprefix("grafiek-")


def address_of(name: str) -> str:
    """The page of a figure below the root of the site: 'figuur/misdrijven-gm0758/'."""
    return f"{FOLDER}{name}/"


def write_embeds(
    embeds: Mapping[str, Make], out: Path, *, templates: Path, age: Callable[[str], str], notice: str = ""
) -> list[Path]:
    """Write page and picture of each figure below `out`.

    Args:
        age: of when the figures of a page are; that of the page that explains the figure.
        notice: stands on every page, as elsewhere.
    """
    template = Environment(
        loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template(TEMPLATE)
    written = []
    for name, make in sorted(embeds.items()):
        embed, folder = make(), out / address_of(name)
        folder.mkdir(parents=True, exist_ok=True)
        page = template.render(figuur=embed, wortel=ROOT, mededeling=notice, versheid=age(embed.about))
        for path, content in ((folder / "index.html", page), (folder / f"{name}.svg", embed.picture)):
            path.write_text(without_expressions(content), encoding="utf-8")
            written.append(path)
    return written


def write_pngs(written: Iterable[Path], *, kept: Path) -> list[Path]:
    """Write each picture (SVG) among these files as PNG too, beside it; `kept` has those drawn before."""
    drawings, shape = Kept(kept), Path(sharing.__file__).read_text(encoding="utf-8")

    def write(path: Path) -> Path:
        svg, png = path.read_text(encoding="utf-8"), path.with_suffix(".png")
        png.write_bytes(
            drawings.drawn(
                f"{_SCALE} {shape} {svg}",
                lambda: sharing.smaller(vl_convert.svg_to_png(svg, scale=_SCALE)),
            )
        )
        return png

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pictures = list(pool.map(write, (one for one in written if one.suffix == ".svg")))
    drawings.forget_others()
    return pictures


_EMBEDDING = (
    "Deze figuur mag op elke andere pagina staan. Titel en bron gaan mee. Zij werkt zonder JavaScript. "
    "Komt er een nieuw cijfer, dan verandert zij mee."
)


def _forget(_: str, __: Make) -> None:
    """Keeps nothing: for a page of which no figure stands on its own."""


@dataclass(frozen=True)
class Around:
    """The page that a figure stands on.

    Attributes:
        root: leads from the page to the root of the site, as in '../../'.
        page: the whole address of the page; empty where the site does not know its own.
        site_url: that of the site, as `page`.
        keep: told of each figure.
    """

    root: str
    page: str = ""
    site_url: str = ""
    keep: Keep = _forget


@dataclass(frozen=True)
class Taken:
    """What stands below a figure for who takes it along: its pictures, how to cite and to embed it.

    `reference` is how to refer to it; its key is the id of the figure on its page.
    """

    around: Around
    reference: Reference

    @property
    def name(self) -> str:
        """That of its own page."""
        return name_of(self.reference.key)

    @property
    def pictures(self) -> Markup:
        """Links to the picture in both forms."""
        at = f"{self.around.root}{address_of(self.name)}{self.name}"
        links = [link(f"{at}.{end}", f"Plaatje ({end.upper()})") for end in ("png", "svg")]
        return Markup(" ").join(links)

    @property
    def folded(self) -> Markup:
        """How to cite and how to embed, folded."""
        own = link(self.around.root + address_of(self.name), "Bekijk de losse figuur")
        embedding = Markup(
            '<details class="vb-citeer vb-niet-printen"><summary>Neem over</summary>\n<p>{}</p>\n{}'
            "<p>{}</p>\n</details>"
        ).format(_EMBEDDING, self._code(), own)
        return Markup("{}\n{}").format(self.citation, embedding)

    @property
    def citation(self) -> Markup:
        """How to cite, folded."""
        address = self.reference.address
        shown = Markup('<p><a href="{0}">{0}</a></p>').format(address) if address else Markup("")
        return Markup(
            '<details class="vb-citeer vb-niet-printen"><summary>Citeer</summary>\n<p>{}</p>\n{}'
            '<pre class="vb-vraag">{}</pre>\n</details>'
        ).format(text(self.reference.apa), shown, text(self.reference.bibtex))

    def _code(self) -> Markup:
        if not self.around.site_url:
            return Markup("<p>{}</p>").format(
                "Zet het adres van de losse figuur in een iframe. Dat adres is nu nog niet bekend."
            )
        address = f"{self.around.site_url.rstrip('/')}/{address_of(self.name)}"
        code = (
            f'<iframe src="{address}" title="{escape(self.reference.title)}" width="100%" height="{_HEIGHT}" '
            'loading="lazy"></iframe>'
        )
        return Markup('<pre class="vb-vraag">{}</pre>\n').format(text(code))


def folded_tables(tables: Iterable[Markup]) -> Markup:
    """Tables that a keyboard can scroll without a script."""
    reachable = '<div class="vb-tabel" tabindex="0" role="region" aria-label="Tabel">'
    made = "\n".join(tables).replace('<div class="vb-tabel">', reachable)
    return Markup("<details><summary>De cijfers in een tabel</summary>\n{}\n</details>").format(Markup(made))


def dated(source: str, modified: str) -> str:
    """What stands in a picture: its source, and of when its newest table is where that is not said yet."""
    day = format_date(modified) if modified else ""
    told = source if not day or day in source else f"{source} Stand: {day}."
    return f"{told} Veiligheidsbeeld."
