"""Two runs in one build folder, and runs that are killed: what stands is whole, and nothing stays locked."""

import os
import signal
import time

from benchmarks import disturb, processes
from benchmarks.disturb import Trial
from pipeline.alone import HOLDER

BUSY = "hier loopt al een opdracht"


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
    assert disturb.other_files(disturb.site_of(trial.build), pages) == []
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
    assert disturb.other_files(disturb.site_of(trial.build), pages) == []
    trial.run(["site"])
    assert disturb.beside(trial.build) == []


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
