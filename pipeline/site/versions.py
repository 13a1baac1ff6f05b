"""Versions of the site: ``build/site`` is a link to one of the folders below ``build/versies``.

A new version stands beside the one that readers see until it is whole. It is a folder of its own, without
links to another: what happens to one version cannot harm the next.
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


def keep_times(before: Path, new: Path) -> tuple[int, int]:
    """Give every file below `new` that is equal to the one in `before` the time of that one.

    What compares times (a copy to a server, a reader's cache) then leaves unchanged files alone.

    Returns:
        How many files are new or changed, and how many there are.
    """
    changed = whole = 0
    for folder, _, names in os.walk(new):
        counterpart = before / Path(folder).relative_to(new)
        for name in names:
            whole += 1
            changed += not _takes_time(Path(folder, name), counterpart / name)
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


def _takes_time(file: Path, before: Path) -> bool:
    """Whether `file` says what `before` said; it then takes its time."""
    if not before.is_file():
        return False
    old = before.stat()
    # Whole files at once: in the pieces of filecmp the country's twenty thousand take five times as long.
    if old.st_size != file.stat().st_size or before.read_bytes() != file.read_bytes():
        return False
    os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
    return True
