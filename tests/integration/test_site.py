"""The site as a whole: what is hostile comes out harmless, and what fails leaves the standing site."""

import csv
import json
import re
from pathlib import Path

import pytest

from tests import once
from tests.integration.example import Example, copy_example

META = "cbs_kerncijfers/meta.json"
HOSTILE = {"BU07580006": "<script>alert(1)</script>{{ 7 * 7 }}", "BU07580001": '=HYPERLINK("http://x";"y")'}
NOTICE = "SYNTHETISCH: proef met verzonnen namen"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The site of the example, in which two buurten (synthetic) have names that could pass for code."""
    example = copy_example(tmp_path_factory.mktemp("vijandig"))
    path = example.store / META
    meta = json.loads(path.read_text(encoding="utf-8"))
    for area in meta["85984NED"]["WijkenEnBuurten"]:
        area["Title"] = HOSTILE.get(area["Key"].strip(), area["Title"])
    path.write_text(json.dumps(meta), encoding="utf-8")
    example.relock(META)
    lock = json.loads((example.store / "snapshots.json").read_text(encoding="utf-8"))
    lock["sources"]["cbs_kerncijfers"]["tables"]["85984NED"]["title"] = NOTICE
    (example.store / "snapshots.json").write_text(json.dumps(lock), encoding="utf-8")
    once.seed_drawings(example.root / "build")
    for verb in ("build", "site"):
        done = example.run(verb, "-q")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), verb
    return example


def site_of(example: Example) -> Path:
    return example.root / "build" / "site"


def test_names_are_text_on_every_page(hostile: Example) -> None:
    pages = list(site_of(hostile).resolve().rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script>alert(1)" not in text, page
        assert NOTICE in text, page
        assert not re.search(r"/script(>|&gt;|&#62;)49", text), (
            page
        )  # the name was not rendered as a template
    city = (site_of(hostile) / "gebied" / "bu07580006" / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#123;{ 7 * 7 }}" in city


def test_names_are_text_in_downloads(hostile: Example) -> None:
    path = site_of(hostile) / "data" / "bestanden" / "gemeente" / "gm0758.csv"
    with path.open(newline="", encoding="utf-8") as file:
        names = {row["gebied_code"]: row["gebied_naam"] for row in csv.DictReader(file)}
    assert names["BU07580001"] == "'" + HOSTILE["BU07580001"]
    assert names["BU07580006"] == HOSTILE["BU07580006"]


def test_nothing_changed_is_quiet_and_a_broken_page_leaves_the_site(hostile: Example) -> None:
    before = site_of(hostile).readlink()
    again = hostile.run("site")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert site_of(hostile).readlink() == before
    page = hostile.root / "site" / "docs" / "uitleg" / "cijfer-lezen.md"
    standing = page.read_text(encoding="utf-8")
    page.write_text(standing + "\n{{ aantal('misdrijven', 'NL00', '1812') }}\n", encoding="utf-8")
    failed = hostile.run("site")
    page.write_text(standing, encoding="utf-8")
    assert failed.returncode == 1
    assert all(text in failed.stderr for text in ("cijfer-lezen.md", "misdrijven", "NL00", "1812"))
    assert site_of(hostile).readlink() == before
    assert (site_of(hostile) / "index.html").is_file()
    kept = sorted(path.name for path in (hostile.root / "build" / "versies").iterdir())
    assert kept == [before.name, f"{before.name}.lijst"]


def test_the_same_site_built_anew_stands_beside_the_old_one(hostile: Example) -> None:
    before = site_of(hostile).readlink()
    unfinished = hostile.root / "build" / "versies" / ".afgebroken.nieuw"
    unfinished.mkdir()
    done = hostile.run("site", "--force", "-v")
    assert done.returncode == 0, done.stderr
    assert "0 van" in done.stderr
    assert site_of(hostile).readlink() != before
    assert (site_of(hostile) / "index.html").is_file()
    assert not unfinished.exists()
    assert hostile.run("site").stderr == ""


def test_an_unknown_gemeente_is_named(hostile: Example) -> None:
    done = hostile.run("site", SITE_GEMEENTEN="GM0344")
    assert done.returncode == 1
    assert "gemeente GM0344 zit niet in het magazijn" in done.stderr
    assert "Traceback" not in done.stderr


def test_only_what_changed_gets_a_new_time(hostile: Example) -> None:
    before = {
        file.relative_to(site_of(hostile).resolve()): file.stat().st_mtime_ns
        for file in site_of(hostile).resolve().rglob("*")
        if file.is_file()
    }
    page = hostile.root / "site" / "docs" / "uitleg" / "cijfer-lezen.md"
    standing = page.read_text(encoding="utf-8")
    page.write_text(standing + "\nEen zin erbij.\n", encoding="utf-8")
    done = hostile.run("site", "-v")
    page.write_text(standing, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    after = site_of(hostile).resolve()
    changed = {path for path, time in before.items() if (after / path).stat().st_mtime_ns != time}
    assert changed == {Path("uitleg/cijfer-lezen/index.html"), Path("search/search_index.json")}
    assert f"2 van {len(before)} bestanden nieuw of veranderd" in done.stderr
