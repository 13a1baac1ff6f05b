"""The files of the small store with their descriptions, written once."""

from functools import partial
from pathlib import Path

import duckdb
import pytest

from pipeline.site.description.files import write_descriptions
from pipeline.site.description.published import Published, read_published
from pipeline.site.download import files as downloads
from pipeline.site.download.areas import write_areas
from pipeline.site.download.changes import write_changes
from pipeline.site.download.evaluations import write_evaluations
from pipeline.site.download.origin import write_origin

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
    areas = partial(write_areas, published=published)
    for part in [*downloads.parts(con, published), write_evaluations, write_origin, write_changes, areas]:
        part(con, root / "data" / "bestanden")
    write_descriptions(con, root, published=published)
    return root
