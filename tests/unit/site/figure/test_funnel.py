"""A funnel in numbers, words and SVG: neutral, by name, and nothing of what is hidden."""

import re
from dataclasses import replace

import pytest

from pipeline.indicator import Indicator, read_indicators
from pipeline.site.figure.cijfer import Cijfer, Gebied
from pipeline.site.figure.funnel import LEAST, Funnel, caption, drawn, make_funnel, title
from tests.unit.site.warehouse import make_warehouse

MISDRIJVEN = read_indicators(make_warehouse())["misdrijven"]


def one(number: int, count: int | None, people: int = 1000, *, status: str = "ok") -> tuple[Gebied, Cijfer]:
    code = f"BU9901{number:04}"
    area = Gebied(code, f"Buurt {number:02}", "buurt", "WK990100", "GM9901", 2024)
    value = None if count is None else count / people * 1000
    empty = (None,) * 5
    figure = Cijfer(
        code, "misdrijven", "2025", count, people, 2024, value, *empty[:4], status, None, "Politie", "T", ""
    )
    return area, figure


def made(*more: tuple[Gebied, Cijfer], definition: Indicator = MISDRIJVEN) -> Funnel | None:
    usual = [one(number, 50 + number % 3 * 4) for number in range(20)]
    return make_funnel(definition, "buurt", [*usual, *more])


def test_what_lies_beyond_the_outer_limits_is_told_apart() -> None:
    found = made(one(80, 150), one(70, 120), one(90, 5))
    assert found is not None
    assert [area.naam for area in found.above] == ["Buurt 80", "Buurt 70"]
    assert [area.naam for area in found.below] == ["Buurt 90"]
    assert found.target == pytest.approx(1000 * sum(f.teller or 0 for _, f in found.figures) / 23_000)


def test_a_small_area_may_differ_more_than_a_large_one() -> None:
    found = made(one(80, 3, 20), one(90, 300, 2000))  # both 150 per 1,000
    assert found is not None
    assert [area.naam for area in found.above] == ["Buurt 90"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "Buiten de buitenste lijnen ligt er geen enkele."),
        ((one(80, 150),), "Buiten de buitenste lijnen ligt er 1, erboven."),
        ((one(90, 5), one(91, 4)), "Buiten de buitenste lijnen liggen er 2, alle eronder."),
        ((one(80, 150), one(90, 5)), "Buiten de buitenste lijnen liggen er 2: 1 erboven en 1 eronder."),
    ],
)
def test_how_many_lie_outside_is_said(more: tuple[tuple[Gebied, Cijfer], ...], said: str) -> None:
    found = made(*more)
    assert found is not None
    assert said in caption(found)


def test_what_is_not_published_takes_no_part() -> None:
    found = made(one(80, None, status="verborgen"), one(81, None, status="te_klein"))
    assert found is not None
    assert len(found.figures) == 20
    assert title(found, "in Elders") == "Misdrijven per buurt in Elders, 2025"


def test_too_few_areas_nothing_counted_or_a_sensitive_kind_give_none() -> None:
    few = [one(number, 5) for number in range(LEAST - 1)]
    assert make_funnel(MISDRIJVEN, "buurt", few) is None
    assert make_funnel(MISDRIJVEN, "buurt", [one(number, 0) for number in range(30)]) is None
    assert made(definition=replace(MISDRIJVEN, gevoelig=True)) is None
    enough = [one(number, 5) for number in range(LEAST)]
    assert make_funnel(replace(MISDRIJVEN, gevoelig=True), "gemeente", enough) is not None


def test_names_come_only_when_one_points_at_a_dot() -> None:
    found = made(one(80, 150))
    assert found is not None
    svg = drawn(found, root="../../", linked=())
    assert svg.count("<circle") == svg.count("<title>") == 21
    assert "Buurt" not in re.sub(r"<title>.*?</title>", "", svg)
    assert "<title>Buurt 80: 150,0 (aantal: 150)</title>" in svg
    assert "<a " not in svg
    assert "style=" not in svg
    linked = drawn(found, root="../../", linked={"BU99010080"})
    assert re.findall(r'<a href="([^"]+)">', linked) == ["../../gebied/bu99010080/"]


def test_a_name_is_text_in_the_picture() -> None:
    area, figure = one(80, 150)
    found = made((area._replace(gebied_naam='<script>"'), figure))
    assert found is not None
    assert "<script" not in drawn(found, root="", linked=())


def test_every_dot_and_limit_lies_inside_the_picture() -> None:
    found = made(one(80, 0, 20), one(81, 900, 1000), one(82, 50_000, 1_000_000))
    assert found is not None
    svg = drawn(found, root="", linked=())
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box is not None
    places = [*re.findall(r'cx="(\d+)" cy="(\d+)"', svg), *re.findall(r"[ML]([\d.]+) ([\d.]+)", svg)]
    assert len(places) > 80
    assert all(0 <= float(x) <= int(box[1]) and 0 <= float(y) <= int(box[2]) for x, y in places)
