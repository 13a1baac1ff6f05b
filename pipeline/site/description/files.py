"""The files that describe the whole site: written once, beside the data."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.indicator import file_of
from pipeline.site.description import catalogue, csvw, data_package, llms
from pipeline.site.description.dialect import EXCEL_NL, STANDARD
from pipeline.site.description.published import Published

DATA = "data/"
"""Where the descriptions of everything stand, below the root of the site."""


def write_descriptions(_: duckdb.DuckDBPyConnection, out: Path, *, published: Published) -> list[Path]:
    """Write llms.txt, the catalogue, the Data Packages with their schemas and CSVW of every CSV.

    CSVW of a gemeente is written with her files, which know how many rows they have.
    """
    whole, *others = published.datasets()
    catalogued = catalogue.graph([whole, *others], here=DATA)
    texts = {
        data_package.NAME: data_package.of_site(whole, [*others, *published.parts()]),
        f"{DATA}catalogus.ttl": catalogue.turtle(catalogued),
        f"{DATA}catalogus.jsonld": catalogue.json_ld(catalogued),
        llms.NAME: llms.llms_text([whole, *others]),
    }
    for dialect in (STANDARD, EXCEL_NL) if published.full else (STANDARD,):
        texts[data_package.SCHEMAS[dialect]] = data_package.text(data_package.schema(whole, dialect))
    for name in published.extents:
        package = data_package.of_files(published.indicator(name))
        texts[file_of(name, data_package.INDICATOR)] = package
    for one in others:
        for file in one.files:
            if file.dialect is not None:
                texts[f"{file.path}{csvw.SUFFIX}"] = csvw.metadata(one, file)
    return [_write(out / path, text) for path, text in texts.items()]


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
