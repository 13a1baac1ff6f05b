"""Whether a series rises or falls, in words; and how large a change must be to be seen at all."""

import math
from collections.abc import Sequence

from pipeline.words.numbers import format_number

UP, DOWN, STEADY, UNKNOWN = "neemt toe", "neemt af", "geen duidelijke verandering", "niet te zeggen"
LEAST_YEARS = 3

_NEARLY_ALL = 0.95  # of a straight line that begins or ends so near to nothing, no percentage is to be made


def per_year(change: float, years: int) -> str:
    """'6 procent per jaar', of a change over some years as a part of what was there: 0.26 over 4.

    Raises ValueError if there are no years between.
    """
    if years < 1:
        raise ValueError(f"a change needs years between, not {years}")
    if change <= -_NEARLY_ALL:
        return "tot bijna niets"
    if 1 / (1 + change) <= 1 - _NEARLY_ALL:
        return "vanaf bijna niets"
    rate = 100 * abs((1 + change) ** (1 / years) - 1)
    return f"{format_number(rate)} procent per jaar" if rate >= 1 else "minder dan 1 procent per jaar"


def trend_sentence(wat: str, *, van: str, tot: str, oordeel: str, verandering: float) -> str:
    """'Van 2022 tot en met 2025 neemt het aantal misdrijven af, met gemiddeld 6 procent per jaar.'

    Args:
        wat: what is counted: 'misdrijven', 'keer geluid van horeca'.
        verandering: the last year over the first, minus 1.
    """
    years = f"Van {van} tot en met {tot}"
    if oordeel == STEADY:
        return f"{years} is er geen duidelijke verandering."
    if oordeel == UNKNOWN:
        return f"{years} is niet te zeggen of het aantal {wat} toeneemt of afneemt: het is te klein."
    verb, direction = oordeel.split()
    amount = per_year(verandering, int(tot) - int(van))
    how = f"met gemiddeld {amount}" if amount.endswith("jaar") else amount
    return f"{years} {verb} het aantal {wat} {direction}, {how}."


def trend_cell(oordeel: str, *, van: str, tot: str, verandering: float) -> str:
    """The same in a table: 'neemt af, 6 procent per jaar'."""
    if oordeel in (STEADY, UNKNOWN):
        return oordeel
    return f"{oordeel}, {per_year(verandering, int(tot) - int(van))}"


def visible_sentence(zichtbaar: float) -> str:
    """What a year could show at all: `zichtbaar` is the smallest decline found in four of five cases."""
    percent = math.ceil(100 * zichtbaar - 1e-9)
    if percent >= 100:
        return "Bij zo'n klein aantal zou zelfs nul in één jaar geen duidelijke daling zijn."
    return (
        f"Een daling van minder dan {percent} procent in één jaar "
        "is hier niet goed van toeval te onderscheiden."
    )


def too_few_years(jaren: Sequence[str], *, verborgen: bool, voorbeeld: bool) -> str:
    """Why nothing is said of the course of a series.

    Args:
        jaren: the years of which the count is shown.
        verborgen: whether that of another year is not, to protect people.
    """
    if verborgen:
        return "Dat is niet te zeggen: niet van elk jaar staat het aantal hier."
    if len(jaren) == 1:
        store = "Dit voorbeeld" if voorbeeld else "Deze site"
        return f"{store} heeft hier alleen {jaren[0]}. Daaruit blijkt geen verloop."
    return f"Dat is niet te zeggen: er zijn minder dan {LEAST_YEARS} jaren na corona en na de laatste breuk."
