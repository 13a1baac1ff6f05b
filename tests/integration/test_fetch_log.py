"""The log of releases after fetching from a stand-in: each edition once, with what it brought."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pipeline import releases, snapshot
from pipeline.fetch import runner
from pipeline.paths import Paths
from pipeline.releases import LOG_NAME, Release
from tests.integration.test_fetch import MISDRIJVEN, OVERLAST, QUICK, added, paths, release
from tests.upstream_server import UpstreamServer, serving

__all__ = ["paths"]
FIRST, NEW = "2024-04-15T02:00:00", "2031-01-15T02:00:00"


@pytest.fixture
def server() -> Iterator[UpstreamServer]:
    with serving() as running:
        yield running


@pytest.fixture
def fetch(paths: Paths, server: UpstreamServer) -> Callable[..., tuple[Release, ...]]:
    def run(source: str = OVERLAST, **options: Any) -> tuple[Release, ...]:
        given = {"upstream": server.url, "say": lambda _: None, "patience": QUICK, **options}
        assert runner.fetch(paths, sources=[source], **given) == 0
        return releases.read_log(paths.live)

    return run


def without_year(year: str) -> Callable[[str, pa.Table], pa.Table]:
    def change(_: str, rows: pa.Table) -> pa.Table:
        return rows.filter(pc.not_equal(rows["Perioden"], f"{year}JJ00"))

    return change


def test_a_first_edition_brings_all_its_periods_and_no_news_no_line(
    paths: Paths, fetch: Callable[..., tuple[Release, ...]]
) -> None:
    (first,) = fetch()
    assert first == Release(bron=OVERLAST, tabel="47024NED", stand=FIRST, erbij=("2022",))
    before = (paths.live / LOG_NAME).read_bytes()
    fetch()
    fetch(force=True)
    assert (paths.live / LOG_NAME).read_bytes() == before


def test_a_new_edition_says_which_year_and_which_column_came(
    paths: Paths, fetch: Callable[..., tuple[Release, ...]], server: UpstreamServer
) -> None:
    server.state.upstream.tables["47018ned"].sets["Perioden"][:] = [
        row for row in server.state.upstream.tables["47018ned"].sets["Perioden"] if row["Key"] >= "2023"
    ]
    periods = server.state.upstream.tables["47018ned"].sets["Perioden"]
    newest = periods.pop()
    assert [one.erbij for one in fetch(MISDRIJVEN)] == [("2023", "2024")]
    periods.append(newest)
    release(server, MISDRIJVEN)
    _, second = fetch(MISDRIJVEN)
    assert (second.stand, second.vorige, second.erbij, second.weg) == (
        NEW,
        "2026-01-15T02:00:00",
        ("2025",),
        (),
    )
    assert (second.kolommen_erbij, second.kolommen_weg) == ((), ()), "another number is no other column"


def test_an_edition_with_the_same_figures_brought_nothing(
    fetch: Callable[..., tuple[Release, ...]], server: UpstreamServer
) -> None:
    fetch()
    release(server, OVERLAST)
    assert fetch()[1:] == (Release(bron=OVERLAST, tabel="47024NED", stand=NEW, vorige=FIRST),)


def test_a_store_that_had_no_log_tells_first_what_it_held(
    paths: Paths, fetch: Callable[..., tuple[Release, ...]], server: UpstreamServer
) -> None:
    expected = fetch()
    (paths.live / LOG_NAME).unlink()
    release(server, OVERLAST)
    server.state.transform = added(1, code="WK075801")
    first, second = fetch()
    assert (first,) == expected
    assert (second.vorige, second.erbij) == (FIRST, ())


def test_a_store_that_was_lost_goes_on_with_the_committed_log(
    paths: Paths, fetch: Callable[..., tuple[Release, ...]], server: UpstreamServer
) -> None:
    (first,) = fetch()
    (paths.data / LOG_NAME).write_bytes((paths.live / LOG_NAME).read_bytes())
    for file in sorted(paths.live.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    release(server, OVERLAST)
    _, second = fetch()
    assert second == replace(first, stand=NEW, vorige=FIRST, erbij=())


def test_a_run_killed_between_log_and_lock_tells_an_edition_once(
    paths: Paths, fetch: Callable[..., tuple[Release, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    write = snapshot.write_lock
    monkeypatch.setattr(snapshot, "write_lock", killed)
    with pytest.raises(KeyboardInterrupt):
        fetch()
    assert len(releases.read_log(paths.live)) == 1
    monkeypatch.setattr(snapshot, "write_lock", write)
    assert len(fetch()) == 1


def test_undated_boundaries_are_an_edition_only_when_they_changed(
    paths: Paths, fetch: Callable[..., tuple[Release, ...]]
) -> None:
    (first,) = fetch("pdok_gebieden")
    assert (first.tabel, len(first.stand), first.erbij) == (
        "wijken-en-buurten-2024",
        len("2026-01-15"),
        ("2024",),
    )
    assert fetch("pdok_gebieden", force=True) == (first,)


def test_the_log_lies_in_the_store_and_is_not_swept_away(
    paths: Paths, fetch: Callable[..., tuple[Release, ...]]
) -> None:
    fetch()
    fetch("rivm_gezondheid")
    assert isinstance(paths.live, Path)
    assert [one.bron for one in releases.read_log(paths.live)] == [OVERLAST, "rivm_gezondheid"]
