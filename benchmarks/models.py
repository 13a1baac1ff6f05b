"""What each table of the warehouse costs: processor seconds of making and checking it, and the peak of memory.

``python -m benchmarks.models --build DIR [--data live]`` builds anew below ``DIR`` and prints the costliest first.
"""

import argparse
import resource
import time
from pathlib import Path

from pipeline.paths import find_paths
from pipeline.warehouse import build

SHOWN = 25
STATISTICS = ("mart.drie_jaar", "mart.vergelijkbaar_cijfer")
"""Tables of mart that are statistics too. statistiek.waarde is none: it is what they read."""


class Clock:
    """Told the name of each table when it is done, keeps the processor time since the one before."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.last = time.process_time()

    def __call__(self, text: str) -> None:
        now = time.process_time()
        self.seconds[text], self.last = now - self.last, now


def is_statistic(table: str) -> bool:
    return table in STATISTICS or (table.startswith("statistiek.") and table != "statistiek.waarde")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.models")
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--data", choices=("voorbeeld", "live"), default="voorbeeld")
    options = parser.parse_args()
    clock = Clock()
    build(find_paths(build=options.build, store=options.data), say=clock, force=True)
    costs = sorted(clock.seconds.items(), key=lambda item: -item[1])
    print("| table | processor seconds |\n| --- | ---: |")
    for table, seconds in costs[:SHOWN]:
        print(f"| {table} | {seconds:.2f} |")
    together = sum(seconds for table, seconds in costs if is_statistic(table))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nall statistics: {together:.1f}; everything: {time.process_time():.1f}; peak: {peak:,} MB")


if __name__ == "__main__":
    main()
