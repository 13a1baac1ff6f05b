"""The gate on words and intervals: the pages of the store agree, and a planted disagreement is seen."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pytest

from benchmarks.sentences import Tally, check_site, main, read_page
from pipeline.site.area.pages import area_codes, pages
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from tests.example_areas import CONTEXT, alike_copy, example_copy

TABLES = (
    *(
        "mart.gebied_profiel",
        "mart.vergelijking",
        "statistiek.spreiding",
        "core.gebied",
        "contract.indicator",
    ),
)
SHELL = Shell.from_html(
    f'<title>{TITLE}</title><i>{DESCRIPTION}</i><article id="inhoud">{TOP}{BODY}</article>'
)


@cache
def made() -> Mapping[str, str]:
    return dict(pages(alike_copy(), SHELL, codes=area_codes(alike_copy()), context=CONTEXT))


def checked(folder: Path, con: duckdb.DuckDBPyConnection, *change: str, page: str = "") -> Tally:
    """The outcome over the pages of the store, with a text on one of them replaced."""
    for path, html in made().items():
        if page in path and change:
            assert change[0] in html, (path, change[0])
            html = html.replace(change[0], change[1], 1)
        file = folder / path
        file.parent.mkdir(parents=True)
        file.write_text(html, encoding="utf-8")
    return check_site(folder, con)


def test_every_page_of_the_store_agrees(tmp_path: Path) -> None:
    tally = checked(tmp_path, alike_copy())
    assert tally.wrong == []
    assert tally.pages == len(made())
    assert tally.verdicts > 2 * tally.pages  # beside gemeente, country and areas that are alike
    assert tally.bounds > tally.pages / 2
    assert tally.read > 50


@pytest.mark.parametrize(
    ("page", "said", "instead", "told"),
    [
        ("bu07580006", "meer dan in vergelijkbare", "minder dan in vergelijkbare", "vergelijkbare, 2022"),
        ("wk075801", "niet duidelijk meer of minder dan in Breda", "meer dan in Breda", "Breda, 2022"),
        ("wk075801", "past bij een gemiddelde van ", "past bij een gemiddelde van 9", "de marge is "),
        ("bu07580006", "In 2023 meer dan in Nederland", "In 2024 meer dan in Nederland", "Nederland, 2023"),
    ],
)
def test_a_planted_disagreement_is_seen(
    tmp_path: Path, page: str, said: str, instead: str, told: str
) -> None:
    (wrong,) = checked(tmp_path, alike_copy(), said, instead, page=page).wrong
    assert wrong.startswith(f"{page.upper()}: {told}")


def test_a_margin_that_moved_after_the_pages_were_made_is_seen(tmp_path: Path) -> None:
    con = example_copy()
    con.execute("create or replace table mart.vergelijking as from mart.vergelijking")
    con.execute("update mart.vergelijking set onder = 0, boven = 1e9 where gebied_code = 'BU07580006'")
    tally = checked(tmp_path, con)
    assert {one[:10] for one in tally.wrong} == {"BU07580006"}


def test_without_anything_to_hold_against_each_other_it_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(tmp_path / "veiligheid.duckdb")) as con:
        con.execute("attach ':memory:' as leeg")
        for name in TABLES:
            con.execute(f"create schema if not exists {name.partition('.')[0]}")
            rows = example_copy().sql(f"from {name} limit 0").to_arrow_table()
            con.register("rijen", rows)
            con.execute(f"create table {name} as from rijen")
    assert main(["--build", str(tmp_path)]) == 1
    assert "0 pagina's, 0 vergelijkingen" in capsys.readouterr().out


def test_a_long_sentence_and_one_said_twice_are_seen() -> None:
    long, twice = " ".join(["Woord"] * 26), "Dit staat hier toch echt dubbel."
    names = "Ernaast: " + ", ".join(["Buurt"] * 30)
    tally = Tally()
    page = f"<article id=inhoud><p>{twice}<p>Kort. {long}.<p>{twice}<ul><li>{names}</ul></article>"
    assert list(read_page(page, tally)) == [f"26 woorden: {long}.", f"2 keer: {twice}"]
    assert tally.read == 4
