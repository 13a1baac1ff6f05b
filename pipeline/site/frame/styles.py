"""One style sheet for area pages and one for written pages: of the theme's and ours, the rules they can use.

An area page uses a tenth of the theme, a written page half. A rule stays when every name in it (class, id,
element, attribute) stands somewhere in what those pages are made from; names are judged as words, so a rule
too many stays and none too few. What a rule of its own `:not(...)` or `:is(...)` says is not judged: either
can hold without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.paths import PACKAGE, PROJECT

SHEET = "assets/stylesheets/gebied.css"
WRITTEN = "assets/stylesheets/tekst.css"
_SHEETS = ("main.*.min.css", "palette.*.min.css", "tokens.css", "beeld.css")  # in the order of a written page
_SCRIPTS = (
    *("kader", "beeld", "dom", "grafieken", "kaart", "zoeker", "teksten", "bewaren"),
    *("citeer", "tekening"),
)
_ROOMS = ("site", "charts")
_OF_OTHER_PAGES = {"text", "download", "generator"}

# The first four a browser puts around a page that does not say them itself; the others are of the tooltip of
# the chart library.
_MADE_ELSEWHERE = {"html", "head", "body", "tbody", "vg-tooltip-element", "visible", "key", "value"}
_LINKS = re.compile(
    r'<link rel="stylesheet" href="([^"]*)assets/stylesheets/'
    r'(?:main\.|palette\.|tokens\.css|beeld\.css)[^"]*">\s*'
)
_OF_THE_THEME = ("md-", "data-md")  # names that its script gives

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^)\"']*\)"
_TOKEN = re.compile(rf"{_STRING}|[{{}};]")
_NESTED = re.compile(r"\([^()]*\)")
_COMMA = re.compile(rf"{_STRING}|[(),]")
_PSEUDO = re.compile(r"::?[\w-]+")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_BEGINNING = re.compile(r"([A-Za-z]\w*-[\w-]*)\$?\{")  # vb-k{step}, vb-k${step}: names that code completes
# Not the end of a class in a selector: .md-sidebar--primary:not([hidden]).
_PROPERTY = re.compile(rf"(?<=[{{;])(--[\w-]+)\s*:(?:{_STRING}|[^;{{}}\"'])*;?")
_USED_PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")
_EMPTY = re.compile(r"(?<=[{};])[^{};]+\{\}")
_COMBINATOR = re.compile(r"\s*([>~+,])\s*")
_ZERO = re.compile(r"(?<![\w.])0(?=\.\d)")
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
    words = set[str]().union(*map(_WORD.findall, texts))
    _write(site, SHEET, words, _beginnings(texts))


def write_written_sheet(site: Path) -> None:
    """Write WRITTEN below `site`, and let every page that asks for the four sheets ask for it alone.

    Raises:
        ValueError: a sheet of the theme is not there, or there twice.
    """
    words: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        if found := _LINKS.search(page):
            words.update(_WORD.findall(page))
            link = f'<link rel="stylesheet" href="{found[1]}{WRITTEN}">\n'
            path.write_text(link.join(_around_links(page)), encoding="utf-8")
    scripts = {file: file.read_text(encoding="utf-8") for file in (site / "assets/javascripts").glob("*.js")}
    own = [script for file, script in scripts.items() if not file.name.startswith("bundle.")]
    words.update(*map(_WORD.findall, own))
    for script in scripts.values():
        words.update(name for name in _WORD.findall(script) if name.startswith(_OF_THE_THEME))
    _write(site, WRITTEN, words | {"js"}, _beginnings(own))


def _around_links(page: str) -> tuple[str, str]:
    """What stands before the links to the sheets, and all else behind the first of them."""
    links = list(_LINKS.finditer(page))
    return page[: links[0].start()], _LINKS.sub("", page[links[0].start() :])


def _beginnings(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple({found for text in texts for found in _BEGINNING.findall(text)})


def _write(site: Path, sheet: str, words: set[str], beginnings: tuple[str, ...]) -> None:
    known = words | _MADE_ELSEWHERE
    folder = (site / sheet).parent
    css = "".join(_COMMENT.sub("", _only(folder, name).read_text(encoding="utf-8")) for name in _SHEETS)
    (site / sheet).write_text(
        cut(css, lambda name: name in known or name.startswith(beginnings)), encoding="utf-8"
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
            continue  # movements: without them a thing is where it would end
        elif selectors := [one for one in _selectors(head) if keep(one)]:
            yield f"{','.join(map(_tight, selectors))}{{{_small(body)}}}"


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


def _tight(selector: str) -> str:
    return selector if '"' in selector else _COMBINATOR.sub(r"\1", selector)


def _small(body: str) -> str:
    parts = re.split(f"({_STRING})", body)
    for index in range(0, len(parts), 2):
        tight = re.sub(r"\s*([;:{}])\s*", r"\1", _SPACE.sub(" ", parts[index])).strip()
        parts[index] = _ZERO.sub("", tight)
    return "".join(parts).removesuffix(";")
