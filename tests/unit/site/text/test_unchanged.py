"""A written page stays as long as its text, the code and all answers that it asked for are the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.charts.kept import Kept, charts_in
from pipeline.paths import Paths
from pipeline.site.text import unchanged
from pipeline.site.text.pages import PageContext
from pipeline.site.text.unchanged import Before
from tests import once

PAGE = "thema/proef.md"
CHART = "{{ lijn('misdrijven', 'GM0758') }}"
Change = Callable[[duckdb.DuckDBPyConnection], object]


@dataclass
class Site:
    """Fills in pages of a warehouse of its own, time and again; counts what was really filled in."""

    paths: Paths
    kept: Path
    mark: str = "code"
    filled: list[str] = field(default_factory=list)

    @property
    def notes(self) -> Path:
        return self.paths.build / "teksten.json"

    @property
    def earlier(self) -> Path:
        return self.paths.build / "eerder.duckdb"

    @contextmanager
    def context(self) -> Iterator[tuple[PageContext, Before]]:
        with charts_in(self.kept) as drawings:
            before = Before(
                paths=self.paths,
                mark=self.mark,
                pages=unchanged.read_pages(self.notes),
                earlier=self.earlier,
                drawings=drawings,
            )
            with PageContext.open(self.paths, before=before) as context:
                yield context, before
        unchanged.write_pages(self.notes, before.made)
        warehouse.keep_warehouse(self.paths, self.earlier)

    def fill(self, text: str, *others: str) -> str:
        """A page of this text, after pages with other texts."""
        with self.context() as (context, _):
            found = [self._page(context, path, one) for path, one in self._pages(text, *others)]
        return found[-1]

    def figures(self, text: str) -> dict[str, object]:
        """What stands on its own of a page of this text."""
        with self.context() as (context, _):
            self._page(context, PAGE, text)
            return {name: make() for name, make in context.facts.embeds.items()}

    def change(self, sql: str) -> None:
        """Another warehouse in the place of this one, with what a build would note of it."""
        beside = self.paths.build / "anders.duckdb"
        beside.write_bytes(self.paths.warehouse.read_bytes())
        with duckdb.connect(str(beside)) as con:
            con.execute(sql)
            from pipeline.warehouse import ledger

            for table in ("mart.cijfer", "reference.begrippen", "mart.gebied_profiel"):
                inhoud = ledger.content(con, table)
                con.execute("update bouw.tabel set inhoud = ? where tabel = ?", [inhoud, table])
        beside.replace(self.paths.warehouse)

    def _pages(self, text: str, *others: str) -> Iterator[tuple[str, str]]:
        yield from ((f"thema/{number}.md", one) for number, one in enumerate(others))
        yield PAGE, text

    def _page(self, context: PageContext, path: str, text: str) -> str:
        def make() -> str:
            self.filled.append(path)
            return context.render(text, path)

        return context.page(path, text, make)


@pytest.fixture
def site(example_paths: Paths, tmp_path: Path) -> Site:
    once.seed(tmp_path / "build")
    return Site(Paths(build=tmp_path / "build"), tmp_path / "grafieken")


def test_a_page_of_the_same_is_not_filled_in_again(site: Site) -> None:
    first = site.fill(CHART)
    drawn = {file.name for file in site.kept.iterdir()}
    assert site.fill(CHART) == first
    assert site.filled == [PAGE]
    assert {file.name for file in site.kept.iterdir()} == drawn, "its drawings stay too"


def test_its_figures_still_stand_on_their_own(site: Site) -> None:
    first = site.figures(CHART)
    assert first
    assert site.figures(CHART) == first
    assert site.filled == [PAGE]


@pytest.mark.parametrize("what", ["text", "code"])
def test_another_text_or_code_fills_it_in(site: Site, what: str) -> None:
    site.fill(CHART)
    if what == "code":
        site.mark = "andere code"
    site.fill(f"{CHART} en meer" if what == "text" else CHART)
    assert site.filled == [PAGE, PAGE]


@pytest.mark.parametrize(
    ("text", "sql", "anew"),
    [
        (CHART, "update mart.cijfer set teller = teller + 1 where indicator = 'misdrijven'", True),
        (CHART, "update mart.cijfer set teller = teller + 1 where indicator = 'geweld'", False),
        (CHART, "update reference.begrippen set uitleg = uitleg || '.'", False),
        ("{{ begrippen() }}", "update reference.begrippen set uitleg = uitleg || '.'", True),
    ],
)
def test_an_answer_that_changed_fills_in_who_asked_for_it(
    site: Site, text: str, sql: str, anew: bool
) -> None:
    site.fill(text)
    site.change(sql)
    found = site.fill(text)
    assert site.filled == [PAGE, PAGE][: 1 + anew]
    with PageContext.open(site.paths) as context:
        assert found == context.render(text, PAGE)


def test_what_pages_share_is_asked_by_each_of_them(site: Site) -> None:
    """The second page finds the newest figures worked out by the first, and must be filled in with it."""
    table = "{{ tabel_nieuwste('misdrijven') }}"
    site.fill(table, table)
    site.change("update mart.cijfer set teller = teller + 1 where indicator = 'misdrijven'")
    found = site.fill(table, table)
    assert site.filled.count(PAGE) == 2
    with PageContext.open(site.paths) as context:
        assert found == context.render(table, PAGE)


@pytest.mark.parametrize("harm", ["{", "[]", '{"thema/proef.md": {"key": 3}}'])
def test_notes_that_cannot_be_read_are_no_notes(site: Site, harm: str) -> None:
    site.fill(CHART)
    site.notes.write_text(harm, encoding="utf-8")
    site.fill(CHART)
    assert site.filled == [PAGE, PAGE]


def test_without_the_warehouse_of_before_a_changed_table_counts(site: Site) -> None:
    site.fill(CHART)
    site.change("update mart.cijfer set teller = teller + 1 where indicator = 'geweld'")
    site.earlier.unlink()
    site.fill(CHART)
    assert site.filled == [PAGE, PAGE]


def test_drawings_are_noted_by_who_asks_for_them(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.drawn("a", lambda: b"a")
    with kept.noting() as names:
        kept.drawn("b", lambda: b"b")
    assert len(names) == 1
    kept.forget_others()
    assert len(list(tmp_path.iterdir())) == 2
