"""The reading guide in words: what a file holds, how to cite it, its sources, columns and caveats."""

from __future__ import annotations

import textwrap

from pipeline.indicator import Indicator
from pipeline.site.description.documentation import FORMULA_NOTE, STATUS_MEANING, Guide
from pipeline.site.download.archive import Member, deflate
from pipeline.words.provenance import source_line

README = "lees-mij.txt"


def written(guide: Guide) -> str:
    """The reading guide as plain text: what, how to cite, sources, columns, caveats."""
    return _heading(guide) + explanation(guide)


def member(guide: Guide, explained: str) -> Member:
    """The reading guide as a file in a zip; `explained` is its `explanation`."""
    return deflate(README, [(_heading(guide) + explained).encode()])


def _heading(guide: Guide) -> str:
    blocks = [f"{guide.title}\n{'=' * len(guide.title)}", _wrap(f"Zo noem je de bron: {guide.citation}")]
    return "\n\n".join(blocks) + "\n\n"


def explanation(guide: Guide) -> str:
    """What stands below the heading: the same for every gemeente, and a thousandth of a second each."""
    blocks = ["BRONNEN\n" + "\n".join(_bullet(source_line(source)) for source in guide.sources)]
    blocks.append("INDICATOREN")
    blocks += [_indicator_text(one) for one in guide.indicators]
    blocks.append("VOORBEHOUDEN\n" + "\n".join(_bullet(f"{key}: {text}") for key, text in guide.caveats))
    blocks.append("KOLOMMEN\n" + "\n".join(_bullet(f"{one.name}: {one.doc}") for one in guide.columns))
    blocks.append("STATUS\n" + "\n".join(_bullet(f"{key}: {text}") for key, text in STATUS_MEANING.items()))
    blocks.append(_wrap(FORMULA_NOTE))
    return "\n\n".join(blocks) + "\n"


def _indicator_text(one: Indicator) -> str:
    lines = [f"{one.titel} ({one.indicator})", _wrap(one.definitie), _wrap(f"Eenheid: {one.eenheid}.")]
    if one.caveat_keys:
        lines.append(_wrap(f"Voorbehoud: {', '.join(one.caveat_keys)}."))
    return "\n".join(lines)


def _bullet(text: str) -> str:
    return _wrap(text, first="- ", other="  ")


def _wrap(text: str, *, first: str = "", other: str = "") -> str:
    return textwrap.fill(
        text,
        width=88,
        initial_indent=first,
        subsequent_indent=other,
        break_long_words=False,
        break_on_hyphens=False,
    )
