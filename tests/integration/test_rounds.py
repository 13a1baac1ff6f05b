"""Two runs at once and runs that are killed, at random moments: see `benchmarks.disturb`."""

from collections import Counter

from benchmarks import disturb
from tests import once

ROUNDS, DISTURBANCES = 1, 9  # of rounds there are fifty in `benchmarks.disturb`: each takes minutes


def test_rounds_of_disturbance_leave_no_trace() -> None:
    seen: Counter[str] = disturb.disturb(ROUNDS, seed=3, prepare=once.seed_drawings)
    assert sum(seen.values()) == ROUNDS * DISTURBANCES
