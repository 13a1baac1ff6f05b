"""A period that is left out because it had not ended is named where a reader minds the figures."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.model import load_models
from pipeline.paths import Paths
from pipeline.site.area.pages import pages
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from pipeline.site.text.facts import load_facts
from pipeline.site.text.lists import Lists
from pipeline.site.text.page import TextPage
from tests.example_areas import CONTEXT

SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
SAID = (
    "2026 staat er nog niet bij, want dat jaar loopt nog. De bron heeft cijfers tot en met 14 februari 2026."
)


@pytest.fixture
def copy(example_paths: Paths, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the example's warehouse that a test may change."""
    with duckdb.connect(shutil.copy(example_paths.warehouse, tmp_path)) as con:
        yield con


def test_a_running_year_is_named_with_its_last_day(copy: duckdb.DuckDBPyConnection) -> None:
    assert copy.execute("select count(*) from statistiek.lopend").fetchall() == [(0,)]
    page = dict(pages(copy, SHELL, codes=["GM0758"], context=CONTEXT))["gebied/gm0758/index.html"]
    assert "loopt nog" not in page
    copy.executemany(
        "insert into statistiek.lopend values (?, '2026', ?)",
        [("misdrijven", date(2026, 2, 14)), ("overlast_drugs_alcohol", date(2026, 2, 14))],
    )
    page = dict(pages(copy, SHELL, codes=["GM0758"], context=CONTEXT))["gebied/gm0758/index.html"]
    assert page.count(SAID) == 1  # one sentence for both
    facts = load_facts(copy, load_models(Paths().models), gemeenten=["GM0758"])
    lists = Lists(TextPage(facts, "indicator/misdrijven.md"))
    assert SAID in lists.voorbehouden("misdrijven")
    assert "loopt nog" not in lists.voorbehouden("fietsdiefstal")
