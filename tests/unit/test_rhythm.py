"""When the next figures are to be expected: by year, by two years and by month, and nothing where no day is known."""

from datetime import date

import pytest

from pipeline.rhythm import Expected, Rhythm

YEARLY = Rhythm(every=1, later=1, day="01-15")


@pytest.mark.parametrize(
    ("rhythm", "periode", "expected"),
    [
        (YEARLY, "2025", Expected(2027, 1, 15)),
        (YEARLY, "2025-01", Expected(2025, 3, 15)),
        (YEARLY, "2025-11", Expected(2026, 1, 15)),
        (YEARLY, "2025-12", Expected(2026, 2, 15)),
        (Rhythm(every=1, day="08"), "2024", Expected(2025, 8, None)),
        (Rhythm(every=2, later=1, day="03"), "2023", Expected(2026, 3, None)),
        (Rhythm(every=4), "2020", None),
    ],
)
def test_expected(rhythm: Rhythm, periode: str, expected: Expected | None) -> None:
    assert rhythm.expected(periode) == expected


@pytest.mark.parametrize(
    ("expected", "last"),
    [(Expected(2027, 1, 15), date(2027, 1, 15)), (Expected(2028, 2, None), date(2028, 2, 29))],
)
def test_a_month_is_in_time_until_its_last_day(expected: Expected, last: date) -> None:
    assert expected.last == last


@pytest.mark.parametrize(
    "wrong", [{"every": 0}, {"every": 1, "later": -1}, {"every": 1, "day": "13"}, {"every": 1, "day": "1-15"}]
)
def test_what_is_no_rhythm_is_refused(wrong: dict[str, int | str]) -> None:
    with pytest.raises(ValueError, match="een dag als '01-15' of een maand als '03'"):
        Rhythm(**wrong)  # type: ignore[arg-type]
