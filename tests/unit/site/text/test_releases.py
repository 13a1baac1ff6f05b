"""Editions in words: what came, what was restated and by how much, and that a first one says nothing of that."""

from collections.abc import Sequence
from typing import Any

import pytest

from pipeline.site.text.facts import load_facts
from pipeline.site.text.page import TextPage
from pipeline.site.text.releases import Releases
from tests.reading import as_read
from tests.unit.site.warehouse import make_warehouse

Row = tuple[Any, ...]

OLD, NEW = "2025-01-15", "2026-01-15"
FIRST = ("politie_misdrijven", "47018NED", f"{OLD}T02:00:00", OLD, None, ["2023", "2024"], [], [], [])
SECOND = ("politie_misdrijven", "47018NED", f"{NEW}T02:00:00", NEW, f"{OLD}T02:00:00", ["2025"], ["2023"])
COLUMNS = (["PogingenTotMisdrijf"], [])
CELLS = [
    ("47018NED", "GM0758", "2024", "0.0.0", "GeregistreerdeMisdrijven", "misdrijven", 100.0, 103.0, 3.0),
    ("47018NED", "BU07580006", "2023", "9.9.9", "GeregistreerdeMisdrijven", None, 10.0, 9.0, -1.0),
]


def made(editions: Sequence[Row], cells: Sequence[Row] = (), *, gemeenten: Sequence[str] = ()) -> Releases:
    con = make_warehouse()
    con.execute(
        """
        create table contract.uitgave (bron_id varchar, tabel varchar, stand varchar, dag varchar,
            vorige varchar, erbij varchar[], weg varchar[], kolommen_erbij varchar[],
            kolommen_weg varchar[]);
        create table mart.herzien (bron_tabel varchar, gebied_code varchar, periode varchar, soort varchar,
            kolom varchar, indicator varchar, oud double, nieuw double, verschil double,
            vintage_oud varchar, vintage_nieuw varchar);
        create table reference.methode as select * from (values
            ('2026-01-02', 'Eerst', 'Zo was het.'), ('2026-03-04', 'Later', 'Zo is het.')
        ) as rijen (datum, wat, uitleg);
        """
    )
    con.execute("create or replace table contract.gemeente_bron as select 'stad_meldingen' as bron_id")
    for table, rows in (
        ("contract.uitgave", editions),
        ("mart.herzien", [(*one, OLD, NEW) for one in cells]),
    ):
        if rows:
            con.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
    return Releases(TextPage(load_facts(con, (), gemeenten=gemeenten), "data/wijzigingen.md"))


def test_a_first_edition_has_nothing_to_compare_with() -> None:
    said = as_read(made([FIRST]).uitgaven())
    assert "Van elke tabel is hier één uitgave." in said
    assert said.endswith("jaarcijfers (Politie, 47018NED)"), "no columns of what cannot be seen"


def test_a_second_edition_says_what_came_what_was_restated_and_which_columns() -> None:
    page = made([FIRST, (*SECOND, *COLUMNS)], CELLS)
    html = page.uitgaven()
    said = as_read(html)
    assert "Er valt dus nog niets" not in said
    assert said.index("15 januari 2026") < said.index("15 januari 2025")
    assert "cijfers over 2025; weg: 2023" in said
    assert "2 over 2023 en 2024: 1 hoger, 1 lager. Het middelste verschil is 6,5%" in said
    assert "erbij: Pogingen tot misdrijf" in said
    assert "eerste uitgave, 2023 t/m 2024 niet te zien niet te zien eerste uitgave hier" in said
    assert 'href="../../data/bestanden/wijzigingen/47018NED-2026-01-15.csv"' in html


def test_an_edition_that_changed_nothing_says_so() -> None:
    unchanged = (*SECOND[:5], [], [], [], [])
    assert "niets niets gelijk verschil (CSV)" in as_read(made([FIRST, unchanged]).uitgaven())


def test_the_file_of_a_gemeente_was_not_compared() -> None:
    (_, *same) = (*SECOND[:5], ["2025"], [], [], [])
    assert "cijfers over 2025 niet vergeleken gelijk" in as_read(made([("stad_meldingen", *same)]).uitgaven())


def test_restated_figures_have_the_name_of_their_indicator_or_the_words_of_the_source() -> None:
    page = made([], CELLS)
    assert page.herzieningen_kort() == "2 cijfers zijn herzien, in één tabel."
    said = as_read(page.herzieningen())
    assert "Breda 2024 Misdrijven 100 103" in said
    assert "City 2023 Geregistreerde misdrijven, soort 9.9.9 10 9" in said
    assert said.index("Breda 2024") < said.index("City 2023")


def test_without_a_restated_figure_it_says_when_one_can_be_seen() -> None:
    assert "nog geen cijfer herzien" in as_read(made([]).herzieningen())
    elsewhere = made([], CELLS, gemeenten=["GM9901"])
    assert "GM0758" not in elsewhere.herzieningen()


def test_more_restated_figures_than_can_be_read_are_in_the_file_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = made([], CELLS)
    object.__setattr__(page._facts, "readable_rows", 1)
    said = page.herzieningen()
    assert "te veel om hier te lezen" in said
    assert "wijzigingen.csv" in said
    assert "<table" not in said


def test_our_own_method_is_told_newest_first() -> None:
    said = as_read(made([]).methode())
    assert said.index("Later (4 maart 2026)") < said.index("Eerst (2 januari 2026)")
