"""A figure in words: as it is written with its margin, and as a sentence tells it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.indicator import Indicator
from pipeline.site.figure.cijfer import Cijfer
from pipeline.words.numbers import capital, figure_decimals, format_figure, format_number, in_unit
from pipeline.words.provenance import sources_of, stand_of
from pipeline.words.sentences import Onderwerp, Telling


class Written(NamedTuple):
    """A value and the bounds of its margin as text, with as many decimals as all three need."""

    cijfer: str | None
    onder: str | None
    boven: str | None


def written(definition: Indicator, cijfer: Cijfer) -> Written:
    """Write a figure: 42.578 (34.962 to 51.363) -> '42,6', '35,0', '51,4'; nothing without a value."""
    if cijfer.waarde is None:
        return Written(None, None, None)
    values = (cijfer.waarde, cijfer.onder, cijfer.boven)
    decimals = figure_decimals(definition, *values)
    return Written(*(None if one is None else format_number(one, decimals=decimals) for one in values))


def with_unit(definition: Indicator, waarde: float) -> str:
    """A value that stands without a margin: '60,1 per 1.000 inwoners'."""
    return in_unit(format_figure(definition, waarde), definition.eenheid)


def sources_in_words(figures: Iterable[Cijfer], *, own: str = "") -> str:
    """Which tables figures are from and of when; what they are divided by only where something is.

    `own` is the citation of the dataset of a gemeente that they are from.
    """
    return _told(
        frozenset((one.bron or "", one.vintage or "", one.waarde is not None) for one in figures), own
    )


@lru_cache(maxsize=1024)
def _told(stated: frozenset[tuple[str, str, bool]], own: str) -> str:
    """Remembered: there are few different ones among the many tables of the country."""
    return sources_of(
        ((bron, vintage if divided else stand_of(vintage)) for bron, vintage, divided in stated if bron),
        own=own,
    )


def telling(definition: Indicator, cijfer: Cijfer | None, *, afwezig: str | None = None) -> Telling:
    """What sentences say of a count; `afwezig` is why there is none where the store has no row of it."""
    subject = Onderwerp.parse(definition.onderwerp)
    if cijfer is None:
        return Telling(subject, "", "ontbreekt", oorzaak=afwezig)
    return Telling(
        subject,
        cijfer.periode,
        cijfer.status,
        teller=cijfer.teller,
        onder=cijfer.aantal_onder,
        boven=cijfer.aantal_boven,
        oorzaak=cijfer.oorzaak,
        voorlopig=bool(cijfer.voorlopig),
        per=capital(definition.eenheid),
    )
