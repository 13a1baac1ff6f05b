"""Patience: what is tried again, how long is waited, and what ends it at once."""

import json
from collections.abc import Iterator

import pytest
import requests

from pipeline.fetch import http
from pipeline.fetch.http import Client, FetchError, NotThereError, Patience
from tests.unit.fetch.script import Answer, Script, scripted

FINE: Answer = (200, b'{"value": [1]}', {})


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as made:
        yield made


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def client(pauses: list[float]) -> Client:
    return Client(Patience(connect=2, read=1, total=5, tries=4), sleep=pauses.append)


@pytest.mark.parametrize(
    "bad",
    [
        (503, b"busy", {}),
        (500, b"broken", {}),
        (200, b"<html>storing</html>", {"Content-Type": "text/html"}),
        (200, b'{"value": [1', {"Content-Length": "900"}),
        (200, b'{"error": "no list"}', {}),
        (200, b"[1]", {}),
    ],
    ids=["503", "500", "html", "cut", "no-list", "no-object"],
)
def test_passing_trouble_is_tried_again(
    bad: Answer, script: Script, client: Client, pauses: list[float]
) -> None:
    script.answers = [bad, bad, FINE]
    assert client.get_json(script.url, listed="value") == {"value": [1]}
    assert len(pauses) == 2


def test_pauses_double_with_jitter_within_bounds(script: Script, client: Client, pauses: list[float]) -> None:
    script.answers = [(503, b"", {})] * 4
    with pytest.raises(FetchError, match=r"na 4 pogingen: 503 Service Unavailable"):
        client.get_json(script.url, listed="value")
    for number, pause in enumerate(pauses, start=1):
        assert 2 <= pause <= min(60, 2 * 2**number)
    assert len(pauses) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_refusal_is_final(status: int, script: Script, client: Client, pauses: list[float]) -> None:
    script.answers = [(status, b"", {}), FINE]
    with pytest.raises(NotThereError if status == 404 else FetchError, match=f": {status} "):
        client.get_json(script.url, listed="value")
    assert pauses == []


@pytest.mark.parametrize("status", [408, 425, 429, 503])
@pytest.mark.parametrize(
    ("asks", "least", "most"),
    [
        ({"Retry-After": "37"}, 37, 37),
        ({"Retry-After": "Fri, 01 Jan 1971 00:01:30 GMT", "Date": "Fri, 01 Jan 1971 00:00:00 GMT"}, 90, 90),
        ({"Retry-After": "Fri, 01 Jan 1971 00:00:00 GMT", "Date": "Thu, 31 Dec 2099 00:00:00 GMT"}, 2, 4),
        ({"Retry-After": "99999999"}, 300, 300),
        ({"Retry-After": "Fri, 31 Dec 2099 00:00:00 GMT"}, 300, 300),
        ({"Retry-After": "-5"}, 2, 4),
        ({"Retry-After": "straks"}, 2, 4),
        ({}, 2, 4),
    ],
)
def test_the_pause_that_a_service_asks_for_is_kept_within_bounds(
    status: int,
    asks: dict[str, str],
    least: float,
    most: float,
    script: Script,
    client: Client,
    pauses: list[float],
) -> None:
    script.answers = [(status, b"", asks), FINE]
    assert client.get_json(script.url, listed="value") == {"value": [1]}
    assert len(pauses) == 1
    assert least <= pauses[0] <= most


def test_what_was_begun_ahead_and_failed_is_tried_again(
    script: Script, client: Client, pauses: list[float]
) -> None:
    script.answers = [(503, b"busy", {}), (503, b"busy", {}), FINE]
    begun = client.begin(script.url)
    assert client.get(script.url, lambda answer: answer.body, begun=begun) == FINE[1]
    assert len(script.headers) == 3
    assert len(pauses) == 2


def test_refusal_of_what_was_begun_ahead_is_final(
    script: Script, client: Client, pauses: list[float]
) -> None:
    script.answers = [(404, b"", {}), FINE]
    with pytest.raises(NotThereError, match="bron: 404 "):
        client.get(script.url, http.as_object, what="bron", begun=client.begin(script.url))
    assert pauses == []


def test_never_two_requests_at_once(script: Script, client: Client) -> None:
    script.answers, script.takes = [FINE] * 5, 0.02
    begun = [client.begin(script.url) for _ in range(3)]
    client.get_json(script.url, listed="value")
    client.look(script.url)
    assert [one.result().body for one in begun] == [FINE[1]] * 3
    assert script.most_at_once == 1


def test_redirect_is_not_followed(script: Script, client: Client) -> None:
    script.answers = [(302, b"", {"Location": "http://elders.example/"}), FINE]
    with pytest.raises(FetchError, match=r"doorverwezen naar http://elders\.example/"):
        client.get_json(script.url, listed="value")


def test_answer_that_drips_for_ever_is_given_up(script: Script, pauses: list[float]) -> None:
    script.answers = [(200, json.dumps({"value": ["x" * 300_000]}).encode(), {})] * 2
    impatient = Client(Patience(connect=2, read=1, total=0, tries=2), sleep=pauses.append)
    with pytest.raises(FetchError, match="antwoord duurt langer dan 0 s"):
        impatient.get_json(script.url, listed="value")


def test_says_who_it_is_and_takes_gzip(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VB_CONTACT", "https://voorbeeld.example/project")
    script.answers = [FINE]
    Client().get_json(script.url, listed="value")
    sent = script.headers[0]
    assert sent["User-Agent"].startswith("veiligheidsbeeld/")
    assert sent["User-Agent"].endswith("https://voorbeeld.example/project")
    assert sent["Accept-Encoding"] == "gzip"


def test_connects_over_ipv4_only() -> None:
    adapter = Client()._session.get_adapter("https://opendata.cbs.nl")
    assert adapter.poolmanager.connection_pool_kw["source_address"] == ("0.0.0.0", 0)  # type: ignore[attr-defined]


def test_errors_that_are_ours_are_not_tried_again(client: Client, pauses: list[float]) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        client.retrying("x", broken)
    assert pauses == []


def test_cbsodata_hides_its_answer_one_deeper(client: Client) -> None:
    def as_cbsodata() -> None:
        answer = requests.Response()
        answer.status_code, answer.reason = 404, "Not Found"
        try:
            raise requests.HTTPError(response=answer)
        except requests.HTTPError as error:
            raise requests.HTTPError("Downloading table 'X' failed.") from error

    with pytest.raises(NotThereError, match="X: 404 Not Found"):
        client.retrying("X", as_cbsodata)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://opendata.cbs.nl/ODataFeed/x", True),
        ("http://opendata.cbs.nl/ODataFeed/x", False),
        ("https://opendata.cbs.nl.elders.example/x", False),
        ("https://opendata.cbs.nl:8443/x", False),
        ("//opendata.cbs.nl/x", False),
    ],
)
def test_same_host(url: str, same: bool) -> None:
    assert http.same_host(url, "https://opendata.cbs.nl") is same
