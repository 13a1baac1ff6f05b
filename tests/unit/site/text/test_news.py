"""What is new, with no change, one and hundreds: by name, with both counts, and never silently nothing."""

import re
from collections.abc import Sequence
from typing import Any

import duckdb
import pytest

from pipeline.site.text import news
from pipeline.site.text.facts import PageError, load_facts
from pipeline.site.text.page import TextPage
from tests.reading import as_read
from tests.unit.site.warehouse import make_warehouse

Row = tuple[Any, ...]

CITY = (
    "BU07580006",
    "City",
    "buurt",
    "misdrijven",
    "2025",
    "2024",
    30,
    120,
    1.0,
    0.25,
    0.125,
    0.456,
    "minder",
)
LOOKED = [
    ("GM0758", "misdrijven", "2025", "2024", 1.05, 11295, 0.31),
    ("GM9901", "misdrijven", "2025", "2024", 1.05, 30000, 0.3),
    ("BU07580006", "misdrijven", "2025", "2024", 0.992, 30, 1.0),
    ("BU07589991", "misdrijven", "2025", "2024", 0.992, 44, 1.0),
    ("BU07580006", "overlast_drugs_alcohol", "2025", "2024", 1.0, 12, 1.0),
]


def made(
    changes: Sequence[Row], looked: Sequence[Row] = LOOKED, *, gemeenten: Sequence[str] = ()
) -> news.News:
    con = make_warehouse()
    con.execute(
        """
        create table mart.verandering (gebied_code varchar, gebied_naam varchar, gebied_niveau varchar,
            indicator varchar, periode varchar, vorige_periode varchar, teller bigint, vorige_teller bigint,
            allen double, verhouding double, onder double, boven double, richting varchar);
        create table statistiek.verandering (gebied_code varchar, indicator varchar, periode varchar,
            vorige_periode varchar, allen double, teller bigint, opvallend double);
        create table reference.validatie as select 'De lijst van veranderingen' as onderdeel,
            'deel met een lege lijst' as maat, '0.985' as waarde;
        """
    )
    _fill(con, "mart.verandering", changes)
    _fill(con, "statistiek.verandering", looked)
    return news.News(TextPage(load_facts(con, (), gemeenten=gemeenten), "nieuw/index.md"))


def _fill(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        con.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)


def test_without_a_change_it_says_so_and_how_large_one_had_to_be() -> None:
    page = made([])
    said = as_read(page.veranderingen())
    assert "We keken naar 4 reeksen" in said
    assert "Geen enkel gebied veranderde duidelijk anders" in said
    assert (
        "Misdrijven: de middelste gemeente telde er 11.295. Een daling valt daar pas op vanaf ongeveer 31 procent."
        in said
    )
    assert "Misdrijven: de middelste buurt telde er 30. Ook een daling naar nul valt daar niet op." in said
    assert "<table" not in page.veranderingen()
    assert page.veranderingen_kort() == "Geen enkel gebied veranderde duidelijk anders dan de andere."


def test_a_change_has_both_counts_the_ratio_and_its_interval() -> None:
    page = made([CITY])
    said = as_read(page.veranderingen())
    assert "Daarvan staat er 1 hieronder." in said
    assert "Breda City" in said
    assert "120 in 2024 30 in 2025 0,25 0,13 – 0,46" in said
    assert '<a href="../gebied/bu07580006/">City</a>' in page.veranderingen()
    assert page.veranderingen_kort() == "1 gebied veranderde duidelijk anders dan de andere."


def test_from_nothing_to_something_has_no_ratio() -> None:
    nothing = (*CITY[:7], 0, 1.0, None, 8.0, None, "meer")
    said = as_read(made([nothing]).veranderingen())
    assert "0 in 2024 30 in 2025 eerst was er niets geen" in said


def test_hundreds_stand_by_gemeente_and_name_whatever_their_size() -> None:
    page = made([])
    con = page._facts.con
    con.execute(
        """
        insert into core.gebied select 'BU9901' || lpad(n::varchar, 4, '0'), chr((65 + n % 26)::int) || 'dorp ' || n, 'buurt',
            'GM9901', 'GM9901', 'Elders', null, null, 2024, null from range(300) as r (n);
        insert into mart.verandering select gebied_code, gebied_naam, 'buurt', 'misdrijven', '2025', '2024',
            right(gebied_code, 4)::int, 500, 1, .5, .4, .6, 'minder' from core.gebied where gebied_code like 'BU9901%';
        """
    )
    _fill(con, "mart.verandering", [CITY])
    html = page.veranderingen()
    assert re.findall(r'<th scope="rowgroup" colspan="6">(\w+)</th>', html) == ["Breda", "Elders"]
    names = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html)
    assert len(names) == 301
    assert names[1:] == sorted(names[1:], key=str.lower)
    assert page.veranderingen_kort().startswith("301 gebieden veranderden")


def test_a_site_of_some_gemeenten_says_that_there_are_more() -> None:
    page = made([CITY], gemeenten=["GM9901"])
    said = as_read(page.veranderingen())
    assert "Er staat er 1 in gemeenten zonder pagina op deze site." in said
    assert "Geen enkel gebied in de andere gemeenten veranderde" in said
    assert "City" not in said


def test_two_years_of_nothing_cannot_be_compared() -> None:
    page = made([], [])
    assert "niets te vergelijken" in page.veranderingen()
    assert page.allen_samen() == ""


def test_what_all_did_stands_beside_what_would_have_stood_out() -> None:
    rows = re.findall(r"<tr>.*?</tr>", made([]).allen_samen(), re.S)
    assert [as_read(row) for row in rows[1:]] == [
        "Misdrijven 2 gemeenten 2024 en 2025 5,0% meer 11.295 31%",
        "Misdrijven 2 buurten 2024 en 2025 0,8% minder 30 geen",
    ]


@pytest.mark.parametrize(
    ("ratio", "words"), [(1.0004, "evenveel"), (1.0006, "0,1% meer"), (0.5, "50% minder"), (2.0, "100% meer")]
)
def test_what_all_did_in_words(ratio: float, words: str) -> None:
    assert news.together(ratio) == words


def test_how_often_the_list_stays_empty_comes_from_the_validation() -> None:
    page = made([])
    assert page.leeg_zonder_verandering() == "99 van de 100"
    page._facts.con.execute("delete from reference.validatie")
    with pytest.raises(PageError, match=r"nieuw/index\.md.*validatie"):
        page.leeg_zonder_verandering()


def test_the_newest_period_of_each_table() -> None:
    said = as_read(made([]).nieuwste_per_tabel())
    assert (
        "Geregistreerde misdrijven; soort misdrijf, wijk, buurt, jaarcijfers Politie 2025 15 januari 2026"
        in said
    )
