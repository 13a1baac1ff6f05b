"""How the tests of a run are dealt over its workers: a file, or a part of one, stays together; the longest first."""

import re
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

LONGEST_FIRST = (
    "tests/integration/test_tien_minuten.py",
    "tests/browser/test_every_page.py",
    "tests/integration/test_rounds.py",
    "tests/integration/test_touched.py",
    "tests/integration/test_two_at_once.py",
    "tests/integration/test_not_whole.py",
    "tests/integration/test_site.py",
    "tests/integration/test_bron.py",
    "tests/integration/test_refresh.py",
    "tests/integration/test_feeds.py",
    "tests/integration/test_served_anywhere.py",
    "tests/browser/test_area_page.py",
    "tests/integration/test_aanpak.py",
    "tests/integration/test_broken_input.py",
    "tests/browser/test_compare.py",
    "tests/browser/test_finder.py",
    "tests/integration/test_cli.py",
    "tests/integration/test_system_errors.py",
    "tests/integration/test_bron_vormen.py",
    "tests/browser",
    "tests/integration",
    "tests/definitions",
)
"""Files and folders by what they take; a long one that begins last is waited for by all the others.

The second makes the finished project, of which those behind it take copies (`once.copy_of_project`) or drawings
(`once.seed_drawings`); the first needs neither.
"""

_PART = re.compile(r"\[(deel\d+)\b")


def part_of(nodeid: str) -> str:
    """What a test is dealt with: its file, or those of the same part (`deel2`, its first parameter) in it."""
    file, _, name = nodeid.partition("::")
    found = _PART.search(name)
    return f"{file} {found[1]}" if found else file


def place_of(nodeid: str) -> int:
    """Where the file of a test comes in the order of a run."""
    named = (place for place, name in enumerate(LONGEST_FIRST) if nodeid.startswith(name))
    return next(named, len(LONGEST_FIRST))


class Dealer(LoadFileScheduling):
    """Deals by `part_of`, in the order of `place_of`.

    A worker gets the next part when it has one test left, which it needs to begin that one: what waits behind a
    long test, no other worker can take.
    """

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # files with most tests first: those that take longest last

    def _split_scope(self, nodeid: str) -> str:
        return part_of(nodeid)

    def _reschedule(self, node: Any) -> None:
        if not self.workqueue or self._pending_of(self.assigned_work[node]) <= 1:
            super()._reschedule(node)
