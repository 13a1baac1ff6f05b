"""What could be seen: more in more years, in words, and what to do where it cannot."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.aanpak.definition import read_approach
from pipeline.aanpak.evaluate import Figures
from pipeline.aanpak.power import Power, in_words, power_of
from pipeline.aanpak.window import Break
from pipeline.statistics.approach import Panel
from tests.unit.aanpak.example import write

GEMEENTEN = 20
CODES = [f"BU{gemeente:04}{number:04}" for gemeente in range(1, GEMEENTEN + 1) for number in range(20)]


def figures(*, level: float, breaks: tuple[Break, ...] = (), together: float = 0.0) -> Figures:
    """Seven years of all areas; `together`: how much a gemeente swings as one, as a part of its level."""
    rng = np.random.default_rng(2)
    mean = np.repeat(rng.uniform(0.8, 1.2, len(CODES)) * level, 7).reshape(-1, 7)
    swing = rng.normal(1, together, (GEMEENTEN, 7)) if together else np.ones((GEMEENTEN, 7))
    mean *= swing.repeat(20, axis=0)
    counts = rng.negative_binomial(60, 60 / (60 + mean)).astype(float)
    group = np.array([int(code[2:6]) for code in CODES])
    found = Figures(None, frozenset(), {"misdrijven": breaks})  # type: ignore[arg-type]
    found._panels["misdrijven", "buurt"] = Panel(tuple(CODES), group, tuple(range(2019, 2026)), counts)
    return found


@pytest.fixture
def approach(tmp_path: Path):  # type: ignore[no-untyped-def]
    return replace(read_approach(write(tmp_path)), gebieden=("BU00010000", "BU00020000", "BU00030000"))


def test_more_years_and_higher_counts_show_smaller_changes(approach) -> None:  # type: ignore[no-untyped-def]
    few, many = (power_of(figures(level=level), approach, "misdrijven", ()) for level in (30, 300))
    assert [one.years for one in few] == [1, 2, 3]
    assert few[0].smallest > few[1].smallest > few[2].smallest
    assert all(small.smallest > large.smallest for small, large in zip(few, many, strict=True))
    assert many[0].usual == pytest.approx(900, rel=0.2)


def test_areas_of_one_gemeente_show_less_than_as_many_all_over(approach) -> None:  # type: ignore[no-untyped-def]
    known = figures(level=200, together=0.1)
    one = replace(approach, gebieden=("BU00010000", "BU00010001", "BU00010002"))
    apart, within = (power_of(known, areas, "misdrijven", ())[-1] for areas in (approach, one))
    assert apart.fixed == pytest.approx(0, abs=1e-9)
    assert within.fixed > 0.01
    assert within.smallest > apart.smallest + 0.03


def test_years_before_a_break_do_not_count(approach) -> None:  # type: ignore[no-untyped-def]
    found = power_of(figures(level=100, breaks=((2021, 2022),)), approach, "misdrijven", ())
    assert [one.years for one in found] == [1, 2]  # 2022-2025: two before and at most two after
    assert power_of(figures(level=100, breaks=((2022, 2024),)), approach, "misdrijven", ()) == ()


def test_without_figures_of_every_area_nothing_is_said(approach) -> None:  # type: ignore[no-untyped-def]
    own = replace(approach, gebieden=("BU00010000", "BU99990000"))
    assert power_of(figures(level=100), own, "misdrijven", ()) == ()


def said(*parts: float, fixed: float = 0.0, wanted: int = 30, more: tuple[str, ...] = ()) -> str:
    found = [Power(year, 200.0, part, fixed) for year, part in enumerate(parts, start=1)]
    return in_words(found, title="Misdrijven", areas=3, wanted=wanted, more=more)


def test_a_goal_that_can_be_seen_is_said_with_its_year() -> None:
    text = said(0.5, 0.28, 0.2)
    assert "Misdrijven: 200 per jaar in 3 gebieden samen." in text
    assert (
        "na 1 jaar  [####################....................]  een daling van 50 procent of meer (van 200 naar 100)"
        in text
    )
    assert text.endswith("Een daling van 30 procent is te zien, na 2 jaar.")


def test_where_it_cannot_be_seen_there_is_what_can_be_done() -> None:
    text = said(0.9, 0.7, 0.6, more=("misdrijven, waar na 3 jaar 20 procent te zien is",))
    assert "ook na 3 jaar niet zeker te zien" in text
    assert "met 12 zoals deze is het na 3 jaar wel te zien" in text  # (0,6 / 0,3)² x 3
    assert "een ander cijfer: misdrijven, waar na 3 jaar 20 procent te zien is" in text


def test_waiting_is_no_advice_where_it_does_not_help() -> None:
    assert "langer" in said(0.9, 0.7, 0.6)
    text = said(0.5, 0.4, 0.45)
    assert "langer" not in text
    assert "met 6 zoals deze is het na 2 jaar wel te zien" in text  # 3 x 0,16 / 0,09


def test_what_a_gemeente_shares_is_not_lessened_by_more_areas() -> None:
    assert Power(3, 200, 0.6, 0.04).more_areas(3, 0.3) == 20  # 3 x (0,36 - 0,04) / (0,09 - 0,04) = 19,2
    assert Power(3, 200, 0.6, 0.1).more_areas(3, 0.3) is None
    assert "in andere gemeenten" in said(0.9, 0.7, 0.6, fixed=0.1)


def test_even_nothing_left_may_be_unseen_and_nothing_known_is_said() -> None:
    assert "ook als er niets overblijft, is dat niet zeker te zien" in said(1.0)
    assert said().startswith("Misdrijven: niet te zeggen.")
