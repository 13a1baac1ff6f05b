"""The last gate: what every page that was built must have, judged on the files themselves.

It knows nothing of what wrote a page, so that another generator cannot lose these silently.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Set
from pathlib import Path

from pipeline.errors import VeiligheidsbeeldError

NAMED = 5
"""Pages that an error names."""

# In bytes: to decode the pages of the country takes longer than to search them.
_LANGUAGE = re.compile(rb"<html\b[^>]*\blang=[\"']?[a-z]")
_TITLE = re.compile(rb"<title>\s*[^<\s]")
_POLICY = re.compile(
    rb"<meta http-equiv=[\"']?Content-Security-Policy[\"']? content=\"default-src 'self'[;\"]"
)
_SCRIPT = re.compile(rb"<script\b")
_SKIP_LINK = re.compile(rb"<a href=[\"']?#inhoud\b[^>]*\bmd-skip\b")
# Where a page begins with its text there is nothing to skip: a figure for the page of somebody else.
_NOTHING_BEFORE = re.compile(rb"<body>\s*<main id=\"inhoud\">")
_TARGETS = (b" id=inhoud", b' id="inhoud"')  # as most pages have it first
_CODE = re.compile(rb"<(code|pre)\b.*?</\1>", re.DOTALL)
_EXPRESSIONS = (b"{{", b"{%")


class UnfinishedError(VeiligheidsbeeldError):
    """A page was built without what every page must have; the site is refused."""


def check_pages(site: Path, *, passed: Set[str] = frozenset()) -> int:
    """Look at every page below `site`; how many there are.

    Args:
        passed: names of pages that passed here before, and are as they were.

    Raises:
        UnfinishedError: pages lack something, named with what they lack.
    """
    found, pages = [], 0
    for folder, _, names in os.walk(site):
        within = os.path.relpath(folder, site)
        for name in (f"{within}/{one}".removeprefix("./") for one in names if one.endswith(".html")):
            pages += 1
            if name not in passed:
                found += [(name, what) for what in problems((site / name).read_bytes())]
    if found:
        lines = [f"  {name}: {what}" for name, what in sorted(found)[:NAMED]]
        more = [f"  en nog {len(found) - NAMED}"] if len(found) > NAMED else []
        raise UnfinishedError(
            "\n".join(["de site is niet vervangen, want er zijn pagina's die niet af zijn:", *lines, *more])
        )
    return pages


def problems(page: bytes) -> Iterator[str]:
    """What a page (UTF-8) lacks or shows that it must not, in words."""
    if _shows_expression(page):
        yield "toont een sjabloon ({{ of {%) in plaats van wat er moet staan"
    if not _LANGUAGE.search(page):
        yield "noemt geen taal (lang)"
    if not _TITLE.search(page):
        yield "heeft geen titel"
    policy, script = _POLICY.search(page), _SCRIPT.search(page)
    if policy is None or (script is not None and script.start() < policy.start()):
        yield "heeft geen strenge Content-Security-Policy boven alle scripts"
    skipped = _SKIP_LINK.search(page) or _NOTHING_BEFORE.search(page)
    if not (skipped and any(target in page for target in _TARGETS)):
        yield "heeft geen link die het menu overslaat (#inhoud)"


def _shows_expression(page: bytes) -> bool:
    """Pages about building show expressions as code, and only there."""
    if not any(sign in page for sign in _EXPRESSIONS):
        return False
    text = _CODE.sub(b"", page)
    return any(sign in text for sign in _EXPRESSIONS)
