"""Columns per quarter, half year or month, and school years: read whole, or withheld with the reason."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.gemeente.account import Mapped
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.read import read
from pipeline.gemeente.shape import DefinitionError
from tests.unit.gemeente.breda import breda, code_of, drafted
from tests.unit.gemeente.example import BY_NAME, CSV, TOP, complaints, define, figures, indicator

CITY, STATION = "BU07580006", "BU07580005"


def drafted_from(folder: Path, text: str, *edits: tuple[str, str]) -> tuple[Definition, Path]:
    file = folder / "cijfers.csv"
    file.write_text(text, encoding="utf-8")
    return drafted(file, folder, *edits)[1], file


def result(folder: Path, text: str, *edits: tuple[str, str], file_date: date | None = None) -> Mapped:
    definition, file = drafted_from(folder, text, *edits)
    return map_table(definition, read(file, definition.form), breda(), file_date=file_date)


def gaps(found: Mapped) -> list[tuple[str, str, str, str]]:
    return sorted((one.gebied_code, one.periode, one.status, one.reden) for one in found.absent)


QUARTERS = """\
buurt;{0} 2023;{1} 2023;{2} 2023;{3} 2023;{0} 2024;{1} 2024
City;1;2;3;4;5;6
Station;1;<5;3;4;5;6
"""


@pytest.mark.parametrize(
    "spelling",
    [["Q1", "Q2", "Q3", "Q4"], [f"{n}e kwartaal" for n in range(1, 5)], [f"kw{n}" for n in range(1, 5)]],
)
def test_a_column_per_quarter_gives_years_that_have_all_four(tmp_path: Path, spelling: list[str]) -> None:
    found = result(tmp_path, QUARTERS.format(*spelling))
    assert complaints(found) == []
    assert figures(found) == [(CITY, "2023", 10)]
    assert gaps(found) == [
        (STATION, "2023", "verborgen", "deel_verborgen"),
        (STATION, "2024", "voorlopig", "loopt_tot:2024-06-30"),
        (CITY, "2024", "voorlopig", "loopt_tot:2024-06-30"),
    ]


def test_a_quarter_that_still_waits_for_its_figures_is_not_there(tmp_path: Path) -> None:
    found = result(
        tmp_path, "buurt;jaar;Q1;Q2;Q3;Q4\nCity;2023;1;2;3;4\nCity;2024;1;2;3;\nStation;2024;3;4;5;\n"
    )
    assert figures(found) == [(CITY, "2023", 10)]
    assert {gap[2:] for gap in gaps(found)} == {("voorlopig", "loopt_tot:2024-09-30")}


def test_a_column_per_half_year_adds_up(tmp_path: Path) -> None:
    found = result(tmp_path, "buurt;meldingen 2023H1;meldingen 2023H2\nCity;1;2\nStation;0;4\n")
    assert figures(found) == [(STATION, "2023", 4), (CITY, "2023", 3)]


def test_quarters_without_a_year_ask_for_it(tmp_path: Path) -> None:
    text = "buurt;1e kwartaal;2e kwartaal;3e kwartaal;4e kwartaal\nCity;1;2;3;4\n"
    with pytest.raises(DefinitionError, match=r"periode\.fixed is leeg"):
        drafted_from(tmp_path, text)
    assert figures(result(tmp_path, text, ('fixed = ""', 'fixed = "2023"'))) == [(CITY, "2023", 10)]


def test_a_quarter_beside_its_year_does_not_count_twice(tmp_path: Path) -> None:
    text = "buurt;2023;2023 Q1;2023 Q2;2023 Q3;2023 Q4\nCity;10;1;2;3;4\n"
    definition, _ = drafted_from(tmp_path, text)
    assert definition.indicators[0].columns == {"2023": "2023"}
    wide = '[periode]\nform = "kolommen"\n'
    both = 'aggregate = "som"\ncolumns = { "2023" = "2023", "2023 Q1" = "2023 Q1" }'
    with pytest.raises(DefinitionError, match="dat telt dubbel"):
        define(tmp_path, TOP, CSV, BY_NAME, wide, indicator(extra=both))


@pytest.mark.parametrize(
    ("columns", "extra", "says"),
    [
        ('"a" = "2023 Q1"', "", "zet aggregate = 'som'"),
        ('"a" = "2023-01"', "", "zet aggregate = 'som'"),
        ('"a" = "2023 K1"', "", "verwacht 2024, 2024-03, 2024 Q1"),
        ('"a" = "2023/24"', "", "zet periode.range op 'schooljaar'"),
    ],
)
def test_columns_that_are_no_period_of_the_site(tmp_path: Path, columns: str, extra: str, says: str) -> None:
    wide = f'[periode]\nform = "kolommen"\n{extra}'
    with pytest.raises(DefinitionError, match=says):
        define(tmp_path, TOP, CSV, BY_NAME, wide, indicator(extra=f"columns = {{ {columns} }}"))


@pytest.mark.parametrize(
    "text",
    [
        "buurt;Inwoners 2023 Q1;Inwoners 2023 Q2;Inwoners 2023 Q3;Inwoners 2023 Q4\nCity;90;91;92;93\n",
        "buurt;periode;inwoners\n" + "".join(f"City;2023 Q{n + 1};9{n}\n" for n in range(4)),
    ],
)
def test_what_is_there_is_not_added_up_without_a_word(tmp_path: Path, text: str) -> None:
    with pytest.raises(DefinitionError, match=r"aggregate is leeg: mag je deze aantallen optellen"):
        drafted_from(tmp_path, text)
    found = result(tmp_path, text, ('aggregate = ""', 'aggregate = "som"'))
    assert figures(found) == [(CITY, "2023", 366)]


SCHOOL = "buurt;schooljaar;aantal\nCity;{0};5\nStation;{0};7\nCity;{1};6\nStation;{1};8\n"
ASKED = ('range = ""', 'range = "schooljaar"')


@pytest.mark.parametrize("spelling", ["{}/{}", "{}-{}", "schooljaar {}/20{}", "{}-20{}", "{}/'{}"])
def test_school_years_are_asked_about_and_kept_by_the_year_that_they_begin_in(
    tmp_path: Path, spelling: str
) -> None:
    text = SCHOOL.format(spelling.format(2022, 23), spelling.format(2023, 24))
    with pytest.raises(DefinitionError, match=r"periode\.range is leeg: is 2023/24 een schooljaar"):
        drafted_from(tmp_path, text)
    found = result(tmp_path, text, ASKED)
    assert complaints(found) == []
    assert figures(found) == [
        (STATION, "2022", 7),
        (STATION, "2023", 8),
        (CITY, "2022", 5),
        (CITY, "2023", 6),
    ]


def test_a_school_year_says_on_the_page_that_it_is_one(tmp_path: Path) -> None:
    definition, _ = drafted_from(tmp_path, SCHOOL.format("2022/23", "2023/24"), ASKED)
    assert definition.indicators[0].header.caveat_keys == ("kleine_aantallen", "schooljaar")


def test_a_school_year_ends_in_july(tmp_path: Path) -> None:
    text = SCHOOL.format("2023/24", "2024/25")
    found = result(tmp_path, text, ASKED, file_date=date(2025, 2, 14))
    assert [one[1] for one in figures(found)] == ["2023", "2023"]
    assert {gap[1:] for gap in gaps(found)} == {("2024", "voorlopig", "loopt_tot:2025-02-14")}
    assert gaps(result(tmp_path, text, ASKED, file_date=date(2025, 8, 1))) == []


def test_a_column_per_school_year(tmp_path: Path) -> None:
    text = "buurt;2010-11;2011-12;2012-13\nCity;5;6;7\n"
    found = result(tmp_path, text, ASKED)
    assert figures(found) == [(CITY, "2010", 5), (CITY, "2011", 6), (CITY, "2012", 7)]


def test_a_survey_over_two_years_counts_by_the_last_and_a_count_cannot(tmp_path: Path) -> None:
    two = ('range = ""', 'range = "twee_jaar"')
    with pytest.raises(DefinitionError, match="een aantal over twee jaren is geen aantal van een jaar"):
        drafted_from(tmp_path, SCHOOL.format("2021/22", "2023/24"), two)
    text = SCHOOL.format("2021/22", "2023/24").replace("aantal", "% onveilig")
    found = result(tmp_path, text, two)
    assert (code_of("City"), "2024", 6.0) in figures(found)


@pytest.mark.parametrize("cell", ["2023", "2023/25", "2023-02"])
def test_a_school_year_beside_something_else_is_refused(tmp_path: Path, cell: str) -> None:
    found = result(tmp_path, SCHOOL.format("2022/23", "2023/24") + f"Belcrum;{cell};3\n", ASKED)
    assert f"6: kolom 'schooljaar': {cell!r} is geen schooljaar" in complaints(found)[0]


def test_a_column_of_a_year_to_come_is_refused_once_it_has_a_figure(tmp_path: Path) -> None:
    text = "buurt;2023;2030\nCity;5;{}\nStation;6;\n"
    found = result(tmp_path, text.format(""), file_date=date(2024, 5, 1))
    assert [one[1] for one in figures(found)] == ["2023", "2023"]
    found = result(tmp_path, text.format("7"), file_date=date(2024, 5, 1))
    assert "'2030' ligt na de datum van het bestand" in complaints(found)[0]
