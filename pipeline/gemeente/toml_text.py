"""Text for a drafted TOML. What a file says can never end a string or a line."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping

SHOWN = 6


def slug(text: str) -> str:
    """Lower-case letters, digits and underscores, starting with a letter."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    return joined if not joined or joined[0].isalpha() else f"n_{joined}"


def string(value: str) -> str:
    """A value as a TOML string."""
    return json.dumps(
        "".join(sign for sign in value if sign.isprintable() or sign == "\t"), ensure_ascii=False
    )


def strings(values: Iterable[str]) -> str:
    """A list of TOML strings."""
    return f"[{', '.join(string(value) for value in values)}]"


def table(values: Mapping[str, str]) -> str:
    """An inline table; the values are TOML already."""
    return f"{{ {', '.join(f'{string(key)} = {value}' for key, value in values.items())} }}"


def comment(text: str) -> str:
    """Text that stays on its line."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def some(values: Iterable[str]) -> str:
    """The first of many, with how many more there are."""
    listed = list(values)
    shown = ", ".join(listed[:SHOWN])
    return f"{shown} en {len(listed) - SHOWN} meer" if len(listed) > SHOWN else shown
