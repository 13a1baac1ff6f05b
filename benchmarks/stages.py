"""Whole commands measured from outside: seconds passed, processor seconds and the memory of all their processes.

Memory is the sum over a command and its descendants of what each process holds for its own part (Pss in
/proc/PID/smaps_rollup: pages that processes share are divided among them), looked at four times a second. The
highest sum counts, and at least the largest process's own peak as the kernel keeps it (VmHWM), which hardly
falls between two looks. Without /proc there is ru_maxrss, the peak of the largest process (but never less than
what the measuring process held itself); `WHOLE_TREE` then is False and the table says so.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

WHOLE_TREE = Path("/proc/self/smaps_rollup").is_file()
EVERY = 0.25  # seconds between two looks; reading what a large process holds costs the machine some
_MAXRSS_IN_MB = 1024**2 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
_TOLD = 2_000  # characters of its output that a failed command is reported with


class CommandFailedError(RuntimeError):
    """A measured command ended with another code than 0; carries the end of what it printed."""


@dataclass(frozen=True)
class Run:
    """One finished command; memory is the peak of all its processes together, in MB."""

    what: str
    seconds: float
    processor: float
    memory: float


def measure(
    what: str, command: Sequence[str], *, cwd: Path | None = None, settings: Mapping[str, str] | None = None
) -> Run:
    """Run a command to its end and measure it; `settings` are added to the environment.

    Raises:
        CommandFailedError: it ended with another code than 0.
        FileNotFoundError: there is no such program.
    """
    with tempfile.TemporaryFile() as printed:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=os.environ | (settings or {}), stdout=printed, stderr=subprocess.STDOUT
        )
        with _Watch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            printed.seek(0)
            told = printed.read().decode(errors="replace").strip()[-_TOLD:]
            raise CommandFailedError(f"{' '.join(command)} ended with {process.returncode}: {told}")
    memory = watch.peak if WHOLE_TREE else usage.ru_maxrss / _MAXRSS_IN_MB
    return Run(what, seconds, usage.ru_utime + usage.ru_stime, memory)


def verb(what: str, *arguments: str, build: Path, **settings: str) -> Run:
    """Measure one verb of the command line on a build folder of its own.

    Raises:
        CommandFailedError: the verb failed.
    """
    command = [sys.executable, "-m", "pipeline", *arguments, "-q", "--build", str(build)]
    return measure(what, command, settings=settings)


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column words, the others figures."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def table(runs: Iterable[Run]) -> str:
    """The runs as a Markdown table."""
    memory = "peak memory, all processes (MB)" if WHOLE_TREE else "peak memory, largest process (MB)"
    return markdown(
        ("stage", "seconds", "processor seconds", memory),
        ([one.what, f"{one.seconds:.1f}", f"{one.processor:.1f}", f"{one.memory:,.0f}"] for one in runs),
    )


class _Watch:
    """Looks at the memory of a process and its descendants from a thread; `peak` in MB."""

    def __init__(self, pid: int) -> None:
        self.peak = 0.0
        self._pid, self._ended = pid, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watch":
        if WHOLE_TREE:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if WHOLE_TREE:
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(EVERY):
            family = _family(self._pid)
            shares = [_read(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in family]
            largest = [_read(f"/proc/{pid}/status", "VmHWM:") for pid in family]
            self.peak = max(self.peak, sum(shares), *largest)


def _family(pid: int) -> list[int]:
    """A process and its descendants, those that end meanwhile left out."""
    found, todo = [], [pid]
    while todo:
        found.append(one := todo.pop())
        for file in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                todo += map(int, file.read_text().split())
            except OSError:
                continue
    return found


def _read(file: str, name: str) -> float:
    """Megabytes under a name in one of the kernel's files on a process; 0 once the process has ended."""
    try:
        with Path(file).open() as lines:
            return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)
    except OSError:
        return 0.0
