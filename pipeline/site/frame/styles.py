"""The style sheet of area pages: of the theme's sheets and ours, the rules that an area page can use.

An area page uses a tenth of the theme. A rule stays when every name in it (class, id, element, attribute)
stands somewhere in what area pages are made from; names are judged as words, so a rule too many stays and
none too few. What a rule of its own `:not(...)` or `:is(...)` says is not judged: either can hold without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.paths import PACKAGE, PROJECT

SHEET = "assets/stylesheets/gebied.css"
_SHEETS = ("main.*.min.css", "palette.*.min.css", "tokens.css", "beeld.css")  # in the order of a written page
_SCRIPTS = ("kader", "beeld", "dom", "grafieken", "kaart", "zoeker", "teksten", "bewaren")
_ROOMS = ("site", "charts")
_OF_OTHER_PAGES = {"text", "download", "generator"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^)\"']*\)"
_TOKEN = re.compile(rf"{_STRING}|[{{}};]")
_NESTED = re.compile(r"\([^()]*\)")
_COMMA = re.compile(rf"{_STRING}|[(),]")
_PSEUDO = re.compile(r"::?[\w-]+")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_BEGINNING = re.compile(r"([A-Za-z]\w*-[\w-]*)\$?\{")  # vb-k{step}, vb-k${step}: names that code completes
_PROPERTY = re.compile(rf"(--[\w-]+)\s*:(?:{_STRING}|[^;{{}}\"'])*;?")
_USED_PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")
_EMPTY = re.compile(r"(?<=[{};])[^{};]+\{\}")
_SPACE = re.compile(r"\s+")
_GROUPS = ("@media", "@supports", "@layer")

Judge = Callable[[str], bool]


def write_sheet(site: Path, frame: str, templates: Path) -> None:
    """Write SHEET below `site`, from the sheets that the generator copied there.

    Args:
        frame: the HTML around the body of an area page.
        templates: the folder of the templates of its sections.

    Raises:
        ValueError: a sheet of the theme is not there, or there twice.
    """
    texts = [frame, *_sources(templates)]
    # The first four a browser puts around a page that does not say them itself.
    words = {"html", "head", "body", "tbody"}.union(*map(_WORD.findall, texts))
    beginnings = tuple({found for text in texts for found in _BEGINNING.findall(text)})
    folder = (site / SHEET).parent
    css = "".join(_COMMENT.sub("", _only(folder, name).read_text(encoding="utf-8")) for name in _SHEETS)
    (site / SHEET).write_text(
        cut(css, lambda name: name in words or name.startswith(beginnings)), encoding="utf-8"
    )


def cut(css: str, known: Judge) -> str:
    """The rules of a sheet (without comments) with a selector whose names are all `known`.

    Custom properties that no rule asks for any more go too.
    """
    left, fewer = "", "".join(_rules(css, lambda selector: all(map(known, _names(selector)))))
    while left != fewer:
        left, fewer = fewer, _EMPTY.sub("", _without_unused(fewer))
    return left


def _without_unused(css: str) -> str:
    used = set(_USED_PROPERTY.findall(css))
    return _PROPERTY.sub(lambda found: found[0] if found[1] in used else "", css)


def _sources(templates: Path) -> Iterator[str]:
    """The texts that area pages are made from, beside their frame."""
    scripts = PROJECT / "site/theme/assets/javascripts"
    code = sorted(file for room in _ROOMS for file in (PACKAGE / room).rglob("*.py"))
    files = [
        *sorted(templates.glob("gebied_*.j2")),
        *(scripts / f"{name}.js" for name in _SCRIPTS),
        *(file for file in code if file.parent.name not in _OF_OTHER_PAGES),
    ]
    return (file.read_text(encoding="utf-8") for file in files)


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise ValueError(f"{pattern} hoort één keer in {folder} te staan, en staat er {len(found)} keer")
    return found[0]


def _rules(css: str, keep: Judge) -> Iterator[str]:
    """The rules of a sheet or a group that are kept, written small."""
    for head, body in _blocks(css):
        if head.startswith(_GROUPS):
            if inner := "".join(_rules(body, keep)):
                yield f"{head}{{{inner}}}"
        elif head.startswith(("@page", "@font-face")):
            yield f"{head}{{{_small(body)}}}"
        elif head.startswith("@"):
            continue  # movements; nothing moves on an area page
        elif selectors := [one for one in _selectors(head) if keep(one)]:
            yield f"{','.join(selectors)}{{{_small(body)}}}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """(what stands before it, what stands in it) of each outermost pair of braces."""
    depth, start, opened = 0, 0, 0
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            depth += 1
            if depth == 1:
                head, opened = css[start : token.start()], token.end()
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield _SPACE.sub(" ", head).strip(), css[opened : token.start()]
                start = token.end()
        elif token[0] == ";" and depth == 0:  # @charset, @import: the theme has none that matters
            start = token.end()


def _selectors(head: str) -> Iterable[str]:
    """The parts of a list of selectors; a comma inside brackets parts nothing."""
    parts, depth, start = [], 0, 0
    for token in _COMMA.finditer(head):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[0] == "," and depth == 0:
            parts.append(head[start : token.start()].strip())
            start = token.end()
    return [*parts, head[start:].strip()]


def _names(selector: str) -> set[str]:
    """The names that must be on a page for a selector to find something."""
    while (bare := _NESTED.sub("", selector)) != selector:
        selector = bare
    return set(_WORD.findall(_PSEUDO.sub("", selector)))


def _small(body: str) -> str:
    parts = re.split(f"({_STRING})", body)
    for index in range(0, len(parts), 2):
        parts[index] = re.sub(r"\s*([;:{}])\s*", r"\1", _SPACE.sub(" ", parts[index])).strip()
    return "".join(parts).removesuffix(";")
