"""The part of OData v3's $filter that the publishers are reported to honour, evaluated over Arrow columns.

Grammar: comparisons (eq, ne, ge, le, gt, lt) between a column or function and a literal, the functions
substring, trim, tolower, startswith and substringof, and, or, not, parentheses.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>\w+)|(?P<sign>[(),]))"
)
_COMPARE: dict[str, Callable[..., Any]] = {
    "eq": pc.equal,
    "ne": pc.not_equal,
    "ge": pc.greater_equal,
    "le": pc.less_equal,
    "gt": pc.greater,
    "lt": pc.less,
}


class FilterError(ValueError):
    """The filter is not in the grammar, or names a column that the set lacks."""


@dataclass(frozen=True)
class Column:
    name: str


@dataclass(frozen=True)
class Literal:
    value: str | float


@dataclass(frozen=True)
class Call:
    """A function, a comparison, or and/or/not, with its arguments."""

    name: str
    arguments: tuple["Node", ...]


Node = Column | Literal | Call


def parse(text: str) -> Node:
    """The tree of a filter.

    Raises:
        FilterError: the text is not in the grammar.
    """
    tokens = list(_tokens(text))
    node, rest = _either(tokens)
    if rest:
        raise FilterError(f"left over in filter: {rest}")
    return node


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place, text = 0, text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found:
            raise FilterError(f"cannot read filter from {text[place:]!r}")
        place = found.end()
        yield str(found.lastgroup), found.group(str(found.lastgroup))


Tokens = list[tuple[str, str]]


def _either(tokens: Tokens) -> tuple[Node, Tokens]:
    return _joined(tokens, "or", lambda rest: _joined(rest, "and", _single))


def _joined(tokens: Tokens, word: str, below: Callable[[Tokens], tuple[Node, Tokens]]) -> tuple[Node, Tokens]:
    node, rest = below(tokens)
    while rest and rest[0] == ("word", word):
        right, rest = below(rest[1:])
        node = Call(word, (node, right))
    return node, rest


def _single(tokens: Tokens) -> tuple[Node, Tokens]:
    if tokens and tokens[0] == ("word", "not"):
        inner, rest = _single(tokens[1:])
        return Call("not", (inner,)), rest
    if tokens and tokens[0] == ("sign", "("):
        inner, rest = _either(tokens[1:])
        return inner, _expect(rest, ")")
    left, rest = _operand(tokens)
    if rest and rest[0][0] == "word" and rest[0][1] in _COMPARE:
        name = rest[0][1]
        right, rest = _operand(rest[1:])
        return Call(name, (left, right)), rest
    return left, rest


def _operand(tokens: Tokens) -> tuple[Node, Tokens]:
    if not tokens:
        raise FilterError("filter ends too early")
    (kind, value), rest = tokens[0], tokens[1:]
    if kind == "text":
        return Literal(value[1:-1].replace("''", "'")), rest
    if kind == "number":
        return Literal(float(value)), rest
    if kind != "word":
        raise FilterError(f"unexpected {value!r} in filter")
    if not rest or rest[0] != ("sign", "("):
        return Column(value), rest
    arguments, rest = [], rest[1:]
    while True:
        argument, rest = _operand(rest)
        arguments.append(argument)
        if not rest or rest[0] != ("sign", ","):
            return Call(value.lower(), tuple(arguments)), _expect(rest, ")")
        rest = rest[1:]


def _expect(tokens: Tokens, sign: str) -> Tokens:
    if not tokens or tokens[0] != ("sign", sign):
        raise FilterError(f"expected {sign!r} in filter")
    return tokens[1:]


def mask(node: Node, table: pa.Table) -> Any:
    """One boolean per row of the table; a missing value satisfies nothing."""
    return pc.fill_null(_value(node, table), False)


def _value(node: Node, table: pa.Table) -> Any:
    if isinstance(node, Literal):
        return pa.scalar(node.value)
    if isinstance(node, Column):
        if node.name not in table.column_names:
            raise FilterError(f"no column {node.name!r}")
        return table[node.name]
    given = [_value(argument, table) for argument in node.arguments]
    if node.name in _COMPARE:
        return _COMPARE[node.name](*given)
    if node.name in ("and", "or"):
        return (pc.and_ if node.name == "and" else pc.or_)(*given)
    if node.name == "not":
        return pc.invert(given[0])
    return _call(node, given)


def _call(node: Call, given: list[Any]) -> Any:
    plain = [argument.as_py() if isinstance(argument, pa.Scalar) else argument for argument in given]
    match node.name, plain:
        case "substring", [column, start]:
            return pc.utf8_slice_codeunits(column, int(start))
        case "substring", [column, start, length]:
            return pc.utf8_slice_codeunits(column, int(start), int(start + length))
        case "trim", [column]:
            return pc.utf8_trim_whitespace(column)
        case "tolower", [column]:
            return pc.utf8_lower(column)
        case "startswith", [column, prefix]:
            return pc.starts_with(column, prefix)
        case "substringof", [piece, column]:
            return pc.match_substring(column, piece)
    raise FilterError(f"function {node.name}/{len(plain)} is not served")


def equalities(node: Node) -> dict[str, str]:
    """Columns that the filter pins to one value: ``A eq 'x' and B eq 'y' and …``."""
    if isinstance(node, Call) and node.name == "and":
        left, right = (equalities(argument) for argument in node.arguments)
        return left | right
    match node:
        case Call("eq", (Column(name), Literal(str(value)))):
            return {name: value}
    return {}


def columns_of(node: Node) -> frozenset[str]:
    """Every column that the filter names."""
    if isinstance(node, Column):
        return frozenset({node.name})
    if isinstance(node, Call):
        return frozenset().union(*(columns_of(argument) for argument in node.arguments))
    return frozenset()


def without_ranges(node: Node | None, column: str) -> Node | None:
    """The filter with comparisons by order (ge, le, gt, lt) of one column left out of its ands."""
    if not isinstance(node, Call):
        return node
    if node.name in ("ge", "le", "gt", "lt") and column in columns_of(node):
        return None
    if node.name == "and":
        left, right = (without_ranges(argument, column) for argument in node.arguments)
        return Call("and", (left, right)) if left and right else left or right
    return node
