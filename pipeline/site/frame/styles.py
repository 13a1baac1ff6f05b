"""One style sheet for area pages and one for written pages: of the theme's and ours, the rules they can use.

An area page uses a tenth of the theme, a written page half. A rule stays when every name in it (class, id,
element, attribute) stands somewhere in what those pages are made from; names are judged as words, so a rule
too many stays and none too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.paths import PACKAGE, PROJECT
from pipeline.site.figure.strip import step_rules
from pipeline.site.frame import css

SHEET = "assets/stylesheets/gebied.css"
WRITTEN = "assets/stylesheets/tekst.css"
BEGIN = "vb-merk-begin"
"""In the frame of an area page: where the rules of its first words come."""
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

_FIRST_WORDS = re.compile(r"<h1\b(?:(?!</h1>).)*</h1>\s*(?:<p\b(?:(?!</p>).)*</p>\s*)+", re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_TOKEN = re.compile(r"var\((--[\w-]+)\)")
_BEGINNING = re.compile(r"([A-Za-z]\w*-[\w-]*)\$?\{")  # vb-k{step}, vb-k${step}: names that code completes


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
    sheet = _write(site, SHEET, words, _beginnings(texts)) + step_rules()
    (site / SHEET).write_text(sheet, encoding="utf-8")


def dressed(pages: Mapping[Path, str], *, site: Path, templates: Path) -> dict[Path, str]:
    """The pages of the generator, by their file, with what they need for their first words in themselves.

    Raises:
        ValueError: a sheet of the theme is not there, or there twice.
        KeyError: begin.css asks for a token that is not there.
    """
    begin = _begin(site, templates)
    return {path: page.replace(BEGIN, begin) for path, page in with_written_sheet(pages, site).items()}


def _begin(site: Path, templates: Path) -> str:
    """begin.css, small; the token of a colour becomes its value on a light and on a dark screen."""
    tokens = css.read(_only((site / SHEET).parent, "tokens.css").read_text(encoding="utf-8"))
    (dark,) = (part.rules for part in tokens if isinstance(part, css.Group) and part.head == "@media screen")
    light, dim = css.custom(tokens), css.custom(dark)

    def value(found: re.Match[str]) -> str:
        one = light[found[1]]
        return f"light-dark({one},{dim[found[1]]})" if found[1] in dim else one

    rules = css.read((templates / "begin.css").read_text(encoding="utf-8"))
    return _TOKEN.sub(value, css.cut(rules, lambda _: True))


def with_written_sheet(pages: Mapping[Path, str], site: Path) -> dict[Path, str]:
    """Write WRITTEN below `site`, and let every page that asks for the four sheets ask for it alone.

    A page that begins with a title and a text has the rules of those and of what is above in itself, and the
    sheet behind them: a browser paints what stands above a sheet before that has come.

    Args:
        pages: the HTML of all pages of the generator, by their file.

    Raises:
        ValueError: a sheet of the theme is not there, or there twice.
    """
    written = {path: page for path, page in pages.items() if _LINKS.search(page)}
    scripts = {file: file.read_text(encoding="utf-8") for file in (site / "assets/javascripts").glob("*.js")}
    own = [script for file, script in scripts.items() if not file.name.startswith("bundle.")]
    words = {"js"}.union(*map(_WORD.findall, [*written.values(), *own]))
    for script in scripts.values():
        words.update(name for name in _WORD.findall(script) if name.startswith(_OF_THE_THEME))
    sheet = css.read(_write(site, WRITTEN, words, _beginnings(own)))
    first = _MADE_ELSEWHERE.union({"js"}, *(_WORD.findall(_top(page)) for page in written.values()))
    rules = css.cut(css.untouched(sheet), first.__contains__)
    return {**pages, **{path: _with_sheet(page, rules) for path, page in written.items()}}


def _top(page: str) -> str:
    """The tags of a page up to the end of its first words; nothing where it does not begin with a text."""
    found = _FIRST_WORDS.search(page)
    return "".join(_TAG.findall(page[page.index("<html") : found.end()])) if found else ""


def _with_sheet(page: str, rules: str) -> str:
    """A page that asks for WRITTEN, behind its first words where it has them and `rules` in itself."""
    links = list(_LINKS.finditer(page))
    link = f'<link rel="stylesheet" href="{links[0][1]}{WRITTEN}">\n'
    before, behind = page[: links[0].start()], _LINKS.sub("", page[links[0].start() :])
    if not (found := _FIRST_WORDS.search(behind)):
        return before + link + behind
    return f"{before}<style>{rules}</style>\n{behind[: found.end()]}{link}{behind[found.end() :]}"


def _beginnings(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple({found for text in texts for found in _BEGINNING.findall(text)})


def _write(site: Path, sheet: str, words: set[str], beginnings: tuple[str, ...]) -> str:
    """Write a sheet with the rules that these words can use; its text."""
    known = words | _MADE_ELSEWHERE
    folder = (site / sheet).parent
    whole = "".join(_only(folder, name).read_text(encoding="utf-8") for name in _SHEETS)
    text = css.cut(css.read(whole), lambda name: name in known or name.startswith(beginnings))
    (site / sheet).write_text(text, encoding="utf-8")
    return text


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
