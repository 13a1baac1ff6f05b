"""Recorded verdicts: rows are added, none goes, and what was said before is read back."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.aanpak.definition import ApproachError
from pipeline.aanpak.record import COLUMNS, Recorded, add, is_news, read_recorded

FIRST = Recorded(
    *(date(2026, 3, 1), "misdrijven", "live", date(2026, 1, 15), 2021, 2023, 2024, 2025),
    *(100.0, 60.0, 98.5, -38.5, -60.1, -16.9, "verbeterd", None, "geen verschil te zien"),
)


def test_what_is_added_is_read_back_below_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "oordelen" / "fietsen.csv"
    later = FIRST._replace(
        vastgelegd_op=date(2027, 3, 1), oordeel="niet te zeggen", reden="te_weinig", na=None
    )
    add(path, [FIRST])
    before = path.read_bytes()
    add(path, [later])
    assert path.read_bytes().startswith(before)
    assert read_recorded(path) == (FIRST, later)


def test_without_a_file_nothing_was_recorded(tmp_path: Path) -> None:
    assert read_recorded(tmp_path / "weg.csv") == ()


@pytest.mark.parametrize(
    ("change", "news"),
    [
        ({"vastgelegd_op": date(2027, 1, 1), "stand": date(2026, 6, 1)}, False),
        ({"oordeel": "verslechterd"}, True),
        ({"na": 61.0}, True),
        ({"indicator": "overlast"}, True),
        ({"opslag": "voorbeeld"}, True),
    ],
)
def test_only_what_says_something_else_is_news(change: dict[str, object], news: bool) -> None:
    assert is_news([FIRST], FIRST._replace(**change)) is news  # type: ignore[arg-type]


def test_the_last_one_counts() -> None:
    other = FIRST._replace(na=61.0)
    assert is_news([FIRST, other], FIRST)
    assert not is_news([other, FIRST], FIRST)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("verbeterd", "beter", r"fietsen\.csv:2: oordeel is 'beter'; toegestaan: verbeterd, verslechterd"),
        ("60.0", "veel", r"fietsen\.csv:2: na is 'veel'; verwacht een getal"),
        ("2026-03-01", "maart", r"fietsen\.csv:2: vastgelegd_op is 'maart'; verwacht een dag"),
        (",live,", ",", r"fietsen\.csv:2: 16 cellen; verwacht 17"),
        ("indicator,", "cijfer,", r"fietsen\.csv:1: de eerste regel moet vastgelegd_op,indicator,"),
    ],
)
def test_a_row_that_was_changed_by_hand_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "fietsen.csv"
    add(path, [FIRST])
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ApproachError, match=told):
        read_recorded(path)


def test_the_columns_are_those_of_a_verdict() -> None:
    assert COLUMNS[:3] == ("vastgelegd_op", "indicator", "opslag")
