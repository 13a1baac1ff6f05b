"""Area pages as a reader gets them: what names and texts may do to them, and what stands beside what.

Held against the finished HTML, so that it does not matter which room makes which part.
"""

import re
from collections.abc import Mapping

import duckdb
import pytest

from pipeline.site.area.pages import pages
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from tests.example_areas import CONTEXT, example_copy, example_warehouse
from tests.reading import as_read

SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
CITY, CENTRUM, BREDA = "BU07580006", "WK075800", "GM0758"


def page(con: duckdb.DuckDBPyConnection, code: str) -> str:
    return next(html for _, html in pages(con, SHELL, codes=[code], context=CONTEXT))


@pytest.fixture(scope="module")
def standing() -> Mapping[str, str]:
    return {code: page(example_warehouse(), code) for code in (CITY, CENTRUM, BREDA)}


def test_names_and_figures_in_tables_are_text() -> None:
    con = example_copy()
    con.execute("update core.gebied set gebied_naam = '<b>Breda</b>' where gebied_code = 'GM0758'")
    con.execute("update contract.indicator set kort = '<u>jeugd</u>', titel = '<u>jeugd</u>'")
    con.execute("create or replace table mart.geschreven as from mart.gebied_woorden")
    con.execute("drop view mart.gebied_woorden")
    con.execute("alter table mart.geschreven rename to gebied_woorden")
    con.execute("update mart.gebied_woorden set cijfer = '<i>1</i>', land = '<i>2</i>'")
    made = page(con, CITY)
    for written in (
        "&lt;b&gt;Breda&lt;/b&gt;",
        "&lt;u&gt;jeugd",
        "&lt;i&gt;1&lt;/i&gt;",
        "&lt;i&gt;2&lt;/i&gt;",
    ):
        assert written in made
    assert not re.search(r"<[biu]>(Breda|jeugd|\d)", made)


def test_what_a_gemeente_calls_its_dataset_is_text() -> None:
    con = example_copy()
    con.execute(
        "insert into contract.indicator by name select * replace ('eigen' as indicator, 'gemeente' as meetwijze, "
        "'<b>eigen</b> titel' as titel, '' as voorbehoud) from contract.indicator where indicator = 'misdrijven'"
    )
    con.execute(
        "insert into mart.gebied_profiel by name select * replace ('eigen' as indicator, 'breda_overlast' as tabel) "
        "from mart.gebied_profiel where gebied_code = 'BU07580006' and indicator = 'misdrijven'"
    )
    con.execute(
        "update contract.gemeente_bron set titel = '<b>eigen</b> \"dataset\"', citaat = '<b>eigen</b> citaat', "
        "licentie = '<b>eigen</b> licentie', toelichting = ['<b>eigen</b> toelichting'] "
        "where bron_id = 'breda_overlast'"
    )
    made = page(con, CITY)
    assert "<b>eigen" not in made
    for one in ('"dataset"', "titel", "citaat", "licentie", "toelichting"):
        assert f"<b>eigen</b> {one}" in as_read(made), one  # unescaped once: so it stands there as text


def test_a_rate_that_is_not_there_names_what_it_would_be_divided_by(standing: Mapping[str, str]) -> None:
    con = example_copy()
    con.execute(
        "update mart.gebied_profiel set status = 'geen_noemer', waarde = null, onder = null, boven = null "
        "where gebied_code = 'GM0758' and indicator in ('woninginbraak', 'mishandeling')"
    )
    usual, made = standing[BREDA], page(con, BREDA)
    for reason in ("geen aantal huishoudens", "geen inwonertal"):
        assert made.count(reason) == usual.count(reason) + 1


def test_every_caveat_of_nuisance_and_crime_stands_on_the_page(standing: Mapping[str, str]) -> None:
    found = (
        example_warehouse()
        .execute(
            """
            with sleutels as (
                select indicator, unnest(string_split(voorbehoud, ';')) as sleutel,
                    generate_subscripts(string_split(voorbehoud, ';'), 1) as plek
                from contract.indicator
            )
            select coalesce(k.tekst, v.tekst) from sleutels as a
            join sleutels as b on a.sleutel = b.sleutel and b.indicator = 'misdrijven'
            join reference.voorbehouden as v on v.voorbehoud = a.sleutel
            left join reference.voorbehouden_kort as k on k.voorbehoud = a.sleutel
            where a.indicator = 'overlast_drugs_alcohol' order by a.plek
            """
        )
        .fetchall()
    )
    texts = [text for (text,) in found]
    assert len(texts) > 2
    for html in standing.values():
        box = as_read(
            html.partition("Let op bij cijfers van de politie")[2].partition("Hulp, datum en fouten")[0]
        )
        assert [text for text in texts if text in box] == texts
        assert box.startswith(texts[0])


@pytest.mark.parametrize(("code", "below"), [(BREDA, "wijk"), (CENTRUM, "buurt")])
def test_areas_stand_in_the_order_of_their_names(standing: Mapping[str, str], code: str, below: str) -> None:
    named = (
        example_warehouse()
        .execute(
            "select lower(gebied_code) from core.gebied where ouder_code = ? "
            "order by lower(ltrim(strip_accents(gebied_naam), '''’`- '))",
            [code],
        )
        .fetchall()
    )
    listed = standing[code].partition("De volgorde zegt niets over veiligheid")[2]
    start = {"wijk": "wk", "buurt": "bu"}[below]
    assert re.findall(rf"\.\./({start}\w+)/", listed) == [slug for (slug,) in named]
    assert [slug for (slug,) in named] != sorted(slug for (slug,) in named)


def test_the_whole_gemeente_is_named_in_the_same_year_alone(standing: Mapping[str, str]) -> None:
    said = "In heel Breda waren het er 675."
    assert said in standing[CITY]
    con = example_copy()
    con.execute(
        "update mart.gebied_profiel set periode = '2021' "
        "where gebied_code = 'GM0758' and indicator = 'overlast_drugs_alcohol'"
    )
    assert said not in page(con, CITY)
    assert "In heel Breda waren het er 11.295." in page(con, CITY)  # crimes are of one year still


def test_a_provisional_year_says_so_wherever_it_stands(standing: Mapping[str, str]) -> None:
    for code in (CITY, BREDA):
        html, text = standing[code], as_read(standing[code])
        assert "in 2025 (voorlopig): " in text
        assert "voorlopig en kunnen nog veranderen." in text or "voorlopig en kan nog veranderen." in text
        (row,) = re.findall(r"<tr><th>2025<td>.*?(?=<tr>|</table>)", html)
        assert row.partition("<td>voorlopig")[2] in ("", " en inwoners van 2024")
        assert "voorlopig" not in html.partition("<tr><th>2024<td>")[2].partition("<tr>")[0]
