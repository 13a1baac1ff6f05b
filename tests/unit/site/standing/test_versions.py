"""Which folder a version of the site gets, when it is whole, what keeps its time, what stays of older ones."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.paths import Paths
from pipeline.site.standing import versions

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


def _next(paths: Paths, mark: str, harm: Callable[[Path], None] = lambda _: None, **files: str) -> set[str]:
    """Make a version that keeps these files, if what stands has them; the names of those that were copied."""
    standing = versions.read_standing(paths)
    assert standing is not None
    for older in paths.versions.glob("*.lijst"):
        if (folder := older.with_suffix("")) != standing.folder:
            harm(folder)
    with versions.new_version(paths, mark) as beside:
        one = replace(standing, spare=beside, spared=versions.reuse(paths, beside))
        written = paths.build / "erbij"
        names = {f"{name}.txt": text for name, text in files.items()}
        for name in names:
            assert one.copied(name, written, one.noted[name][2])
        versions.prune(beside, names.keys())
        copied = {file.name for file in written.glob("*")}
        for name in copied:
            (written / name).replace(beside / name)
        for name, text in names.items():
            assert (beside / name).read_text(encoding="utf-8") == text
            assert name in versions.kept(standing.noted, beside)
            assert not (beside / name).samefile(standing.folder / name)
        assert set(versions.files_of(beside)) == set(names)
    return copied


def _otherwise(version: Path) -> None:
    (version / "a.txt").write_text("geheel anders", encoding="utf-8")


def _link(version: Path) -> None:
    (version / "a.txt").unlink()
    (version / "a.txt").symlink_to(version / "b.txt")


def _linked_folder(version: Path) -> None:
    (version / "weg").symlink_to(version / "map", target_is_directory=True)


def _made_folder(version: Path) -> None:
    _remove_file(version)
    _folder(version / "a.txt", x="1")


def _remove_file(version: Path) -> None:
    (version / "a.txt").unlink()


@pytest.mark.parametrize(
    ("harm", "copied"),
    [
        (lambda _: None, {"b.txt"}),
        (_linked_folder, {"b.txt"}),
        *((harm, {"a.txt", "b.txt"}) for harm in (_otherwise, _link, _made_folder, _remove_file)),
    ],
)
def test_a_version_is_made_in_the_one_that_nobody_sees(
    tmp_path: Path, harm: Callable[[Path], None], copied: set[str]
) -> None:
    """What is there as it was made stays where it is; what is other, or was harmed, comes from what stands."""
    paths = Paths(build=tmp_path)
    first = _made(paths, "een", a="1", b="oud", weg="x")
    second = _made(paths, "twee", a="1", b="nieuw")
    os.utime(second / "a.txt", ns=(OLD, OLD))
    assert versions.is_whole(second)
    _note_times(second)
    stood = {name: (second / name).read_bytes() for name in versions.files_of(second)}
    assert _next(paths, "drie", harm, a="1", b="nieuw") == copied
    assert {name: (second / name).read_bytes() for name in versions.files_of(second)} == stood
    assert not first.exists()
    found = versions.standing(paths)
    assert found is not None
    assert versions.is_whole(found)
    assert sorted(one.name for one in paths.versions.iterdir()) == [
        "drie",
        "drie.lijst",
        "twee",
        "twee.lijst",
    ]


def _note_times(version: Path) -> None:
    noted = {
        name: (*mark, versions.checksum(version / name)) for name, mark in versions._marks(version).items()
    }
    versions._list_of(version).write_text(json.dumps(noted), encoding="utf-8")


def test_the_version_that_readers_see_is_never_reused_by_whatever_way_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "naam").symlink_to(tmp_path / "map")
    (tmp_path / "map").mkdir()
    paths = Paths(build=tmp_path / "naam")
    version = _made(paths, "een", a="1")
    (paths.versions / "ook").symlink_to(version, target_is_directory=True)
    (paths.versions / "ook.lijst").write_bytes((paths.versions / "een.lijst").read_bytes())
    assert versions.reuse(paths, paths.versions / ".nieuw") == {}
    assert versions.is_whole(version)


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
