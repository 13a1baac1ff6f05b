"""Two runs in one build folder, and runs that are killed: what stands is whole, and nothing stays locked."""

import os
import shutil
import signal
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from benchmarks import disturb, processes
from benchmarks.disturb import Trial
from pipeline.alone import HOLDER

WHOLE_SITE = "index.html"
ROUNDS, DISTURBANCES = 1, 9  # of rounds there are fifty in `benchmarks.disturb`: each takes minutes
BUSY = "hier loopt al een opdracht"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A project with a warehouse and a site, made by runs that nothing disturbed."""
    trial = disturb.project(tmp_path_factory.mktemp("twee"), Random(1))
    trial.run(["build"])
    trial.run(["site"])
    return trial


@pytest.fixture
def trial(built: Trial, tmp_path: Path) -> Trial:
    """A copy of it that a test may spoil."""
    shutil.copytree(built.root, tmp_path / "p", symlinks=True)
    return Trial(tmp_path / "p", Random(1))


def started(trial: Trial, verb: str) -> disturb.Running:
    """A verb that holds the build folder by now."""
    running = trial.start([verb, "--force"])
    until = time.monotonic() + 60
    while not (trial.build / HOLDER).is_file():
        assert time.monotonic() < until, running.output.read_text()
        time.sleep(0.01)
    return running


def refused(trial: Trial, verb: list[str], *, by: disturb.Running) -> None:
    """Another run does not start while `by` holds the folder; it is stopped meanwhile, or it might be ready."""
    by.process.send_signal(signal.SIGSTOP)
    try:
        code, text = trial.start(verb).ended()
    finally:
        by.process.send_signal(signal.SIGCONT)
    assert code == 1, text
    assert len(text.splitlines()) == 1
    assert text.startswith(f"fout: {trial.build}: {BUSY} (")
    assert f"proces {by.process.pid}" in text
    assert "Wacht tot die klaar is, of kies een andere map met --build" in text


def test_two_builds_at_once(trial: Trial) -> None:
    rows = disturb.rows_of(trial.build)
    first = started(trial, "build")
    for verb in (["build"], ["build", "--force"], ["site"], ["fetch"]):
        refused(trial, verb, by=first)
    assert trial.start(["query", "select count(*) from mart.cijfer"]).ended()[0] == 0
    code, text = first.ended()
    assert (code, "magazijn klaar" in text) == (0, True)
    assert disturb.rows_of(trial.build) == rows
    assert trial.start(["build", "-v"]).ended() == (0, "magazijn: niets veranderd\n")


def test_a_killed_build_holds_nothing_back_and_leaves_nothing(trial: Trial) -> None:
    running = started(trial, "build")
    while not list(trial.build.glob(".veiligheid*")):
        assert running.process.poll() is None
        time.sleep(0.01)
    running.process.kill()
    running.process.wait()
    assert list(trial.build.glob(".veiligheid*"))
    assert trial.start(["build", "-v"]).ended() == (0, "magazijn: niets veranderd\n")
    assert disturb.beside(trial.build) == []


def test_two_sites_at_once(trial: Trial) -> None:
    pages = disturb.site_of(trial.build)
    first = started(trial, "site")
    for verb in (["site"], ["build", "--force"]):
        refused(trial, verb, by=first)
    assert first.ended()[0] == 0
    assert other_files(disturb.site_of(trial.build), pages) == []
    assert trial.start(["site", "-v"]).ended() == (0, "site: niets veranderd\n")
    assert disturb.beside(trial.build) == []


def test_workers_outlive_site(trial: Trial) -> None:
    """They do not: seconds after site is killed, nothing that it started runs."""
    pages = disturb.site_of(trial.build)
    running = started(trial, "site")
    until = time.monotonic() + 120
    while len(helpers := processes.started_by(running.process.pid)) < 3:  # workers, and mkdocs beside them
        assert time.monotonic() < until
        assert running.process.poll() is None
        time.sleep(0.05)
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    processes.end_within(helpers, 10)
    assert other_files(disturb.site_of(trial.build), pages) == []
    trial.run(["site"])
    assert disturb.beside(trial.build) == []


@pytest.mark.parametrize("harm", ["missing", "truncated", "extra"])
def test_a_site_that_is_not_whole_is_built_anew(trial: Trial, harm: str) -> None:
    pages = disturb.site_of(trial.build)
    root = (trial.build / "site").resolve()
    if harm == "missing":
        (root / "404.html").unlink()
    elif harm == "truncated":
        (root / WHOLE_SITE).write_bytes(b"")
    else:
        (root / "erbij.html").touch()
    code, text = trial.start(["site"]).ended()
    assert (code, "site klaar" in text) == (0, True), text
    assert other_files(disturb.site_of(trial.build), pages) == []


def other_files(found: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    """Names of files that differ: a site is too large to print when a test fails."""
    return sorted(name for name in found.keys() | expected if found.get(name) != expected.get(name))


@pytest.mark.parametrize("content", ["no tables", "garbage", "half", "empty"])
def test_a_warehouse_that_cannot_be_read_counts_as_absent(trial: Trial, content: str) -> None:
    file = trial.build / "veiligheid.duckdb"
    rows, whole = disturb.rows_of(trial.build), file.read_bytes()
    file.unlink()
    if content == "no tables":
        disturb.duckdb.connect(str(file)).close()
    else:
        file.write_bytes(
            {"garbage": b"geen magazijn" * 999, "half": whole[: len(whole) // 2]}.get(content, b"")
        )
    for verb in (["check"], ["query", "select 1"], ["site"], ["list", "areas"]):
        code, text = trial.start(verb).ended()
        assert code == 1, verb
        assert len(text.splitlines()) == 1, text
        assert text.startswith(f"fout: {file} is geen heel magazijn"), text
        assert "maak het opnieuw: veiligheidsbeeld build" in text
    code, text = trial.start(["build"]).ended()
    assert (code, "magazijn klaar" in text) == (0, True)
    assert disturb.rows_of(trial.build) == rows
    assert not list(trial.build.glob("*.wal"))


def test_bron_test_that_keeps_rows_is_refused_during_a_build(trial: Trial) -> None:
    definition = trial.root / "data" / "bronnen" / "breda_overlast.toml"
    running = started(trial, "build")
    refused(trial, ["bron", "test", str(definition), "--bewaar"], by=running)
    running.process.kill()
    running.process.wait()


def test_two_of_bron_test_that_keep_rows(trial: Trial) -> None:
    """Side by side and one after the other: the rows are kept once and whole, with nothing beside them."""
    disturb.set_apart(trial)
    trial.run(trial.keep)
    kept = disturb.kept_rows(trial)
    for gap in (0.0, 0.2):
        disturb.two_at_once(trial, trial.keep, gap)
        assert disturb.kept_rows(trial) == kept
        assert disturb.beside_rows(trial) == []


def test_two_drafts_of_one_file_at_once(trial: Trial) -> None:
    """One writes the definition, the other says that it is there already; the file is copied once."""
    file = trial.root.parent / "cijfers.csv"
    file.write_text("buurt;jaar;aantal\nCity;2023;5\nStation;2023;7\n", encoding="utf-8")
    both = [trial.start(["bron", "nieuw", str(file)]) for _ in range(2)]
    ends = sorted(one.ended() for one in both)
    assert [code for code, _ in ends] == [0, 1], ends
    assert len(ends[1][1].splitlines()) == 1
    assert "breda_cijfers.toml bestaat al" in ends[1][1]
    folder = trial.root / "data" / "bronnen"
    assert (folder / "bestanden" / "cijfers.csv").read_bytes() == file.read_bytes()
    assert not list(folder.rglob(".*"))


def test_rounds_of_disturbance_leave_no_trace() -> None:
    seen: Counter[str] = disturb.disturb(ROUNDS, seed=3)
    assert sum(seen.values()) == ROUNDS * DISTURBANCES
