"""The log of releases only grows, is read as it was written, and refuses what it cannot read by line."""

from pathlib import Path

import pytest

from pipeline import releases
from pipeline.releases import LOG_NAME, Release, ReleaseError

FIRST = Release(bron="politie", tabel="T1", stand="2024-04-15T02:00:00", erbij=("2021", "2022"))
SECOND = Release(
    bron="politie",
    tabel="T1",
    stand="2025-01-15T02:00:00",
    vorige=FIRST.stand,
    erbij=("2023",),
    weg=("2021",),
    kolommen_erbij=("Pogingen",),
)
OTHER = Release(bron="cbs", tabel="T2", stand="2024-08-16", erbij=("2024",))


def filled(store: Path) -> Path:
    for one in (FIRST, OTHER, SECOND):
        releases.add(store, one)
    return store


def test_what_was_written_is_read_and_only_lines_are_added(tmp_path: Path) -> None:
    assert releases.read_log(tmp_path) == ()
    releases.add(tmp_path, FIRST)
    begun = (tmp_path / LOG_NAME).read_bytes()
    filled(tmp_path)
    assert releases.read_log(tmp_path) == (FIRST, OTHER, SECOND)
    assert (tmp_path / LOG_NAME).read_bytes().startswith(begun)


def test_an_edition_is_there_once(tmp_path: Path) -> None:
    before = (filled(tmp_path) / LOG_NAME).read_bytes()
    releases.add(tmp_path, SECOND)
    assert (tmp_path / LOG_NAME).read_bytes() == before


def test_periods_are_those_after_all_editions_of_that_table(tmp_path: Path) -> None:
    log = releases.read_log(filled(tmp_path))
    assert releases.periods_of(log, "T1") == {"2022", "2023"}
    assert releases.periods_of(log, "T3") == frozenset()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("bron,tabel\n", "eerste regel is niet bron,tabel,stand"),
        (f"{','.join(releases.NAMES)}\npolitie,T1\n", "regel 2: verwacht 8 velden"),
        (f"{','.join(releases.NAMES)}\npolitie,,2024-01-01,,,,,\n", "regel 2: .*tabel en stand gevuld"),
    ],
)
def test_a_line_that_is_not_as_agreed_is_named(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / LOG_NAME).write_text(line, encoding="utf-8")
    with pytest.raises(ReleaseError, match=says):
        releases.read_log(tmp_path)


def test_a_new_store_takes_the_committed_log_along_and_one_with_a_log_keeps_its_own(tmp_path: Path) -> None:
    kept, store = tmp_path / "data", tmp_path / "raw"
    releases.take_along(kept, store)
    assert releases.read_log(store) == ()
    releases.add(kept, FIRST)
    releases.take_along(kept, store)
    assert releases.read_log(store) == (FIRST,)
    releases.add(kept, OTHER)
    releases.take_along(kept, store)
    assert releases.read_log(store) == (FIRST,)
