"""One style sheet for area pages and one for written pages: of the theme's and ours, the rules they can use.

An area page uses a tenth of the theme, a written page half. A rule stays when every name in it (class, id,
element, attribute) stands somewhere in what those pages are made from; names are judged as words, so a rule
too many stays and none too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.paths import PACKAGE, PROJECT
from pipeline.site.frame import css

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

_WORD = re.compile(r"[A-Za-z][\w-]*")
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
    whole = "".join(_only(folder, name).read_text(encoding="utf-8") for name in _SHEETS)
    text = css.cut(css.read(whole), lambda name: name in known or name.startswith(beginnings))
    (site / sheet).write_text(text, encoding="utf-8")


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
