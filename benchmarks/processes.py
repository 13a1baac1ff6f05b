"""Which processes a process started, and whether they have ended."""

import os
import signal
import time
from pathlib import Path

ORPHANS_END = 5.0


class OutlivedError(RuntimeError):
    """A process outlived the one that started it."""


def started_by(process: int) -> set[int]:
    """Numbers of all processes that a process started, and theirs."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    found, before = {process}, set[int]()
    while found != before:
        before = found
        found = found | {child for child, parent in parents.items() if parent in found}
    return found - {process}


def alive(process: int) -> bool:
    """Whether it runs; what has ended but is not waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def is_tracker(process: int) -> bool:
    """Whether it is Python's own keeper of semaphores, which does no work and is started anew when it ends."""
    try:
        return b"resource_tracker" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return True


def end_within(processes: set[int], seconds: float = ORPHANS_END) -> None:
    """Wait until all have ended.

    Raises:
        OutlivedError: one outlived its time; it is ended here.
    """
    until = time.monotonic() + seconds
    while left := {process for process in processes if alive(process)}:
        if time.monotonic() > until:
            for process in left:
                os.kill(process, signal.SIGKILL)
            raise OutlivedError(f"{len(left)} processes outlived their parent by {seconds} s")
        time.sleep(0.05)
