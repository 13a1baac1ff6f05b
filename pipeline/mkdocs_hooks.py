"""Hooks of the mkdocs site: generated pages in, figures into the written texts, a strict CSP out.

mkdocs loads this file by its path (`hooks:` in mkdocs.yml) and calls the `on_…` functions.
Environment, set by the caller: VB_BUILD (what is made; default build), VB_STORE (voorbeeld or live) and
VB_PAGES (generated pages; default the folder pages in VB_BUILD).
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from pipeline import architecture, lifeline
from pipeline.paths import Paths, Store, find_paths
from pipeline.site.description import schema_org
from pipeline.site.feed.write import feed_of
from pipeline.site.frame import shell
from pipeline.site.text.age import Age
from pipeline.site.text.pages import PageContext

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

_SHELL_SOURCE = shell.SHELL_URL.rstrip("/") + ".md"
_SHELL_PAGE = f"""---
title: {shell.TITLE}
description: {shell.DESCRIPTION}
template: gebied.html
sjabloon: true
search:
  exclude: true
---
"""

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_DATA = ("application/json", schema_org.MEDIA_TYPE)  # data blocks do not run
_STYLE_ATTRIBUTE = re.compile(r'(<[a-zA-Z][^<>]*?)\s+style="[^"]*"')
_CODE = re.compile(r"(<(?:script|style)\b.*?</(?:script|style)>)", re.DOTALL)

# What the theme says in English, or hides from the keyboard and from screen readers: (theirs, ours).
_REPAIRS = tuple(
    (re.compile(theirs, re.DOTALL), ours)
    for theirs, ours in (
        (r'\s*<meta name="generator"[^>]*>', ""),
        # A label is no button to a keyboard: put one inside; beeld.js makes it answer Enter and Space.
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
    )
)

_context: PageContext | None = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Forget the figures of an earlier build in the same process, and find the chart library."""
    global _context
    _context = None
    if parent := os.environ.get("VB_PARENT"):
        lifeline.end_with(int(parent))
    bundles = sorted(_pages_dir(config).glob("assets/vega-*.js"))
    if len(bundles) > 1:
        raise PluginError(
            f"meer dan één bibliotheek voor grafieken in {_pages_dir(config)}: {[b.name for b in bundles]}"
        )
    if bundles:
        config.extra["vega"] = f"assets/{bundles[0].name}"
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Mount everything under the folder of generated pages, and the shell of the area pages."""
    pages_dir = _pages_dir(config)
    found = sorted(p for p in pages_dir.rglob("*") if p.is_file())
    mounted = [_file(path.relative_to(pages_dir).as_posix(), pages_dir, config) for path in found]
    mounted.append(File.generated(config, _SHELL_SOURCE, content=_SHELL_PAGE))
    for file in mounted:
        if files.get_file_from_path(file.src_uri) is not None:
            raise PluginError(f"{file.src_uri} is both written in {config.docs_dir} and generated")
        files.append(file)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Give pages outside the menu (indicators, the shell) the section of the folder that they are in."""
    in_nav = {page.url: page for page in nav.pages}
    for file in files.documentation_pages():
        page = file.page
        if page is None or page.url in in_nav:
            continue
        parent = in_nav.get(re.sub(r"[^/]+/$", "", page.url))
        if parent is not None:
            # A Page serves as a parent just as a Section does: breadcrumbs and the active tab follow from it.
            page.parent = parent  # type: ignore[assignment]
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """What the templates of the theme ask: which feed a page has, and of when its figures are."""
    env.globals["feed_of"] = feed_of
    env.globals["versheid"] = Age(_page_context(config).facts).line
    return env


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill in the figures of a written text, and the rooms of the code where it asks for them."""
    markdown = architecture.with_rooms(markdown)
    if "{{" not in markdown and "{%" not in markdown:
        return markdown
    return _page_context(config).render(markdown, page.file.src_uri)


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Repair what the theme emits and put the content security policy of INTERFACES on the page."""
    return finish(output)


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """The same for the 404 page, which mkdocs builds from a template."""
    return finish(output) if template_name.endswith(".html") else output


def on_post_build(config: MkDocsConfig) -> None:
    """Let go of the warehouse."""
    global _context
    if _context is not None:
        _context.close()
        _context = None


def finish(page: str) -> str:
    """Return a page without inline styles and English labels, with its CSP right after the charset."""
    for theirs, ours in _REPAIRS:
        page = theirs.sub(ours, page)
    page = without_inline_styles(page)
    charset = '<meta charset="utf-8">'
    if page.count(charset) != 1:
        raise PluginError(
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
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        if (source := f"'sha256-{digest}'") not in hashes[kind]:
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


def _paths(config: MkDocsConfig) -> Paths:
    build, store = os.environ.get("VB_BUILD"), os.environ.get("VB_STORE")
    return find_paths(
        root=Path(config.config_file_path).parent,
        build=Path(build) if build else None,
        store=cast(Store, store) if store else None,
    )


def _pages_dir(config: MkDocsConfig) -> Path:
    return Path(os.environ.get("VB_PAGES") or _paths(config).pages)


def _file(src_uri: str, folder: Path, config: MkDocsConfig) -> File:
    return File(src_uri, str(folder), config.site_dir, config.use_directory_urls)


def _page_context(config: MkDocsConfig) -> PageContext:
    global _context
    if _context is None:
        _context = PageContext.open(
            _paths(config), report_address=config.extra.get("melden", ""), site_url=config.site_url or ""
        )
    return _context
