"""The steps of the daily refresh as one script, against the local stand-in, in a copy of the project."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import once
from tests.upstream_server import UpstreamServer, serving

COPIED = (".ci", "data", "site", "pipeline", "mkdocs.yml", "requirements.lock", "pyproject.toml")


@pytest.fixture(scope="module")
def project(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which no source is bound to be complete: the example is a part of the country."""
    root = tmp_path_factory.mktemp("project")
    for name in COPIED:
        source = project_root / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, root / name)
    for file in (root / "pipeline" / "models" / "staging").glob("*.sql"):
        file.write_text(file.read_text("utf-8").replace("volledig = true", "volledig = false"), "utf-8")
    return root


@pytest.fixture(scope="module")
def server() -> Iterator[UpstreamServer]:
    with serving() as running:
        yield running


def refresh(project: Path, server: UpstreamServer, **settings: str) -> subprocess.CompletedProcess[str]:
    given = {
        "VB_PYTHON": sys.executable,
        "VB_UPSTREAM_URL": server.url,
        "SITE_GEMEENTEN": "GM0758",
        "GITHUB_OUTPUT": str(project / "output.txt"),
    }
    return subprocess.run(
        [project / ".ci" / "refresh"],
        env=os.environ | given | settings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_refresh_builds_the_site_then_a_broken_release_leaves_it_standing(
    project: Path, server: UpstreamServer
) -> None:
    once.seed_drawings(project / "build")
    done = refresh(project, server)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    site = (project / "build" / "site").resolve()
    assert (site / "index.html").is_file()
    assert (project / "output.txt").read_text() == f"site={site}\n"
    report = project / "build" / "verslag"
    summary = (report / "summary.md").read_text(encoding="utf-8")
    assert "politie_misdrijven: 47018NED van 2026-01-15" in summary
    assert "overlast_onbegrepen_gedrag,2023,141724" in summary
    kept = {"opnamen.tar", "snapshots.json", "row_counts.csv", "uitgaven.csv", "alles.parquet"}
    assert kept <= {file.name for file in report.iterdir()}
    log = (report / "uitgaven.csv").read_text(encoding="utf-8")
    assert "politie_misdrijven,47018NED,2026-01-15T02:00:00,,2012;2013;" in log
    for name in ("snapshots.json", "uitgaven.csv"):
        assert not (project / "data" / name).exists(), "a stand-in never reaches data/"

    pages = {path: path.read_bytes() for path in site.rglob("*.html")}
    server.state.modified["47024ned"] = "2031-01-15T02:00:00"
    server.state.fault = server.state.fault.parse("duplicate@47024NED")
    done = refresh(project, server)
    assert done.returncode == 1
    assert "dubbele rijen" in (report / "summary.md").read_text(encoding="utf-8")
    assert (report / "uitgaven.csv").read_text(encoding="utf-8") == log, "what was refused is no edition"
    after = (project / "build" / "site").resolve()
    assert {after / path.relative_to(site): content for path, content in pages.items()} == {
        path: path.read_bytes() for path in after.rglob("*.html")
    }

    (project / "output.txt").unlink()
    done = refresh(project, server, VB_MOST_BYTES="1000000")
    assert done.returncode == 2, "what a host cannot take is not published"
    assert "de site weegt" in done.stderr and "er is plaats voor 1000000" in done.stderr
    assert "De site van gisteren blijft staan" in (report / "summary.md").read_text(encoding="utf-8")
    assert not (project / "output.txt").exists()
