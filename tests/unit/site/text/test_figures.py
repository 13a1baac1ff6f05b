"""Figures of written pages: whole without JavaScript, rows that the browser can draw and save."""

import json
import re
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from pipeline.charts.small_multiples import OWN_SCALES
from pipeline.indicator import read_indicators
from pipeline.site.description.documentation import PUBLISHED_COLUMNS
from pipeline.site.municipal import GemeenteBron
from pipeline.site.text import figures
from pipeline.site.text.embed import Around
from tests.reading import as_read


def rows_of(html: str) -> dict[str, list[dict[str, Any]]]:
    (text,) = re.findall(r'<script type="application/json" class="vb-rijen">(.*?)</script>', html, re.S)
    found: dict[str, list[dict[str, Any]]] = json.loads(text)["reeksen"]
    return found


def test_line_says_what_is_seen(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(con, "misdrijven", "GM0758", around=Around("../../"))
    text = as_read(html)
    assert "11.295 misdrijven in Breda in 2025" in text
    assert "2012 tot en met 2025" in text
    assert "Bron: Politie 47018NED, stand " in text
    assert "Inwoners: CBS, 2017, 2020 en 2024." in text


def test_each_year_says_what_its_rate_is_divided_by(con: duckdb.DuckDBPyConnection) -> None:
    rows = re.findall(
        r"<tr>.*?</tr>", figures.line(con, "woninginbraak", "GM0758", around=Around("../../")), re.S
    )
    told = {as_read(row)[:4]: as_read(row) for row in rows}
    assert "huishoudens 2024" in told["2023"]
    assert "huishoudens 2020" in told["2021"]
    assert "geen aantal huishoudens" in told["2012"]


def test_a_figure_from_a_publication_keeps_its_rounding(con: duckdb.DuckDBPyConnection) -> None:
    text = as_read(figures.line(con, "vm_drugs_veel_overlast_oud", "NL00", around=Around("../../")))
    assert "2013 3,8 " in text
    assert "2019 4 " in text
    assert figures.ROUNDED in text


def test_each_break_has_a_note_with_the_number_of_its_rule(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(con, "misdrijven", "GM0758", around=Around("../../"))
    notes = re.findall(r"<li>(.*?)</li>", html.partition('<ol class="vb-noten">')[2].partition("</ol>")[0])
    assert [note.partition(":")[0] for note in notes] == ["Mei 2015", "April 2017", "Juli 2018", "April 2020"]
    assert "meldingen van oplichting" in notes[0]
    assert [n for n in re.findall(r">(\d)</text>", html) if n != "0"] == ["1", "2", "3", "4"]
    assert "vb-noten" not in figures.line(con, "overlast_jeugd", "GM0758", around=Around("../../"))


def test_breaks_of_several_series_are_told_once(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.small_multiples(con, "diefstal", "GM0758", around=Around("../../"))
    notes = re.findall(r"<li>(.*?)</li>", html.partition('<ul class="vb-noten">')[2].partition("</ul>")[0])
    assert len(notes) == len(set(notes)) == 1
    assert notes[0].startswith("April 2017: ")
    assert "Fietsdiefstal" in notes[0]


def test_line_is_whole_without_javascript(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(con, "misdrijven", "GM0758", around=Around("../../"))
    assert html.count("<svg ") == html.count('role="img"') == 1
    assert "16.589" in as_read(html)
    assert '<div class="vb-doek" hidden></div>' in html
    assert len(re.findall(r"<button [^>]*hidden>", html)) == 1  # saving its rows; the pictures are files
    assert 'href="../../figuur/misdrijven-gm0758/misdrijven-gm0758.png"' in html
    assert not re.search(r"\sstyle=", html)


def test_line_names_spec_and_rows_for_the_browser(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(con, "misdrijven", "GM0758", around=Around("../../"))
    assert 'data-grafiek="lijn-aantal"' in html
    assert 'data-reeks="misdrijven-gm0758"' in html
    rows = rows_of(html)["misdrijven-gm0758"]
    assert (rows[0]["periode"], rows[0]["aantal"]) == ("2012", 16589)
    assert rows[0]["aantal_onder"] < 16589 < rows[0]["aantal_boven"]
    assert set(rows[-1]) >= set(PUBLISHED_COLUMNS) - {"teller", "breuk"}
    assert all(None not in row.values() for row in rows)


def test_measurement_is_drawn_in_its_unit(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(con, "vm_drugshandel_veel_overlast", "NL00", around=Around(""))
    assert 'data-grafiek="lijn-waarde"' in html
    assert "3,5% in Nederland in 2023" in as_read(html)
    assert figures.MARGIN not in html
    assert "geen marge" in html


def test_one_year_is_a_table_without_a_chart(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(con, "overlast_drugs_alcohol", "BU07580006", around=Around(""))
    assert "data-grafiek" not in html
    assert "<svg" not in html
    assert "<details open>" in html
    assert "109 keer overlast door alcohol of drugs in de buurt City in 2022" in as_read(html)


def test_break_and_provisional_year_are_explained_where_they_are(con: duckdb.DuckDBPyConnection) -> None:
    broken = figures.line(con, "misdrijven", "GM0758", around=Around(""))
    whole = figures.line(con, "overlast_jeugd", "NL00", around=Around(""))
    assert figures.BREAK in broken
    assert "breuk in juli 2018" in broken
    assert figures.BREAK not in whole


def test_a_sensitive_kind_below_the_gemeente_shows_nothing(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(con, "overlast_onbegrepen_gedrag", "BU07580006", around=Around(""))
    assert "niet getoond" in as_read(html)
    (row,) = rows_of(html)["overlast_onbegrepen_gedrag-bu07580006"]
    assert not {"aantal", "waarde", "aantal_onder"} & set(row)


def test_small_multiples_have_a_table_for_each_kind(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.small_multiples(con, "geluid", "NL00", around=Around("../"))
    assert html.count("<table") == 3
    assert OWN_SCALES in html
    assert len(rows_of(html)) == 3
    labels = {row["label"] for rows in rows_of(html).values() for row in rows}
    assert labels == {"Geluid van evenementen", "Geluid van horeca", "Geluid, overig"}


def test_wijken_by_name_with_ticks_for_the_whole(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.wijken(con, "overlast_drugs_alcohol", "GM0758", around=Around("../"))
    (rows,) = rows_of(html).values()
    names = [row["label"] for row in rows if "referentie" not in row]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == 11
    assert [row["label"] for row in rows if "referentie" in row] == ["Breda", "Nederland"]
    assert "Het lange streepje is Breda, het korte Nederland." in html
    assert "per wijk in Breda, 2022" in as_read(html)


def test_rows_need_figures_of_wijken(con: duckdb.DuckDBPyConnection) -> None:
    assert "geen cijfers" in figures.wijken(con, "woninginbraak", "GM0758", around=Around(""))


def test_identifiers_of_two_areas_differ(con: duckdb.DuckDBPyConnection) -> None:
    page = "".join(
        figures.line(con, "misdrijven", code, around=Around("")) for code in ("GM0758", "NL00", "BU07580006")
    )
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))


def test_unknown_names_are_errors(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="'verzonnen'"):
        figures.line(con, "verzonnen", "GM0758", around=Around(""))
    with pytest.raises(ValueError, match="'verzonnen'"):
        figures.small_multiples(con, "verzonnen", "GM0758", around=Around(""))


def test_municipal_called_police_never_in_caption_or_source(con: duckdb.DuckDBPyConnection) -> None:
    (reeks,) = figures.read_series(con, ["misdrijven"], "GM0758")
    one = replace(reeks.definition, meetwijze="gemeente")
    own = GemeenteBron(
        bron_id="breda_proefc", gemeente_code="GM0758", gemeente_naam="Breda", titel="Proef c",
        publisher="Gemeente Breda", licentie="niet vermeld", citaat="Gemeente Breda, proef", pagina="",
        frequentie="elk jaar", toelichting=(), indicatoren=(one.indicator,), opgehaald=True,
        eerste="2023", laatste="2023", stand="2024-02-01",
    )  # fmt: skip
    assert figures._measured(one, own) == "Aantal per jaar, volgens Gemeente Breda"
    assert figures._measured(replace(one, kind="meting"), own) == "Per jaar, volgens Gemeente Breda"
    assert figures._sources(reeks.jaren, own).startswith(
        "Bron: Gemeente Breda, proef, stand 1 februari 2024."
    )


@pytest.mark.parametrize(
    ("indicator", "who"),
    [("misdrijven", "geregistreerd door de politie"), ("bijstand", None), ("vm_onveilig", "enquête")],
)
def test_only_what_the_police_register_is_called_theirs(
    con: duckdb.DuckDBPyConnection, indicator: str, who: str | None
) -> None:
    words = figures._measured(read_indicators(con)[indicator], None)
    assert who in words if who else "politie" not in words


def test_a_chart_says_how_to_cite_it_and_where_all_of_it_is(con: duckdb.DuckDBPyConnection) -> None:
    html = figures.line(
        con, "misdrijven", "GM0758", around=Around("../../", "https://voorbeeld.nl/indicator/misdrijven/")
    )
    address = "https://voorbeeld.nl/indicator/misdrijven/?stand=2026-01-15#grafiek-misdrijven-gm0758"
    assert f'<a href="{address}">' in html
    assert "(2026, 15 januari)" in as_read(html)
    assert '<a href="../../indicator/misdrijven/misdrijven.zip">Alle gebieden (ZIP)</a>' in html
    several = figures.small_multiples(con, "diefstal", "GM0758", around=Around("../../"))
    assert "Alle gebieden en jaren" not in several and "Citeer" in several
