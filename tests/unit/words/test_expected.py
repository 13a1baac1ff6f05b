"""A count beside what goes together with the circumstances, in words."""

import pytest

from pipeline.words.expected import Verwacht, as_many, beside_expected, goes_together

CITY = Verwacht("BU1", "2025", 1237, 625.7, 0.18, 2.49, 1.47, "gewoon", 77.7, 1.02, 6.08)


def test_a_buurt_beside_its_circumstances() -> None:
    assert list(beside_expected("buurt", CITY)) == [
        "Bij zulke omstandigheden passen ongeveer 626 misdrijven in 2025.",
        "Het waren er 1.237: 2,0 keer zo veel.",
        "Zo'n schatting is grof: een gewone buurt zit er een factor 1,5 naast.",
        "Van elke 100 buurten hebben er 95 tussen 0,18 en 2,5 keer zo veel als hun schatting.",
        "Het aantal hier is dus niet ongewoon.",
    ]
    assert list(goes_together(CITY)) == [
        "Een doorsnee buurt met evenveel inwoners heeft er 78.",
        "Drukte en bebouwing zoals hier gaan samen met even veel.",
        "Leeftijden, huishoudens en woningen zoals hier gaan samen met 6,1 keer zo veel.",
    ]


def test_of_nothing_no_ratio_is_told() -> None:
    assert "Het waren er geen." in list(beside_expected("buurt", CITY._replace(teller=0, oordeel="minder")))


def test_a_gemeente_has_no_parts() -> None:
    assert list(goes_together(CITY._replace(doorsnee=None, drukte=None, wonen=None))) == []


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        (0.149, "0,15 keer zo veel"),
        (0.94, "0,9 keer zo veel"),
        (0.96, "even veel"),
        (1.04, "even veel"),
        (12.3, "12 keer zo veel"),
    ],
)
def test_how_many_times(factor: float, text: str) -> None:
    assert as_many(factor) == text
