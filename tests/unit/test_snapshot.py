"""A store is what its lock says, byte for byte; whatever differs is named with file and source."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import snapshot
from pipeline.paths import Paths
from tests.stores import OVERLAST, copied_store, locked_parts


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return copied_store(tmp_path)


def check(paths: Paths) -> None:
    for name, source in snapshot.read_lock(paths.example).sources.items():
        snapshot.verify(paths.example, name, source)


def same_length(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def test_the_store_as_it_was_taken_passes(paths: Paths) -> None:
    check(paths)


@pytest.mark.parametrize("fault", [same_length, cut_off])
def test_a_part_with_another_byte_is_refused(paths: Paths, fault: Callable[[Path], None]) -> None:
    name = locked_parts(paths, OVERLAST)[-1]["path"]
    fault(paths.example / name)
    with pytest.raises(
        snapshot.SnapshotError, match=rf"{OVERLAST}: .*{name} is veranderd of afgekapt: sha256"
    ):
        check(paths)


def test_what_the_publisher_said_of_its_tables_is_checked_too(paths: Paths) -> None:
    same_length(paths.example / OVERLAST / "meta.json")
    with pytest.raises(snapshot.SnapshotError, match=rf"{OVERLAST}: .*meta\.json is veranderd"):
        check(paths)


def test_a_part_that_is_gone_is_refused(paths: Paths) -> None:
    name = locked_parts(paths, OVERLAST)[0]["path"]
    (paths.example / name).unlink()
    with pytest.raises(snapshot.SnapshotError, match=rf"{OVERLAST}: .*{name} ontbreekt"):
        check(paths)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "geen geldige JSON"),
        ('{"format": 2, "sources": {}}', "format is 2, verwacht 1"),
        ('{"format": 1}', "'sources'"),
        ('{"format": 1, "sources": {"x": {"publisher": "P"}}}', "'tables'"),
    ],
)
def test_a_lock_that_cannot_be_read_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "snapshots.json").write_text(text, encoding="utf-8")
    with pytest.raises(snapshot.SnapshotError, match=says) as refused:
        snapshot.read_lock(tmp_path)
    assert str(tmp_path) in str(refused.value)


def test_a_lock_is_written_as_it_is_read(paths: Paths) -> None:
    before = snapshot.read_lock(paths.example)
    snapshot.write_lock(paths.example, before)
    assert snapshot.read_lock(paths.example) == before
