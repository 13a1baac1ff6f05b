"""Numbers as gemeenten write them. A cell without a figure is not a zero, and says which it is."""

import math
import re
from dataclasses import dataclass
from typing import Literal

Empty = Literal["leeg", "verborgen", "te klein"]

# Nobody filled anything in, or it does not apply.
MISSING = frozenset(
    (
        *("", "-", "--", "–", "?", "nb", "n.b.", "nvt", "n.v.t.", "n/a", "na", "nan"),
        *("null", "none", "onbekend", "leeg", "#n/b", "#n/a"),
    )
)
# The publisher has the number and hides it, as CBS does with a point.
HIDDEN = frozenset((".", "..", "...", "…", "x", "*", "**", "geheim", "vertrouwelijk"))
# "<5", "< 10", "1-4", "minder dan 5": the publisher protects people; the number is not known.
_SUPPRESSED = re.compile(r"(?:<|minder dan|kleiner dan) ?(\d{1,9})|1 ?[-–] ?4", re.IGNORECASE)
SMALL = 5
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_GROUPED = {
    ",": re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?"),
    ".": re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"),
}
_PLAIN = {
    ",": re.compile(r"[+-]?\d+(,\d+)?(e[+-]?\d+)?", re.IGNORECASE),
    ".": re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE),
}
FORMULA = ("=", "@")
LARGEST_COUNT = 1_000_000_000  # fifty times the country's inhabitants


class NumberError(ValueError):
    """A cell holds something that is no number; the message says what and how it might be meant."""


@dataclass(frozen=True)
class Number:
    """A value, or why there is none."""

    value: float | None
    empty: Empty | None = None


def parse_number(text: str | None, *, decimal: str) -> Number:
    """Read one cell; ``decimal`` is the publisher's decimal mark.

    Raises:
        NumberError: not a number and not a mark for 'no figure'.
    """
    bare = _SPACES.sub(" ", text or "").strip()
    if empty := _empty(bare):
        return Number(None, empty)
    digits = bare.removesuffix("%").replace(" ", "")
    thousands = "." if decimal == "," else ","
    if _GROUPED[decimal].fullmatch(digits):
        digits = digits.replace(thousands, "")
    if _PLAIN[decimal].fullmatch(digits) and len(digits) < 40:
        return Number(_finite(bare, float(digits.replace(decimal, "."))))
    if _PLAIN[thousands].fullmatch(digits):
        raise NumberError(f"{bare!r} heeft een {_mark(thousands)}, maar decimal is een {_mark(decimal)}")
    if bare.startswith(FORMULA):
        raise NumberError(f"{_short(bare)} is een formule, geen getal")
    raise NumberError(f"{_short(bare)} is geen getal")


def _empty(bare: str) -> Empty | None:
    if bare.casefold() in MISSING:
        return "leeg"
    if bare.casefold() in HIDDEN:
        return "verborgen"
    if found := _SUPPRESSED.fullmatch(bare):
        return "te klein" if int(found[1] or SMALL) <= SMALL else "verborgen"
    return None


def _finite(text: str, value: float) -> float:
    if not math.isfinite(value):
        raise NumberError(f"{_short(text)} is te groot voor een getal")
    if value == 0 and text.startswith("-"):
        raise NumberError(f"{_short(text)} is min nul; schrijf 0, of laat de cel leeg")
    return value


def parse_count(text: str | None, *, decimal: str) -> Number:
    """The same for a count.

    Raises:
        NumberError: no whole number of zero or more.
    """
    number = parse_number(text, decimal=decimal)
    if number.value is not None and (number.value < 0 or number.value != int(number.value)):
        shown = _short(str(text).strip())
        raise NumberError(f"{shown} is geen aantal; verwacht een heel getal van 0 of meer")
    if number.value is not None and number.value > LARGEST_COUNT:
        raise NumberError(f"{_short(str(text).strip())} is te groot voor een aantal")
    return number


def looks_empty(text: str) -> bool:
    """Whether a cell holds a mark for 'no figure', such as ``x``, ``n.b.`` or ``<5``."""
    return _empty(_SPACES.sub(" ", text).strip()) is not None


def looks_like_number(text: str, *, decimal: str) -> bool:
    """Whether a cell holds a number in this notation."""
    try:
        return parse_number(text, decimal=decimal).value is not None
    except NumberError:
        return False


def _mark(sign: str) -> str:
    return "komma" if sign == "," else "punt"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
