"""Versions of the site: ``build/site`` is a link to one of the folders below ``build/versies``.

A new version stands beside the one that readers see until it is whole. It is a folder of its own, without
links to another: what happens to one version cannot harm the next. It is whole when the list of its files,
written after them, agrees with what is there.

It begins as the version before that one, which nobody sees any more: of the country's twenty thousand folders
most stay as they are, and to make and remove them costs more than all else of a small change.
"""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from pipeline.errors import VeiligheidsbeeldError
from pipeline.paths import Paths
from pipeline.snapshot import write_atomically

KEPT = 2
A_SECOND = 10**9  # nanoseconds
NotedFile = tuple[int, int, str]  # size, time of change in nanoseconds, checksum


class VersionError(VeiligheidsbeeldError):
    """A version cannot take the place that it should have; the message names the place."""


def standing(paths: Paths) -> Path | None:
    """The folder of the version that readers see.

    Raises:
        VersionError: something else than a link stands in its place.
    """
    if paths.site.is_symlink():
        return paths.site.resolve()
    if paths.site.exists():
        kind = "map" if paths.site.is_dir() else "bestand"
        raise VersionError(
            f"{paths.site} is een {kind}, maar hoort een link te zijn naar de nieuwste versie van de site. "
            "Haal dat weg of geef het een andere naam, en begin opnieuw"
        )
    return None


def mark_of(version: Path) -> str:
    """What a version was made from: the mark that `new_version` was given."""
    return version.name.partition("-")[0]


@dataclass(frozen=True)
class Standing:
    """The version that readers see, and what was noted of (some of) its files.

    `spare` is the folder that the next version is made in, and `spared` what was noted of the files that it
    had as an earlier version: see `reuse`.
    """

    folder: Path
    noted: Mapping[str, NotedFile]
    spare: Path | None = None
    spared: Mapping[str, NotedFile] = field(default_factory=dict)

    def only(self, names: Iterable[str]) -> "Standing":
        """The same with what was noted of these files."""
        named = set(names)
        return replace(
            self,
            noted={name: self.noted[name] for name in named & self.noted.keys()},
            spared={name: self.spared[name] for name in named & self.spared.keys()},
        )

    def copied(self, name: str, folder: Path, checksum: str) -> bool:
        """Copy a file below `folder`, with its time, if it is as it was made and has this checksum.

        One that the spare folder has already is left there, and not copied. A copy and no link: what happens
        to one version may not harm the next.
        """
        if self._is_spared(name, checksum):
            return True
        file, target = self.folder / name, folder / name
        try:
            size, time, noted = self.noted[name]
            if noted != checksum or not _is_as_noted(file, size, time, checksum):
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        except (OSError, KeyError):
            return False
        os.utime(target, ns=(time, time))
        return True

    def _is_spared(self, name: str, checksum: str) -> bool:
        """Whether the spare folder has this file as it was made; it then has the time of the standing one."""
        here, there = self.spared.get(name), self.noted.get(name)
        if self.spare is None or here is None or there is None or not here[2] == there[2] == checksum:
            return False
        file, time = self.spare / name, there[1]
        try:
            found = file.lstat()
            if not stat.S_ISREG(found.st_mode) or _size_and_time(found) != tuple(here[:2]):
                return False
            if time != found.st_mtime_ns:
                os.utime(file, ns=(time, time))
        except OSError:
            return False
        return True


def read_standing(paths: Paths) -> Standing | None:
    """The version that readers see, with the list of its files; None if there is none, or no list.

    Raises:
        VersionError: something else than a link stands in its place.
    """
    version = standing(paths)
    noted = None if version is None else _read_list(version)
    return None if version is None or noted is None else Standing(version, noted)


@contextmanager
def new_version(paths: Paths, mark: str) -> Iterator[Path]:
    """The folder to make a version in; when the block ends well, readers see it.

    What a failed block made is gone again. The caller must be `alone`.
    The standing site may have been made from the same `mark`, and keeps its folder.
    """
    before = standing(paths)
    folders = (paths.versions / (mark if turn == 1 else f"{mark}-{turn}") for turn in count(1))
    version = next(folder for folder in folders if not folder.exists())
    beside = version.with_name(f".{version.name}.{os.getpid()}.nieuw")
    try:
        yield beside
        known = (before and _read_list(before)) or {}
        marks = sorted(_marks(beside).items())
        noted = {name: _noted(beside, name, mark, known.get(name)) for name, mark in marks}
        write_atomically(_list_of(version), json.dumps(noted, ensure_ascii=False, indent=0).encode())
        beside.rename(version)
        _swap(paths, version)
    except BaseException:
        shutil.rmtree(version, ignore_errors=True)
        _list_of(version).unlink(missing_ok=True)
        raise
    finally:
        remove_unfinished(paths)
    _keep_newest(paths, version, before)


def reuse(paths: Paths, beside: Path) -> Mapping[str, NotedFile]:
    """Let the version before the one that readers see become `beside`; what was noted of its files.

    Empty, and no folder, if there is none, or no list of its files. Nobody sees it any more: if the new
    version fails it is gone. What it has too much is for `prune`.
    """
    seen = standing(paths)
    if seen is None or not paths.versions.is_dir():
        return {}
    for folder in _newest_first(paths, seen):
        # The one that readers see must stay, by whatever way its folder is named.
        if not folder.is_symlink() and folder.resolve() != seen and (noted := _read_list(folder)):
            folder.rename(beside)
            _list_of(folder).unlink(missing_ok=True)
            return noted
    return {}


def prune(folder: Path, wanted: Set[str]) -> None:
    """Remove below `folder` each file that is not `wanted`, links to folders, and what is then empty."""
    _prune(str(folder), "", wanted)


def _prune(here: str, within: str, wanted: Set[str]) -> bool:
    """Whether nothing is left of a folder."""
    with os.scandir(here) as entries:
        found = list(entries)
    left = False
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if _prune(entry.path, f"{within}{entry.name}/", wanted):
                Path(entry.path).rmdir()
                continue
        elif entry.is_dir() or within + entry.name not in wanted:  # a link to a folder is never wanted
            Path(entry.path).unlink()
            continue
        left = True
    return not left


def is_whole(version: Path) -> bool:
    """Whether every file of a version is as it was made, and there is no other.

    A file that has its size and time is believed; one with another time is read.
    """
    noted = _read_list(version)
    try:
        return (
            noted is not None
            and set(noted) == set(files_of(version))
            and all(_is_as_noted(version / path, *told) for path, told in noted.items())
        )
    except (OSError, ValueError, TypeError):
        return False


def kept(before: Mapping[str, NotedFile], new: Path) -> Set[str]:
    """The files below `new` that have size and time as noted of the version before: copies of it."""
    return {name for name, mark in _marks(new).items() if name in before and mark == tuple(before[name][:2])}


def keep_times(before: Path, new: Path, *, passed: Set[str] = frozenset()) -> tuple[int, int]:
    """Give every file below `new` that is equal to the one in `before` the time of that one.

    Those of `passed` have it.

    What compares times (a copy to a server, a reader's cache) then leaves unchanged files alone. A changed
    file is always later than the one before, whatever the clock said then or says now.

    Returns:
        How many files are new or changed, and how many there are.
    """
    names = [path for path in files_of(new) if path not in passed]
    changed = sum(not _takes_time(new / path, before / path) for path in names)
    return changed, len(names) + len(passed)


def files_of(folder: Path) -> Iterator[str]:
    """Every file below a folder, relative to it, in a fixed order."""
    yield from sorted(_marks(folder))


def _marks(folder: Path) -> dict[str, tuple[int, int]]:
    """File below a folder → size and time; names as text, for to make paths of the country's takes longer."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [""]
    while waiting:
        within = waiting.pop()
        with os.scandir(f"{folder}/{within}") as entries:
            for entry in entries:
                if not entry.is_dir():
                    found[within + entry.name] = _size_and_time(entry.stat())
                elif not entry.is_symlink():
                    waiting.append(f"{within}{entry.name}/")
    return found


def _noted(folder: Path, name: str, mark: tuple[int, int], known: NotedFile | None) -> NotedFile:
    """What the list says of a file; one that was copied with its time, or is equal, is `known`."""
    return known if known is not None and mark == tuple(known[:2]) else (*mark, checksum(folder / name))


def _size_and_time(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def checksum(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()


def _read_list(version: Path) -> dict[str, NotedFile] | None:
    """What was noted of the files of a version; None if there is no list that can be read."""
    try:
        noted = json.loads(_list_of(version).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return noted if isinstance(noted, dict) else None


def _is_as_noted(file: Path, size: int, time: int, noted: str) -> bool:
    found = file.stat()
    return found.st_size == size and (found.st_mtime_ns == time or checksum(file) == noted)


def _list_of(version: Path) -> Path:
    return version.with_name(f"{version.name}.lijst")


def _swap(paths: Paths, version: Path) -> None:
    beside = paths.site.with_name(f".site.{os.getpid()}.nieuw")
    try:
        beside.symlink_to(version.relative_to(paths.build), target_is_directory=True)
        beside.replace(paths.site)
    finally:
        beside.unlink(missing_ok=True)


def _keep_newest(paths: Paths, version: Path, before: Path | None) -> None:
    """The one that readers see and the one that they saw, whatever the times of folders say."""
    others = _newest_first(paths, version)
    others.sort(key=lambda folder: folder.resolve() == before, reverse=True)
    for folder in others[KEPT - 1 :]:
        shutil.rmtree(folder)
    for listed in paths.versions.glob("*.lijst"):
        if not listed.with_suffix("").is_dir():
            listed.unlink()


def _newest_first(paths: Paths, version: Path) -> list[Path]:
    """The folders of all other versions."""
    found = [
        one for one in paths.versions.iterdir() if one.is_dir() and one.name[0] != "." and one != version
    ]
    return sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)


def remove_unfinished(paths: Paths) -> None:
    """What killed or failed runs left."""
    for unfinished in [*paths.versions.glob(".*"), *paths.build.glob(".site.*nieuw")]:
        if unfinished.is_dir() and not unfinished.is_symlink():
            shutil.rmtree(unfinished, ignore_errors=True)
        else:
            unfinished.unlink(missing_ok=True)


def _takes_time(file: Path, before: Path) -> bool:
    """Whether `file` says what `before` said; it then takes its time."""
    if not before.is_file():
        return False
    old, new = before.stat(), file.stat()
    if _size_and_time(old) == _size_and_time(new):
        return True  # it was copied from there
    # Whole files at once: in the pieces of filecmp the country's twenty thousand take five times as long.
    if old.st_size != new.st_size or before.read_bytes() != file.read_bytes():
        if new.st_mtime_ns <= old.st_mtime_ns:
            os.utime(file, ns=(new.st_atime_ns, old.st_mtime_ns + A_SECOND))
        return False
    os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
    return True
