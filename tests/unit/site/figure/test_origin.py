"""Every figure of country and gemeente can be followed from the row of its source, and made again."""

import re
from pathlib import Path

import duckdb
import pytest

from pipeline.indicator import file_of
from pipeline.site.area import origin
from pipeline.site.area.pages import pages
from pipeline.site.figure.origin import Trail, read_trails
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from pipeline.site.html.markup import FILES
from tests.example_areas import CONTEXT

AREAS = ("GM0758", "NL00")
SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")


@pytest.fixture(scope="module")
def trails(con: duckdb.DuckDBPyConnection) -> list[Trail]:
    return [trail for some in read_trails(con, AREAS).values() for trail in some]


@pytest.fixture
def files(data_site: Path) -> Path:
    """The published files of the small store."""
    return data_site


def as_number(written: str) -> float:
    return float(written.replace(".", "").replace(",", "."))


def test_no_published_figure_is_without_trail(con: duckdb.DuckDBPyConnection, trails: list[Trail]) -> None:
    published = con.execute(
        "select gebied_code, indicator from mart.gebied_profiel"
        " where list_contains($areas, gebied_code) and coalesce(teller, waarde) is not null",
        {"areas": list(AREAS)},
    ).fetchall()
    assert len(published) > 80
    assert {(one.shown.gebied_code, one.shown.indicator) for one in trails} == set(published)


def test_the_query_makes_the_printed_figure_from_the_published_file(trails: list[Trail], files: Path) -> None:
    for trail in trails:
        query = trail.query(str(files / file_of(trail.definition.indicator, ".parquet")))
        assert duckdb.sql(query).fetchall() == [(pytest.approx(as_number(trail.written), abs=1e-9),)], query


def test_the_rows_of_the_source_give_count_and_denominator(trails: list[Trail]) -> None:
    counted = [one for one in trails if one.definition.kind == "verhouding"]
    assert {len(one.counted) for one in counted} == {1, 5}  # a kind as it is, and one that is a sum
    for trail in counted:
        if trail.counted[0].bestand.startswith("cbs"):
            continue  # its row has the inhabitants as well: see the next test
        assert sum(int(row.own[0]) for row in trail.counted) == trail.shown.teller, trail
        if trail.is_rate:
            assert [int(row.own[0]) for row in trail.divided] == [trail.shown.noemer], trail


def test_a_measurement_stands_in_its_row_or_follows_from_it(trails: list[Trail]) -> None:
    shares = {"jongeren", "huishoudens_alleen", "huishoudens_kinderen", "bijstand"}
    for trail in trails:
        value = trail.shown.teller if trail.definition.kind == "verhouding" else trail.shown.waarde
        if trail.definition.indicator not in shares and len(trail.counted) == 1:
            assert trail.counted[0].says(value or 0), trail
    alone = next(one for one in trails if one.definition.indicator == "huishoudens_alleen")
    whole, part = map(int, alone.counted[0].own)
    assert as_number(alone.written) == round(100 * part / whole, 1)


def test_the_file_of_all_rows_gives_every_count(trails: list[Trail], files: Path) -> None:
    summed = duckdb.execute(
        """
        select gebied_code, indicator, sum(cast(inhoud[sleutels + 1] as integer))
        from read_parquet(?)
        where rol = 'teller' and bron_id like 'politie%' and len(sha256) = 64
        group by all
        """,
        [str(files / FILES / "herkomst.parquet")],
    ).fetchall()
    counts = {(one.shown.gebied_code, one.shown.indicator): one.shown.teller for one in trails}
    assert len(summed) > 30
    assert {(code, name): counts[code, name] for code, name, _ in summed} == {
        (code, name): count for code, name, count in summed
    }


def test_a_row_is_as_the_source_sent_it(trails: list[Trail], project_root: Path) -> None:
    for trail in trails:
        for row in (*trail.counted, *trail.divided):
            header, *lines = (
                (project_root / "tests" / "opslag" / row.bestand).read_text(encoding="utf-8").splitlines()
            )
            assert set(row.kolommen) <= set(header.split(",")), trail
            assert len(row.sha256) == 64
            assert any(all(content in line for content in row.inhoud) for line in lines), row


def test_spaces_and_codes_of_the_source_stay(trails: list[Trail]) -> None:
    crimes = next(
        one for one in trails if one.shown.gebied_code == "GM0758" and one.shown.indicator == "misdrijven"
    )
    assert crimes.counted[0].kolommen[:2] == ["SoortMisdrijf", "WijkenEnBuurten"]
    assert list(crimes.counted[0].inhoud[:2]) == ["0.0.0 ", "GM0758    "]


def test_the_page_has_the_figure_of_the_trail(con: duckdb.DuckDBPyConnection, trails: list[Trail]) -> None:
    made = dict(pages(con, SHELL, codes=AREAS, context=CONTEXT)) | dict(origin.pages(con, SHELL))
    for code in AREAS:
        page, told = (made[f"{folder}/{code.lower()}/index.html"] for folder in ("gebied", "herkomst"))
        for trail in (one for one in trails if one.shown.gebied_code == code):
            name = trail.shown.indicator
            assert re.search(rf"id={name}\b", told), name
            assert trail.written in page, name
