"""Pages of codes that are gone. The codes are synthetic: those of the example have not changed since 2016."""

import duckdb
import pytest

from pipeline.site.area import vanished
from pipeline.site.frame import shell
from tests.unit.site.warehouse import make_warehouse

MOULD = shell.Shell.from_html(
    f'<title>{shell.TITLE}</title><meta name="description" content="{shell.DESCRIPTION}">'
    f'<link rel="canonical" href="x">{shell.TOP}{shell.BODY}'
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = make_warehouse()
    con.executemany(
        "insert into staging.cbs_kerncijfers values (?, ?, '')",
        [
            ("BU07580006", "2017"),  # still there
            ("BU07580042", "2017"),
            ("BU07580042", "2020"),
            ("WK075842", "2017"),
            ("BU07589997", "2017"),  # plaats onbekend
            ("GM0757", "2017"),  # the gemeente is gone itself
            ("BU07570000", "2017"),
        ],
    )
    return con


def test_a_vanished_code_says_so_and_leads_to_its_gemeente(con: duckdb.DuckDBPyConnection) -> None:
    pages = dict(vanished.pages(con, MOULD, gemeenten=["GM0758"], site_url="https://voorbeeld.nl/"))

    assert list(pages) == ["gebied/bu07580042/index.html", "gebied/wk075842/index.html"]
    page = pages["gebied/bu07580042/index.html"]
    assert "<h1>Code BU07580042 bestaat niet meer</h1>" in page
    assert "een buurt stond voor het laatst in de cijfers van 2020" in page
    assert "indeling van 2024" in page
    assert "<a href=../gm0758/>Naar de gemeente Breda</a>" in page
    assert '<link rel=canonical href="https://voorbeeld.nl/gebied/bu07580042/">' in page


def test_a_code_whose_gemeente_is_gone_leads_to_the_list(con: duckdb.DuckDBPyConnection) -> None:
    pages = dict(vanished.pages(con, MOULD))

    assert "gebied/gm0757/index.html" in pages
    page = pages["gebied/bu07570000/index.html"]
    assert "<a href=../>Naar alle gebieden</a>" in page
    assert "gm0757" not in page


def test_the_name_of_a_gemeente_is_text(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update core.gebied set gebied_naam = 'A <b> & c' where gebied_code = 'GM0758'")

    page = dict(vanished.pages(con, MOULD))["gebied/wk075842/index.html"]

    assert "A &lt;b&gt; &amp; c" in page
