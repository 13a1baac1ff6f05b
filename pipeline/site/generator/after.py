"""After the generator: what its theme emits becomes a page that its own CSP lets through."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.errors import VeiligheidsbeeldError
from pipeline.site.description import schema_org
from pipeline.site.html.markup import source_of

Dressing = Callable[[Mapping[Path, str]], Mapping[Path, str]]

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_DATA = ("application/json", schema_org.MEDIA_TYPE)  # data blocks do not run
_STYLE_ATTRIBUTE = re.compile(r'(<[a-zA-Z][^<>]*?)\s+style="[^"]*"')
_CODE = re.compile(r"(<(?:script|style)\b.*?</(?:script|style)>)", re.DOTALL)

# What the theme says in English, or hides from the keyboard and from screen readers: (theirs, ours).
_REPAIRS = tuple(
    (re.compile(theirs, re.DOTALL), ours)
    for theirs, ours in (
        (r'\s*<meta name="generator"[^>]*>', ""),
        # A label is no button to a keyboard: put one inside; geschreven.js makes it answer Enter and Space.
        (
            r'(<label class="md-header__button md-icon" for="__(drawer|search)">)(.*?)(</label>)',
            r'\1<span role="button" tabindex="0" aria-label="__\2" aria-expanded="false">\3</span>\4',
        ),
        (
            r'(<label class="md-nav__title" for="__nav_[^>]*>)(.*?)(</label>)',
            r'\1<span role="button" tabindex="0">\2</span>\3',
        ),
        (r'aria-label="__drawer"', 'aria-label="Menu"'),
        (r'aria-label="__search"', 'aria-label="Zoeken"'),
        (r'(data-md-component="search") role="dialog">', r"\1>"),
        (r'(<ol class="md-search-result__list") role="presentation">', r"\1>"),
        (r'<nav class="md-search__options"[^>]*>(.*?)</nav>', r'<div class="md-search__options">\1</div>'),
        (r'(<nav class="md-nav"[^>]*?) aria-expanded="(?:true|false)"', r"\1"),
        # The theme would wrap tables by script, in scrollers out of reach of the keyboard.
        (r"<table>(.*?</table>)", r'<div class="vb-tabel"><table class="vb-raster">\1</div>'),
        # The theme skips to the first heading, where a page has one; ours skips to the text, everywhere.
        (
            r'<div data-md-component="skip">.*?</div>',
            '<div data-md-component="skip"><a href="#inhoud" class="md-skip">Naar de inhoud</a></div>',
        ),
        (r"<article class=", '<article id="inhoud" class='),
        # The theme's script comes for the search, when somebody turns to it: geschreven.js.
        (
            r'<script (src="[^"]*/bundle\.\w+\.min\.js")>',
            r'<script type="text/plain" id="zoekscript" data-\1>',
        ),
        (r' data-md-component="palette"', ""),
    )
)


class PageFrameError(VeiligheidsbeeldError):
    """A page of the generator has no place for its policy."""


def finish_pages(site: Path, *, dressed: Dressing | None = None) -> None:
    """Finish every page below `site`, and delete what only developers of the theme would load.

    Args:
        dressed: what changes the pages, by their file, before their policies are made; nothing by default.

    Raises:
        PageFrameError: a page has no charset, or says it twice; named.
    """
    pages = {path: repaired(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in (dressed(pages) if dressed else pages).items():
        try:
            path.write_text(with_policy(page), encoding="utf-8")
        except PageFrameError as error:
            raise PageFrameError(f"{path.relative_to(site).as_posix()}: {error}") from error
    for source_map in site.rglob("*.map"):  # a megabyte
        source_map.unlink()


def repaired(page: str) -> str:
    """Return a page without inline styles and English labels."""
    for theirs, ours in _REPAIRS:
        page = theirs.sub(ours, page)
    return without_inline_styles(page)


def with_policy(page: str) -> str:
    """Return a page with its CSP right after the charset."""
    charset = '<meta charset="utf-8">'
    if page.count(charset) != 1:
        raise PageFrameError(
            f"{charset} hoort één keer op de pagina te staan, en staat er {page.count(charset)} keer"
        )
    rule = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    return page.replace(charset, f"{charset}\n      {rule}")


def policy(page: str) -> str:
    """Return the CSP of a page: our own host, and the hashes of the inline scripts and styles on it."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, attributes, code in _INLINE.findall(page):
        if "src=" in attributes or any(kind in attributes for kind in _DATA):
            continue
        if (source := source_of(code)) not in hashes[kind]:
            hashes[kind].append(source)
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(["script-src 'self'", *hashes["script"]]),
            " ".join(["style-src 'self'", *hashes["style"]]),
            "img-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
        )
    )


def without_inline_styles(page: str) -> str:
    """Remove style attributes, which the CSP would block with a message in the console."""
    parts = _CODE.split(page)  # odd parts are scripts and styles: not ours to rewrite
    for index in range(0, len(parts), 2):
        while _STYLE_ATTRIBUTE.search(parts[index]):
            parts[index] = _STYLE_ATTRIBUTE.sub(r"\1", parts[index])
    return "".join(parts)
