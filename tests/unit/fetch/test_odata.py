"""Pages come one ahead, and what was wrong with one is asked again when its turn has come."""

import time
from collections.abc import Iterator

import pytest

from pipeline.fetch.http import Client, FetchError, Patience
from pipeline.fetch.odata import Feed
from tests.unit.fetch.script import Answer, Script, scripted


def page(*values: int, following: str = "") -> Answer:
    rows = ",".join(f'{{"a":{value}}}' for value in values)
    more = f',"odata.nextLink":"{following}"' if following else ""
    return 200, f'{{"value":[{rows}]{more}}}'.encode(), {}


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as made:
        yield made


@pytest.fixture
def feed(script: Script) -> Feed:
    patience = Patience(connect=2, read=1, total=5, tries=3, shortest=0, longest=0)
    return Feed(Client(patience, sleep=lambda _: None), script.url.removesuffix("/x"))


def asked(script: Script, number: int) -> list[str]:
    """What the server was asked, once that is so many things."""
    until = time.monotonic() + 5
    while len(script.paths) < number and time.monotonic() < until:
        time.sleep(0.005)
    return [path.rpartition("=")[2] for path in script.paths]


def test_the_next_page_is_on_its_way_while_one_is_used(feed: Feed, script: Script) -> None:
    script.answers = [page(1, following=f"{feed.base}/n?skip=2"), page(2), page(3), page(4)]
    pages = feed.pages("T", "S", questions=["een", "twee", "drie"])
    next(pages)
    assert asked(script, 2) == ["een", "2"]
    next(pages)
    assert asked(script, 3) == ["een", "2", "twee"]
    assert [feed.rows_of(one) for one in pages] == [[{"a": 3}], [{"a": 4}]]
    assert asked(script, 4) == ["een", "2", "twee", "drie"]
    assert script.most_at_once == 1


def test_no_questions_no_request(feed: Feed, script: Script) -> None:
    assert list(feed.pages("T", "S", questions=[])) == []
    assert script.paths == []


def test_what_failed_ahead_does_not_take_away_the_page_before_it(feed: Feed, script: Script) -> None:
    script.answers = [page(1), (404, b"", {})]
    pages = feed.pages("T", "S", questions=["een", "twee"])
    assert feed.rows_of(next(pages)) == [{"a": 1}]
    with pytest.raises(FetchError, match="T/S: 404 "):
        next(pages)


def test_a_page_that_is_broken_among_its_rows_is_asked_again(feed: Feed, script: Script) -> None:
    broken = (200, b'{"value":[{"a":1},{"a":2]}', {})
    script.answers = [broken, page(9), broken, page(1, 2)]
    first, second = feed.pages("T", "S", questions=["een", "twee"])
    assert [feed.rows_of(first), feed.rows_of(second)] == [[{"a": 1}, {"a": 2}], [{"a": 9}]]
    assert asked(script, 4) == ["een", "twee", "een", "een"]


def test_a_page_that_stays_broken_says_so(feed: Feed, script: Script) -> None:
    script.answers = [(200, b'{"value":[{"a":1},{"a":2]}', {"Content-Type": "application/json"})] * 4
    (one,) = feed.pages("T", "S", questions=["een"])
    with pytest.raises(FetchError, match="T/S: na 3 pogingen: geen JSON maar application/json"):
        feed.rows_of(one)
