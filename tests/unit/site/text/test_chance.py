"""The replay: drawn once in the page as a simulation, without names, with what a script needs to draw again."""

import json
import re
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
import pytest

from pipeline.paths import Paths
from pipeline.site.text import chance
from pipeline.site.text.pages import PageContext
from pipeline.statistics.dispersion import Dispersion
from pipeline.statistics.replay import draw
from tests.reading import as_read


@pytest.fixture(scope="module")
def context(example_paths: Paths):  # type: ignore[no-untyped-def]
    with PageContext.open(example_paths) as found:
        yield found


@pytest.fixture(scope="module")
def html(context: PageContext) -> str:
    return context.render("{{ toeval() }}", "uitleg/toeval.md")


def data_of(html: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" class="vb-toeval">(.*?)</script>', html, re.S)
    data: dict[str, Any] = json.loads(found)
    return data


def test_it_draws_around_published_counts_with_the_published_swing(
    html: str, con: duckdb.DuckDBPyConnection
) -> None:
    data = data_of(html)
    published = con.execute(
        "select list(teller order by gebied_code) from mart.cijfer where indicator = 'misdrijven'"
        " and gebied_niveau = 'buurt' and periode = '2025' and teller >= 5"
    ).fetchall()[0][0]
    assert data["niveaus"] == published
    swing = con.execute(
        "select round(a, 4), round(b, 6) from statistiek.spreiding"
        " where indicator = 'misdrijven' and gebied_niveau = 'buurt'"
    ).fetchall()[0]
    assert (data["a"], data["b"]) == swing


def test_the_drawn_example_is_whole_without_a_script(html: str, con: duckdb.DuckDBPyConnection) -> None:
    levels, (a, b) = (
        data_of(html)["niveaus"],
        con.execute(
            "select a, b from statistiek.spreiding where indicator = 'misdrijven' and gebied_niveau = 'buurt'"
        ).fetchall()[0],
    )
    made = draw(levels, Dispersion(a, b), seed=chance.SEED, top=chance.TOP)
    told = as_read(html)
    for sentence in chance.said(made, "buurten"):
        assert sentence in told
    assert "Dit zijn geen echte cijfers." in told
    rows = [
        re.findall(r"<t[dh][^>]*>([\d.]+)</t[dh]>", row)
        for row in re.findall(r"<tr>.*?</tr>", html, re.S)[1:]
    ]
    expected = [[levels[place], *made.years[place].tolist()] for place in made.top.tolist()]
    assert [[int(cell.replace(".", "")) for cell in row] for row in rows] == expected
    assert html.count("<circle") == 2 * len(levels)
    assert html.count("vb-uit") == 2 * chance.TOP


def test_no_real_area_is_called_a_riser(html: str, con: duckdb.DuckDBPyConnection) -> None:
    for (name,) in con.execute(
        "select gebied_naam from core.gebied where gebied_niveau = 'buurt'"
    ).fetchall():
        assert f">{name}<" not in html


def test_sentences_count_what_was_drawn() -> None:
    years = np.array([[10, 12, 9], [10, 30, 11], [10, 10, 20], [10, 8, 9]])
    made = replace(draw([10] * 4, Dispersion(1, 0), seed=1, top=2), years=years, top=np.array([1, 0]))
    assert chance.said(made, "wijken") == [
        "Er veranderde niets. Toch steeg het aantal in 2 van de 4 wijken.",
        "In 1 daarvan was dat meer dan een kwart.",
        "De sterkste stijger ging van 10 naar 30. Een jaar later waren het er 11.",
        "Van de vijf sterkste stijgers daalden er 2 in het jaar erna.",
    ]


def test_too_few_areas_are_said_in_words(context: PageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chance, "LEAST_AREAS", 1000)
    assert "te weinig gebieden" in context.render("{{ toeval() }}", "uitleg/toeval.md")
