"""The published validation: each verdict follows from its figure, and the page leaves no part out."""

import csv

import pytest

from benchmarks import validate
from benchmarks.lines import Line
from pipeline.paths import Paths

PAGE = (Paths().docs / "verantwoording" / "validatie.md").read_text(encoding="utf-8")
with (Paths().reference / "validatie.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['groep']}, {row['maat']}")
def test_a_verdict_follows_from_the_figure_and_its_demand(row: dict[str, str]) -> None:
    bounds = (float(row[name]) if row[name] else None for name in ("laagst", "hoogst"))
    line = Line(row["onderdeel"], row["groep"], row["maat"], float(row["waarde"]), *bounds)
    assert line.cells()[-1] == row["voldoet"]


def test_the_page_shows_every_part() -> None:
    for part in {row["onderdeel"] for row in ROWS}:
        assert f"{{{{ validatie('{part}') }}}}" in PAGE


def test_without_the_figures_of_the_country_it_is_skipped_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VB_FIGURES", "/bestaat/niet")
    assert validate.main([]) == 0
    assert "overgeslagen: /bestaat/niet/nederland/misdrijven_47018NED.parquet" in capsys.readouterr().out
