"""A full disk, a folder that cannot be written, a taken port: one line, code 1, and nothing half left behind."""

import importlib
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import duckdb
import pytest

from benchmarks import disturb
from benchmarks.disturb import Trial
from pipeline import cli
from tests import once

build_module = importlib.import_module("pipeline.warehouse.build")  # a function of the room has its name
SMALL = 3_000_000


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    made = disturb.project(tmp_path_factory.mktemp("systeem"), Random(1))
    once.seed(made.build)
    made.run(["build"])
    return made


def says_one_line(trial: Trial, verb: list[str], *texts: str) -> None:
    code, text = trial.start(verb).ended()
    assert code == 1, text
    assert "Traceback" not in text
    assert len(text.splitlines()) == 1, text
    assert text.startswith("fout: ")
    for part in texts:
        assert part in text, text


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes; only root may make one."""
    folder = tmp_path / "schijf"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("geen recht om een schijf te maken")
    yield folder
    subprocess.run(["umount", "-l", folder], check=False)


def full(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.startswith(".bezig")]


def test_errors_of_the_system_full_disk(trial: Trial, small_disk: Path) -> None:
    says_one_line(trial, ["build", "--build", str(small_disk)], str(small_disk), "de schijf is vol")
    assert full(small_disk) == []
    (small_disk / "veiligheid.duckdb").symlink_to(trial.build / "veiligheid.duckdb")
    says_one_line(trial, ["site", "--build", str(small_disk)], str(small_disk), "de schijf is vol")
    assert not list(small_disk.glob("versies/*"))
    assert not (small_disk / "site").exists()


def test_errors_of_the_system_no_room_at_all_for_fetch(trial: Trial, small_disk: Path) -> None:
    code, text = trial.start(["fetch", "politie_overlast", "--build", str(small_disk)]).ended()
    assert code == 1
    assert "Traceback" not in text
    assert not list(small_disk.glob("raw/*.json"))


@pytest.mark.parametrize("verb", ["build", "site", "fetch"])
def test_errors_of_the_system_read_only_folder(trial: Trial, small_disk: Path, verb: str) -> None:
    (small_disk / "veiligheid.duckdb").symlink_to(trial.build / "veiligheid.duckdb")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    says_one_line(trial, [verb, "--build", str(small_disk)], str(small_disk), "mag niet geschreven worden")


@pytest.mark.parametrize("verb", ["build", "site", "fetch"])
def test_errors_of_the_system_file_in_place_of_a_folder(trial: Trial, tmp_path: Path, verb: str) -> None:
    place = tmp_path / "bezet"
    place.write_text("x", encoding="utf-8")
    says_one_line(trial, [verb, "--build", str(place)], str(place))
    assert place.read_text(encoding="utf-8") == "x"


def test_errors_of_the_system_site_is_a_real_folder(trial: Trial) -> None:
    place = trial.build / "site"
    place.mkdir()
    (place / "eigen.html").touch()
    says_one_line(trial, ["site"], str(place), "is een map, maar hoort een link te zijn")
    assert [file.name for file in place.iterdir()] == ["eigen.html"]
    (place / "eigen.html").unlink()
    place.rmdir()
    assert disturb.beside(trial.build) == []


def test_errors_of_the_system_port(trial: Trial, tmp_path: Path) -> None:
    served = tmp_path / "site"
    served.mkdir()
    (served / "index.html").touch()
    serve = ["serve", "--build", str(tmp_path), "--port"]
    for port in ("99999", "-1"):
        says_one_line(trial, [*serve, port], f"poort {port} bestaat niet", "--port 8001")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        says_one_line(trial, [*serve, port], f"poort {port} is al in gebruik", "--port 8001")


@pytest.mark.parametrize("error", ["MemoryError()", "duckdb.OutOfMemoryException('Out of Memory Error: x')"])
def test_errors_of_the_system_no_memory(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: str
) -> None:
    raised = MemoryError() if error == "MemoryError()" else duckdb.OutOfMemoryException("Out of Memory Error")

    def refuse(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(build_module, "run_models", refuse)
    paths = ["--root", str(trial.root), "--build", str(trial.build), "--data", "voorbeeld"]
    assert cli.main(["build", "--force", *paths]) == 1
    text = capsys.readouterr().err
    assert text.startswith(f"fout: {trial.build}: er is te weinig geheugen")
    assert len(text.splitlines()) == 1
    assert disturb.beside(trial.build) == []


# ---- rows and definitions of a gemeente --------------------------------------------------------------


def test_errors_of_the_system_full_disk_keeps_no_half_rows(trial: Trial, small_disk: Path) -> None:
    """What was kept before stays; a larger file that does not fit leaves nothing."""
    if not trial.apart.exists():
        disturb.set_apart(trial)
    (small_disk / "veiligheid.duckdb").symlink_to(trial.build / "veiligheid.duckdb")
    keep = [str(small_disk) if part == str(trial.apart) else part for part in trial.keep]
    trial.run(keep)
    before = sorted(path for path in small_disk.rglob("*") if path.is_file())
    lock = (small_disk / "raw" / "snapshots.json").read_bytes()
    large = small_disk.parent / "groot.csv"
    chance = Random(1)
    rows = [
        f"BU07580{n:03};{year};5;{chance.randbytes(60_000).hex()}"
        for n in (1, 5)
        for year in range(1995, 2020)
    ]
    large.write_text("\n".join(["gebied;jaar;aantal;opmerking", *rows, ""]), encoding="utf-8")
    keep[keep.index("--bestand") + 1] = str(large)
    says_one_line(trial, keep, str(small_disk), "de schijf is vol")
    assert sorted(path for path in small_disk.rglob("*") if path.is_file()) == before
    assert (small_disk / "raw" / "snapshots.json").read_bytes() == lock


def test_errors_of_the_system_read_only_store_of_rows(trial: Trial, small_disk: Path) -> None:
    if not trial.apart.exists():
        disturb.set_apart(trial)
    (small_disk / "veiligheid.duckdb").symlink_to(trial.build / "veiligheid.duckdb")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    keep = [str(small_disk) if part == str(trial.apart) else part for part in trial.keep]
    says_one_line(trial, keep, str(small_disk), "mag niet geschreven worden")


@pytest.mark.parametrize("disk", ["full", "read only"])
def test_errors_of_the_system_no_half_definition(trial: Trial, small_disk: Path, disk: str) -> None:
    """Neither the definition nor the copy of its file stands there alone."""
    file = small_disk.parent / "cijfers.csv"
    rows = [f"City;{year};5;{'x' * 120_000}" for year in range(1994, 2024)]
    file.write_text("\n".join(["buurt;jaar;aantal;opmerking", *rows, ""]), encoding="utf-8")
    definitions = trial.root / "data" / "bronnen"
    aside = definitions.rename(definitions.with_name("terzijde"))
    definitions.symlink_to(small_disk)
    if disk == "read only":
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    try:
        reason = "de schijf is vol" if disk == "full" else "mag niet geschreven worden"
        says_one_line(trial, ["bron", "nieuw", str(file)], reason)
        assert [path for path in small_disk.rglob("*") if path.is_file()] == []
    finally:
        definitions.unlink()
        aside.rename(definitions)
