"""One session that says who it is, with time-outs and bounded, jittered retries."""

import json
import os
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
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


@dataclass(frozen=True)
class Answer:
    """What came with status 200: its decoded body, and the kind that the service calls it."""

    url: str
    body: bytes
    kind: str


class OverIPv4(HTTPAdapter):
    """opendata.cbs.nl has an IPv6 address, hosted runners have no route to it."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=("0.0.0.0", 0), **kwargs)


class Client:
    """Gets JSON, one request at a time, also when one of them is begun ahead."""

    def __init__(
        self, patience: Patience | None = None, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.patience = patience or Patience()
        self.sleep = sleep
        self.one_at_a_time = threading.Lock()
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
        return self.get(url, lambda answer: with_list(answer, listed), what=what)

    def get_object(self, url: str, *, what: str = "") -> dict[str, Any]:
        """The JSON object at an address, whatever is in it.

        Raises:
            FetchError: a refusal, or still no good answer after the last attempt.
        """
        return self.get(url, as_object, what=what)

    def get(
        self, url: str, read: Callable[[Answer], T], *, what: str = "", begun: Future[Answer] | None = None
    ) -> T:
        """What ``read`` makes of the answer at an address; asked again when it raises ``TransientError``.

        Args:
            begun: the first attempt, if it is on its way already.

        Raises:
            FetchError: a refusal, or still no good answer after the last attempt.
        """
        first = [begun] if begun is not None else []
        return self.retrying(what or url, lambda: read(first.pop().result() if first else self._get(url)))

    def begin(self, url: str) -> Future[Answer]:
        """Ask without waiting: one attempt, in a thread that never outlives the program."""
        coming: Future[Answer] = Future()

        def ask() -> None:
            try:
                coming.set_result(self._get(url))
            # Whoever asks for the outcome hears of it, and decides whether to try again.
            except BaseException as error:
                coming.set_exception(error)

        threading.Thread(target=ask, daemon=True).start()
        return coming

    def look(self, url: str) -> "Look":
        """One answer as it comes, errors included; for questions about the service itself."""
        started = time.monotonic()
        with self.one_at_a_time:
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

    def _get(self, url: str) -> Answer:
        with self.one_at_a_time:
            until = time.monotonic() + self.patience.total
            with self._session.get(url, timeout=self.timeout, stream=True, allow_redirects=False) as answer:
                return self._whole(url, answer, until=until)

    def _whole(self, url: str, answer: requests.Response, *, until: float) -> Answer:
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
        return Answer(url, b"".join(pieces), answer.headers.get("Content-Type", "onbekende soort"))


def as_object(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer.

    Raises:
        TransientError: it is something else; an error page may come with status 200.
    """
    try:
        value = json.loads(answer.body)
    except ValueError:
        raise TransientError(f"geen JSON maar {answer.kind}: {answer.body[:60]!r}") from None
    if not isinstance(value, dict):
        raise TransientError(f"geen JSON-object maar {type(value).__name__}")
    return value


def with_list(answer: Answer, name: str) -> dict[str, Any]:
    """The JSON object of an answer, with a list under a name.

    Raises:
        TransientError: it is something else, or has no such list.
    """
    value = as_object(answer)
    if not isinstance(value.get(name), list):
        raise TransientError(f"antwoord zonder lijst {name!r}: {list(value)}")
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
