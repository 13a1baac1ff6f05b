"""The area shell: the page frame that mkdocs builds once and every area page is poured into.

The shell is cut at its markers once; an area page is then a concatenation of strings. It never passes
through a template engine again: whatever stands in the frame or in a name can not become an expression.

Every byte of the frame counts once for every area, so it loses what says nothing there: see NEEDLESS. The
scripts that the theme writes into every page become one file.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.site.html.data import compact_json

SHELL_URL = "gebied/sjabloon/"  # same depth as gebied/<code>/, so that relative links hold
TITLE = "vb-merk-titel"
DESCRIPTION = "vb-merk-omschrijving"
CARD = "vb-merk-kaart"
BODY = "<!--vb-merk-inhoud-->"

_TITLE_OCCURS = 2  # <title> and the topic in the header
_CANONICAL = re.compile(r'(?<=<link rel="canonical" href=")[^"]*(?=")')

NEEDLESS = {
    name: (re.compile(theirs, re.DOTALL), ours)
    for name, theirs, ours in (
        ("namespace", r' xmlns="http://www\.w3\.org/2000/svg"', ""),  # HTML knows what an <svg> is
        ("policy", r" (?:connect|style)-src 'self';", ""),  # as default-src says already
        # Our colours are in our own style sheet: to the theme 'custom' is the same as nothing.
        ("colours", r' data-md-color-(?:primary|accent)="custom"', ""),
        # Names that the script of the theme asks for only where pages are fetched without loading.
        ("components", r' data-md-component="(?:header-topic|logo|skip)"', ""),
        ("announcement", r'<div data-md-component="announce">\s*</div>', ""),
        # The name of the site stands beside its logo.
        ("name twice", r' title="[^"]*"(?= class="md-\w+__button md-logo")', ""),
        # Says that a code block has been copied.
        ("dialog", r'<div class="md-dialog".*?</div>\s*</div>', ""),
        # An area lies in no section of the menu, so none can fold open: a link is a link.
        ("folding", r" md-nav__item--pruned md-nav__item--nested", ""),
        ("arrows", r'\s*<span class="md-nav__icon md-icon"></span>', ""),
        (
            "cut off names",
            r'(<a [^>]*class="md-nav__link[^>]*>)\s*<span class="md-ellipsis">\s*([^<]*?)\s*</span>\s*',
            r"\1\2",
        ),
        ("ends", r"</body>\s*</html>\s*$", ""),  # HTML ends where the file ends
        ("space before a text", r"(<(?:a|span|label|div)\b[^<>]*>)\s*\n\s*(?=[^<\s])", r"\1"),
        ("space after a text", r"(?<=[^>\s])\s*\n\s*(?=</(?:a|span|label|div)>)", ""),
    )
}
_CONFIG = re.compile(r'(?<=<script id="__config" type="application/json">).*?(?=</script>)', re.DOTALL)
_BUILT_FEATURES = {f"navigation.{name}" for name in ("indexes", "path", "prune", "tabs")}
_ICON = re.compile(r'<svg viewBox="0 0 24 24"><path d="([^"]+)"\s*/></svg>')
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Without hashes this is what default-src says.
_SCRIPT_POLICY = re.compile(r" script-src 'self'(?: 'sha256-[\w+/=]+')*;")
_SCRIPT = re.compile(r"(<script\b[^>]*>(?!</script>)[^<]*(?:<(?!/script>)[^<]*)*</script>)")
_EXPRESSION = re.compile(r"\{(?=[{%])")
_LINE_STARTS = re.compile(r"\n\s+")
_NEEDLESS_QUOTES = re.compile(r'="([\w./#:?%-]+)"(?=[\s>])')
# HTML closes these by itself before what follows here.
_NEEDLESS_ENDS = re.compile(
    r"</p>(?=<(?:p|[uo]l|h[1-6]|div|figure|nav|details|table)\b|</(?:li|div|figure|article)>)"
    r"|</li>(?=<li\b|</[uo]l>)"
)
_SITEMAP_URLS = 10_000  # in one file; the protocol allows 50,000, a light file is read sooner
_SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class ShellError(ValueError):
    """The built shell page does not have the markers that an area page needs."""


@dataclass(frozen=True, kw_only=True)
class Shell:
    """The frame of an area page, cut at its markers.

    `pieces` are the stretches of HTML between the markers; `slots` name what belongs between them, so
    len(pieces) == len(slots) + 1. Slots: title (twice), description, canonical and card (if the site has
    an address), body.
    """

    pieces: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def from_html(cls, page: str) -> Shell:
        """Cut the built shell page; raises ShellError if a marker occurs too often or not at all."""
        canonical = _CANONICAL.findall(page)
        expected = {TITLE: _TITLE_OCCURS, DESCRIPTION: 1, BODY: 1}
        for marker, times in expected.items():
            if page.count(marker) != times:
                raise ShellError(f"het skelet heeft {marker!r} {page.count(marker)} keer, verwacht {times}")
        if len(canonical) > 1:
            raise ShellError(
                f"het skelet heeft {len(canonical)} eigen adressen, ten hoogste 1 verwacht: {canonical}"
            )

        page = _without_needless(page)
        names = {TITLE: "title", DESCRIPTION: "description", CARD: "card", BODY: "body"}
        pattern = "|".join([*map(re.escape, names), _CANONICAL.pattern])
        pieces, slots, start = [], [], 0
        for found in re.finditer(pattern, page):
            pieces.append(page[start : found.start()])
            slots.append(names.get(found.group(), "canonical"))
            start = found.end()
        pieces.append(page[start:])
        return cls(pieces=tuple(map(light, pieces)), slots=tuple(slots))

    def fill(self, *, title: str, description: str, canonical: str, body: str, card: str = "nl00") -> str:
        """Return one area page. Title, description and canonical are text and get escaped; body is HTML.

        The title is followed by the site's name in <title>. `canonical` and `card` (whose picture goes with
        a link to the page: gm0758 or nl00) are not used when the site was built without an address.
        """
        values = {
            "title": html.escape(title),
            "description": html.escape(description),
            "canonical": html.escape(canonical),
            "card": html.escape(card),
            "body": body,
        }
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (_without_expressions(values[slot]), piece)
        return "".join(parts)


def _without_expressions(html: str) -> str:
    """A name with {{ or {% in it shows as before, and is not taken for a template left unfilled."""
    if "{{" not in html and "{%" not in html:
        return html
    parts = _SCRIPT.split(html)
    for i, part in enumerate(parts):
        # In a script it stands in a text of JSON.
        parts[i] = _EXPRESSION.sub(r"\\u007b" if i % 2 else "&#123;", part)
    return "".join(parts)


def light(page: str) -> str:
    """The same HTML in fewer bytes. Scripts stay as they are.

    Quotes and end tags that HTML does not need go, and line ends between tags (no element of an area page
    keeps spaces).
    """
    parts = _SCRIPT.split(page)
    for i in range(0, len(parts), 2):
        tight = _LINE_STARTS.sub("\n", parts[i]).replace(">\n<", "><")
        parts[i] = unquoted(_NEEDLESS_ENDS.sub("", tight))
    return "".join(parts)


def unquoted(page: str) -> str:
    """HTML, or a template of it, without the quotes that attributes do not need.

    In a text a quote is written as an entity, so that what looks like an attribute is one.
    """
    return _NEEDLESS_QUOTES.sub(r"=\1", page)


def read_shell(site_dir: Path) -> Shell:
    """Read the shell that mkdocs built into `site_dir`, and write the script that its pages share there."""
    page = (site_dir / SHELL_URL / "index.html").read_text(encoding="utf-8")
    return Shell.from_html(_scripts_apart(page, site_dir))


def _scripts_apart(page: str, site_dir: Path) -> str:
    """What the theme writes into every page as script becomes one file, and the policy needs no hashes.

    It comes where the last of them stood: that one sets the colours before anything is painted.
    """
    scripts = _INLINE_SCRIPT.findall(page)
    if not scripts:
        raise ShellError("het skelet heeft geen script: zet het thema zijn kleuren nog op die manier?")
    code = "\n".join(scripts) + "\n"
    shared = f"assets/javascripts/thema.{hashlib.sha256(code.encode()).hexdigest()[:8]}.js"
    (site_dir / shared).write_text(code, encoding="utf-8")
    for script in scripts[:-1]:
        page = page.replace(f"<script>{script}</script>", "")
    page = page.replace(f"<script>{scripts[-1]}</script>", f'<script src="../../{shared}"></script>')
    return _SCRIPT_POLICY.sub("", page)


def remove_shell(site_dir: Path) -> None:
    """Delete the shell page; it is a mould, not a page. `write_sitemap` leaves it out."""
    shutil.rmtree(site_dir / SHELL_URL, ignore_errors=True)


def write_sitemap(site_dir: Path, *, site_url: str, area_urls: Iterable[str]) -> int:
    """Add area pages (`gebied/bu07580006/`) to the sitemap that mkdocs wrote; return the number of pages.

    More pages than fit become sitemap-1.xml and so on, with sitemap.xml as their index. A sitemap has
    absolute addresses, so a site that does not know its own (`site_url` empty) gets none. Without dates:
    mkdocs would give the day of building, which says nothing about the figures and makes two builds of the
    same figures differ.
    """
    path = site_dir / "sitemap.xml"
    written = _addresses(path)
    for file in site_dir.glob("sitemap*.xml*"):
        file.unlink()
    if not site_url:
        return 0
    base = site_url.rstrip("/") + "/"
    areas = (base + url.lstrip("/") for url in area_urls)
    addresses = sorted({*(a for a in written if not a.endswith(SHELL_URL)), *areas})
    parts = [addresses[i : i + _SITEMAP_URLS] for i in range(0, len(addresses), _SITEMAP_URLS)]
    if len(parts) <= 1:
        _write_addresses(path, "urlset", "url", addresses)
        return len(addresses)
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        _write_addresses(site_dir / name, "urlset", "url", part)
    _write_addresses(path, "sitemapindex", "sitemap", [base + name for name in names])
    return len(addresses)


def _addresses(path: Path) -> list[str]:
    if not path.exists():
        return []
    return [loc.text or "" for loc in ET.parse(path).iter(f"{{{_SITEMAP_NAMESPACE}}}loc")]


def _write_addresses(path: Path, whole: str, one: str, addresses: Iterable[str]) -> None:
    rows = "".join(f"<{one}><loc>{html.escape(address)}</loc></{one}>\n" for address in addresses)
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_SITEMAP_NAMESPACE}">\n'
    path.write_text(f"{start}{rows}</{whole}>\n", encoding="utf-8")


def _without_needless(page: str) -> str:
    for theirs, ours in NEEDLESS.values():
        page = theirs.sub(ours, page)
    return _CONFIG.sub(lambda found: _settings(found[0]), _icons_once(page))


def _settings(text: str) -> str:
    """What the script of the theme is told, without what it does not ask."""
    told = {name: value for name, value in json.loads(text).items() if value is not None}
    told["features"] = [name for name in told.get("features", ()) if name not in _BUILT_FEATURES]
    return compact_json(told).replace("</", "<\\/")


def _icons_once(page: str) -> str:
    """An icon that a page shows twice is drawn once."""
    drawn: dict[str, str] = {}

    def icon(found: re.Match[str]) -> str:
        shape = found[1]
        if page.count(f'"{shape}"') == 1:
            return found[0]
        if shape in drawn:
            return f'<svg viewBox="0 0 24 24"><use href="#{drawn[shape]}" /></svg>'
        drawn[shape] = f"vb-i{len(drawn)}"
        return f'<svg viewBox="0 0 24 24"><path id="{drawn[shape]}" d="{shape}"/></svg>'

    return _ICON.sub(icon, page)
