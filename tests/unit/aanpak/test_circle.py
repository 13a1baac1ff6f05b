"""An approach stands in one place of the circle on a day, and what is overdue is named."""

from datetime import date

import pytest

from pipeline.aanpak.circle import STAGES, is_overdue, stage_of

TODAY = date(2026, 6, 1)
PAST, LATER = date(2025, 1, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "planned", "verdicts", "stage"),
    [
        (None, None, None, [], "diagnose"),
        (LATER, None, None, [], "aanpak"),
        (PAST, None, None, [], "uitvoering"),
        (PAST, None, LATER, [], "uitvoering"),
        (PAST, None, LATER, [date(2026, 1, 1)], "uitvoering"),
        (PAST, None, TODAY, [], "evaluatie"),
        (PAST, date(2026, 1, 1), None, [], "evaluatie"),
        (PAST, date(2026, 1, 1), None, [date(2025, 6, 1)], "evaluatie"),
        (PAST, date(2026, 1, 1), None, [date(2026, 1, 1)], "bijstellen"),
        (PAST, None, date(2026, 1, 1), [date(2026, 3, 1)], "bijstellen"),
        (PAST, None, None, [date(2026, 3, 1)], "bijstellen"),
    ],
)
def test_the_stage_follows_from_the_days(
    start: date | None, end: date | None, planned: date | None, verdicts: list[date], stage: str
) -> None:
    assert stage_of(start=start, end=end, planned=planned, verdicts=verdicts, today=TODAY) == stage
    assert stage in STAGES


@pytest.mark.parametrize(
    ("end", "planned", "verdicts", "overdue"),
    [
        (None, None, [], False),
        (None, LATER, [], False),
        (None, TODAY, [], False),
        (None, PAST, [], True),
        (None, PAST, [PAST], False),
        (PAST, None, [date(2024, 1, 1)], True),
        (PAST, LATER, [], False),
    ],
)
def test_an_evaluation_is_overdue_after_its_day(
    end: date | None, planned: date | None, verdicts: list[date], overdue: bool
) -> None:
    assert is_overdue(end=end, planned=planned, verdicts=verdicts, today=TODAY) is overdue
