"""What stands at the charts of an area page: its breaks, and the parts of a gemeente by size."""

import re

import pytest

from pipeline.site.area.pages import pages
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from tests.example_areas import CONTEXT, example_warehouse

SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
CODES = ["GM0758", "WK075800", "BU07580006"]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    found = pages(example_warehouse(), SHELL, codes=CODES, context=CONTEXT)
    return {path.split("/")[1].upper(): html for path, html in found}


def test_breaks_are_numbered_at_the_chart_and_told_in_full_for_a_gemeente(made: dict[str, str]) -> None:
    notes = re.findall(
        r"<li>([A-Z][a-z]+ \d{4}): ", made["GM0758"].partition("vb-noten")[2].partition("</ol>")[0]
    )
    assert notes == ["Mei 2015", "April 2017", "Juli 2018", "April 2020"]
    assert "vb-noten" not in made["BU07580006"]
    short = "Breuken: 1 mei 2015, 2 april 2017, 3 juli 2018, 4 april 2020."
    assert short in made["BU07580006"]
    assert short not in made["GM0758"]


def test_the_parts_of_a_gemeente_stand_by_size_without_names(made: dict[str, str]) -> None:
    assert "id=verschillen" not in made["BU07580006"] + made["WK075800"]
    figure = made["GM0758"].partition("id=verschillen")[2].partition("</figure>")[0]
    con = example_warehouse()
    areas, count, people = con.execute(
        "select count(*), sum(teller), sum(noemer) from mart.cijfer where indicator = 'misdrijven'"
        " and gebied_niveau = 'buurt' and periode = '2025' and waarde is not null"
    ).fetchall()[0]
    assert figure.count("<circle") == areas
    rate = f"{1000 * count / people:.1f}".replace(".", ",")
    assert f"het cijfer van alle {areas} buurten samen: {rate} per 1.000 inwoners." in figure
    outside = re.search(r"Buiten de buitenste lijnen ligg?e?n?t? er (\d+)", figure)
    listed = re.findall(r'href="?\.\./(bu\w+)/', figure)
    assert outside is not None
    assert len(listed) == int(outside[1]) > 0
    names = [
        con.execute("select gebied_naam from core.gebied where gebied_code = ?", [code.upper()]).fetchall()[
            0
        ][0]
        for code in listed
    ]
    assert names == sorted(names, key=str.casefold)
