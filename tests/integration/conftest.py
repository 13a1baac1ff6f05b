"""A project that was built once in a run, and copies of it that a test may spoil."""

import shutil
from pathlib import Path
from random import Random

import pytest

from benchmarks import disturb
from benchmarks.disturb import Trial
from tests import once


@pytest.fixture(scope="session")
def built() -> Trial:
    """A project with a warehouse and a site, made by runs that nothing disturbed; nobody may change it."""

    def build(folder: Path) -> None:
        trial = disturb.project(folder, Random(1))
        once.seed(trial.build)
        once.seed_drawings(trial.build)
        trial.run(["build"])
        trial.run(["site"])

    return Trial(once.built_once("twee", build), Random(1))


@pytest.fixture
def trial(built: Trial, tmp_path: Path) -> Trial:
    """A copy of it that a test may spoil."""
    shutil.copytree(built.root, tmp_path / "p", symlinks=True)
    return Trial(tmp_path / "p", Random(1))
