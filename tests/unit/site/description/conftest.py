"""The files of the small store with their descriptions, written once."""

from pathlib import Path

import duckdb
import pytest

from pipeline.site.description.files import write_descriptions
from pipeline.site.description.published import Published, read_published
from pipeline.site.download import files as downloads
from pipeline.site.download.evaluations import write_evaluations

SITE = "https://voorbeeld.example/"


@pytest.fixture(scope="module")
def published(con: duckdb.DuckDBPyConnection) -> Published:
    return read_published(con, gemeenten=["GM0758"], site_url=SITE, contact="vraag@voorbeeld.example")


@pytest.fixture(scope="module")
def site(
    con: duckdb.DuckDBPyConnection, published: Published, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The root of a site with nothing but data."""
    root = tmp_path_factory.mktemp("site")
    for part in [*downloads.parts(con, published), write_evaluations]:
        part(con, root / "data" / "bestanden")
    write_descriptions(con, root, published=published)
    return root
