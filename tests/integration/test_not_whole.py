"""A site or a warehouse that somebody spoiled: it counts as absent, and is made anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import disturb
from benchmarks.disturb import Trial
from pipeline import cli
from pipeline.site.build import versions

WHOLE_SITE = "index.html"


def lose(root: Path) -> None:
    (root / "404.html").unlink()


def truncate(root: Path) -> None:
    (root / WHOLE_SITE).write_bytes(b"")


def add(root: Path) -> None:
    (root / "erbij.html").touch()


HARMS: tuple[Callable[[Path], None], ...] = (lose, truncate, add)


@pytest.mark.parametrize("harm", HARMS)
def test_a_harm_makes_a_site_not_whole(trial: Trial, harm: Callable[[Path], None]) -> None:
    root = (trial.build / "site").resolve()
    assert versions.is_whole(root)
    harm(root)
    assert not versions.is_whole(root)


def test_a_site_that_is_not_whole_is_built_anew(trial: Trial) -> None:
    pages = disturb.site_of(trial.build)
    for harm in HARMS:
        harm((trial.build / "site").resolve())
    code, text = trial.start(["site"]).ended()
    assert (code, "site klaar" in text) == (0, True), text
    assert disturb.other_files(disturb.site_of(trial.build), pages) == []


@pytest.mark.parametrize("content", ["no tables", "garbage", "half", "empty"])
def test_a_warehouse_that_cannot_be_read_counts_as_absent(
    trial: Trial, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
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
        code, text = cli.main([*verb, "--root", str(trial.root)]), capsys.readouterr().err
        assert code == 1, verb
        assert len(text.splitlines()) == 1, text
        assert text.startswith(f"fout: {file} is geen heel magazijn"), text
        assert "maak het opnieuw: veiligheidsbeeld build" in text
    code, text = trial.start(["build"]).ended()
    assert (code, "magazijn klaar" in text) == (0, True)
    assert disturb.rows_of(trial.build) == rows
    assert not list(trial.build.glob("*.wal"))
