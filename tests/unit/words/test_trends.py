"""Trends in words: by hand, and at the edges."""

import pytest

from pipeline.statistics import change
from pipeline.words import trends
from pipeline.words.numbers import format_mean
from pipeline.words.trends import per_year, too_few_years, trend_cell, trend_sentence, visible_sentence


def test_the_words_are_those_of_the_statistics() -> None:
    for name in ("UP", "DOWN", "STEADY", "UNKNOWN", "LEAST_YEARS"):
        assert getattr(trends, name) == getattr(change, name)


@pytest.mark.parametrize(
    ("change", "years", "text"),
    [
        (0.21, 2, "10 procent per jaar"),
        (-0.19, 2, "10 procent per jaar"),
        (1.0, 1, "100 procent per jaar"),
        (0.009, 1, "minder dan 1 procent per jaar"),
        (-1.0, 4, "tot bijna niets"),
        (-0.95, 4, "tot bijna niets"),
        (20.0, 4, "vanaf bijna niets"),
        (18.0, 4, "109 procent per jaar"),
    ],
)
def test_a_change_over_some_years_is_told_by_year(change: float, years: int, text: str) -> None:
    assert per_year(change, years) == text


def test_a_change_without_years_between_is_refused() -> None:
    with pytest.raises(ValueError, match="needs years between, not 0"):
        per_year(0.5, 0)


@pytest.mark.parametrize(
    ("verdict", "change", "sentence", "cell"),
    [
        (
            trends.UP,
            0.331,
            "Van 2022 tot en met 2025 neemt het aantal misdrijven toe, met gemiddeld 10 procent per jaar.",
            "neemt toe, 10 procent per jaar",
        ),
        (
            trends.DOWN,
            -1.0,
            "Van 2022 tot en met 2025 neemt het aantal misdrijven af, tot bijna niets.",
            "neemt af, tot bijna niets",
        ),
        (
            trends.STEADY,
            0.3,
            "Van 2022 tot en met 2025 is er geen duidelijke verandering.",
            "geen duidelijke verandering",
        ),
        (
            trends.UNKNOWN,
            -0.8,
            "Van 2022 tot en met 2025 is niet te zeggen of het aantal misdrijven toeneemt of afneemt: het is te klein.",
            "niet te zeggen",
        ),
    ],
)
def test_each_verdict_has_its_words(verdict: str, change: float, sentence: str, cell: str) -> None:
    years = {"van": "2022", "tot": "2025", "oordeel": verdict, "verandering": change}
    assert trend_sentence("misdrijven", **years) == sentence  # type: ignore[arg-type]
    assert trend_cell(verdict, van="2022", tot="2025", verandering=change) == cell


def test_what_a_year_could_show_is_rounded_to_the_safe_side() -> None:
    assert "minder dan 65 procent" in visible_sentence(0.6401)
    assert "minder dan 65 procent" in visible_sentence(0.65)
    assert visible_sentence(0.995) == visible_sentence(1.0)
    assert "zelfs nul in één jaar" in visible_sentence(1.0)


@pytest.mark.parametrize(("level", "text"), [(1141.2, "1.141"), (20.0, "20"), (19.94, "19,9"), (0.0, "0,0")])
def test_a_level_has_a_decimal_where_that_says_something(level: float, text: str) -> None:
    assert format_mean(level) == text


@pytest.mark.parametrize(
    ("jaren", "verborgen", "voorbeeld", "sentence"),
    [
        (["2022"], False, True, "Dit voorbeeld heeft hier alleen 2022. Daaruit blijkt geen verloop."),
        (["2022"], False, False, "Deze site heeft hier alleen 2022. Daaruit blijkt geen verloop."),
        (["2022"], True, True, "Dat is niet te zeggen: niet van elk jaar staat het aantal hier."),
        (
            ["2022", "2023"],
            False,
            True,
            "Dat is niet te zeggen: er zijn minder dan 3 jaren na corona en na de laatste breuk.",
        ),
    ],
)
def test_too_few_years_say_why(jaren: list[str], verborgen: bool, voorbeeld: bool, sentence: str) -> None:
    assert too_few_years(jaren, verborgen=verborgen, voorbeeld=voorbeeld) == sentence
