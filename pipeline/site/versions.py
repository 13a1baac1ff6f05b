"""Versions of the site: ``build/site`` is a link to one of the folders below ``build/versies``.

A new version stands beside the one that readers see until it is whole. What did not change is the same file
in both, under two names: it is not written again, and what compares times (a copy to a server, a reader's
cache) leaves it alone. So a file of a finished version is never written to.
"""

import os
import shutil
from itertools import count
from pathlib import Path

from pipeline.paths import Paths

KEPT = 2


def standing(paths: Paths) -> Path | None:
    """The folder of the version that readers see."""
    return paths.site.resolve() if paths.site.is_symlink() else None


def mark_of(version: Path) -> str:
    """What a version was made from: the mark that `start` was given."""
    return version.name.partition("-")[0]


def start(paths: Paths, mark: str) -> Path:
    """The folder that a new version will have; what killed builds left behind goes.

    The standing site may have been made from the same `mark`, and keeps its folder.
    """
    for unfinished in paths.versions.glob(".*"):
        shutil.rmtree(unfinished)
    folders = (paths.versions / (mark if turn == 1 else f"{mark}-{turn}") for turn in count(1))
    return next(folder for folder in folders if not folder.exists())


def write(target: Path, content: bytes, *, before: Path | None) -> None:
    """Write a file, or share the one that stood `before` if it has the same content.

    Raises:
        FileExistsError: the file is there already; it could be one of a finished version.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if before is not None and _holds(before, content) and _share(before, target):
        return
    with target.open("xb") as file:
        file.write(content)


def share_unchanged(before: Path, new: Path) -> tuple[int, int]:
    """Let every file below `new` that is equal to the one in `before` be that one.

    Returns:
        How many files are new or changed, and how many there are.
    """
    changed = whole = 0
    for folder, _, names in os.walk(new):
        counterpart = before / Path(folder).relative_to(new)
        for name in names:
            whole += 1
            changed += not _shared(counterpart / name, Path(folder, name))
    return changed, whole


def swap(paths: Paths, version: Path) -> None:
    """Let readers see `version`; of the others only the newest stay."""
    beside = paths.site.with_name(".site.nieuw")
    beside.unlink(missing_ok=True)
    beside.symlink_to(version.relative_to(paths.build), target_is_directory=True)
    beside.replace(paths.site)
    others = (folder for folder in paths.versions.iterdir() if folder != version)
    for folder in sorted(others, key=lambda folder: folder.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(folder)


def _shared(before: Path, file: Path) -> bool:
    """Whether a file says what `before` said; it then is that file."""
    if not before.is_file():
        return False
    if file.samefile(before):
        return True
    if before.stat().st_size != file.stat().st_size or not _holds(before, file.read_bytes()):
        return False
    beside = file.with_name(f".{file.name}.zelfde")
    if _share(before, beside):
        beside.replace(file)
    else:
        shutil.copystat(before, file)
    return True


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.read_bytes() == content
    except FileNotFoundError:
        return False


def _share(file: Path, target: Path) -> bool:
    """Give a file a second name; False where the file system knows no second names."""
    try:
        target.hardlink_to(file)
    except OSError:
        return False
    return True
