"""One session that says who it is, with time-outs and bounded, jittered retries."""

import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from pipeline.errors import VeiligheidsbeeldError

CONTACT_VARIABLE = "VB_CONTACT"
NAME = "veiligheidsbeeld/0.1 (veiligheidsdashboard met open cijfers; eens per dag, een verzoek tegelijk)"

# Refusals that hold for a moment: too slow, too early, too many requests.
NOT_NOW = (408, 425, 429)

T = TypeVar("T")


class FetchError(VeiligheidsbeeldError):
    """The publisher's service did not give what was asked; the message names address and cause."""


class NotThereError(FetchError):
    """404: the table or boundary set does not exist at this address."""


class TransientError(FetchError):
    """An answer that may be better a moment later: 5xx, a cut body, HTML instead of JSON."""


@dataclass(frozen=True)
class Patience:
    """How long to wait (seconds) and how often to try.

    Attributes:
        connect, read: time-out for connecting, and between two pieces of an answer.
        total: longest that one answer may take as a whole.
        tries: attempts in all.
        shortest, longest: bounds of the pause between attempts, which doubles and has jitter.
        asked: longest pause that a service may ask for (Retry-After).
    """

    connect: float = 10
    read: float = 120
    total: float = 900
    tries: int = 5
    shortest: float = 2
    longest: float = 60
    asked: float = 300


def user_agent() -> str:
    """Who asks: the project, and where to reach it if ``VB_CONTACT`` says so."""
    contact = os.environ.get(CONTACT_VARIABLE, "")
    return f"{NAME}; {contact}" if contact else NAME


@dataclass(frozen=True)
class Look:
    """An answer: its status, headers, decoded body and how long it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class OverIPv4(HTTPAdapter):
    """opendata.cbs.nl has an IPv6 address, hosted runners have no route to it."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=("0.0.0.0", 0), **kwargs)


class Client:
    """Gets JSON, one request at a time."""

    def __init__(
        self, patience: Patience | None = None, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.patience = patience or Patience()
        self.sleep = sleep
        self._session = requests.Session()
        self._session.headers.update(
            {"User-Agent": user_agent(), "Accept": "application/json", "Accept-Encoding": "gzip"}
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, OverIPv4())

    @property
    def timeout(self) -> tuple[float, float]:
        """Time-outs in the form that requests and cbsodata take."""
        return self.patience.connect, self.patience.read

    def get_json(self, url: str, *, listed: str, what: str = "") -> dict[str, Any]:
        """The JSON object at an address, with a list under the name ``listed``.

        Raises:
            NotThereError: 404.
            FetchError: another refusal, or still no good answer after the last attempt.
        """

        def attempt() -> dict[str, Any]:
            value = self._get(url)
            if not isinstance(value.get(listed), list):
                raise TransientError(f"antwoord zonder lijst {listed!r}: {list(value)}")
            return value

        return self.retrying(what or url, attempt)

    def get_object(self, url: str, *, what: str = "") -> dict[str, Any]:
        """The JSON object at an address, whatever is in it.

        Raises:
            FetchError: a refusal, or still no good answer after the last attempt.
        """
        return self.retrying(what or url, lambda: self._get(url))

    def look(self, url: str) -> "Look":
        """One answer as it comes, errors included; for questions about the service itself."""
        started = time.monotonic()
        answer = self._session.get(url, timeout=self.timeout, allow_redirects=False)
        seconds = time.monotonic() - started
        return Look(answer.status_code, dict(answer.headers), answer.content, seconds)

    def retrying(self, what: str, attempt: Callable[[], T]) -> T:
        """Call until it succeeds; pauses double, with jitter, between the bounds of the patience.

        Raises:
            FetchError: the last attempt failed too, or one failed for good.
        """
        for number in range(1, self.patience.tries + 1):
            try:
                return attempt()
            except (requests.RequestException, TransientError, json.JSONDecodeError) as error:
                refusal = _refusal(what, error)
                if refusal is not None:
                    raise refusal from error
                if number == self.patience.tries:
                    raise FetchError(f"{what}: na {number} pogingen: {_cause(error)}") from error
                self.sleep(self._pause(number, error))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _pause(self, number: int, error: Exception) -> float:
        """Seconds until the next attempt: at least what the service asks for, if that is not too long."""
        ceiling = min(self.patience.longest, self.patience.shortest * 2**number)
        pause = random.uniform(self.patience.shortest, ceiling)
        return max(pause, min(asked_pause(error), self.patience.asked))

    def _get(self, url: str) -> dict[str, Any]:
        until = time.monotonic() + self.patience.total
        with self._session.get(url, timeout=self.timeout, stream=True, allow_redirects=False) as answer:
            # Rows of another host are not those that the header of the source vouches for.
            if answer.is_redirect:
                raise FetchError(f"{url}: doorverwezen naar {answer.headers.get('Location')}")
            answer.raise_for_status()
            pieces = []
            for piece in answer.iter_content(1 << 16):
                pieces.append(piece)
                # The read time-out begins anew with every piece: an answer that trickles would never end.
                if time.monotonic() > until:
                    raise TransientError(f"antwoord duurt langer dan {self.patience.total:.0f} s")
            body = b"".join(pieces)
        try:
            # An error page may come with status 200.
            value = json.loads(body)
        except ValueError:
            kind = answer.headers.get("Content-Type", "onbekende soort")
            raise TransientError(f"geen JSON maar {kind}: {body[:60]!r}") from None
        if not isinstance(value, dict):
            raise TransientError(f"geen JSON-object maar {type(value).__name__}")
        return value


def _refusal(what: str, error: Exception) -> FetchError | None:
    """The error to stop with, if the service refused for good (4xx, but not for a while)."""
    answer = _answer_of(error)
    if answer is None or answer.status_code in NOT_NOW or not 400 <= answer.status_code < 500:
        return None
    kind = NotThereError if answer.status_code == 404 else FetchError
    return kind(f"{what}: {answer.status_code} {answer.reason}")


def _answer_of(error: BaseException) -> requests.Response | None:
    """The answer that an error came with; cbsodata hides it one deeper."""
    for deeper in (error, error.__cause__):
        answer = getattr(deeper, "response", None)
        if isinstance(answer, requests.Response):
            return answer
    return None


def asked_pause(error: BaseException) -> float:
    """Seconds that the service asks to wait (Retry-After: a number, or a date by its own clock); 0 if none.

    RFC 9110, section 10.2.3. The date is held against that of the answer, so that our clock does not matter.
    """
    answer = _answer_of(error)
    text = answer.headers.get("Retry-After", "").strip() if answer is not None else ""
    if answer is None or not text:
        return 0
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        now = parsedate_to_datetime(answer.headers["Date"]) if "Date" in answer.headers else datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0


def _cause(error: Exception) -> str:
    if isinstance(error, TransientError):
        return str(error)
    answer = getattr(error, "response", None)
    if answer is not None:
        return f"{answer.status_code} {answer.reason}"
    return f"{type(error).__name__}: {error}"


def same_host(url: str, base: str) -> bool:
    """Whether an address that a service gave lies on the service's own host."""
    left, right = urlsplit(url), urlsplit(base)
    return (left.scheme, left.netloc) == (right.scheme, right.netloc)
