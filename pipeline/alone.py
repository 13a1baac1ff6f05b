"""One run at a time in a folder. The lock is the system's own: it goes with its process, killed or not."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import VeiligheidsbeeldError

LOCK = ".bezig"
HOLDER = ".bezig-door"


class BusyError(VeiligheidsbeeldError):
    """Another run writes to the folder; the message names both."""


@contextmanager
def alone(*folders: Path, verb: str) -> Iterator[None]:
    """Hold the folders as long as the block lasts; what holds them already may take them again.

    Args:
        folders: each is made if it is not there.
        verb: what this run is, for the message that another one gets.

    Raises:
        BusyError: another process holds one of them.
    """
    with ExitStack() as held:
        for folder in dict.fromkeys(folders):
            held.enter_context(_hold(folder, verb))
        yield


@contextmanager
def _hold(folder: Path, verb: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, timeout=0, is_singleton=True)
    if lock.is_locked:
        with lock:
            yield
        return
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"{folder}: hier loopt al een opdracht{_holder(folder)}. "
            "Wacht tot die klaar is, of kies een andere map met --build"
        ) from None
    holder = folder / HOLDER
    try:
        holder.write_text(f"{verb}, proces {os.getpid()}", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        text = (folder / HOLDER).read_text(encoding="utf-8")
    except OSError:
        return ""
    return f" ({text})" if text else ""
