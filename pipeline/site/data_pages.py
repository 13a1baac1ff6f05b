"""What the pages about the data show: sources, data dictionary and downloads. The words are in templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.model import Model, SourceHeader, sources
from pipeline.site.documentation import (
    FORMULA_NOTE,
    SITE_NAME,
    STATUS_MEANING,
    Documentation,
    Source,
    citation,
)
from pipeline.site.downloads import FULL_EXCEL_GEMEENTEN
from pipeline.site.markup import Cell, bullets, link, table, text
from pipeline.site.words import format_date

Url = Callable[[str], str]

_TYPES = {"VARCHAR": "tekst", "INTEGER": "geheel getal", "BIGINT": "geheel getal", "DOUBLE": "getal"}


@dataclass(frozen=True)
class DescribedSource:
    """A source as its page shows it: the header of its staging file, and its tables in the lock."""

    titel: str
    header: SourceHeader
    tabel: Markup | None


def source_values(documentation: Documentation, models: Sequence[Model]) -> dict[str, Any]:
    """Values for bronnen.md.j2: every publisher's source, whether the store holds it or not."""
    titles = {model.name: model.title for model in models if model.source}
    described = []
    for name, header in sources(tuple(models)).items():
        tables = [one for one in documentation.sources if one.bron_id == name]
        if header.publisher == SITE_NAME and not tables:
            continue  # our own record of revisions is no source before there is one
        described.append(
            DescribedSource(titles[name], header, source_table(titles[name], tables) if tables else None)
        )
    return {"bronnen": described}


def source_table(caption: str, tables: Sequence[Source]) -> Markup:
    """The tables of a publisher with their dates, terms and what was not seen at the source itself."""
    header = [Cell(name) for name in ("Tabel", "Titel", "Stand", "Opgehaald", "Licentie", "Opmerking")]
    return table(f"{caption}: tabellen", header, [_source_row(one) for one in tables])


def _source_row(source: Source) -> list[Cell]:
    note = f"Deels gereconstrueerd: {source.reconstructed}" if source.reconstructed else ""
    return [
        Cell(link(source.url, source.tabel)),
        Cell(source.titel),
        _date(source.modified),
        _date(source.fetched_at),
        Cell(source.licentie),
        Cell(note),
    ]


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


def download_values(
    documentation: Documentation, gemeenten: Sequence[tuple[str, str]], url: Url, *, site_url: str
) -> dict[str, Any]:
    """Values for downloads.md.j2; `gemeenten` are the (code, name) of those with files of their own."""
    full = len(gemeenten) <= FULL_EXCEL_GEMEENTEN
    present = [one for one in documentation.indicators if one.indicator in documentation.tables]
    everything = [("zip", "CSV met uitleg (ZIP)"), ("parquet", "Parquet")]
    per_gemeente = [[Cell(name), Cell(gemeente_files(code, url, full=full))] for code, name in gemeenten]
    per_indicator = [
        [Cell(link(url(f"indicator/{one.slug}/"), one.titel)), Cell(indicator_files(one.indicator, url))]
        for one in sorted(present, key=lambda one: one.titel)
    ]
    return {
        "volledig": full,
        "alles": bullets(link(url(f"data/bestanden/alles.{end}"), label) for end, label in everything),
        "gemeenten": table("Bestanden per gemeente", [Cell("Gemeente"), Cell("Bestanden")], per_gemeente),
        "indicatoren": table(
            "Bestanden per indicator", [Cell("Indicator"), Cell("Bestanden")], per_indicator
        ),
        "citaat": citation("Alle cijfers", documentation.sources_of(documentation.tables), site_url=site_url),
    }


def gemeente_files(gemeente_code: str, url: Url, *, full: bool) -> Markup:
    """Links to the files of one gemeente, as `downloads.write_downloads` names them."""
    kinds = [(".csv", "CSV"), *([("-excel.csv", "CSV voor Excel")] if full else []), (".xlsx", "Excel")]
    stem = f"data/bestanden/gemeente/{gemeente_code.lower()}"
    return Markup(" · ").join(link(url(f"{stem}{end}"), label) for end, label in kinds)


def indicator_files(indicator: str, url: Url) -> Markup:
    """Links to the files of one indicator."""
    stem = f"data/bestanden/indicator/{indicator}"
    return link(url(f"{stem}.zip"), "CSV (ZIP)") + Markup(" · ") + link(url(f"{stem}.parquet"), "Parquet")


def _code(name: str) -> Markup:
    return Markup("<code>{}</code>").format(text(name))
