"""Small drawings: what lies where, where a line stops, and which dot is open."""

import re

import pytest

from pipeline.site.figure.cijfer import Cijfer
from pipeline.site.figure.strip import (
    Strip,
    beside,
    hundredths,
    line_svg,
    margin,
    step_rules,
    strip_classes,
)


def year(periode: str, teller: int | None, *, breuk: str | None = None, status: str = "ok") -> Cijfer:
    rest = (None,) * 7
    return Cijfer("BU00010001", "misdrijven", periode, teller, *rest, status, breuk, None, None, None)


def pieces(svg: str) -> list[int]:
    """How many points each piece of the line has."""
    (path,) = re.findall(r'<path d="([^"]*)"', svg)
    return [1 if one.endswith("h0") else 2 + one.count(" ") // 2 for one in path.split("M")[1:]]


def test_marks_lie_in_hundredths_of_the_axis() -> None:
    assert [hundredths(value, 8) for value in (0, 2, 8)] == [0, 25, 100]
    assert hundredths(0, 0) == 0  # nothing anywhere: an axis without a length


def test_the_classes_of_a_cell_say_where_its_marks_lie() -> None:
    assert strip_classes(Strip(25, 0, 60, gemeente=10, land=None)) == "d10 b24 g4"
    assert strip_classes(Strip(25, 5, 100, gemeente=10, land=20)) == "d10 a2 b40 g4 l8"
    assert strip_classes(Strip(0, 0, 12, gemeente=None, land=0)) == "d0 b5 l0"
    for name in strip_classes(Strip(25, 5, 100, gemeente=10, land=20)).split():
        assert f".{name}{{--{name[0]}:{name[1:]}}}" in step_rules()


def test_a_figure_that_is_nothing_stands_at_the_beginning() -> None:
    assert margin(Strip(0, 0, 12)) == "<line x2=12% /><circle />"
    assert beside(Strip(20, 10, 30), 0) == "<rect x=10% width=20% /><circle cx=0% />"


def test_a_line_stops_at_a_break_halfway_a_year_on_both_sides() -> None:
    svg = line_svg([year("2014", 8), year("2015", 6, breuk="2015-05"), year("2016", 5), year("2017", 4)])
    assert len(pieces(svg)) == 3
    assert pieces(svg)[:2] == [1, 1]


def test_a_break_on_the_first_of_january_stops_it_on_one_side() -> None:
    svg = line_svg([year("2014", 8), year("2015", 6, breuk="2015-01"), year("2016", 5)])
    assert len(pieces(svg)) == 2
    assert pieces(svg)[0] == 1


def test_a_year_without_a_count_is_a_gap_and_no_nothing() -> None:
    svg = line_svg([year("2014", 8), year("2015", None, status="verborgen"), year("2016", 8)])
    assert pieces(svg) == [1, 1]
    heights = {float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)", svg)}
    assert len(heights) == 1


@pytest.mark.parametrize(("status", "open_dot"), [("ok", False), ("voorlopig", True)])
def test_the_last_dot_is_open_while_its_count_may_change(status: str, open_dot: bool) -> None:
    svg = line_svg([year("2014", 8), year("2015", 6, status=status)])
    assert ("<circle class=v" in svg) == open_dot


def test_one_year_is_no_line() -> None:
    assert line_svg([year("2014", None, status="verborgen"), year("2015", 6)]) == ""
    assert line_svg([]) == ""


def test_a_line_begins_at_nothing_so_that_a_small_change_looks_small() -> None:
    svg = line_svg([year("2014", 100), year("2015", 98)])
    (down,) = re.findall(r'l\d+(?: |-)(\d+)"', svg)
    assert int(down) <= 1
    assert "cy=36" in line_svg([year("2014", 0), year("2015", 0)])  # all nothing lies on the ground
