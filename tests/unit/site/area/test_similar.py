"""Similar areas on a page. The small store has too few areas to find any: here the next ten by code are alike."""

import re
from dataclasses import replace

import pytest

from pipeline.site.area.pages import AreaPage, area_pages
from pipeline.site.area.sentences import lead
from tests.example_areas import CONTEXT, alike_copy, alike_pages, example_pages

CITY = "BU07580006"
WORDS = {"meer": "hoger", "minder": "lager", "niet duidelijk meer of minder": "ongeveer gelijk"}


def of(code: str) -> AreaPage:
    return next(page for page in alike_pages() if page.area.code == code)


def test_ten_are_named_on_alphabet_by_how_alike_they_are() -> None:
    groups = dict(of(CITY).contents["vergelijkbaar"].groups)
    assert {alike: len(own) for alike, own in groups.items()} == {"sterk": 4, "redelijk": 3, "een beetje": 3}
    for own in groups.values():
        names = [one.link.name for one in own]
        assert names == sorted(names, key=str.casefold)
        assert all(re.fullmatch(r"\.\./bu0758\w{4}/", one.link.address) and not one.within for one in own)


def test_three_of_the_most_alike_stand_beside_the_area_in_one_click() -> None:
    similar = of(CITY).contents["vergelijkbaar"]
    (alike, own), *_ = similar.groups
    assert alike == "sterk"
    first = [one.link.address.strip("./") for one in own][:3]
    assert similar.beside == "../../vergelijk/?gebied=" + ",".join((CITY.lower(), *first))


def test_an_area_of_a_gemeente_without_pages_is_named_without_a_link() -> None:
    elsewhere = replace(CONTEXT, gemeenten=("GM9901",))
    (page,) = area_pages(alike_copy(), codes=[CITY], context=elsewhere)
    similar = page.contents["vergelijkbaar"]
    (_, own), *_ = similar.groups
    assert all(one.link.name and not one.link.address for one in own)
    assert similar.beside == ""


def test_what_the_ten_have_together_is_what_the_mart_says() -> None:
    ((count, base),) = (
        alike_copy()
        .execute(
            "select sum(c.teller), sum(c.noemer) from mart.vergelijkbaar as v"
            " join mart.cijfer as c on v.ander_code = c.gebied_code"
            " where v.gebied_code = ? and c.indicator = 'misdrijven' and c.periode = '2025'",
            [CITY],
        )
        .fetchall()
    )
    said = of(CITY).contents["vergelijkbaar"].together
    assert f"Samen hadden zij {1000 * count / base:.1f}".replace(".", ",") in said
    assert "misdrijven per 1.000 inwoners in 2025 (marge" in said


def test_words_beside_similar_areas_follow_from_the_interval_for_all_areas() -> None:
    judged = {
        (code, name): (rate < low, rate > high)
        for code, name, rate, low, high in alike_copy()
        .execute(
            "select p.gebied_code, p.indicator, s.waarde, p.onder, p.boven from mart.gebied_profiel as p"
            " join mart.vergelijkbaar_cijfer as s using (gebied_code, indicator, periode)"
            " where p.indicator in ('misdrijven', 'overlast_drugs_alcohol') and p.onder is not null"
        )
        .fetchall()
    }
    assert len(judged) > 60
    said = 0
    for page in alike_pages():
        head = page.contents["kop"]
        begins, other = lead(page.area), {"overlast_drugs_alcohol": "misdrijven"}
        for name, lines in (
            (begins, head.answers.veel if head.answers else ()),
            (
                other.get(begins, "overlast_drugs_alcohol"),
                [line for one in head.key_figures for line in one.verdict],
            ),
        ):
            pattern = r"(?:per 1\.000 inwoners )?(?:in \d{4} )?(.+) dan in vergelijkbare buurten"
            found = [re.findall(pattern, line.lower()) for line in lines]
            words = [WORDS[one] for match in found for one in match]
            more, less = judged.get((page.area.code, name), (None, None))
            expected = [] if more is None else ["hoger" if more else "lager" if less else "ongeveer gelijk"]
            assert words == expected, (page.area.code, name, lines)
            said += len(words)
    assert said == len(judged)


def test_tables_have_a_column_for_similar_areas_only_where_there_are_any() -> None:
    table = of(CITY).contents["overlast"]
    place = table.headings.index("Vergelijkbaar") - 1
    assert all(row.cells[place].text for row in table.rows)
    hidden = [
        row.cells[place] for name, row in zip(table.indicators, table.rows, strict=True) if "zwerv" in name
    ]
    assert [cell.text for cell in hidden] == ["te weinig bekend"]
    assert "Vergelijkbaar" not in of("WK075800").contents["overlast"].headings


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("WK075800", "Deze site heeft niet genoeg gebieden"),
        ("GM0758", "Deze site heeft niet genoeg gebieden"),
    ],
)
def test_a_level_without_areas_enough_says_so(code: str, why: str) -> None:
    assert of(code).contents["vergelijkbaar"].why.startswith(why)
    assert "vergelijkbaar" not in of("NL00").contents


def test_an_area_of_which_too_little_is_known_says_so() -> None:
    con = alike_copy().cursor()
    con.execute("begin")
    con.execute("delete from mart.vergelijkbaar where gebied_code = ?", [CITY])
    (page,) = area_pages(con, codes=[CITY], context=CONTEXT)
    con.execute("rollback")
    assert page.contents["vergelijkbaar"].why.startswith("Van de buurt City is te weinig bekend")


def test_the_small_store_has_none_and_no_page_speaks_of_a_figure_of_them() -> None:
    for page in example_pages():
        head = page.contents["kop"]
        said = [
            *(head.answers.veel if head.answers else ()),
            *(line for one in head.key_figures for line in one.verdict),
        ]
        assert not re.search("vergelijkbare (buurt|wijk|gemeente)", " ".join(said))
        assert "Vergelijkbaar" not in (head.answers.strip if head.answers else "")
