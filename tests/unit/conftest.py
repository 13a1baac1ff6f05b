"""What tests of several rooms read."""

from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.paths import Paths
from tests import once
from tests.unit import data_site as written


@pytest.fixture(scope="session")
def data_site(example_paths: Paths) -> Path:
    """The root of a site with nothing but data, to read."""

    def build(folder: Path) -> None:
        with warehouse.open_warehouse(example_paths) as con:
            written.write(con, folder)

    return once.built_once("gegevens", build)
