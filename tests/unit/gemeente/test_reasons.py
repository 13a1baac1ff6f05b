"""A cell of a gemeente without a figure says why: a status, a caveat and words; a gap never becomes a number."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.gemeente.account import Mapped
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.read import read
from pipeline.gemeente.report import report
from pipeline.gemeente.shape import DefinitionError
from tests.unit.gemeente.example import (
    AREAS,
    BY_NAME,
    BY_YEAR,
    CSV,
    SUM,
    TOP,
    complaints,
    define,
    figures,
    indicator,
    mapped,
    withheld,
)

BY_MONTH = '\n[periode]\nform = "maand"\ncolumn = "Maand"\nto = "jaar"\n'
KADE, CHATEAU, DORP = "BU00010001", "BU00010002", "BU00010101"


def gaps(found: Mapped) -> list[tuple[str, str, str, str]]:
    """Area, period, status and caveats of every cell without a figure."""
    return sorted((one.gebied_code, one.periode, one.status, one.reden) for one in found.absent)


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("<5", "minder_dan_5"),
        ("1-4", "minder_dan_5"),
        ("<10", "verborgen"),
        ("x", "verborgen"),
        (".", "verborgen"),
    ],
)
def test_what_the_source_hides_has_its_own_status(tmp_path: Path, cell: str, status: str) -> None:
    text = f"Buurt;Jaar;Aantal\nDorp;2023;{cell}\nKade-Zuid;2023;7\n"
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator())
    assert complaints(found) == []
    assert figures(found) == [(KADE, "2023", 7)]
    assert gaps(found) == [(DORP, "2023", status, "bron_verbergt")]


def test_a_hidden_percentage_says_nothing_of_five(tmp_path: Path) -> None:
    text = "Buurt;Jaar;Aantal\nDorp;2023;<5\nKade-Zuid;2023;7\n"
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(kind="meting"))
    assert gaps(found) == [(DORP, "2023", "verborgen", "bron_verbergt")]


def test_a_blank_cell_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    text = "Buurt;Jaar;Aantal\nDorp;2023;\nKade-Zuid;2023;7\n"
    assert gaps(mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator())) == []


PARTS = "Buurt;Jaar;Aantal\nDorp;2023;9\nDorp;2023;{}\nDorp;2023;15\nKade-Zuid;2023;7\n"


@pytest.mark.parametrize(
    ("cell", "status", "why"), [("<5", "verborgen", "deel_verborgen"), ("", "ontbreekt", "deel_ontbreekt")]
)
def test_a_sum_over_a_gap_is_no_figure_or_a_lower_bound(
    tmp_path: Path, cell: str, status: str, why: str
) -> None:
    text = PARTS.format(cell)
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(extra=SUM))
    assert figures(found) == [(KADE, "2023", 7)]
    assert gaps(found) == [(DORP, "2023", status, why)]
    bound = indicator(extra=f"{SUM}\nlower_bound = true")
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, bound)
    assert figures(found) == [(KADE, "2023", 7)]
    assert gaps(found) == [(DORP, "2023", status, f"{why};ten_minste:24")]
    assert "ten minste 24" in next(iter(withheld(found)))


def test_a_lower_bound_of_nothing_is_not_said(tmp_path: Path) -> None:
    text = "Buurt;Jaar;Aantal\nDorp;2023;0\nDorp;2023;<5\nKade-Zuid;2023;7\n"
    bound = indicator(extra=f"{SUM}\nlower_bound = true")
    assert gaps(mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, bound)) == [
        (DORP, "2023", "verborgen", "deel_verborgen")
    ]


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ('column = "Aantal"\nlower_bound = true', "lower_bound hoort alleen bij aggregate = 'som'"),
        (f"{SUM}\nlower_bound = true\nsensitive = true", "lower_bound kan niet bij sensitive"),
    ],
)
def test_a_lower_bound_that_cannot_be(tmp_path: Path, extra: str, says: str) -> None:
    """Of a sensitive kind a lower bound gives a hidden count away: 9 and 12 beside 'ten minste 24'."""
    with pytest.raises(DefinitionError, match=says):
        define(tmp_path, TOP, CSV, BY_NAME, BY_YEAR, indicator(extra=extra))


def test_a_sum_of_buurten_over_a_gap(tmp_path: Path) -> None:
    text = "Buurt;Jaar;Aantal\nDorp;2023;9\nKade-Zuid;2023;7\nKade-Zuid;2023;<5\n"
    top = f"{TOP}\ncomplete = true"
    found = mapped(tmp_path, text, top, CSV, BY_NAME, BY_YEAR, indicator(extra=f"{SUM}\nlower_bound = true"))
    assert (CHATEAU, "2023", 0) in figures(found)
    assert ("WK000101", "2023", 9) in figures(found)
    # What is known of a buurt in the sum is a bound itself, and does not count here.
    assert gaps(found) == [
        (KADE, "2023", "verborgen", "deel_verborgen;ten_minste:7"),
        ("GM0001", "2023", "ontbreekt", "deel_ontbreekt;ten_minste:9"),
        ("WK000100", "2023", "ontbreekt", "deel_ontbreekt"),
    ]


def test_a_running_year_is_provisional_until_its_last_day(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("Buurt;Jaar;Aantal\nDorp;2024;9\nDorp;2025;2\n", encoding="utf-8")
    definition = define(tmp_path, TOP, CSV, BY_NAME, BY_YEAR, indicator())
    found = map_table(definition, read(file, definition.form), AREAS, file_date=date(2025, 2, 14))
    assert figures(found) == [(DORP, "2024", 9)]
    assert gaps(found) == [(DORP, "2025", "voorlopig", "loopt_tot:2025-02-14")]
    text = report(definition, found, file="m.csv")
    assert "1 keer voorlopig: 2025 is nog niet voorbij: het bestand is van 14 februari 2025" in text


def test_the_newest_year_with_its_first_months_is_provisional_and_an_older_gap_is_not(tmp_path: Path) -> None:
    rows = [f"Dorp;{year}-{month:02};1" for year in (2022, 2023, 2024) for month in range(1, 13)]
    rows = [row for row in rows if row != "Dorp;2022-06;1" and not (row > "Dorp;2024-03")]
    text = "\n".join(["Buurt;Maand;Aantal", *rows])
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_MONTH, indicator(extra=SUM))
    assert figures(found) == [(DORP, "2023", 12)]
    assert gaps(found) == [
        (DORP, "2022", "ontbreekt", "deel_ontbreekt"),
        (DORP, "2024", "voorlopig", "loopt_tot:2024-02-29"),
    ]
