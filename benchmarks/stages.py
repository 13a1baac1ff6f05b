"""The stages build and site as whole commands: seconds passed, processor seconds and peak memory of each."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One finished command; memory is the peak of its largest process, in MB."""

    what: str
    seconds: float
    processor: float
    memory: float


def run(what: str, *arguments: str, build: Path, **settings: str) -> Run:
    """Run one verb on a store of its own and measure it.

    Raises:
        subprocess.CalledProcessError: the verb failed; its message is on standard error.
    """
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments, "-q", "--build", str(build)],
        env=os.environ | settings,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(what, time.perf_counter() - started, processor, after.ru_maxrss / 1024)


def table(runs: list[Run]) -> str:
    """The runs as a Markdown table."""
    lines = [
        "| stage | seconds | processor seconds | peak memory (MB, highest so far) |",
        "|---|---:|---:|---:|",
    ]
    lines += [f"| {one.what} | {one.seconds:.1f} | {one.processor:.1f} | {one.memory:.0f} |" for one in runs]
    return "\n".join(lines)
