"""Why a cell of a municipal file has no figure: its status, its caveat and the words for the maker.

The caveats are keys of ``reference.voorbehouden``; two carry a detail behind a colon (see ``words.reasons``).
"""

from dataclasses import dataclass
from datetime import date

from pipeline.gemeente.numbers import Empty


@dataclass(frozen=True)
class Reason:
    """One reason.

    Attributes:
        status: one of words.status.STATUSSEN.
        caveats: keys with ; between them; empty where the status says it all.
        words: for whoever wrote the definition.
    """

    status: str
    caveats: str
    words: str


SMALL = Reason("minder_dan_5", "bron_verbergt", "de bron zegt alleen dat het er minder dan 5 zijn")
HIDDEN = Reason("verborgen", "bron_verbergt", "de bron verbergt dit cijfer")
EMPTY = Reason("ontbreekt", "", "er is niets ingevuld")
DERIVABLE = Reason(
    "verborgen", "uit_te_rekenen", "weggelaten, want anders is een aantal van 1 tot en met 4 uit te rekenen"
)
PART_HIDDEN = Reason("verborgen", "deel_verborgen", "een deel van de som is verborgen")
PART_EMPTY = Reason("ontbreekt", "deel_ontbreekt", "een deel van de som is niet ingevuld")
PART_OF_YEAR = Reason("ontbreekt", "deel_ontbreekt", "een deel van het jaar ontbreekt voor dit gebied")
PART_OF_AREA = Reason("ontbreekt", "deel_ontbreekt", "een buurt in de som heeft geen cijfer")


def of_cell(empty: Empty, *, counted: bool) -> Reason:
    """Why a cell that is a figure by itself has none; what is hidden of a percentage says nothing of five."""
    if empty == "leeg":
        return EMPTY
    return SMALL if empty == "te klein" and counted else HIDDEN


def of_parts(empty: list[Empty]) -> Reason:
    """Why a sum with such parts is no figure."""
    return PART_HIDDEN if any(one != "leeg" for one in empty) else PART_EMPTY


def running(until: date, words: str) -> Reason:
    """A period that has not ended: what there is of it goes until a day."""
    return Reason("voorlopig", f"loopt_tot:{until.isoformat()}", words)


def not_whole(words: str) -> Reason:
    """A period that is over, of which the file lacks a part."""
    return Reason("ontbreekt", "deel_ontbreekt", words)


def at_least(reason: Reason, least: int) -> Reason:
    """The same with a lower bound: what is known of the sum."""
    return Reason(
        reason.status, f"{reason.caveats};ten_minste:{least}", f"{reason.words}; ten minste {least}"
    )
