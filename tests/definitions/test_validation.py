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


def test_a_store_without_the_country_is_skipped_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main(["--compare"]) == 0  # the small store of the tests
    assert "overgeslagen" in capsys.readouterr().out


def test_an_outcome_that_does_not_come_out_again_is_named() -> None:
    published = [list(row.values()) for row in ROWS]
    assert not list(validate.differences(published, published))
    other = [[*published[0][:3], str(float(published[0][3]) + 2 * validate.SAME), *published[0][4:]]]
    (changed,) = validate.differences(published, other + published[1:])
    assert published[0][1] in changed
    (lost,) = validate.differences(published, published[1:])
    assert lost.endswith("nu None")
