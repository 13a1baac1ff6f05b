"""Whatever argparse says to a user, it says in Dutch; a text that a newer Python adds is found here."""

import argparse
import re
from pathlib import Path

from pipeline.dutch_argparse import TEXTS

# Said to whoever writes a parser, never to whoever uses one.
OF_PROGRAMMERS = re.compile(
    r"__call__|conflict|with mode|can't open|merge actions|is an invalid argument for|invalid option string"
    r"|dest= is required|must be optional|multiple subparser|unexpected option string|not callable"
    r"|program's version|deprecated|abbrev|%\(heading\)s"
)


def test_every_text_for_users_is_translated() -> None:
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    texts = re.findall(r"(?:\b_|ngettext)\(\s*('[^'\n]*'|\"[^\"\n]*\")(?:,\s*('[^'\n]*'))?", source)
    said = {text[1:-1].replace("\\n", "\n") for pair in texts for text in pair if text}
    assert "unrecognized arguments: %s" in said
    assert sorted(text for text in said - TEXTS.keys() if not OF_PROGRAMMERS.search(text)) == []


def test_a_translation_has_the_places_of_its_original() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"%(?:\(\w+\))?[sr]", text))

    for text, dutch in TEXTS.items():
        assert set(places(dutch)) <= set(places(text)), text
        assert places(dutch).count("%s") == places(text).count("%s"), text
