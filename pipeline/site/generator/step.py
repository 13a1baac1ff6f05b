"""The generator itself: a program that makes HTML of the folder of Markdown, by mkdocs.yml and site/theme."""

import os
import subprocess
import sys
from pathlib import Path

from pipeline import system_errors
from pipeline.errors import VeiligheidsbeeldError
from pipeline.paths import PACKAGE, Paths

CHOICE = "VB_GENERATOR"
"""The setting that names another: a Python module with the command line of mkdocs."""


class GeneratorError(VeiligheidsbeeldError):
    """The generator refuses a page; the standing site stays."""


def chosen() -> str:
    """The module that is run: mkdocs, unless the setting names another."""
    return os.environ.get(CHOICE) or "mkdocs"


def run(paths: Paths, out: Path, *, site_url: str, notice: str) -> None:
    """Let the generator make HTML below `out` of the Markdown in `paths.pages`.

    Args:
        site_url: the whole address of the site, with a slash at its end; or empty.
        notice: what stands on top of every page; or empty.

    Raises:
        GeneratorError: it stopped, or warned: a link leads nowhere, a page is not there.
    """
    generator = chosen()
    command = [
        sys.executable, "-m", "pipeline.lifeline", str(os.getpid()),
        generator, "build", "--strict",  # not with --quiet: then a warning is not counted
        "--config-file", str(paths.root / "mkdocs.yml"), "--site-dir", str(out),
    ]  # fmt: skip
    settings = {
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": site_url,
        "MEDEDELING": notice,
        "VB_PAGES": str(paths.pages),
        "VB_STORE": paths.store,
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONHASHSEED": "0",  # the theme writes sets; the same figures must give the same files
    }
    done = subprocess.run(
        command, cwd=paths.root, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        if refused := system_errors.of_process(done.stderr, folder=out):
            raise refused
        raise GeneratorError(
            f"{generator} stopte met {done.returncode}:\n{done.stdout}{done.stderr}".rstrip()
        )
