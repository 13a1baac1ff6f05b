"""What a new version of the site shares with the standing one, and that neither can harm the other."""

import os
from pathlib import Path

import pytest

from pipeline.site import versions


def _version(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(10**18, 10**18))
    return folder


def test_what_is_equal_is_the_same_file_and_keeps_its_time(tmp_path: Path) -> None:
    before = _version(tmp_path / "oud", gelijk="1", anders="oud", weg="x")
    new = _version(tmp_path / "nieuw", gelijk="1", anders="new", erbij="y")
    os.utime(new / "gelijk.txt")

    assert versions.share_unchanged(before, new) == (2, 3)

    assert (new / "gelijk.txt").samefile(before / "gelijk.txt")
    assert (new / "gelijk.txt").stat().st_mtime_ns == 10**18
    assert {file.name: file.read_text(encoding="utf-8") for file in new.iterdir()} == {
        "gelijk.txt": "1",
        "anders.txt": "new",
        "erbij.txt": "y",
    }
    assert (before / "anders.txt").read_text(encoding="utf-8") == "oud"
    assert versions.share_unchanged(before, new) == (2, 3)  # also what was shared already counts as unchanged


def test_a_page_is_written_only_when_it_differs(tmp_path: Path) -> None:
    before = _version(tmp_path / "oud", pagina="1")

    versions.write(tmp_path / "a" / "pagina.txt", b"1", before=before / "pagina.txt")
    versions.write(tmp_path / "b" / "pagina.txt", b"2", before=before / "pagina.txt")
    versions.write(tmp_path / "c" / "pagina.txt", b"1", before=before / "er-niet.txt")

    assert (tmp_path / "a" / "pagina.txt").samefile(before / "pagina.txt")
    assert (tmp_path / "b" / "pagina.txt").read_bytes() == b"2"
    assert not (tmp_path / "c" / "pagina.txt").samefile(before / "pagina.txt")
    assert (before / "pagina.txt").read_bytes() == b"1"


def test_a_shared_file_is_never_written_to(tmp_path: Path) -> None:
    before = _version(tmp_path / "oud", pagina="1") / "pagina.txt"
    target = tmp_path / "nieuw" / "pagina.txt"
    versions.write(target, b"1", before=before)
    with pytest.raises(FileExistsError, match=r"pagina\.txt"):
        versions.write(target, b"2", before=before)
    assert before.read_bytes() == b"1"


def test_without_second_names_a_file_still_keeps_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported", str(self))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    before, new = _version(tmp_path / "oud", gelijk="1"), _version(tmp_path / "nieuw", gelijk="1")
    os.utime(new / "gelijk.txt")

    assert versions.share_unchanged(before, new) == (0, 1)
    assert (new / "gelijk.txt").stat().st_mtime_ns == 10**18
    assert not (new / "gelijk.txt").samefile(before / "gelijk.txt")
    versions.write(new / "pagina.txt", b"1", before=before / "gelijk.txt")
    assert (new / "pagina.txt").read_bytes() == b"1"
