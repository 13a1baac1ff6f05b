"""The files of the small store with their descriptions."""

from pathlib import Path

import duckdb
import pytest

from pipeline.site.description.published import Published
from tests.unit import data_site as written


@pytest.fixture(scope="module")
def published(con: duckdb.DuckDBPyConnection) -> Published:
    return written.read(con)


@pytest.fixture(scope="module")
def site(data_site: Path) -> Path:
    """The root of a site with nothing but data."""
    return data_site
