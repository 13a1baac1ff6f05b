"""Figures of a gemeente on its pages: written by the same rule as all others."""

from pipeline.site.area import municipal
from pipeline.site.area.pages import area_pages
from tests.example_areas import CONTEXT, example_copy


def test_a_small_rate_does_not_become_zero() -> None:
    con = example_copy()
    con.execute(
        "insert into contract.indicator select * replace ('breda_klein' as indicator, 'gemeente' as meetwijze,"
        " 'melding|meldingen' as onderwerp) from contract.indicator where indicator = 'misdrijven'"
    )
    con.execute(
        "insert into mart.gebied_profiel select * replace ('breda_klein' as indicator, 'breda_overlast' as tabel,"
        " 7 as teller, 0.0398 as waarde, 0.016 as onder, 0.082 as boven) from mart.gebied_profiel"
        " where indicator = 'misdrijven' and gebied_code = 'GM0758'"
    )

    (page,) = area_pages(con, codes=["GM0758"], context=CONTEXT, sections=[municipal.SECTION])
    (part,) = page.contents["gemeente"]

    assert [line.figure for line in part.lines] == [
        "7 meldingen, 0,04 per 1.000 inwoners, marge 0,02 tot 0,08"
    ]
