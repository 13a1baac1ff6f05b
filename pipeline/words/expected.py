"""A count beside what goes together with the circumstances, in words: never as cause and effect."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.words.numbers import format_factor, format_mean, format_number
from pipeline.words.sentences import MEERVOUD

OORDELEN = {
    "meer": "Het aantal hier is meer dan bij de omstandigheden past.",
    "minder": "Het aantal hier is minder dan bij de omstandigheden past.",
    "gewoon": "Het aantal hier is dus niet ongewoon.",
}


class Verwacht(NamedTuple):
    """A row of mart.verwacht, which explains each; `doorsnee`, `drukte` and `wonen` are of a buurt only."""

    gebied_code: str
    periode: str
    teller: int
    verwacht: float
    onder: float
    boven: float
    ernaast: float
    oordeel: str
    doorsnee: float | None
    drukte: float | None
    wonen: float | None


def beside_expected(niveau: str, one: Verwacht) -> Iterator[str]:
    """What would be usual, and how usual it is to be off."""
    several, off = MEERVOUD[niveau], format_number(one.ernaast, decimals=1)
    yield f"Bij zulke omstandigheden passen ongeveer {format_mean(one.verwacht)} misdrijven in {one.periode}."
    times = f"{format_number(one.teller)}: {as_many(one.teller / one.verwacht)}" if one.teller else "geen"
    yield f"Het waren er {times}."
    yield f"Zo'n schatting is grof: een gewone {niveau} zit er een factor {off} naast."
    low, high = format_factor(one.onder), format_factor(one.boven)
    yield f"Van elke 100 {several} hebben er 95 tussen {low} en {high} keer zo veel als hun schatting."
    yield OORDELEN[one.oordeel]


def goes_together(one: Verwacht) -> Iterator[str]:
    """What the circumstances of a buurt go together with, those that go together themselves as one."""
    if one.doorsnee is None or one.drukte is None or one.wonen is None:
        return
    yield f"Een doorsnee buurt met evenveel inwoners heeft er {format_mean(one.doorsnee)}."
    yield f"Drukte en bebouwing zoals hier gaan samen met {as_many(one.drukte)}."
    yield f"Leeftijden, huishoudens en woningen zoals hier gaan samen met {as_many(one.wonen)}."


def as_many(factor: float) -> str:
    """'1,9 keer zo veel'; what is written as one is as many."""
    text = format_factor(factor)
    return "even veel" if text == "1,0" else f"{text} keer zo veel"
