"""A site or a warehouse that somebody spoiled: it counts as absent, and is made anew."""

import pytest

from benchmarks import disturb
from benchmarks.disturb import Trial

WHOLE_SITE = "index.html"


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
    assert disturb.other_files(disturb.site_of(trial.build), pages) == []


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
