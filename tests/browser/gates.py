"""The gates that every page passes in a real browser: quiet console, own host only, no cookie, accessible
in light and dark, no sideways scroll on a phone, charts drawn, print on one sheet."""

import io
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    PdfMargins,
    Request,
    ViewportSize,
    sync_playwright,
)
from playwright.sync_api import Error as BrowserError
from pypdf import PdfReader

from tests.browser.looks import has_new_parts, new_texts
from tests.browser.problems import Problem, is_area_page

NARROW, WIDE = 360, 1280
GATES = ("console", "host", "cookie", "axe", "scheme", "scroll", "chart", "print")
PRINTED_SHEETS = 1  # of A4, for an area page
CHART_TIMEOUT = 10_000  # milliseconds; the Vega runtime is parsed on the first one
SCHEME_TIMEOUT = 10.0  # seconds; a busy machine takes some
HEIGHT = 800  # CSS pixels of a window
MOST_HEIGHTS = 8  # a page has another height once what was below the window is laid out
KEPT_CONTEXTS = 4  # of one browser; each has a process

_FLAGS = (
    "--no-sandbox",  # root in a container has no user namespaces
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # pages of one context share what their scripts compile to
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WCAG_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_ALL_BUT_COLOUR = {rule: {"enabled": False} for rule in WCAG_OF_COLOUR["values"]}
# Constructed sheets are not subject to the page's CSP. Mid-transition colours are nobody's colours.
_HOLD_STILL = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
_OVERFLOWING = """width => {
    const clipped = element => {
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== 'visible') return true;
        return false;
    };
    return [...document.body.querySelectorAll('*')]
        .filter(each => each.getBoundingClientRect().right > width + 0.5 && !clipped(each))
        .slice(0, 3)
        .map(each => each.outerHTML.replace(/\\s+/g, ' ').slice(0, 120));
}"""
_HEIGHT = """() => new Promise(laidOut => requestAnimationFrame(() => requestAnimationFrame(
    () => laidOut(document.scrollingElement.scrollHeight))))"""
_BACKGROUND = """() => [document.body, document.documentElement]
    .map(each => getComputedStyle(each).backgroundColor)
    .find(colour => colour !== 'rgba(0, 0, 0, 0)') ?? 'rgb(255, 255, 255)'"""

_RUN_AXE = """([options, texts]) =>
    axe.run(texts ? {include: texts.map(look => window.vbTexts.get(look))} : document, options)"""

Scheme = Literal["light", "dark"]
Note = Callable[[str, str], None]  # (gate, what)

# axe by all of WCAG 2.2 A and AA in light; in dark by the rules of colour, since only colours differ.
LOOKS: tuple[tuple[Scheme, dict[str, Any]], ...] = (("light", WCAG), ("dark", WCAG_OF_COLOUR))


def find_chromium() -> str | None:
    """Path of Chromium: $CHROMIUM, else the one on the search path, else None."""
    return shutil.which(os.environ.get("CHROMIUM") or "chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that can reach loopback only. Each thread needs its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class _Kept:
    """A context that a test has left, and a page in it that keeps its process alive."""

    context: BrowserContext
    keeper: Page | None = None


_KEPT: WeakKeyDictionary[Browser, dict[str, _Kept]] = WeakKeyDictionary()


@contextmanager
def open_context(browser: Browser, *, width: int = WIDE, **options: Any) -> Iterator[BrowserContext]:
    """A context as a new visitor has it: no cookies, no storage, `width` CSS pixels wide.

    One that was used before with these options is emptied and used again: its process knows the scripts of the
    site, and starting one takes longer than showing a page. Of what fails nothing is kept.
    """
    all_kept = _KEPT.setdefault(browser, {})
    key = repr((width, sorted(options.items())))
    size: ViewportSize = {"width": width, "height": HEIGHT}
    used = all_kept.pop(key, None) or _Kept(
        browser.new_context(viewport=size, reduced_motion="reduce", **options)
    )
    left = None
    try:
        yield used.context
        if len(all_kept) < KEPT_CONTEXTS and key not in all_kept:
            left = _emptied(used)
    finally:
        if left is None:
            used.context.close()
        else:
            all_kept[key] = left


def _emptied(used: _Kept) -> _Kept | None:
    """The context without what a test left in it; None if it opened no page of a site."""
    opened = [page for page in used.context.pages if page != used.keeper]
    sites = [page for page in opened if page.url.startswith("http:")]
    keeper = used.keeper
    if keeper is None:
        if not sites:
            return None
        keeper = used.context.new_page()
        keeper.goto("/".join([*sites[0].url.split("/")[:3], "robots.txt"]))
    for page in (keeper, *sites):
        page.evaluate("localStorage.clear()")
    for page in opened:
        page.close()
    used.context.clear_cookies()
    return _Kept(used.context, keeper)


@dataclass
class _Judged:
    """What looked or was built so that axe judged it, on pages before."""

    texts: set[str] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)


def visit(
    browser: Browser, base: str, pages: Sequence[str], *, widths: Sequence[int], once: Set[str] = frozenset()
) -> list[Problem]:
    """Opens each of `pages` (paths under `base`) at each of `widths` and puts it through every gate.

    Those of `once` are opened at the first width alone, and widened to the others. Print is judged on wide screens
    only. One tab serves all: it keeps the scripts that pages share compiled. Axe judges a page if some part of it is
    built as none before, and the colours of the texts that look otherwise than all those before.
    """
    found: list[Problem] = []
    judged = _Judged()
    with open_context(browser, width=widths[0]) as context:
        page = context.new_page()

        def note(gate: str, what: str) -> None:
            found.append(Problem(page.url.removeprefix(base), gate, what.replace(base, "/")))

        page.on("console", lambda message: _note_console(message, note))
        page.on("pageerror", lambda error: note("console", f"uncaught: {error.message}"))
        page.on("request", lambda request: _note_foreign(request, base, note))
        for name in pages:
            for width in widths:
                try:
                    page.set_viewport_size({"width": width, "height": HEIGHT})
                    if width == widths[0] or name not in once:
                        page.emulate_media(color_scheme="light")
                        page.goto(base + name, wait_until="load")
                        page.evaluate(_HOLD_STILL)
                    _judge(page, width, is_area_page(name), note, judged)
                except BrowserError as error:
                    note("console", f"{name} could not be judged: {error.message}")
    return list(dict.fromkeys(found))


def _judge(page: Page, width: int, is_area: bool, note: Note, judged: _Judged) -> None:
    for what in draw_charts(page):
        note("chart", what)
    for what in sideways(page, width):
        note("scroll", what)
    if width == WIDE and is_area:
        for what in too_many_sheets(page):
            note("print", what)
    show_all(page)
    for scheme, rules in LOOKS:
        page.emulate_media(color_scheme=scheme)
        if not _follows(page, scheme):
            note("scheme", f"does not follow a device in {scheme}: background {background(page)}")
        if rules is WCAG and has_new_parts(page, judged.parts):
            for what in axe(page, rules, but=_ALL_BUT_COLOUR):
                note("axe", f"{scheme}: {what}")
        for what in axe(page, WCAG_OF_COLOUR, texts=new_texts(page, judged.texts)):
            note("axe", f"{scheme}: {what}")
    for cookie in page.context.cookies():
        note("cookie", cookie.get("name", ""))
    page.context.clear_cookies()


def _note_console(message: ConsoleMessage, note: Note) -> None:
    if message.type == "error" or "Content Security Policy" in message.text:
        place = message.location
        note("console", f"{message.type}: {message.text} ({place['url']}:{place['lineNumber']})")


def _note_foreign(request: Request, base: str, note: Note) -> None:
    address = urlsplit(request.url)
    if address.scheme not in ("data", "blob") and address.netloc != urlsplit(base).netloc:
        note("host", f"{request.resource_type} from {request.url}")


def draw_charts(page: Page) -> list[str]:
    """Brings each live chart into view, but those in a closed <details>; tells which are not drawn then."""
    missing = []
    for figure in page.locator("figure[data-grafiek]:not(details:not([open]) *)").all():
        figure.evaluate("figure => figure.scrollIntoView({block: 'center'})")
        try:
            figure.locator("svg.marks").first.wait_for(state="visible", timeout=CHART_TIMEOUT)
        except BrowserError:
            missing.append(f"no svg.marks in {opening_tag(figure)}")
    page.evaluate("window.scrollTo(0, 0)")
    return missing


def opening_tag(element: Locator) -> str:
    """The element's opening tag, at most 120 characters, to name it in a report."""
    return str(element.evaluate("element => element.cloneNode(false).outerHTML"))[:120]


def sideways(page: Page, width: int) -> list[str]:
    """Empty if the document fits in `width`, else its width and the first elements that stick out."""
    actual = page.evaluate("document.scrollingElement.scrollWidth")
    if actual <= width:
        return []
    return [f"{actual} px wide at {width} px: {' | '.join(page.evaluate(_OVERFLOWING, width))}"]


def too_many_sheets(page: Page) -> list[str]:
    """Empty if a print fits, with the browser's usual margins where the page's own CSS sets no other."""
    usual: PdfMargins = {"top": "10mm", "right": "10mm", "bottom": "10mm", "left": "10mm"}
    pdf = page.pdf(format="A4", prefer_css_page_size=True, margin=usual)
    sheets = len(PdfReader(io.BytesIO(pdf)).pages)
    return [f"{sheets} sheets of A4"] if sheets > PRINTED_SHEETS else []


def _follows(page: Page, scheme: Scheme) -> bool:
    deadline = time.monotonic() + SCHEME_TIMEOUT
    while (luminance(background(page)) < 0.5) != (scheme == "dark"):
        if time.monotonic() > deadline:
            return False
        page.wait_for_timeout(20)  # the theme hears of it in an event; wait_for_function is against the CSP
    return True


def load_axe(page: Page) -> None:
    """Gives the page axe, and a window as high as itself: axe measures what is not near the screen too."""
    _give_axe(page)
    show_all(page)


def _give_axe(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)


def show_all(page: Page) -> None:
    """Makes the window as high as the page, so that all of it is laid out as for who scrolls there."""
    size = page.viewport_size
    assert size is not None
    for _ in range(MOST_HEIGHTS):
        height = page.evaluate(_HEIGHT)
        if height <= size["height"]:
            return
        size = {"width": size["width"], "height": height}
        page.set_viewport_size(size)
    raise AssertionError(f"{page.url} grows with its window: {height} px")


def axe(
    page: Page,
    rules: dict[str, Any],
    *,
    texts: Sequence[str] | None = None,
    but: Mapping[str, dict[str, bool]] = MappingProxyType({}),
) -> Iterator[str]:
    """Violations of `rules` (axe's runOnly), one for each element.

    `texts` are looks that `new_texts` gave: only the first text that looks so is judged. `but` switches rules off.
    """
    if texts is not None and not texts:
        return
    _give_axe(page)
    # Of what axe loads beforehand, the sheets are for a rule on trial alone.
    options = {"runOnly": rules, "rules": dict(but), "preload": {"assets": ["media"]}}
    outcome = page.evaluate(_RUN_AXE, [options | {"resultTypes": ["violations"]}, texts])
    for violation in outcome["violations"]:
        for node in violation["nodes"]:
            checks = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
            why = checks[0] if checks else violation["help"]
            element = re.sub(r"\s+", " ", node["html"])[:160]
            yield f"{violation['id']}: {element} at {node['target'][0]}: {why}"


def background(page: Page) -> str:
    """Computed colour behind the page: rgb(255, 255, 255)."""
    return str(page.evaluate(_BACKGROUND))


def luminance(colour: str) -> float:
    """Rough brightness from 0 to 1 of a computed `rgb(r, g, b)`."""
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
