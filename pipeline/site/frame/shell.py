"""The area shell: the page frame that the generator builds once and every area page is poured into.

The shell is cut at its markers once; an area page is then a concatenation of strings. It never passes
through a template engine again: whatever stands in the frame or in a name can not become an expression.

Every byte of the frame counts once for every area: see site/theme/gebied.html.
"""

from __future__ import annotations

import html
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.site.frame import styles

SHELL_URL = "gebied/sjabloon/"  # same depth as gebied/<code>/, so that relative links hold
TITLE = "vb-merk-titel"
DESCRIPTION = "vb-merk-omschrijving"
CARD = "vb-merk-kaart"
HEAD = "<!--vb-merk-hoofd-->"
TOP = "<!--vb-merk-boven-->"
BODY = "<!--vb-merk-inhoud-->"
TOP_ENDS = "<!--vb-boven-->"
"""In a body, once: what stands before it is painted without waiting for another file."""

_CANONICAL = re.compile(r'(?<=<link rel="canonical" href=")[^"]*(?=")')

# As default-src says already: no script and no style stands in the frame itself.
_SAID_TWICE = re.compile(r" (?:script|connect|style)-src 'self';")
_NAMESPACE = re.compile(r' xmlns="http://www\.w3\.org/2000/svg"')  # HTML knows what an <svg> is
_LAST_ENDS = re.compile(r"</body>\s*</html>\s*$")  # HTML ends where the file ends
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
    len(pieces) == len(slots) + 1. Slots: description, title, canonical and card (if the site has
    an address), head, top, body.
    """

    pieces: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def from_html(cls, page: str) -> Shell:
        """Cut the built shell page; raises ShellError if a marker occurs too often or not at all."""
        canonical = _CANONICAL.findall(page)
        for marker in (TITLE, DESCRIPTION, TOP, BODY):
            if page.count(marker) != 1:
                raise ShellError(f"het skelet heeft {marker!r} {page.count(marker)} keer, verwacht 1")
        if len(canonical) > 1:
            raise ShellError(
                f"het skelet heeft {len(canonical)} eigen adressen, ten hoogste 1 verwacht: {canonical}"
            )

        for needless in (_SAID_TWICE, _NAMESPACE, _LAST_ENDS):
            page = needless.sub("", page)
        names = {
            TITLE: "title",
            DESCRIPTION: "description",
            CARD: "card",
            HEAD: "head",
            TOP: "top",
            BODY: "body",
        }
        pattern = "|".join([*map(re.escape, names), _CANONICAL.pattern])
        pieces, slots, start = [], [], 0
        for found in re.finditer(pattern, page):
            pieces.append(page[start : found.start()])
            slots.append(names.get(found.group(), "canonical"))
            start = found.end()
        pieces.append(page[start:])
        return cls(pieces=tuple(map(light, pieces)), slots=tuple(slots))

    def fill(
        self,
        *,
        title: str,
        description: str,
        canonical: str,
        body: str,
        card: str = "nl00",
        head: str = "",
    ) -> str:
        """Return one area page. Title, description and canonical are text and get escaped; body and head
        are HTML. Where the top of a body ends (TOP_ENDS), the script of the frame comes; without that mark
        there is none.

        The title is followed by the site's name in <title>. `canonical` and `card` (whose picture goes with
        a link to the page: gm0758 or nl00) are not used when the site was built without an address.
        """
        above, _, rest = body.rpartition(TOP_ENDS)
        values = {
            "title": html.escape(title),
            "description": html.escape(description),
            "canonical": html.escape(canonical),
            "card": html.escape(card),
            "head": head,
            "top": above,
            "body": rest,
        }
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (without_expressions(values[slot]), piece)
        return "".join(parts)


def without_expressions(html: str) -> str:
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
        tight = _LINE_STARTS.sub("\n", parts[i]).replace(">\n<", "><").replace("&#39;", "'")
        parts[i] = unquoted(_NEEDLESS_ENDS.sub("", tight))
    return "".join(parts)


def unquoted(page: str) -> str:
    """HTML, or a template of it, without the quotes that attributes do not need.

    In a text a quote is written as an entity, so that what looks like an attribute is one.
    """
    parts = _NEEDLESS_QUOTES.split(page)  # what stood between quotes is every second part
    parts[1::2] = [f"={value}" for value in parts[1::2]]
    return "".join(parts)


def read_shell(site_dir: Path, templates: Path) -> Shell:
    """Read the shell that the generator built into `site_dir`, and write the style sheet of its pages there.

    `templates` is the folder of the templates of an area page's sections.
    """
    page = (site_dir / SHELL_URL / "index.html").read_text(encoding="utf-8")
    styles.write_sheet(site_dir, page, templates)
    return Shell.from_html(page)


def canonical(url: str, *, site_url: str) -> str:
    """The address that a page calls its own; relative (this folder, no query) without one of the site."""
    return f"{site_url.rstrip('/')}/{url}" if site_url else "./"


def write_robots(site_dir: Path, *, site_url: str) -> None:
    """All may be read. Where the sitemap is can only be said with an address."""
    lines = ["User-agent: *", "Disallow:"]
    if site_url:
        lines.append(f"Sitemap: {site_url.rstrip('/')}/sitemap.xml")
    (site_dir / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def remove_shell(site_dir: Path) -> None:
    """Delete the shell page; it is a mould, not a page. `write_sitemap` leaves it out."""
    shutil.rmtree(site_dir / SHELL_URL, ignore_errors=True)


def write_sitemap(site_dir: Path, *, site_url: str, area_urls: Iterable[str]) -> int:
    """Add area pages (`gebied/bu07580006/`) to the generator's sitemap; return the number of pages.

    More pages than fit become sitemap-1.xml and so on, with sitemap.xml as their index. A sitemap has
    absolute addresses, so a site that does not know its own (`site_url` empty) gets none. Without dates:
    the generator gives the day of building, which says nothing about the figures and makes two builds of them
    differ.
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
