"""Which folder a version of the site gets, when it is whole, what keeps its time, what stays of older ones."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.paths import Paths
from pipeline.site import versions

OLD = 10**18


def _folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


def _made(paths: Paths, mark: str, **files: str) -> Path:
    with versions.new_version(paths, mark) as beside:
        _folder(beside, **files)
        _folder(beside / "map", **files)
    found = versions.standing(paths)
    assert found is not None
    return found


def test_what_is_equal_keeps_its_time_and_the_old_version_stays_as_it_was(tmp_path: Path) -> None:
    before = _folder(tmp_path / "oud", gelijk="1", anders="oud", langer="x", weg="x")
    for file in before.iterdir():
        os.utime(file, ns=(OLD, OLD))
    new = _folder(tmp_path / "nieuw", gelijk="1", anders="new", langer="xy", erbij="y")
    (before / "map.txt").mkdir()
    (new / "map.txt").write_text("was a folder", encoding="utf-8")

    assert versions.keep_times(before, new) == (4, 5)

    assert [file.name for file in new.iterdir() if file.stat().st_mtime_ns == OLD] == ["gelijk.txt"]
    assert not (new / "gelijk.txt").samefile(before / "gelijk.txt")
    assert (before / "anders.txt").read_text(encoding="utf-8") == "oud"


def test_a_changed_file_is_later_than_the_one_before_whatever_the_clock_says(tmp_path: Path) -> None:
    before, new = _folder(tmp_path / "oud", a="1"), _folder(tmp_path / "nieuw", a="2")
    in_2099 = 4_070_908_800 * 10**9
    os.utime(before / "a.txt", ns=(in_2099, in_2099))
    os.utime(new / "a.txt", ns=(0, 0))
    assert versions.keep_times(before, new) == (1, 1)
    assert (new / "a.txt").stat().st_mtime_ns > in_2099


def test_a_version_never_takes_the_folder_of_another(tmp_path: Path) -> None:
    paths = Paths(build=tmp_path)
    _folder(paths.versions / ".a1.99.nieuw", half="1")
    (tmp_path / ".site.99.nieuw").symlink_to("versies/weg")
    assert versions.standing(paths) is None
    for name in ("a1", "a1-2", "a1-3"):
        version = _made(paths, "a1", index=name)
        assert (version.name, versions.mark_of(version)) == (name, "a1")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["site", "versies"]
    assert sorted(file.name for file in paths.versions.iterdir()) == [
        *("a1-2", "a1-2.lijst", "a1-3", "a1-3.lijst")
    ]


def test_the_version_that_readers_saw_stays_whatever_the_clock_says(tmp_path: Path) -> None:
    paths = Paths(build=tmp_path)
    for number, mark in enumerate(("a", "b", "c")):
        version = _made(paths, mark, index=mark)
        os.utime(version, (4_070_908_800 - number, 4_070_908_800 - number))
    assert sorted(folder.name for folder in paths.versions.iterdir() if folder.is_dir()) == ["b", "c"]


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path) -> None:
    paths = Paths(build=tmp_path)
    paths.site.symlink_to("versies/weg", target_is_directory=True)
    before = versions.standing(paths)
    assert before is not None
    assert not versions.is_whole(before)
    _made(paths, "weg", index="1")
    assert (paths.site / "index.txt").read_text(encoding="utf-8") == "1"


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch])
def test_what_is_no_link_stays_and_is_named(tmp_path: Path, make: Callable[[Path], None]) -> None:
    paths = Paths(build=tmp_path)
    make(paths.site)
    with pytest.raises(
        versions.VersionError, match=f"{paths.site} is een (map|bestand), maar hoort een link"
    ):
        _made(paths, "a", index="1")
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_a_version_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = Paths(build=tmp_path)
    standing = _made(paths, "a", index="1")

    def refused(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("write_atomically", "_swap"):
        with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
            patch.setattr(versions, name, refused)
            _made(paths, "b", index="2")
        assert versions.standing(paths) == standing
        assert sorted(file.name for file in paths.versions.iterdir()) == ["a", "a.lijst"]


def _remove(version: Path) -> None:
    (version / "map" / "index.txt").unlink()


def _truncate(version: Path) -> None:
    (version / "index.txt").write_text("", encoding="utf-8")


def _change(version: Path) -> None:
    (version / "index.txt").write_text("2", encoding="utf-8")


def _add(version: Path) -> None:
    (version / "erbij.txt").write_text("x", encoding="utf-8")


def _forget(version: Path) -> None:
    version.with_name(f"{version.name}.lijst").unlink()


def _half_list(version: Path) -> None:
    listed = version.with_name(f"{version.name}.lijst")
    listed.write_text(listed.read_text(encoding="utf-8")[:-9], encoding="utf-8")


def _replace_by_folder(version: Path) -> None:
    (version / "index.txt").unlink()
    (version / "index.txt").mkdir()


@pytest.mark.parametrize("harm", [_remove, _truncate, _change, _add, _forget, _half_list, _replace_by_folder])
def test_a_version_is_whole_only_as_it_was_made(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    version = _made(Paths(build=tmp_path), "a", index="1")
    assert versions.is_whole(version)
    os.utime(version / "index.txt", ns=(OLD, OLD))  # as a copy to another disk does
    assert versions.is_whole(version)
    harm(version)
    assert not versions.is_whole(version)
