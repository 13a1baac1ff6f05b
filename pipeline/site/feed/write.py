"""Feeds as files: Atom (RFC 4287) and JSON Feed 1.1, of the country, each gemeente and each theme.

Without an address of the site the links of Atom are relative, as its standard allows. JSON Feed knows no
relative links: it then has none. The same figures give the same bytes.
"""

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path

from pipeline.gebied import LAND
from pipeline.site.feed import news
from pipeline.site.feed.entry import Entry, identifier
from pipeline.site.figure.cijfer import address_of
from pipeline.site.html.markup import address
from pipeline.sql import Connection
from pipeline.words.provenance import SITE_NAME

ATOM, JSON = "nieuws.xml", "nieuws.json"
NATIONAL = "nieuw/"
MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Feed:
    """One feed: its scope (see `news`), its name and the folder of its page, below the root of the site."""

    scope: str
    title: str
    folder: str


def read_feeds(con: Connection, gemeenten: Sequence[str] = ()) -> list[Feed]:
    """The country, the themes that have a page, and gemeenten (empty: all)."""
    themes = con.execute(
        "select thema, titel, slug from reference.themas where soort = 'veiligheid' order by volgorde::int"
    ).fetchall()
    areas = con.execute(
        """
        select gebied_code, gebied_naam from core.gebied
        where gebied_niveau = 'gemeente' and (len($codes) = 0 or list_contains($codes, gebied_code))
        order by gebied_code
        """,
        {"codes": list(gemeenten)},
    ).fetchall()
    return [
        Feed(LAND, f"{SITE_NAME}: Nederland", NATIONAL),
        *(Feed(key, f"{SITE_NAME}: {title}", f"thema/{slug}/") for key, title, slug in themes),
        *(Feed(code, f"{SITE_NAME}: {name}", address_of(code)) for code, name in areas),
    ]


def write_feeds(
    con: Connection, out: Path, *, gemeenten: Sequence[str] = (), site_url: str = ""
) -> list[Path]:
    """Write both forms of every feed below `out`, beside the page that it is about."""
    found: dict[str, list[Entry]] = {}
    for scope, entry in chain(news.periods(con), news.restated(con), news.changes(con), news.verdicts(con)):
        found.setdefault(scope, []).append(entry)
    oldest = con.execute("select min(dag) from contract.uitgave").fetchall()[0][0]
    base = site_url.rstrip("/") + "/" if site_url else ""
    written = []
    for feed in read_feeds(con, gemeenten):
        entries = sorted(found.get(feed.scope, ()), key=lambda one: (one.updated, one.key), reverse=True)[
            :MOST
        ]
        updated = max((one.updated for one in entries), default=oldest or "1970-01-01")
        folder = out / feed.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (
            (ATOM, atom(feed, entries, updated=updated, base=base)),
            (JSON, json_feed(feed, entries, base=base)),
        ):
            (folder / name).write_bytes(content)
            written.append(folder / name)
    return written


def atom(feed: Feed, entries: Sequence[Entry], *, updated: str, base: str) -> bytes:
    """A feed in Atom; `base` is the address of the site with a slash at its end, or empty."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "nl"})
    _text(root, "id", identifier(f"feed:{feed.scope}"))
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(updated))
    _text(ET.SubElement(root, "author"), "name", SITE_NAME)
    if base:
        ET.SubElement(root, "link", {"rel": "self", "href": f"{base}{feed.folder}{ATOM}"})
    ET.SubElement(root, "link", {"rel": "alternate", "href": _link(feed, feed.folder, base)})
    for one in entries:
        entry = ET.SubElement(root, "entry")
        _text(entry, "id", one.id)
        _text(entry, "title", one.title)
        _text(entry, "published", _moment(one.published))
        _text(entry, "updated", _moment(one.updated))
        ET.SubElement(entry, "link", {"rel": "alternate", "href": _link(feed, one.address, base)})
        content = ET.SubElement(entry, "content", {"type": "html"})
        content.text = "".join(f"<p>{escape(line)}</p>" for line in one.lines)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(feed: Feed, entries: Sequence[Entry], *, base: str) -> bytes:
    """The same feed as JSON Feed 1.1."""
    told = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, "language": "nl"}
    if base:
        told |= {"home_page_url": f"{base}{feed.folder}", "feed_url": f"{base}{feed.folder}{JSON}"}
    items = [
        {
            "id": one.id,
            **({"url": f"{base}{one.address}"} if base else {}),
            "title": one.title,
            "content_text": "\n".join(one.lines),
            "date_published": _moment(one.published),
            "date_modified": _moment(one.updated),
        }
        for one in entries
    ]
    written = json.dumps(
        {**told, "authors": [{"name": SITE_NAME}], "items": items}, ensure_ascii=False, indent=1
    )
    return (written + "\n").encode()


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(feed: Feed, target: str, base: str) -> str:
    return f"{base}{target}" if base else address(f"{feed.folder}index.md", target)


def _moment(day: str) -> str:
    """The start of a day: publishers give days, and the clock of the build is nobody's news."""
    return f"{day}T00:00:00Z"


def feed_of(url: str) -> str:
    """The folder of the feed of a written page, below the root of the site; '' where it has none."""
    if url in ("", "./", NATIONAL):
        return NATIONAL
    return url if url.startswith("thema/") and url != "thema/" else ""
