"""The page of an area that is in an approach, or next to one, leads to it."""

from collections.abc import Sequence

from pipeline.site.area.approaches import Line
from tests.example_areas import example_pages


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
