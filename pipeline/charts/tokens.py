"""Colours for what is drawn where no style sheet comes: those of the sheet of tokens, on white."""

import re
from functools import cache

from pipeline.paths import PROJECT

SHEET = PROJECT / "site/theme/assets/stylesheets/tokens.css"
_ROOT = re.compile(r":root \{(.*?)\n\}", re.DOTALL)
_COLOUR = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")


@cache
def _colours() -> dict[str, str]:
    (light, *_) = _ROOT.findall(SHEET.read_text(encoding="utf-8"))
    return dict(_COLOUR.findall(light))


def colour(token: str) -> str:
    """'#155a8a' of '--basis-color-accent-1-color-default'; KeyError if the sheet has no such colour."""
    return _colours()[token]
