"""A style sheet, of which the rules are kept that can hold, written small. The parser is that of tinycss2."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import tinycss2
from tinycss2.serializer import serialize_identifier

Judge = Callable[[str], bool]
Tokens = Sequence[Any]  # of tinycss2.ast; the library has no types

_GROUPS = frozenset({"media", "supports", "layer"})
_WHOLE = frozenset({"page", "font-face"})
_TIGHT_IN_VALUE = frozenset(",/")
_TIGHT_IN_SELECTOR = frozenset(",>~+")
_ZERO = re.compile(r"^([+-]?)0(?=\.\d)")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_PAPER = "print"
_STATE = re.compile(r":(?:hover|focus|active|target|placeholder-shown|valid)\b")
_ADDRESS = re.compile(r"url\([\"']?([^\"')]*)")


@dataclass(frozen=True)
class Declaration:
    """A property with its value as it is written, and the custom properties that the value asks for."""

    name: str
    value: str
    asks: frozenset[str]

    def __str__(self) -> str:
        return f"{self.name}:{self.value}"


@dataclass(frozen=True)
class Rule:
    """Selectors with the names each needs on a page, and what they declare; a `@page` needs none."""

    selectors: tuple[tuple[str, frozenset[str]], ...]
    declarations: tuple[Declaration, ...]

    def __str__(self) -> str:
        return f"{','.join(text for text, _ in self.selectors)}{{{';'.join(map(str, self.declarations))}}}"


@dataclass(frozen=True)
class Group:
    """Rules that hold under one condition."""

    head: str
    rules: tuple[Rule | Group, ...]

    def __str__(self) -> str:
        return f"{self.head}{{{''.join(map(str, self.rules))}}}"


Part = Rule | Group


@lru_cache(maxsize=2)  # two sheets are cut from one, and one of those is cut again
def read(css: str) -> tuple[Part, ...]:
    """The rules of a sheet, without movements (`@keyframes`): a thing is then where it would end.

    Raises:
        ValueError: the sheet cannot be read; the message has line and column.
    """
    return tuple(_parts(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def cut(parts: Iterable[Part], known: Judge) -> str:
    """The sheet with the selectors whose names are all `known`.

    What a rule says in `:not(...)`, `:is(...)` or another function is not judged: either can hold without.
    Custom properties that no rule asks for any more go too, and what is empty then.
    """

    def can_hold(rule: Rule) -> Rule:
        return replace(rule, selectors=tuple(one for one in rule.selectors if all(map(known, one[1]))))

    left = tuple(_changed(parts, can_hold))
    while (fewer := _without_unasked(left)) != left:
        left = fewer
    return "".join(map(str, left))


def untouched(parts: Iterable[Part]) -> Iterator[Part]:
    """What holds on a screen before anybody does something, without what the browser would fetch for it.

    Left out: paper, states that a reader brings about (a pointer, the focus), and what
    names an address: in a page it would start from the page, and not from the sheet.
    """
    for part in parts:
        if isinstance(part, Group):
            if _PAPER not in part.head and (rules := tuple(untouched(part.rules))):
                yield Group(part.head, rules)
            continue
        selectors = tuple(one for one in part.selectors if not _STATE.search(one[0]))
        if (
            selectors
            and not part.selectors[0][0].startswith("@page")
            and not any(map(_fetches, part.declarations))
        ):
            yield replace(part, selectors=selectors)


def custom(parts: Iterable[Part]) -> dict[str, str]:
    """The custom properties that rules declare outside groups, with the last value of each."""
    rules = (part for part in parts if isinstance(part, Rule))
    return {one.name: one.value for rule in rules for one in rule.declarations if one.name.startswith("--")}


def _fetches(declaration: Declaration) -> bool:
    return any(address[:5] != "data:" for address in _ADDRESS.findall(declaration.value))


def _without_unasked(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    asked = frozenset(name for rule in _rules(parts) for one in rule.declarations for name in one.asks)

    def said(rule: Rule) -> Rule:
        kept = (one for one in rule.declarations if not one.name.startswith("--") or one.name in asked)
        return replace(rule, declarations=tuple(kept))

    return tuple(_changed(parts, said))


def _rules(parts: Iterable[Part]) -> Iterator[Rule]:
    for part in parts:
        if isinstance(part, Group):
            yield from _rules(part.rules)
        else:
            yield part


def _changed(parts: Iterable[Part], change: Callable[[Rule], Rule]) -> Iterator[Part]:
    """The parts with every rule changed; what then selects or says nothing goes, and an empty group."""
    for part in parts:
        if isinstance(part, Group):
            if rules := tuple(_changed(part.rules, change)):
                yield Group(part.head, rules)
        elif (rule := change(part)).selectors and rule.declarations:
            yield rule


def _parts(nodes: Iterable[Any]) -> Iterator[Part]:
    for node in nodes:
        if node.type == "error":
            raise _unreadable(node)
        if node.type == "qualified-rule":
            selectors = tuple(
                (_written(one, _TIGHT_IN_SELECTOR), _names(one)) for one in _listed(node.prelude)
            )
            yield Rule(selectors, tuple(_declarations(node.content)))
        elif node.content is None or node.lower_at_keyword not in _GROUPS | _WHOLE:
            continue
        else:
            head = f"@{node.at_keyword} {_written(node.prelude, _TIGHT_IN_VALUE)}".rstrip()
            if node.lower_at_keyword in _WHOLE:
                yield Rule(((head, frozenset()),), tuple(_declarations(node.content)))
            else:
                rules = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield Group(head, tuple(_parts(rules)))


def _selector(tokens: Tokens) -> tuple[str, frozenset[str]]:
    return _written(tokens, _TIGHT_IN_SELECTOR), _names(tokens)


def _declarations(content: Tokens) -> Iterator[Declaration]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            raise _unreadable(node)
        important = "!important" if node.important else ""
        value = _written(node.value, _TIGHT_IN_VALUE) + important
        yield Declaration(serialize_identifier(node.name), value, frozenset(_asked_in(node.value)))


def _unreadable(node: Any) -> ValueError:
    where = f"regel {node.source_line}, teken {node.source_column}"
    return ValueError(f"de stijlen zijn niet te lezen op {where}: {getattr(node, 'message', node.type)}")


def _asked_in(tokens: Tokens) -> Iterator[str]:
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            yield from (one.value for one in token.arguments[:2] if one.type == "ident")
        yield from _asked_in(_inside(token))


def _inside(token: Any) -> Tokens:
    inside: Tokens = getattr(token, "arguments", None) or (
        token.content if token.type.endswith("block") else ()
    )
    return inside


def _listed(tokens: Tokens) -> Iterator[Tokens]:
    """The parts of a list of selectors."""
    part: list[Any] = []
    for token in tokens:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _names(selector: Tokens) -> frozenset[str]:
    """The names that must be on a page for a selector to find something."""
    names: set[str] = set()
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "[] block":
            names.update(
                *(_WORD.findall(one.value) for one in token.content if one.type in ("ident", "string"))
            )
        elif token.type in ("ident", "hash") and before != ":":
            names.add(token.value)
    return frozenset(names)


def _written(tokens: Tokens, tight: frozenset[str]) -> str:
    text: str = tinycss2.serialize(_small(tokens, tight))
    return text


def _small(tokens: Tokens, tight: frozenset[str]) -> list[Any]:
    """The tokens without space at the ends and around `tight`, and without a zero before a point."""
    kept: list[Any] = []
    for token in tokens:
        if token.type == "comment" or (
            token.type == "whitespace" and (not kept or _is_tight(kept[-1], tight))
        ):
            continue
        if _is_tight(token, tight) and kept and kept[-1].type == "whitespace":
            kept.pop()
        if token.type == "whitespace":
            token.value = " "
        elif token.type in ("number", "percentage", "dimension"):
            token.representation = _ZERO.sub(r"\1", token.representation)
        elif token.type == "function":
            token.arguments = _small(token.arguments, tight - {"+"})  # 2n + 1 is no pair of neighbours
        elif token.type.endswith("block"):
            token.content = _small(token.content, tight)
        kept.append(token)
    return kept[:-1] if kept and kept[-1].type == "whitespace" else kept


def _is_tight(token: Any, tight: frozenset[str]) -> bool:
    return token.type == "literal" and token.value in tight
