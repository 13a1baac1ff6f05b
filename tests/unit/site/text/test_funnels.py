"""Funnels and the map of the country on written pages: only with gemeenten enough, and links only to pages."""

import re

import duckdb
import pytest

from pipeline.paths import Paths
from pipeline.site.text import funnels
from pipeline.site.text.facts import load_facts
from pipeline.site.text.page import TextPage
from pipeline.site.text.pages import PageContext
from tests.unit.site.warehouse import make_warehouse

COUNTRY = """
    insert into core.gebied select 'GM1' || lpad(n::varchar, 3, '0'), 'Gemeente ' || n, 'gemeente', 'NL00',
        'GM1' || lpad(n::varchar, 3, '0'), 'Gemeente ' || n, null, null, 2024, null from range(120) as r (n);
    insert into mart.cijfer (gebied_code, gebied_naam, gebied_niveau, indicator, periode, teller, noemer, waarde, status,
            bron, vintage, noemer_jaar, tabel)
        select gebied_code, gebied_naam, 'gemeente', 'overlast_drugs_alcohol', '2025', c, 20000, c / 20.0, 'ok',
            'Politie 47024NED', '2026-01-15; inwoners 2024', 2024, '47024NED'
        from (select *, if(gebied_code = 'GM1007', 900, 100 + right(gebied_code, 2)::int % 7) as c from core.gebied
              where gebied_code like 'GM1%');
    create table reference.themas_heel as select 'drugsoverlast' as thema, '1' as volgorde, 'Drugsoverlast' as titel,
        'misdrijven' as kop_indicator;
    drop table reference.themas; alter table reference.themas_heel rename to themas;
"""


def made(*, country: bool) -> tuple[duckdb.DuckDBPyConnection, TextPage]:
    con = make_warehouse()
    con.execute(
        "drop table statistiek.spreiding; create table statistiek.spreiding (indicator varchar, gebied_niveau varchar,"
        " a double, b double); create table statistiek.marge (teller bigint, onder double, boven double)"
    )
    con.execute(COUNTRY if country else "alter table reference.themas add column kop_indicator varchar")
    return con, TextPage(
        load_facts(con, (), gemeenten=["GM0758", "GM1007"] if country else ()), "thema/drugsoverlast.md"
    )


def test_the_first_kind_with_gemeenten_enough_is_drawn() -> None:
    _, page = made(country=True)
    found = funnels.of_theme(page.facts, "drugsoverlast")
    assert found is not None
    assert found.definition.indicator == "overlast_drugs_alcohol"
    assert len(found.figures) == 120
    html = funnels.figure(found, page)
    assert "Buiten de buitenste lijnen ligt er 1, erboven." in html
    assert html.count("<circle") == 120
    assert set(re.findall(r'<a href="([^"#]+/gebied/[^"#]+)">', html)) == {"../../gebied/gm1007/"}
    assert "Bron: Politie 47024NED" in html
    assert re.findall(r"<li>.*?>([^<]+)</a></li>", html) == ["Gemeente 7"]


def test_a_theme_with_figures_of_few_gemeenten_has_none() -> None:
    _, page = made(country=False)
    assert funnels.of_theme(page.facts, "drugsoverlast") is None


@pytest.mark.parametrize("theme", ["drugsoverlast", "inbraak", "onbegrepen_gedrag"])
def test_the_page_says_why_there_is_no_funnel_or_map(example_paths: Paths, theme: str) -> None:
    with PageContext.open(example_paths) as context:
        assert "te weinig gemeenten" in context.render(f"{{{{ trechter('{theme}') }}}}", "thema/x.md")
        shown = context.render("{{ kaart_nederland() }}", "index.md")
    assert "<svg" not in shown
    assert 'href="gebied/gm0758/"' in shown
