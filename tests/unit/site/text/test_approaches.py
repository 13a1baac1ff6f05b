"""Pages of approaches: the circle, the verdict in its words, and what was said before."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.model import load_models
from pipeline.paths import Paths
from pipeline.site.approaches import Standing, read_standing
from pipeline.site.text.approaches import page_values
from pipeline.site.text.facts import load_facts
from pipeline.site.text.page import TextPage
from pipeline.site.text.pages import PageContext

NAME = "nplv-breda-noord"


@pytest.fixture
def con(example_paths: Paths, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the example's warehouse that a test may change."""
    copied = shutil.copy(example_paths.warehouse, tmp_path)
    with duckdb.connect(str(copied)) as copy:
        yield copy


def context_of(con: duckdb.DuckDBPyConnection) -> PageContext:
    paths = Paths()
    return PageContext(load_facts(con, load_models(paths.models), gemeenten=["GM0758"]), paths.templates)


def one(con: duckdb.DuckDBPyConnection) -> Standing:
    return next(found for found in read_standing(con) if found.aanpak.aanpak == NAME)


def page(con: duckdb.DuckDBPyConnection) -> str:
    context, path = context_of(con), f"aanpak/{NAME}.md"
    return context.render_template("aanpak.md.j2", path, page_values(TextPage(context.facts, path), one(con)))


def verdict(con: duckdb.DuckDBPyConnection, **values: object) -> None:
    """Change what the mart says of the approach."""
    assignments = ", ".join(f"{name} = ?" for name in values)
    con.execute(f"update mart.evaluatie set {assignments} where aanpak = ?", [*values.values(), NAME])


FIGURES = {
    "oordeel": "verbeterd", "reden": None, "voor_van": 2021, "voor_tot": 2023, "na_van": 2024, "na_tot": 2025,
    "startjaar": None, "voor": 100.0, "na": 60.0, "verwacht": 98.0, "verschil": -38.0, "verschil_onder": -60.0,
    "verschil_boven": -16.0, "kleinste": 0.3, "vergelijkingsgebieden": 10, "placebo_lager": 3, "placebo_groepen": 200,
    "tijd_verschil": 2.0, "tijd_onder": -9.0, "tijd_boven": 13.0, "omgeving": "verplaatsing", "omgeving_gebieden": 9,
    "omgeving_na": 140.0, "omgeving_verwacht": 100.0, "omgeving_onder": 12.0, "omgeving_boven": 68.0,
}  # fmt: skip


def test_what_ships_is_late_and_says_why_there_is_no_verdict(con: duckdb.DuckDBPyConnection) -> None:
    text = page(con)
    assert "Oordeel: **niet te zeggen**" in text
    assert "Deze aanpak is achteraf vastgelegd." in text
    assert (
        "De reden: er zijn te weinig gebieden om mee te vergelijken." in text
    )  # the small store has one gemeente
    assert "Er is geen doel in cijfers." in text
    assert '<a href="../../gebied/wk075801/">' in text
    assert text.count('aria-current="step"') == 1


def test_a_verdict_stands_with_all_that_it_rests_on(con: duckdb.DuckDBPyConnection) -> None:
    verdict(con, **FIGURES)
    text = re.sub(r"\s+", " ", page(con))
    for said in (
        "### Geregistreerde misdrijven: verbeterd",
        "Voor de start (2021 tot en met 2023) telde de politie hier 100 misdrijven per jaar.",
        "Het verschil is min 38 per jaar, met een marge van min 60 tot min 16.",
        "Een daling van 30 procent of meer was in 4 van de 5 gevallen te zien geweest.",
        "Dat past bij verplaatsing. In de 9 buurten eromheen waren het er 140 per jaar. "
        "Verwacht was ongeveer 100 (marge 112 tot 168).",
        "Bij 3 daarvan was het verschil even laag of lager.",
        "bewogen de gebieden niet duidelijk anders",
        "Vergeleken is met 10 gebieden",
        "Schrijf dat op als een nieuwe aanpak.",
    ):
        assert said in text, said
    assert "De reden" not in text


def test_no_difference_and_nothing_to_say_are_never_one(con: duckdb.DuckDBPyConnection) -> None:
    verdict(con, **FIGURES | {"oordeel": "geen verschil te zien"})
    seen = page(con)
    verdict(con, oordeel="niet te zeggen", reden="te_weinig")
    unseen = page(con)
    assert "Er kwamen er niet duidelijk meer of minder dan verwacht." in seen
    assert "Met deze cijfers is geen oordeel mogelijk." in unseen
    assert "geen teken dat het niet werkt" in unseen
    assert "geen teken dat het niet werkt" not in seen


def test_the_chart_has_both_lines_and_the_start(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update mart.evaluatie_jaar set verwacht = waargenomen + 100 where aanpak = ?", [NAME])
    text = page(con)
    svg = text[text.index("<svg") : text.index("</svg>")]
    for word in (">geteld<", ">zonder de aanpak<", ">start<"):
        assert word in svg
    con.execute("update mart.evaluatie_jaar set waargenomen = null where aanpak = ?", [NAME])
    assert "<svg" not in page(con)


def test_areas_that_began_later_stand_below_their_day(con: duckdb.DuckDBPyConnection) -> None:
    verdict(con, **FIGURES)
    assert "later" not in page(con).split("## Waardoor")[0]
    con.execute(
        "insert into contract.aanpak_gebied values (?, 'WK075802', 'aanpak', date '2024-01-01', true)", [NAME]
    )
    con.execute("update mart.evaluatie_jaar set deel = 'beide' where aanpak = ? and jaar = 2024", [NAME])
    text = page(con)
    assert "In deze gebieden begon de aanpak later:" in text
    assert re.search(r"<li>1 januari 2024: <a href=\"../../gebied/wk075802/\">", text)
    assert "Elk gebied telt met zijn eigen hele jaren voor en na de start." in text
    assert "De verticale lijn is de eerste start." in text
    assert "in een deel van de gebieden na de start" in text


def test_what_was_said_before_stays_and_a_change_is_told(con: duckdb.DuckDBPyConnection) -> None:
    assert "Er is nog geen oordeel vastgelegd" not in page(con)
    assert "Het oordeel is veranderd" not in page(con)
    verdict(con, **FIGURES | {"na_van": 2023})
    text = page(con)
    assert (
        "Het oordeel is veranderd. Geregistreerde misdrijven: op 29 november 2026 was het oordeel niet te zeggen"
        in text
    )
    assert "nu is het verbeterd. De bron of de opslag heeft nu andere cijfers over dezelfde jaren." in text
    verdict(con, na_tot=2026)
    assert "Toen ging het over 2023 tot en met 2025, nu over 2023 tot en met 2026." in page(con)


def index(con: duckdb.DuckDBPyConnection) -> str:
    return context_of(con).render("{{ aanpakken() }}", "aanpak/index.md")


def test_approaches_stand_below_their_stage_and_what_is_late_comes_first(
    con: duckdb.DuckDBPyConnection,
) -> None:
    text = index(con)
    below = text[text.index("### Bijstellen") :]
    assert f'<a href="../aanpak/{NAME}/">' in below
    assert "Oordeel: niet te zeggen (geregistreerde misdrijven" in below
    assert "Achteraf vastgelegd." in below
    assert "Over tijd" not in text
    con.execute(
        "update contract.aanpak set volgende_evaluatie = ? where aanpak = ?", [date(2025, 1, 1), NAME]
    )
    con.execute("delete from contract.aanpak_oordeel")
    late = index(con)
    assert late.index("### Over tijd") < late.index(NAME) < late.index("### Diagnose")


def test_without_approaches_the_page_says_how_to_add_one(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from contract.aanpak")
    text = (Paths().docs / "aanpak" / "index.md").read_text(encoding="utf-8")
    shown = context_of(con).render(text, "aanpak/index.md")
    assert "Er is hier nog geen aanpak vastgelegd." in shown
    assert "### Diagnose" not in shown
    assert "Er is nog geen aanpak" in context_of(con).render("{{ laatste_evaluaties() }}", "index.md")


def test_texts_of_a_file_are_text_and_never_markup(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "update contract.aanpak set titel = '<b>x</b>', waarnemingen = ['{{ 1 }} **y**'] where aanpak = ?",
        [NAME],
    )
    text = page(con)
    assert "<b>x</b>" not in text.split("---")[2]
    assert "{{" not in text
    assert "**y**" not in text


def test_approaches_come_by_title(con: duckdb.DuckDBPyConnection) -> None:
    titles = [found.aanpak.titel for found in read_standing(con)]
    assert len(titles) == 2
    assert titles == sorted(titles, key=str.casefold)
