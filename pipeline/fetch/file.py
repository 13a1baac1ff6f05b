"""A file at an address that a definition names. Anyone may write a definition, so an address is not trusted:
no other host, no private address, no endless file.
"""

import ipaddress
import json
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from pipeline.fetch.http import Client, FetchError, OverIPv4, Patience, TransientError, same_host
from pipeline.gemeente.definition import Definition

LARGEST = 2_000_000_000
LARGEST_PAGED = 300_000_000  # pages are put together in memory
MOST_REDIRECTS = 5
MOST_PAGES = 2_000
ROOM_LEFT = 500_000_000  # bytes of disk that a download must leave

Resolve = Callable[[str], list[str]]


def resolve(host: str) -> list[str]:
    """The addresses that a name stands for."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)]


@dataclass(frozen=True)
class Got:
    """A fetched file and the publisher's date of change (ISO), if it gave one."""

    path: Path
    modified: str | None


def _refuse_private_peer(connection: HTTPConnection) -> None:
    """A name may have changed its address since it was looked up; nothing has been sent yet."""
    peer = str(connection.sock.getpeername()[0])
    if not ipaddress.ip_address(peer.partition("%")[0]).is_global:
        connection.close()
        raise FetchError(f"{connection.host} is nu {peer}, een adres in een eigen netwerk; geweigerd")


class _PublicHTTP(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _refuse_private_peer(self)


class _PublicHTTPS(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _refuse_private_peer(self)


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


class _OnlyPublic(OverIPv4):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}


class FileClient(Client):
    """Fetches one file at a time.

    Args:
        private: allow addresses of this machine and of local networks; only tests need that.
        largest: bytes, unpacked.
        resolve: looks a name up.
    """

    def __init__(
        self,
        patience: Patience | None = None,
        *,
        private: bool = False,
        largest: int = LARGEST,
        resolve: Resolve = resolve,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(patience, sleep=sleep)
        self.private, self.largest, self.resolve = private, largest, resolve
        self._session.headers["Accept"] = "*/*"
        if not private:
            for scheme in ("https://", "http://"):
                self._session.mount(scheme, _OnlyPublic())

    def download(self, url: str, target: Path) -> Got:
        """Fetch a file, following redirects on its own host only.

        Raises:
            FetchError: refused, too large, leading elsewhere, or no answer after the last attempt.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        return self.retrying(url, lambda: self._attempt(url, target))

    def _attempt(self, url: str, target: Path) -> Got:
        address = url
        for _ in range(MOST_REDIRECTS + 1):
            self._refuse_private(address)
            with self._session.get(
                address, timeout=self.timeout, stream=True, allow_redirects=False
            ) as answer:
                if not answer.is_redirect:
                    answer.raise_for_status()
                    self._save(url, answer, target)
                    return Got(target, _modified(answer))
                address = self._next(address, urljoin(address, answer.headers["Location"]))
        raise FetchError(f"{url}: meer dan {MOST_REDIRECTS} keer doorverwezen")

    def _next(self, here: str, there: str) -> str:
        before, after = urlsplit(here), urlsplit(there)
        upgraded = before.scheme == "http" and after.scheme == "https"
        same_scheme = before.scheme == after.scheme
        if before.hostname != after.hostname or not (same_scheme or upgraded):
            raise FetchError(f"{here}: verwijst door naar {there}; een ander adres volgen wij niet")
        if same_scheme and before.port != after.port:
            raise FetchError(f"{here}: verwijst door naar {there}; een andere poort volgen wij niet")
        return there

    def _refuse_private(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise FetchError(f"{url}: geen webadres; verwacht https://…")
        if self.private or requests.utils.get_environ_proxies(url):
            return  # a proxy looks the name up itself
        try:
            addresses = self.resolve(parts.hostname)
        except OSError as error:
            raise FetchError(f"{url}: de naam {parts.hostname} is niet gevonden ({error})") from None
        for address in addresses:
            if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                raise FetchError(
                    f"{url}: {parts.hostname} is het adres {address} in een eigen netwerk; geweigerd"
                )

    def _save(self, url: str, answer: requests.Response, target: Path) -> None:
        announced = int(answer.headers.get("Content-Length") or 0)
        if announced > self.largest:
            raise FetchError(f"{url}: {announced} bytes; meer dan {self.largest} halen wij niet op")
        if shutil.disk_usage(target.parent).free < announced + ROOM_LEFT:
            raise FetchError(f"{url}: {announced} bytes passen niet op de schijf")
        until, written = time.monotonic() + self.patience.total, 0
        beside = target.with_name(f".{target.name}.deel")
        try:
            with beside.open("wb") as file:
                for piece in answer.iter_content(1 << 16):
                    written += len(piece)
                    if written > self.largest:
                        raise FetchError(f"{url}: pakt uit tot meer dan {self.largest} bytes; afgebroken")
                    if time.monotonic() > until:
                        raise TransientError(f"antwoord duurt langer dan {self.patience.total:.0f} s")
                    file.write(piece)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def fetch_file(client: FileClient, definition: Definition, *, root: Path, work: Path) -> Got:
    """The file of a definition: from the project, from its address, or page by page from a service.

    Raises:
        FetchError: there is no address or file, or it was not fetched.
    """
    if definition.file:
        path = (root / definition.file).resolve()
        if not path.is_relative_to(root.resolve()):
            raise FetchError(f"{definition.path}: file is {definition.file!r}; dat ligt buiten het project")
        if not path.is_file():
            raise FetchError(f"{definition.path}: file is {definition.file!r}; {path} bestaat niet")
        return Got(path, None)
    if not definition.url:
        raise FetchError(f"{definition.path}: geen url en geen file; geef het bestand mee met --bestand")
    target = work / f"{definition.id}.{definition.form.kind}"
    if definition.form.kind == "arcgis":
        return _paged(_arcgis_pages(client, definition.url, target), target, "features")
    if definition.form.kind == "dso":
        return _paged(_dso_pages(client, definition.url, target), target, "_embedded")
    return client.download(definition.url, target)


def _paged(pages: Iterator[list[Any]], target: Path, key: str) -> Got:
    rows = [row for page in pages for row in page]
    content: Any = {key: rows} if key == "features" else {key: {"rijen": rows}}
    target.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return Got(target, None)


def _arcgis_pages(client: FileClient, url: str, target: Path) -> Iterator[list[Any]]:
    """A feature layer, every column, in degrees; the service says itself when there is more."""
    address = url.partition("?")[0].rstrip("/").removesuffix("/query") + "/query"
    read, weight = 0, 0
    for _ in range(MOST_PAGES):
        query = {"where": "1=1", "outFields": "*", "outSR": "4326", "f": "json", "resultOffset": read}
        reply, size = _page(client, f"{address}?{urlencode(query)}", target)
        if "error" in reply:
            raise FetchError(f"{url}: {reply['error'].get('message', reply['error'])}")
        features = reply.get("features")
        if not isinstance(features, list):
            raise FetchError(f"{url}: geen lijst 'features' maar {', '.join(reply)}")
        yield features
        read, weight = read + len(features), weight + size
        _refuse_heavy(url, weight)
        if not reply.get("exceededTransferLimit") or not features:
            return
    raise FetchError(f"{url}: meer dan {MOST_PAGES} bladzijden")


def _dso_pages(client: FileClient, url: str, target: Path) -> Iterator[list[Any]]:
    """Amsterdam's API: one list below ``_embedded``, and the address of the next page."""
    address, weight, seen = url, 0, set[str]()
    for _ in range(MOST_PAGES):
        seen.add(address)
        reply, size = _page(client, address, target)
        lists = [rows for rows in (reply.get("_embedded") or {}).values() if isinstance(rows, list)]
        if len(lists) != 1:
            raise FetchError(f"{address}: geen lijst onder '_embedded' maar {', '.join(reply)}")
        yield lists[0]
        weight += size
        _refuse_heavy(url, weight)
        following = ((reply.get("_links") or {}).get("next") or {}).get("href")
        if not following:
            return
        if not same_host(following, url) or following in seen:
            raise FetchError(f"{url}: de volgende bladzijde wijst naar elders of terug: {following}")
        address = following
    raise FetchError(f"{url}: meer dan {MOST_PAGES} bladzijden")


def _page(client: FileClient, url: str, target: Path) -> tuple[dict[str, Any], int]:
    got = client.download(url, target)
    text = got.path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        reply = json.loads(text)
    except (ValueError, RecursionError):
        raise FetchError(f"{url}: geen JSON maar {text[:60]!r}") from None
    if not isinstance(reply, dict):
        raise FetchError(f"{url}: geen JSON-object maar {type(reply).__name__}")
    return reply, len(text)


def _refuse_heavy(url: str, weight: int) -> None:
    if weight > LARGEST_PAGED:
        raise FetchError(f"{url}: meer dan {LARGEST_PAGED} bytes in bladzijden; kies minder met de url")


def _modified(answer: requests.Response) -> str | None:
    text = answer.headers.get("Last-Modified")
    try:
        return parsedate_to_datetime(text).date().isoformat() if text else None
    except ValueError:
        return None
