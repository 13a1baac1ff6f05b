"""Areas and periods as value types: what a code or a name says by itself, without any table.

The forms are those of CBS: ``NL00``, ``GM0758``, ``WK075800``, ``BU07580006``; since 2023 the last
characters of a wijk or buurt may be letters (``BU0363AD03``).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, get_args

Niveau = Literal["land", "gemeente", "wijk", "buurt"]

NIVEAUS: tuple[Niveau, ...] = get_args(Niveau)
PLURAL: dict[Niveau, str] = {"land": "land", "gemeente": "gemeenten", "wijk": "wijken", "buurt": "buurten"}

LAND = "NL00"

_FORMS: dict[Niveau, re.Pattern[str]] = {
    "land": re.compile(r"NL00"),
    "gemeente": re.compile(r"GM\d{4}"),
    "wijk": re.compile(r"WK\d{4}[0-9A-Z]{2}"),
    "buurt": re.compile(r"BU\d{4}[0-9A-Z]{4}"),
}


# The pages of the country ask it of each area some thirty times.
_remembered = lru_cache(maxsize=1 << 15)


@_remembered
def niveau_of(gebied_code: str) -> Niveau:
    """The level of an area, from its code alone.

    Raises:
        ValueError: the code has none of the known forms; the message has the code and the forms.
    """
    for niveau, form in _FORMS.items():
        if form.fullmatch(gebied_code):
            return niveau
    forms = ", ".join(form.pattern for form in _FORMS.values())
    raise ValueError(f"{gebied_code!r} is geen gebiedscode; toegestaan: {forms}")


def gemeente_of(gebied_code: str) -> str | None:
    """The gemeente that an area lies in (or is); None for the country."""
    return None if niveau_of(gebied_code) == "land" else f"GM{gebied_code[2:6]}"


def wijk_of(buurt_code: str) -> str:
    """The wijk that a buurt lies in."""
    return f"WK{buurt_code[2:8]}"


def unaccented(name: str) -> str:
    """A name with its letters bare: 'Chassé' is looked up and sorted as 'Chasse'."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


@_remembered
def slug_of(gebied_code: str) -> str:
    """The folder name of an area's page: the code in lower case, for ever."""
    niveau_of(gebied_code)
    return gebied_code.lower()
