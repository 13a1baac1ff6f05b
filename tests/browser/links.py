"""The link check: every reference in every HTML and CSS file of a built site, without a browser."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from tests.browser.problems import Problem, html_pages

_HOST = "site.invalid"
_NOT_THERE = "gebied/bu99999999/"
_ADDRESS_ATTRIBUTES = {"href", "src", "srcset", "poster", "data", "action", "xlink:href"}
_NOT_LOADED = {"canonical", "alternate", "license", "author", "prev", "next"}  # by <link rel>
_FOLLOWED = {"a", "area", "form"}
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)""")


@dataclass(frozen=True)
class _Reference:
    where: str  # "a href"
    address: str
    loads: bool  # fetched by the browser of its own accord


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.references: list[_Reference] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids[values["id"]] += 1
        named = tag == "link" and set(values.get("rel", "").split()) <= _NOT_LOADED
        for name in _ADDRESS_ATTRIBUTES & values.keys():
            parts = values[name].split(",") if name == "srcset" else [values[name]]
            for part in parts:
                address = part.split()[0] if name == "srcset" and part.split() else part.strip()
                loads = tag not in _FOLLOWED and not named
                self.references.append(_Reference(f"<{tag} {name}>", address, loads))


def check_links(site: Path, *, prefix: str = "/") -> list[Problem]:
    """References that lead nowhere, ids that occur twice, and assets of another host, under `site`.

    `prefix` is where it stands on its host: '/repo/'. An address from the root of the host fails as well: it
    breaks where the site lives under a sub-path. Only 404.html may have them, since nobody knows at which
    depth it is shown: it is judged in the place of a page that is not there.
    """
    pages = {name: _Page((site / name).read_text(encoding="utf-8")) for name in html_pages(site)}
    problems: list[Problem] = []
    for name, page in pages.items():
        twice = [each for each, count in page.ids.items() if count > 1]
        problems += [Problem(name, "link", f"id {each!r} occurs {page.ids[each]} times") for each in twice]
        for reference in page.references:
            if what := _wrong(site, pages, name, reference, prefix):
                problems.append(Problem(name, "link", f"{reference.where} {reference.address!r}: {what}"))
    return problems + list(_wrong_in_css(site, prefix))


def _wrong(site: Path, pages: dict[str, _Page], name: str, reference: _Reference, prefix: str) -> str | None:
    address = reference.address
    shown = _NOT_THERE if name == "404.html" and not address.startswith("#") else name
    parts = urlsplit(urljoin(f"http://{_HOST}{prefix}{shown}", address))
    if parts.scheme not in ("http", "https"):
        return "runs script" if parts.scheme == "javascript" else None
    if parts.netloc != _HOST:
        return "is loaded from another host" if reference.loads else None
    if address.startswith("/") and name != "404.html":
        return "starts at the root of the host"
    if not parts.path.startswith(prefix):
        return "leads out of the site"
    target = unquote(parts.path.removeprefix(prefix))
    if (site / target).is_dir():
        if target and not target.endswith("/"):
            return "is a folder; write it with / at the end"
        target += "index.html"
    if not (site / target).is_file():
        return "leads nowhere"
    fragment = unquote(parts.fragment)
    if fragment and target in pages and fragment not in pages[target].ids:
        return f"no id {fragment!r} in {target}"
    return None


def _wrong_in_css(site: Path, prefix: str) -> Iterator[Problem]:
    for sheet in sorted(site.rglob("*.css")):
        name = sheet.relative_to(site).as_posix()
        for address in sorted(set(_CSS_URL.findall(sheet.read_text(encoding="utf-8")))):
            if what := _wrong(site, {}, name, _Reference("url()", address, loads=True), prefix):
                yield Problem(name, "link", f"url({address}): {what}")
