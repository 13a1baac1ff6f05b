"""The page "In tien minuten je eigen gemeente": its commands, typed on a fresh copy with the whole country."""

import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request

import pytest

from tests.integration.example import ROOT, Example, copy_example

PAGE = ROOT / "site" / "docs" / "bouwen" / "tien-minuten.md"
PROGRAM = ".venv/bin/veiligheidsbeeld"


def _lines() -> list[str]:
    blocks = re.findall(r"^```bash\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.S | re.M)
    return [line for block in blocks for line in block.splitlines()]


def _command(line: str) -> tuple[dict[str, str], list[str]]:
    """A typed line as its settings and the words after the program."""
    words = shlex.split(line)
    settings = dict(word.split("=", 1) for word in words[: words.index(PROGRAM)])
    return settings, words[words.index(PROGRAM) + 1 :]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return copy_example(tmp_path_factory.mktemp("kloon"), store=ROOT / "data" / "voorbeeld")


def test_the_page_sets_up_with_a_target_that_there_is() -> None:
    (setup,) = (line for line in _lines() if PROGRAM not in line)
    assert setup == "make venv"
    assert re.search(r"^venv:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)


def test_its_commands_give_the_site_that_it_promises(fresh: Example) -> None:
    build, query, site, serve, publish = (_command(line) for line in _lines() if PROGRAM in line)

    assert fresh.run(*build[1]).returncode == 0
    answer = fresh.run(*query[1])
    assert (answer.returncode, answer.stdout.splitlines()[1:]) == (0, ["GM0344,Utrecht"])
    assert "`GM0344,Utrecht`" in PAGE.read_text(encoding="utf-8")

    made = fresh.run(*site[1], **site[0])
    assert made.returncode == 0, made.stderr
    pages = fresh.root / "build" / "site" / "gebied"
    assert {folder.name[2:6] for folder in pages.glob("bu*")} == {"0344"}
    assert (pages / "nl00").is_dir(), "comparing still goes with the whole country"
    _serves(fresh, serve[1])

    published = fresh.run(*publish[1], **publish[0])
    assert published.returncode == 0, published.stderr
    report = (fresh.root / "build/site/verantwoording/fout-melden/index.html").read_text(encoding="utf-8")
    assert f'href="mailto:{publish[0]["MELDEN"]}?' in report
    home = (fresh.root / "build/site/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{publish[0]["SITE_URL"]}">' in home


def _serves(fresh: Example, words: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "pipeline", *words, "--port", "0"],
        cwd=fresh.root,
        env=os.environ | {"PYTHONPATH": str(fresh.root), "VB_VOORBEELD": ""},
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            assert serving.stderr is not None
            address = re.search(r"http://127\.0\.0\.1:\d+", serving.stderr.readline())
            assert address, "it names where the site is"
            with urllib.request.urlopen(address[0] + "/gebied/gm0344/", timeout=10) as answer:
                assert b"Utrecht" in answer.read()
        finally:
            serving.send_signal(signal.SIGINT)
