"""What is built once in a run of the tests: by the first worker that needs it, for all of them to read."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline import warehouse
from pipeline.paths import Paths

FINISHED = "project"
"""The folder of the project with its warehouse and its site."""


class Run:
    """The folder of this run, above those of its workers; set before the first test."""

    folder: Path


def of_run(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def built_once(name: str, build: Callable[[Path], None]) -> Path:
    """A folder that `build` filled. A worker that needs it while another builds waits; nobody may change it."""
    folder = Run.folder / name
    done = folder.with_suffix(".klaar")
    with FileLock(folder.with_suffix(".slot")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a worker that failed half-way
            build(folder)
            done.touch()
    return folder


def example_paths() -> Paths:
    """Where the warehouse of the embedded example stands."""

    def build(folder: Path) -> None:
        warehouse.build(Paths(build=folder), say=lambda _: None)

    return Paths(build=built_once("voorbeeld", build))


def project() -> Path:
    """A checkout with the small store as its example, and the warehouse and site that the command line made of it.

    Whatever copy of it is changed, its build makes anew what the change touches, and its site too.
    """
    from benchmarks import disturb  # not for who asks for no project

    def build(folder: Path) -> None:
        disturb.checkout(folder, store=disturb.STORE)
        seed(folder / "build")
        for verb in ("build", "site"):
            _run(verb, folder)

    return built_once(FINISHED, build)


def copy_of_project(folder: Path) -> Path:
    """A copy of that project, which a test may spoil."""
    return shutil.copytree(project(), folder, symlinks=True)


def _run(verb: str, root: Path) -> None:
    own_choices = {"SITE_URL", "SITE_GEMEENTEN"}  # of whoever runs the tests
    environment = {name: value for name, value in os.environ.items() if name not in own_choices}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", verb, "--data", "voorbeeld", "--root", str(root)],
        cwd=root,
        env=environment | {"PYTHONPATH": str(root), "VB_VOORBEELD": ""},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"`{verb}` ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def seed(build: Path) -> None:
    """Give a build folder the warehouse of the embedded example: a build makes anew only what differs."""
    build.mkdir(parents=True, exist_ok=True)
    shutil.copy(example_paths().warehouse, build)


def seed_drawings(build: Path) -> None:
    """Give a build folder the drawings of the finished project's site, if a test of this run has made it by now.

    A drawing is kept by all that it is drawn from: a site that finds none of its own draws them anew. Waiting for
    them would take longer than drawing.
    """
    from pipeline.site.build import CHARTS, PICTURES  # a second of loading: not for each run of a single test

    if (Run.folder / FINISHED).with_suffix(".klaar").exists():
        for name in (CHARTS, PICTURES):
            shutil.copytree(Run.folder / FINISHED / "build" / name, build / name, dirs_exist_ok=True)
