from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import VeiligheidsbeeldError
from pipeline.site.description.description import Extent, Licence
from pipeline.site.description.documentation import PUBLISHED_COLUMNS
from pipeline.site.description.published import Published, read_published
from tests.unit.site.warehouse import make_warehouse


def test_an_indicator_is_described_with_all_that_a_reader_needs(published: Published) -> None:
    one = published.indicator("fietsdiefstal")
    assert (one.name, one.page) == ("fietsdiefstal", "indicator/fietsdiefstal/")
    assert one.unit == "per 1.000 inwoners" and one.theme == "Diefstal"
    assert one.extent == Extent(rows=26, first="2012", last="2025", levels=("land", "gemeente"))
    assert [column.name for column in one.columns] == list(PUBLISHED_COLUMNS)
    assert one.citation.startswith(f"Veiligheidsbeeld, {one.title}, bewerking van Politie (47018NED, stand ")
    assert one.citation.endswith("geraadpleegd via https://voorbeeld.example/.")
    assert "geregistreerd" in dict(one.caveats)
    assert str(one.modified) == "2026-01-15"


def test_licences_are_as_the_sources_state_them(published: Published) -> None:
    assert published.indicator("misdrijven").licences == (
        Licence("niet vermeld", ("Politie",)),
        Licence("CC BY 4.0", ("CBS",)),
    )
    assert [one.url for one in published.indicator("misdrijven").licences] == [
        "",
        "https://creativecommons.org/licenses/by/4.0/",
    ]
    assert not Licence("Creative Commons, Naamsvermelding", ("Amsterdam",)).url  # names no version


def test_every_file_that_is_described_exists_and_every_file_is_described(
    published: Published, site: Path
) -> None:
    described = [file for one in (*published.datasets(), *published.parts()) for file in one.files]
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    no_data = (".json", "data/catalogus.ttl", "data/catalogus.jsonld", "llms.txt")
    assert {file.path for file in described} == {path for path in there if not path.endswith(no_data)}


def test_rows_of_parquet_are_as_many_as_described(
    con: duckdb.DuckDBPyConnection, published: Published, site: Path
) -> None:
    for one in published.datasets():
        for file in one.files:
            if file.path.endswith(".parquet"):
                found = con.execute(
                    "select count(*) from read_parquet(?)", [str(site / file.path)]
                ).fetchall()
                assert found == [(file.rows,)], file.path


def test_an_unknown_gemeente_or_indicator_is_named(published: Published) -> None:
    with make_warehouse() as small, pytest.raises(VeiligheidsbeeldError, match="GM1234"):
        read_published(small, gemeenten=["GM1234"])
    with pytest.raises(VeiligheidsbeeldError, match="'fiets' bestaat niet"):
        published.indicator("fiets")


def test_a_store_without_any_date_has_none(published: Published) -> None:
    one = published.indicator("misdrijven")
    undated = tuple(replace(source, modified=None) for source in one.sources)
    assert replace(one, guide=replace(one.guide, sources=undated)).modified is None


@pytest.mark.parametrize(
    ("site_url", "path", "expected"),
    [
        ("", "data/bestanden/alles.parquet", "bestanden/alles.parquet"),
        ("", "indicator/geweld/", "../indicator/geweld/"),
        ("", "", "../"),
        ("https://a.example/b/", "indicator/geweld/", "https://a.example/b/indicator/geweld/"),
    ],
)
def test_an_address_is_whole_or_seen_from_the_file(
    published: Published, site_url: str, path: str, expected: str
) -> None:
    one = replace(published.everything(), site_url=site_url)
    assert one.relative(path, here="data/") == expected
