"""The project that was finished once in a run, and copies of it that a test may spoil."""

from pathlib import Path
from random import Random

import pytest

from benchmarks.disturb import Trial
from tests import once


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """A project with a warehouse and a site, made by runs that nothing disturbed."""
    return Trial(once.copy_of_project(tmp_path / "p"), Random(1))
