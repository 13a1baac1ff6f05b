"""What only the live services can tell, asked once: ``fetch --eerste-keer``. Nothing is stored.

The answers are for whoever runs this for the first time: they confirm or refute what this project assumes.
"""

import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

import requests

from pipeline.errors import VeiligheidsbeeldError
from pipeline.fetch.http import Client
from pipeline.fetch.odata import Feed
from pipeline.fetch.page import Row
from pipeline.fetch.plan import DIMENSION_KINDS
from pipeline.model import SourceHeader

CRIMES, NUISANCE, CRIMES_BY_MONTH = "47018NED", "47024NED", "47022NED"
UNSEEN = ("85655NED", "85146NED", "70904ned", "82339NED")
TOTAL = "0.0.0 "
HIDDEN_TYPES = ("1.4.1 ", "3.2.1 ", "3.2.2 ", "3.7.3 ")
OTHER_TYPES = ("1.1.1 ", "1.2.2 ", "2.2.1 ")
LICENCE_WORDS = re.compile(r"[^.\n]*(?:licen[ts]ie|licence|CC BY|creative commons|auteursrecht)[^.\n]*", re.I)

Base = Callable[[SourceHeader], str]


def answers(client: Client, headers: Mapping[str, SourceHeader], *, base: Base) -> Iterator[str]:
    """One line per question; a question that gets no answer says why, and the next one is asked."""
    asked = _Questions(client, headers, base)
    for number, (text, ask) in enumerate(asked.all(), start=1):
        try:
            answer = ask()
        except (VeiligheidsbeeldError, requests.RequestException, OSError, KeyError, StopIteration) as error:
            answer = f"geen antwoord ({type(error).__name__}: {error})"
        yield f"{number}. {text}: {answer}"


class _Questions:
    def __init__(self, client: Client, headers: Mapping[str, SourceHeader], base: Base) -> None:
        self.client, self.headers, self._base = client, headers, base
        self.police = Feed(client, base(headers["politie_misdrijven"]))
        self.statistics = Feed(client, base(headers["cbs_kerncijfers"]))

    def all(self) -> Iterator[tuple[str, Callable[[], str]]]:
        yield "gzip en Content-Type", self._encoding
        yield "antwoord bij een fout", self._errors
        yield f"onderwerpen en Default van {CRIMES_BY_MONTH} en {NUISANCE}", self._topics
        yield "startswith op de Feed", self._startswith
        yield f"nieuwste jaar en indeling van {CRIMES}", self._division
        yield f"kolommen van {', '.join(UNSEEN)}", self._columns
        yield "bestandsnaam van de GPKG", self._gpkg
        yield "verborgen soorten op buurtniveau", self._hidden
        yield "rijen per soort tegenover de codelijst", self._density
        yield "tekst over de licentie in TableInfos", self._licence
        yield "IPv6", self._ipv6

    def _encoding(self) -> str:
        url = f"{self.police.base}/ODataFeed/odata/{CRIMES}/TableInfos?$format=json"
        headers = self.client.look(url).headers
        return (
            f"Content-Encoding {headers.get('Content-Encoding')}, Content-Type {headers.get('Content-Type')}"
        )

    def _errors(self) -> str:
        feed = f"{self.police.base}/ODataFeed/odata"
        told = []
        for url in (
            f"{feed}/00000NED/TableInfos?$format=json",
            f"{feed}/{CRIMES}/TypedDataSet?$format=json&$filter=x",
        ):
            look = self.client.look(url)
            told.append(f"{look.status} {look.headers.get('Content-Type')} {look.body[:200]!r}")
        return "; ".join(told)

    def _topics(self) -> str:
        return "; ".join(self._told(self.police, table) for table in (CRIMES_BY_MONTH, NUISANCE))

    def _told(self, feed: Feed, table: str) -> str:
        try:
            properties = feed.properties(table)
        except VeiligheidsbeeldError as error:
            return str(error)
        dimensions = [str(row["Key"]) for row in properties if row["Type"] in DIMENSION_KINDS]
        topics = [
            f"{row['Key']} ({row.get('Datatype')}, {row.get('Default')})"
            for row in properties
            if row["Type"] == "Topic"
        ]
        return f"{table}: {', '.join(dimensions)} | {', '.join(topics)}"

    def _newest(self) -> str:
        return max(str(row["Key"]) for row in self.police.codes(CRIMES, "Perioden"))

    def _crimes(self, kind: str, *, more: str = "") -> list[Row]:
        where = f"Perioden eq '{self._newest()}' and SoortMisdrijf eq '{kind}'{more}"
        return self.police.rows(CRIMES, "TypedDataSet", where=where)

    def _startswith(self) -> str:
        started = time.monotonic()
        rows = self._crimes(TOTAL, more=" and startswith(WijkenEnBuurten,'BU')")
        others = sum(not str(row["WijkenEnBuurten"]).startswith("BU") for row in rows)
        return f"{len(rows)} rijen, {others} erbuiten, {time.monotonic() - started:.1f} s"

    def _division(self) -> str:
        geo = next(row for row in self.police.properties(CRIMES) if row["Key"] == "WijkenEnBuurten")
        text = str(self.police.info(CRIMES).get("ExplanatoryText") or "").strip()
        return f"{self._newest()}; {geo.get('Description')}; {text.partition(chr(10))[0][:200]}"

    def _columns(self) -> str:
        return "; ".join(self._told(self.statistics, table) for table in UNSEEN)

    def _gpkg(self) -> str:
        year = max(self.headers["pdok_gebieden"].tables)
        base = self._base(self.headers["pdok_gebieden"]).replace("api.pdok.nl", "service.pdok.nl")
        look = self.client.look(f"{base}/cbs/wijkenbuurten/{year}/atom/index.xml")
        names = sorted(set(re.findall(r"[\w.-]+\.gpkg", look.body.decode("utf-8", "replace"))))
        return ", ".join(names) or f"geen gevonden ({look.status})"

    def _hidden(self) -> str:
        return "; ".join(f"{kind.strip()}: {_described(self._crimes(kind))}" for kind in HIDDEN_TYPES)

    def _density(self) -> str:
        areas = len(self.police.codes(CRIMES, "WijkenEnBuurten"))
        counts = [f"{kind.strip()}: {len(self._crimes(kind))}" for kind in OTHER_TYPES]
        return f"{', '.join(counts)} van {areas} gebieden"

    def _licence(self) -> str:
        told = []
        for feed, table in (
            (self.police, CRIMES),
            (self.statistics, max(self.headers["cbs_kerncijfers"].tables.values())),
        ):
            info = feed.info(table)
            found = LICENCE_WORDS.findall(" ".join(str(value) for value in info.values()))
            told.append(f"{table}: {' / '.join(text.strip() for text in found[:3]) or 'niets'}")
        return "; ".join(told)

    def _ipv6(self) -> str:
        told = []
        for feed in (self.police, self.statistics):
            host = urlsplit(feed.base).hostname or ""
            families = {info[0] for info in socket.getaddrinfo(host, 443)}
            told.append(f"{host}: {'ook' if socket.AF_INET6 in families else 'geen'} IPv6-adres")
        return "; ".join(told) + "; gevraagd wordt over IPv4"


def _described(rows: list[Row]) -> str:
    buurten = [row for row in rows if str(row["WijkenEnBuurten"]).startswith("BU")]
    topic = next((name for row in rows for name in row if name.startswith("Geregistreerde")), "")
    values = [row.get(topic) for row in buurten]
    return (
        f"{len(buurten)} buurten, {sum(value is None for value in values)} leeg, "
        f"{sum(value == 0 for value in values)} nul, {sum(bool(value) for value in values)} hoger"
    )
