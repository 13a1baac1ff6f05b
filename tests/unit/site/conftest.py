"""What tests of several rooms of the site read."""

from pathlib import Path

import pytest

from pipeline.paths import Paths
from pipeline.site.text.pages import PageContext, write_generated_pages
from tests import once


@pytest.fixture(scope="session")
def generated_pages(example_paths: Paths) -> Path:
    """The folder with all pages that are made from definitions, as Markdown, to read."""

    def build(folder: Path) -> None:
        with PageContext.open(example_paths, site_url="https://example.org/") as context:
            write_generated_pages(context, folder)

    return once.built_once("gemaakt", build)
