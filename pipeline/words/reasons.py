"""Why one cell of a gemeente has no figure, in words; its keys stand in the column ``voorbehoud``.

``loopt_tot:2025-02-14`` and ``ten_minste:24`` carry a detail behind a colon; the other keys are texts of
``reference.voorbehouden``.
"""

from collections.abc import Mapping
from datetime import date

from pipeline.words.numbers import capital, format_date, format_number, format_period

REASONS = (
    *("bron_verbergt", "uit_te_rekenen", "deel_verborgen", "deel_ontbreekt"),
    *("loopt_tot", "ten_minste"),
)
"""Keys that belong to a cell and not to its indicator."""


def still_running(period: str, until: date) -> str:
    """Why a period is left out: '2026 staat er nog niet bij, want dat jaar loopt nog.'"""
    what = "die maand" if "-" in period else "dat jaar"
    return (
        f"{capital(format_period(period))} staat er nog niet bij, want {what} loopt nog. "
        f"De bron heeft cijfers tot en met {format_date(until.isoformat())}."
    )


LEAST = "ten_minste"


def least_of(keys: str) -> int | None:
    """The lower bound among the keys of a cell; None if there is none."""
    found = dict(key.partition(":")[::2] for key in keys.split(";"))
    return int(found[LEAST]) if LEAST in found else None


def reason_words(keys: str, texts: Mapping[str, str]) -> str:
    """The sentences of a cell's own keys; `texts` is key → text of a caveat."""
    return " ".join(_words(key, texts) for key in keys.split(";") if key)


def _words(key: str, texts: Mapping[str, str]) -> str:
    name, _, detail = key.partition(":")
    if name == "loopt_tot":
        return f"De periode is nog niet voorbij. Er zijn cijfers tot en met {format_date(detail)}."
    if name == LEAST:
        return f"Het zijn er ten minste {format_number(int(detail))}."
    return texts[name]
