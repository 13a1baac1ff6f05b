"""How readable is a text: sentence lengths and jargon without a glossary link, in Markdown or HTML.

Pure: text in, findings out. Only prose counts: front matter, headings, tables, code, comments, raw
blocks such as figures, macros that stand alone on a line and the addresses of links are left out.
A macro inside a sentence counts as one word, because it renders to a number or a term.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_WORDS = 25
MAX_MEAN = 15.0

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_FENCE = re.compile(r"^(?P<mark>```|~~~).*?^(?P=mark)\s*$", re.S | re.M)
_NOT_PROSE = re.compile(
    r"<(?P<tag>script|style|pre|code|table|svg|figure|h[1-6]|title|head|nav|button|select)\b.*?</(?P=tag)>",
    re.S | re.I,
)
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.S)
_TERM = re.compile(r"\{\{\s*term\(\s*(['\"])(?P<term>.+?)\1\s*\)\s*\}\}")
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.S)
_GLOSSARY_LINK = re.compile(r"\[(?P<text>[^\]]+)\]\([^)]*begrippen[^)]*\)")
_GLOSSARY_ANCHOR = re.compile(r"<a\b[^>]*href=\"[^\"]*begrippen[^\"]*\"[^>]*>(?P<text>.*?)</a>", re.S | re.I)
_LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|section|article|main|header|footer|dl|dt|dd|br|blockquote)\b[^>]*>", re.I
)
_TAG = re.compile(r"<[^>]+>")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_HEADING = re.compile(r"^#{1,6}\s")
_TABLE_ROW = re.compile(r"^\s*\|")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
_ADMONITION = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s")
_ATTRIBUTES = re.compile(r"\{\s*[.#:][^}]*\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-ZÀ-Ý0-9])")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,/][^\W_]+)*")
_SHORTENED = re.compile(r"\b(bijv|ca|nr|dr|prof|art|e\.d|o\.a|m\.a\.w|d\.w\.z|t/m)\.", re.I)

# Placeholders survive the splitting into words; a link mark keeps its term for the jargon check.
_VALUE = " cijfer "
_MARK_OPEN, _MARK_CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True)
class Readability:
    """What was found in one text.

    `sentences` is their number, `mean` the mean length in words (0.0 without sentences), `too_long` the
    sentences over the limit and `jargon` the terms whose first use has no link to the glossary.
    """

    sentences: int
    mean: float
    too_long: tuple[str, ...]
    jargon: tuple[str, ...]


def sentences(text: str) -> tuple[str, ...]:
    """The prose sentences of a Markdown or HTML text, in order, without markup."""
    return tuple(part.translate({ord(_MARK_OPEN): None, ord(_MARK_CLOSE): None}) for part in _sentences(text))


def word_count(sentence: str) -> int:
    """Words of a sentence; '1.234', '0900-8844' and 'e-mail' are one word each."""
    return len(_WORD.findall(sentence))


def readability(text: str, terms: Iterable[str] = (), *, max_words: int = MAX_WORDS) -> Readability:
    """Measure one text; `terms` are the words of the glossary that need a link at their first use."""
    marked = _sentences(text)
    plain = [part.translate({ord(_MARK_OPEN): None, ord(_MARK_CLOSE): None}) for part in marked]
    lengths = [word_count(part) for part in plain]
    return Readability(
        sentences=len(lengths),
        mean=sum(lengths) / len(lengths) if lengths else 0.0,
        too_long=tuple(part for part, length in zip(plain, lengths, strict=True) if length > max_words),
        jargon=tuple(term for term in terms if _first_use_is_bare("\n".join(marked), term)),
    )


def _sentences(text: str) -> list[str]:
    """Sentences in which a linked glossary term stands between two private-use marks."""
    found: list[str] = []
    for block in _blocks(_without_markup(text)):
        shielded = _SHORTENED.sub(lambda match: match[0].replace(".", "․"), block)
        parts = (part.replace("․", ".").strip() for part in _SENTENCE_END.split(shielded))
        found.extend(part for part in parts if word_count(part))
    return found


def _without_markup(text: str) -> str:
    text = text.replace("\r\n", "\n")
    for pattern in (_FRONT_MATTER, _COMMENT, _FENCE, _NOT_PROSE):
        text = pattern.sub("\n\n", text)
    text = _STATEMENT.sub("\n", text)
    for pattern in (_TERM, _GLOSSARY_LINK, _GLOSSARY_ANCHOR):
        text = pattern.sub(_mark, text)
    text = "\n".join("" if _is_macro_line(line) else line for line in text.split("\n"))
    text = _EXPRESSION.sub(_VALUE, text)
    text = _LINK.sub(lambda match: match["text"], text)
    text = _BLOCK_TAG.sub("\n\n", text)
    text = _TAG.sub("", text)
    text = _ATTRIBUTES.sub("", text)
    text = re.sub(r"`[^`\n]*`", " code ", text)
    return html.unescape(_ADDRESS.sub(" adres ", text))


def _mark(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return f"{_MARK_OPEN}{groups.get('term') or groups['text']}{_MARK_CLOSE}"


def _is_macro_line(line: str) -> bool:
    """A line of macros only is a figure, a table or a list, not a sentence."""
    return "{{" in line and not _EXPRESSION.sub("", line).strip(" .*-#>\t")


def _blocks(text: str) -> list[str]:
    """Paragraphs and list items as one line each; headings and table rows are left out."""
    blocks: list[str] = []
    current: list[str] = []
    for line in [*text.split("\n"), ""]:
        skip = _HEADING.match(line) or _TABLE_ROW.match(line) or _ADMONITION.match(line)
        if skip or not line.strip() or _ITEM.match(line):
            blocks.append(" ".join(" ".join(current).split()))
            current = []
        if not skip and line.strip():
            current.append(_ITEM.sub("", line).strip(" >*\t"))
    return [re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", block) for block in blocks if block.strip()]


def _first_use_is_bare(text: str, term: str) -> bool:
    """Whether the first use of a term (whole word, any case) stands outside a link to the glossary."""
    match = re.search(rf"(?<![\w-]){re.escape(term)}(?![\w-])", text, re.I)
    if match is None:
        return False
    before = text[: match.start()]
    return before.count(_MARK_OPEN) == before.count(_MARK_CLOSE)
