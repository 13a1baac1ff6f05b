"""What the benchmarks do with what they measured; nothing is timed here."""

import gzip
import shutil
import statistics
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from benchmarks import others, phone, same_pages, sizes, stages, validators
from benchmarks.__main__ import Scale, scaling
from tests.browser.serving import serve

ONE = stages.Run("one", seconds=2.0, processor=3.0, memory=1500.4)


def test_a_table_has_words_first_and_figures_to_the_right() -> None:
    assert stages.markdown(("what", "s"), [["a", "1"], ["b", "2"]]).splitlines() == [
        "| what | s |",
        "| --- | ---: |",
        "| a | 1 |",
        "| b | 2 |",
    ]


def test_runs_are_rounded_for_the_table() -> None:
    assert stages.table([ONE]).splitlines()[-1] == "| one | 2.0 | 3.0 | 1,500 |"


def test_a_command_that_fails_tells_what_it_printed() -> None:
    with pytest.raises(stages.CommandFailedError, match=r"ended with 3: on the way"):
        stages.measure("x", [sys.executable, "-c", "print('on the way'); raise SystemExit(3)"])


def test_settings_and_folder_reach_the_command(tmp_path: Path) -> None:
    code = "import os, pathlib; pathlib.Path('seen').write_text(os.environ['VB_SEEN'])"
    stages.measure("x", [sys.executable, "-c", code], cwd=tmp_path, settings={"VB_SEEN": "yes"})
    assert (tmp_path / "seen").read_text() == "yes"


@pytest.mark.skipif(
    not stages.WHOLE_TREE, reason="no /proc/self/smaps_rollup: memory of the largest process only"
)
def test_memory_counts_the_children() -> None:
    child = "held = bytearray(60_000_000); import time; time.sleep(0.6)"
    code = f"held = bytearray(60_000_000); import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert stages.measure("x", [sys.executable, "-c", code]).memory > 120_000_000 / 1024**2


def test_spread_of_sizes() -> None:
    assert sizes.spread(list(range(1, 101))) == sizes.Spread(count=100, mean=50.5, p95=95, largest=100)
    assert sizes.spread([7]) == sizes.Spread(count=1, mean=7.0, p95=7, largest=7)
    with pytest.raises(ValueError, match="no sizes"):
        sizes.spread([])


def test_a_site_over_its_budgets_is_told_by_how_much() -> None:
    budget = sizes.Budget(area_page=16_000, whole=900)
    assert sizes.too_heavy(pages=[15_999, 16_001], whole=900, budget=budget) == []
    pages, site = sizes.too_heavy(pages=[16_001, 16_003], whole=901, budget=budget)
    assert "16002 bytes on average; at most 16000" in pages
    assert "weighs 901 bytes; at most 900" in site
    assert sizes.too_heavy(pages=[sizes.EMBEDDED.area_page + 1], whole=0)


def test_files_are_added_up_by_folder_and_kind() -> None:
    files = [("gebied/a/index.html", 2), ("gebied/b/index.html", 3), ("data/x.csv", 5), ("index.html", 1)]
    assert sizes.totals(files) == {
        ("gebied", "html"): (2, 5),
        ("data", "csv"): (1, 5),
        ("/", "html"): (1, 1),
    }


def test_other_tools_are_set_against_our_area_pages() -> None:
    ours = others.Outcome(others.REFERENCE, pages=100, size=2_000_000, run=stages.Run("", 4.0, 6.0, 300))
    hugo = others.Outcome("Hugo", pages=100, size=900_000, run=stages.Run("", 0.5, 1.5, 100), before=1.5)
    absent = others.Outcome("Eleventy", reason="npm is not here")
    rows = others.table([ours, hugo, absent]).splitlines()[2:]
    assert rows[0].endswith("| 100 | 20.0 | 4.0 | 6.0 | 300 | 25 | 1.00 |")
    assert rows[1].endswith("| 100 | 9.0 | 0.5 | 1.5 | 100 | 200 | 0.50 |")
    assert rows[2].startswith("| Eleventy: npm is not here | – |")


def test_cost_a_row_and_a_page() -> None:
    scale = Scale(0.5, rows=2_000_000, areas=500, build=ONE, site=None)
    assert scaling([scale]).splitlines()[-1] == "| 50% | 2.0 | 3.0 | 1.50 | 500 | – | – |"


def test_median_of_visits_and_of_pages_without_a_chart() -> None:
    first, second, third = (
        phone.Visit(paint, 9, 5, 4, 2, 1, 0.0, 3, chart, None, None, None, 1, 2, 3, 4, 5, 6)
        for paint, chart in ((30.0, 1.0), (10.0, 5.0), (20.0, None))
    )
    assert phone.median([first, second, third]).first_paint == 20.0
    assert phone.median([first, second, third]).chart_after is None
    assert phone.median([first, second]).chart_after == 3.0
    with pytest.raises(statistics.StatisticsError):
        phone.median([])


def test_the_main_thread_is_busy_from_the_navigation_on() -> None:
    begin = {
        "name": "navigationStart",
        "ts": 1_000,
        "pid": 1,
        "tid": 2,
        "args": {"data": {"documentLoaderURL": "x"}},
    }
    tasks = [
        {
            "name": "RunTask",
            "ph": "X",
            "pid": 1,
            "tid": 2,
            "ts": 0,
            "dur": 1_500,
        },  # half a ms after the start
        {"name": "RunTask", "ph": "X", "pid": 1, "tid": 2, "ts": 5_000, "dur": 4_000},
        {"name": "RunTask", "ph": "X", "pid": 1, "tid": 9, "ts": 5_000, "dur": 4_000},  # another thread
        {"name": "Paint", "ph": "X", "pid": 1, "tid": 2, "ts": 5_000, "dur": 4_000},
    ]
    assert phone.busy([begin, *tasks]) == 4.5
    assert phone.busy([begin, *tasks], until=5) == 1.5
    with pytest.raises(ValueError, match="navigationStart"):
        phone.busy(tasks)


def test_names_and_cells_stay_text_in_markdown() -> None:
    part = same_pages.Part("Kop", "", ("Soort", "Aantal"), (("a|b", "1"),), "Politie")
    page = same_pages.Content(
        slug="bu1",
        naam="'t *Huis*",
        omschrijving='Zegt "iets".',
        plaats="buurt",
        kruimels=(same_pages.Link("Nederland", "nl00"),),
        zinnen=("Een zin.",),
        kernen=(("Inwoners", "5", "in 2024"),),
        delen=(part,),
        gebieden=(),
        voorbehouden=("Let op.",),
        hulp=(("Politie", "112", "tel:112"),),
    )
    text = same_pages.as_markdown(page)
    assert "# 't \\*Huis\\*" in text
    assert "| a\\|b | 1 |" in text
    assert "[Nederland](nl00.md)" in text
    assert 'description: "Zegt \\"iets\\"."' in text
    assert "## Gebieden" not in text


def test_text_is_served_compressed_and_pictures_are_not(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Veiligheid</p>" * 99)
    (tmp_path / "kaart.png").write_bytes(b"png")
    with serve(tmp_path, compress=True) as base:
        for path, content, packed in (("", "<p>Veiligheid</p>" * 99, True), ("kaart.png", "png", False)):
            asked = urllib.request.Request(base + path, headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(asked) as answer:
                body = answer.read()
            assert (answer.headers["Content-Encoding"] == "gzip") is packed
            assert int(answer.headers["Content-Length"]) == len(body)
            assert (gzip.decompress(body) if packed else body).decode() == content


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of the library
def test_validators_read_every_kind_of_description_and_find_what_is_planted(
    data_site: Path, tmp_path: Path
) -> None:
    site = Path(shutil.copytree(data_site, tmp_path / "site"))
    (site / "indicator/geweld/geweld.csv").unlink()
    table = site / "data/bestanden/gemeente/gm0758.csv"
    table.write_bytes(table.read_bytes().replace(b",ok,", b",oke,", 1))
    catalogue = site / "data/catalogus.ttl"
    catalogue.write_text(catalogue.read_text("utf-8").replace("dct:publisher", "dct:subject"), "utf-8")
    tried = list(validators.check(site, sample=1))
    assert {"frictionless", "csvw", "pyshacl (1)"} <= {one.by for one in tried}
    assert all(0 < one.read <= one.of for one in tried)
    assert {(one.what, one.by) for one in tried if one.found} == {
        ("files that the package names", "-"),
        ("data/bestanden/gemeente/*.csv", "frictionless"),
        ("data/bestanden/gemeente/*.csv-metadata.json", "csvw"),
        ("data/catalogus.ttl", "pyshacl (1)"),
        ("indicator/*/*.metadata.json", "frictionless"),
    }


def _task(name: str, ts: int, dur: int, tdur: int, *, tid: int = 1) -> dict[str, Any]:
    return {"name": name, "ph": "X", "pid": 7, "tid": tid, "ts": ts, "dur": dur, "tdur": tdur}


def test_time_of_the_main_thread_counts_for_the_innermost_that_it_did() -> None:
    start = {"documentLoaderURL": "http://127.0.0.1/"}
    events = [
        {"name": "navigationStart", "ph": "R", "pid": 7, "tid": 1, "ts": 1000, "args": {"data": start}},
        _task("RunTask", 0, 900, 900),  # before
        _task("RunTask", 2000, 9000, 8000),
        _task("ParseHTML", 2500, 6000, 5000),
        _task("EvaluateScript", 3000, 2000, 1500),
        _task("Layout", 3100, 500, 400),
        _task("Layout", 9000, 1000, 900),
        _task("Layout", 2000, 4000, 4000, tid=2),  # of another thread
        _task("RunTask", 500_000, 4000, 4000),  # after
    ]
    assert phone.spent(events, until=100) == pytest.approx(
        {"html": 3.5, "style": 0, "layout": 1.3, "paint": 0, "scripts": 1.1, "rest": 2.1}
    )
    assert phone.busy(events, until=100) == pytest.approx(9)
