"""The page of an area that is in an approach, or next to one, leads to it."""

from collections.abc import Sequence

from pipeline.site.area.approaches import ROOM, Line, fitting
from pipeline.site.area.pages import pages
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from tests.example_areas import CONTEXT, example_copy, example_pages

SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")


def lines(code: str) -> Sequence[Line]:
    (page,) = (one for one in example_pages() if one.area.code == code)
    found: Sequence[Line] = page.contents.get("aanpak") or ()
    return found


def test_a_wijk_of_an_approach_and_its_buurten_name_it_with_its_verdict() -> None:
    for code in ("WK075801", "BU07580100"):
        first = lines(code)[0]
        assert first.address == "../../aanpak/nplv-breda-noord/"
        assert first.verdict == "niet te zeggen"
        assert (first.late, first.around) == (True, False)


def test_a_buurt_next_to_it_says_so_and_one_far_away_says_nothing() -> None:
    assert [one.around for one in lines("BU07580005")] == [True, True]
    assert lines("BU07580900") == ()
    assert lines("NL00") == ()


def test_a_gemeente_names_what_is_done_in_a_part_of_it() -> None:
    found = lines("GM0758")
    assert [one.address for one in found] == [
        "../../aanpak/nplv-breda-noord/",
        "../../aanpak/nplv-vertaalde-wijken/",
    ]
    assert all(one.in_part and not one.around and not one.seen for one in found)
    (html,) = dict(pages(example_copy(), SHELL, codes=["GM0758"], context=CONTEXT)).values()
    assert "Leefbaarheid en Veiligheid in Breda Noord</a> (in een deel van Breda): niet te zeggen." in html


def test_what_the_gemeente_saw_itself_stands_as_its_own_where_the_approach_is() -> None:
    copy = example_copy()
    copy.execute(
        "update contract.aanpak set waarnemingen = ['Jongeren <b>staan</b> bij het plein.', 'Het is er donker.']"
    )
    found = dict(pages(copy, SHELL, codes=["WK075801", "BU07580005"], context=CONTEXT))
    inside, around = (
        " ".join(found[f"gebied/{code}/index.html"].split()) for code in ("wk075801", "bu07580005")
    )
    assert (
        "Gezien door de gemeente zelf, niet geteld: “Jongeren &lt;b&gt;staan&lt;/b&gt; bij het plein.” "
        "“Het is er donker.”"
    ) in inside
    assert "Gezien door de gemeente" not in around


def test_a_sheet_takes_whole_observations_only_and_says_where_the_rest_is() -> None:
    long = "x" * (ROOM - 10)
    assert fitting([long, "y" * 10, "z"]) == (long, "y" * 10)
    assert fitting(["x" * (ROOM + 1), "kort"]) == ()
    copy = example_copy()
    copy.execute("update contract.aanpak set waarnemingen = [repeat('x', 280), repeat('y', 280)]")
    (page,) = dict(pages(copy, SHELL, codes=["WK075801"], context=CONTEXT)).values()
    assert "Op de pagina van de aanpak staat nog meer." in page
    assert "yy" not in page
