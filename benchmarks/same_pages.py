"""The contents of our area pages for other tools: as plain values (JSON) and as Markdown.

The same words, key figures and rows of every table; not our frame, maps, charts, bars, CSV buttons and print
view, which the other tools would each have to be given.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.gebied import slug_of
from pipeline.paths import Paths
from pipeline.site.area.area import Section
from pipeline.site.area.children import links_below
from pipeline.site.area.pages import AreaContext, AreaPage, area_pages
from pipeline.site.area.sections import SECTIONS
from pipeline.site.area.table import FigureTable
from pipeline.site.area.table import Link as AreaLink
from pipeline.warehouse import open_warehouse

# Only ours have maps, rows for a script and figures of gemeenten; others list the areas without a map.
_OURS = ("gebieden", "data", "gemeente")
_BELOW = Section("gebieden", "", lambda area, _: links_below(area))

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|])")


@dataclass(frozen=True)
class Link:
    naam: str
    slug: str


@dataclass(frozen=True)
class Part:
    """A heading with its text, and a table if it has rows: headings, then a name and cells a row."""

    kop: str
    tekst: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    bron: str


@dataclass(frozen=True)
class Content:
    """What one page says, in plain text."""

    slug: str
    naam: str
    omschrijving: str
    plaats: str
    kruimels: tuple[Link, ...]
    zinnen: tuple[str, ...]
    kernen: tuple[tuple[str, str, str], ...]
    delen: tuple[Part, ...]
    gebieden: tuple[Link, ...]
    voorbehouden: tuple[str, ...]
    hulp: tuple[tuple[str, str, str], ...]


def contents(paths: Paths, codes: Sequence[str]) -> Iterator[Content]:
    """What the pages of some areas say, in the order of `codes`; links only to areas among them."""
    written = {slug_of(code) for code in codes}
    shown = [one for one in SECTIONS if one.name not in _OURS]
    context = AreaContext(templates=paths.templates)
    with open_warehouse(paths) as con:
        for page in area_pages(con, codes=codes, context=context, sections=[*shown, _BELOW]):
            yield _content(page, written)


def _content(page: AreaPage, written: set[str]) -> Content:
    area, found = page.area, page.contents
    head, series = found["kop"], found["misdrijven"]
    return Content(
        slug=slug_of(area.code),
        naam=area.naam,
        omschrijving=head.zinnen.aantal[0],
        plaats=f"{area.gebied.gebied_niveau} in {area.gemeente} · code {area.code}",
        kruimels=_links(head.crumbs, written),
        zinnen=(*head.zinnen.aantal, *head.zinnen.vergelijking, *head.zinnen.zekerheid),
        kernen=tuple((one.name, one.value, one.meaning) for one in head.key_figures),
        delen=tuple(
            part
            for part in (
                _part("Overlast", "", found["overlast"]),
                _part("Misdrijven door de jaren", " ".join(series.zinnen), series.table),
                _part("Soorten misdrijven", "", found["soorten"]),
                _part("Wat bewoners ervaren", "", found["ervaren"].table),
                _part("Omstandigheden", "", found["omstandigheden"]),
                _part("Samenleven en welzijn", "", found["welzijn"]),
            )
            if part.rijen
        ),
        gebieden=_links([link for child in found["gebieden"] for link in (child, *child.below)], written),
        voorbehouden=found["voorbehouden"],
        hulp=tuple((line.naam, line.nummer, line.url) for line in found["hulp"].hulplijnen),
    )


def _links(links: Sequence[AreaLink], written: set[str]) -> tuple[Link, ...]:
    return tuple(Link(one.name, slug) for one in links if (slug := one.address.strip("./")) in written)


def _part(heading: str, text: str, table: FigureTable) -> Part:
    rows = tuple((row.name, *(cell.text for cell in row.cells)) for row in table.rows)
    return Part(heading, text, table.headings, rows, table.source)


def write_json(found: Iterable[Content], target: Path) -> None:
    """Write all pages as one file of data, a page a line."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as file:
        for number, one in enumerate(found):
            file.write(",\n" if number else "[")
            json.dump(asdict(one), file, ensure_ascii=False)
        file.write("]")


def write_markdown(found: Iterable[Content], folder: Path) -> None:
    """Write a Markdown file a page, named by the area."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in found:
        (folder / f"{one.slug}.md").write_text(as_markdown(one), encoding="utf-8")


def as_markdown(one: Content) -> str:
    """One page as Markdown with a title and a description in front."""
    front = f"---\ntitle: {json.dumps(one.naam)}\ndescription: {json.dumps(one.omschrijving)}\n---"
    above = " · ".join(f"[{_plain(link.naam)}]({link.slug}.md)" for link in one.kruimels)
    blocks = [front, above, f"# {_plain(one.naam)}", _plain(one.plaats), *map(_plain, one.zinnen)]
    blocks.append(_table(("Kerncijfer", "Waarde", "Duiding"), one.kernen))
    for part in one.delen:
        blocks += [f"## {_plain(part.kop)}", _plain(part.tekst), _table(part.koppen, part.rijen)]
        blocks.append(f"Bron: {_plain(part.bron)}.")
    if one.gebieden:
        blocks += [
            "## Gebieden",
            "\n".join(f"- [{_plain(link.naam)}]({link.slug}.md)" for link in one.gebieden),
        ]
    blocks += [
        "## Let op bij cijfers van de politie",
        "\n".join(f"- {_plain(text)}" for text in one.voorbehouden),
    ]
    blocks += ["## Hulp", "\n".join(f"- {_plain(name)}: [{number}]({url})" for name, number, url in one.hulp)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *(map(_plain, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
