"""Why one cell of a gemeente has no figure, in words."""

import csv
from datetime import date
from pathlib import Path

import pytest

from pipeline.words.reasons import REASONS, least_of, reason_words, still_running

REFERENCE = Path(__file__).parents[3] / "data" / "reference" / "voorbehouden.csv"


def texts() -> dict[str, str]:
    with REFERENCE.open(encoding="utf-8", newline="") as text:
        return {row["voorbehoud"]: row["tekst"] for row in csv.DictReader(text)}


def test_a_detail_is_said_in_words() -> None:
    assert reason_words("loopt_tot:2025-02-14", {}) == (
        "De periode is nog niet voorbij. Er zijn cijfers tot en met 14 februari 2025."
    )
    both = reason_words("deel_verborgen;ten_minste:1024", {"deel_verborgen": "Een deel is niet bekend."})
    assert both == "Een deel is niet bekend. Het zijn er ten minste 1.024."


@pytest.mark.parametrize(
    ("keys", "least"), [("deel_verborgen;ten_minste:24", 24), ("deel_verborgen", None), ("", None)]
)
def test_the_lower_bound_of_a_cell(keys: str, least: int | None) -> None:
    assert least_of(keys) == least


@pytest.mark.parametrize("key", REASONS)
def test_every_reason_has_words_and_a_text(key: str) -> None:
    details = {"loopt_tot": ":2025-02-14", "ten_minste": ":24"}
    assert texts()[key]
    assert reason_words(key + details.get(key, ""), texts()).endswith(".")


def test_a_period_that_runs_says_why_it_is_left_out() -> None:
    assert still_running("2026", date(2026, 2, 14)) == (
        "2026 staat er nog niet bij, want dat jaar loopt nog. De bron heeft cijfers tot en met 14 februari 2026."
    )
    assert still_running("2026-02", date(2026, 2, 14)).startswith(
        "Februari 2026 staat er nog niet bij, want die maand loopt nog."
    )
