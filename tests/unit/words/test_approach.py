"""Sentences about what came of an approach, generated from its numbers."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from pipeline.statistics.verdicts import REASONS, VERDICTS
from pipeline.words import approach as words


@dataclass(frozen=True)
class One:
    oordeel: str = "verbeterd"
    voor: float | None = 100.0
    na: float | None = 60.0
    verwacht: float | None = 100.0
    verschil: float | None = -40.0
    verschil_onder: float | None = -60.0
    verschil_boven: float | None = -20.0
    kleinste: float | None = 0.3
    voor_van: int | None = 2021
    voor_tot: int | None = 2023
    na_van: int | None = 2024
    na_tot: int | None = 2025


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (2021, 2021, "2021"),
        (2024, 2025, "2024 en 2025"),
        (2021, 2023, "2021 tot en met 2023"),
        (None, None, ""),
    ],
)
def test_years_are_named_as_one_says_them(first: int | None, last: int | None, text: str) -> None:
    assert words.years(first, last) == text


def test_what_was_counted_and_expected() -> None:
    assert words.counted(One(), "misdrijven") == (
        "Voor de start (2021 tot en met 2023) telde de politie hier 100 misdrijven per jaar. "
        "Erna (2024 en 2025) waren het er 60 per jaar."
    )
    assert words.expected(One()).endswith(
        "ongeveer 100 per jaar. Het verschil is min 40 per jaar, met een marge van min 60 tot min 20. "
        "Dat is 40 procent minder, met een marge van 60 procent minder tot 20 procent minder."
    )


def test_a_margin_over_both_sides_says_less_and_more() -> None:
    text = words.expected(replace(One(), verschil=0.2, verschil_onder=-10.0, verschil_boven=10.4))
    assert "Het verschil is 0 per jaar, met een marge van min 10 tot plus 10." in text
    assert "Dat is 0 procent, met een marge van 10 procent minder tot 10 procent meer." in text


def test_nothing_known_says_nothing() -> None:
    assert words.counted(replace(One(), na=None), "misdrijven") == ""
    assert words.expected(replace(One(), verschil=None)) == ""
    assert words.smallest(replace(One(), kleinste=None)) == ""
    assert words.chance(None, None) == ""


def test_what_could_have_been_seen() -> None:
    assert words.smallest(One()).startswith("Een daling van 30 procent of meer was in 4 van de 5 gevallen")
    assert words.smallest(replace(One(), kleinste=1.0)).startswith("Zelfs als er niets was overgebleven")


def test_the_run_up_is_judged_by_its_margin() -> None:
    assert "niet duidelijk anders" in words.early(3.0, -5.0, 11.0)
    assert "al anders" in words.early(-8.0, -12.0, -4.0)
    assert "minder dan drie jaren vooraf" in words.early(None, None, None)


def test_days_and_goals_in_words() -> None:
    assert (words.day("2022-07"), words.day("2022-07-01")) == ("juli 2022", "1 juli 2022")
    assert words.goal("omlaag", 20, date(2027, 12, 31), "Woninginbraken") == (
        "Woninginbraken: 20 procent omlaag, voor 31 december 2027."
    )


def test_every_verdict_has_a_meaning_and_a_next_step() -> None:
    assert set(VERDICTS) == set(words.VERDICTS) == set(words.NEXT)
    assert all(REASONS.values())
