"""What the pages about the data show: sources, data dictionary and downloads. The words are in templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.indicator import file_of
from pipeline.model import Model, SourceHeader, sources
from pipeline.site.description import data_package
from pipeline.site.description.documentation import (
    FORMULA_NOTE,
    STATUS_MEANING,
    Documentation,
)
from pipeline.site.description.published import Published
from pipeline.site.description.schema_org import in_page
from pipeline.site.freshness import Freshness, read_freshness
from pipeline.site.html.markup import FILES, Cell, link, table, text
from pipeline.site.text.page import TextPage
from pipeline.words.numbers import format_date
from pipeline.words.provenance import SITE_NAME, SourceTable

Url = Callable[[str], str]

_GEMEENTE = f"{FILES}gemeente/"
_DUTCH_CSV, _OUTLINES = "-excel.csv", ".geojson"
_GEMEENTE_FILES = (
    (".csv", "Nieuwste cijfers", "CSV"),
    (_DUTCH_CSV, "Nieuwste, voor Excel", "CSV met ;"),
    (".zip", "Alle jaren", "ZIP"),
    (".xlsx", "Werkmap", "Excel"),
    (_OUTLINES, "Grenzen", "GeoJSON"),
)
_TYPES = {"VARCHAR": "tekst", "INTEGER": "geheel getal", "BIGINT": "geheel getal", "DOUBLE": "getal"}


@dataclass(frozen=True)
class DescribedSource:
    """A source as its page shows it: the header of its staging file, and its tables in the lock."""

    titel: str
    header: SourceHeader
    tabel: Markup | None
    versheid: Freshness | None


class DataPages:
    """Pages about the data: each is one of our templates; `render` fills it in as a text of that page."""

    def __init__(self, page: TextPage, render: Callable[[str, Mapping[str, Any]], Markup]) -> None:
        self._page, self._facts, self._render = page, page.facts, render

    def lijst_bronnen(self) -> Markup:
        """Every source and its tables, in the words of its header and of the lock."""
        return self._render(
            "bronnen.md.j2",
            source_values(self._facts.documentation, self._facts.models, read_freshness(self._facts.con)),
        )

    def woordenboek(self) -> Markup:
        """The published columns, statuses and caveats, with what they mean."""
        return self._render("woordenboek.md.j2", dictionary_values(self._facts.documentation))

    def beschrijving(self) -> Markup:
        """The description of everything for search engines: a data block, which shows nothing."""
        return in_page(self._facts.published.everything())

    def downloads(self) -> Markup:
        """Links to every file: everything, per gemeente, per indicator."""
        gemeenten = [(one.gebied_code, one.gebied_naam) for one in self._facts.gemeenten]
        values = download_values(self._facts.published, gemeenten, self._page.url)
        return self._render("downloads.md.j2", values)


def source_values(
    documentation: Documentation, models: Sequence[Model], ages: Mapping[str, Freshness]
) -> dict[str, Any]:
    """Values for bronnen.md.j2: every publisher's source, whether the store holds it or not."""
    titles = {model.name: model.title for model in models if model.source}
    described = []
    for name, header in sources(tuple(models)).items():
        tables = [one for one in documentation.sources if one.bron_id == name]
        if header.publisher == SITE_NAME and not tables:
            continue  # our own record of revisions is no source before there is one
        described.append(
            DescribedSource(
                titles[name],
                header,
                source_table(titles[name], tables) if tables else None,
                ages.get(name),
            )
        )
    return {"bronnen": described}


def source_table(caption: str, tables: Sequence[SourceTable]) -> Markup:
    """The tables of a publisher with their dates, terms and what was not seen at the source itself.

    A column that is empty for all of them is left out.
    """
    columns = [
        ("Tabel", [Cell(link(one.url, one.tabel)) for one in tables]),
        ("Titel", [Cell(one.titel) for one in tables]),
        ("Stand", [_date(one.modified) for one in tables]),
        ("Licentie", [Cell(one.licentie) for one in tables]),
    ]
    if any(one.fetched_at for one in tables):
        columns.append(("Opgehaald", [_date(one.fetched_at) for one in tables]))
    if any(one.reconstructed for one in tables):
        columns.append(("Niet bij de bron zelf gezien", [Cell(one.not_seen) for one in tables]))
    header = [Cell(name) for name, _ in columns]
    return table(f"{caption}: tabellen", header, list(zip(*(cells for _, cells in columns), strict=True)))


def _date(value: str | None) -> Cell:
    return Cell(format_date(value)) if value else Cell("niet vermeld", empty=True)


def dictionary_values(documentation: Documentation) -> dict[str, Any]:
    """Values for woordenboek.md.j2: published columns, statuses and the note on formulas."""
    meaning = Cell("Betekenis")
    columns = [
        [Cell(_code(one.name)), Cell(_TYPES[one.type]), Cell(one.doc)] for one in documentation.columns
    ]
    statuses = [[Cell(_code(status)), Cell(words)] for status, words in STATUS_MEANING.items()]
    caveats = [[Cell(_code(key)), Cell(words)] for key, words in sorted(documentation.caveats.items())]
    return {
        "kolommen": table("Kolommen van elk bestand", [Cell("Kolom"), Cell("Soort"), meaning], columns),
        "statussen": table("Waarden van de kolom status", [Cell("Status"), meaning], statuses),
        "voorbehouden": table("Waarden van de kolom voorbehoud", [Cell("Sleutel"), meaning], caveats),
        "formules": FORMULA_NOTE,
    }


def download_values(published: Published, gemeenten: Sequence[tuple[str, str]], url: Url) -> dict[str, Any]:
    """Values for downloads.md.j2; `gemeenten` are the (code, name) of those with files of their own."""
    full, bounded = published.full, published.bounded
    indicators = published.documentation.indicators
    present = [one for one in indicators if one.indicator in published.extents]
    there = {_DUTCH_CSV: full, _OUTLINES: bool(bounded)}
    kinds = [one for one in _GEMEENTE_FILES if there.get(one[0], True)]

    def cell(code: str, end: str, label: str) -> Cell:
        if end == _OUTLINES and code not in bounded:
            return Cell("geen", empty=True)
        return Cell(link(url(f"{_GEMEENTE}{code.lower()}{end}"), label))

    per_gemeente = [
        [Cell(name), *(cell(code, end, label) for end, _, label in kinds)] for code, name in gemeenten
    ]
    per_indicator = [
        [
            Cell(link(url(one.address), one.titel)),
            *map(Cell, indicator_files(one.indicator, url)),
        ]
        for one in sorted(present, key=lambda one: one.titel)
    ]
    return {
        "volledig": full,
        "alles": link(url(f"{FILES}alles.parquet"), "alles.parquet"),
        "gemeenten": table(
            "Bestanden per gemeente", [Cell("Gemeente"), *(Cell(head) for _, head, _ in kinds)], per_gemeente
        ),
        "indicatoren": table(
            "Bestanden per indicator",
            [
                Cell("Indicator"),
                Cell("Nieuwste per gemeente"),
                Cell("Alle gebieden"),
                Cell("Alle gebieden en jaren"),
                Cell("Beschrijving"),
            ],
            per_indicator,
        ),
        "grenzen": link(url(f"{FILES}grenzen-buurten.parquet"), "grenzen-buurten.parquet")
        if bounded
        else None,
        "citaat": published.everything().citation,
    }


def indicator_files(indicator: str, url: Url) -> list[Markup]:
    """Links to the files of one indicator, as `downloads.write_indicators` names them."""
    kinds = (
        *((".csv", "CSV"), (".zip", "CSV (ZIP)"), (".parquet", "Parquet")),
        (data_package.INDICATOR, "JSON"),
    )
    return [link(url(file_of(indicator, end)), label) for end, label in kinds]


def _code(name: str) -> Markup:
    return Markup("<code>{}</code>").format(text(name))
