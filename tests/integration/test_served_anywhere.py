"""The site below a folder of a host, as project pages are: every link works, with and without its address."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline.paths import Paths
from tests import once
from tests.browser.links import check_links
from tests.browser.problems import report

ADDRESS = "https://wie.example/repo"


@pytest.fixture(scope="module")
def site_with_address(
    project_root: Path, example_paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The example's site, built for a folder of a host."""
    build = tmp_path_factory.mktemp("adres") / "build"
    shutil.copytree(example_paths.build, build)
    once.seed_drawings(build)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "site", "--data", "voorbeeld", "--build", str(build)],
        cwd=project_root,
        env=os.environ | {"SITE_URL": ADDRESS},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "404.html" not in done.stderr, "nothing is wrong with it now"
    return (build / "site").resolve()


def test_not_found_page_subpath_with_its_address_every_link_works(site_with_address: Path) -> None:
    found = check_links(site_with_address, prefix="/repo/")
    assert not found, report(found)


def test_not_found_page_subpath_without_address_only_that_page_needs_one(built_site: Path) -> None:
    found = [problem for problem in check_links(built_site, prefix="/repo/") if problem.page != "404.html"]
    assert not found, report(found)


def test_not_found_page_subpath_the_schedule_takes_the_address_that_pages_gives(project_root: Path) -> None:
    workflow = yaml.safe_load((project_root / ".github/workflows/refresh.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["refresh"]
    pages = next(step for step in job["steps"] if step.get("id") == "pages")
    refresh = next(step for step in job["steps"] if step.get("id") == "refresh")
    assert pages["uses"].startswith("actions/configure-pages@")
    assert pages["if"] == "vars.SITE_URL == ''"
    assert refresh["env"]["SITE_URL"] == "${{ vars.SITE_URL || steps.pages.outputs.base_url }}"
    assert job["steps"].index(pages) < job["steps"].index(refresh)
    assert "SITE_URL" not in job["env"], "it would stand above that of the step"
    assert job["permissions"]["pages"] == "read"
