"""Which folder a version of the site gets, what keeps its time, and what stays of older versions."""

import os
from pathlib import Path

from pipeline.paths import Paths
from pipeline.site import versions

OLD = 10**18


def _folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


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


def test_a_version_never_takes_the_folder_of_another(tmp_path: Path) -> None:
    paths = Paths(build=tmp_path)
    _folder(paths.versions / ".afgebroken.nieuw", half="1")
    assert versions.standing(paths) is None
    for name in ("a1", "a1-2", "a1-3"):
        version = versions.start(paths, "a1")
        assert (version.name, versions.mark_of(version)) == (name, "a1")
        _folder(version, index=name)
        os.utime(version, (OLD // 10**9, OLD // 10**9 + len(name)))
        versions.swap(paths, version)
        assert versions.standing(paths) == version.resolve()
    assert not (paths.versions / ".afgebroken.nieuw").exists()
    assert len(list(paths.versions.iterdir())) == versions.KEPT


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path) -> None:
    paths = Paths(build=tmp_path)
    paths.site.symlink_to("versies/weg", target_is_directory=True)
    new = _folder(versions.start(paths, "weg"), index="1")
    before = versions.standing(paths)
    assert before is not None
    assert versions.keep_times(before.with_name("er-niet"), new) == (1, 1)
    versions.swap(paths, new)
    assert (paths.site / "index.txt").read_text(encoding="utf-8") == "1"
