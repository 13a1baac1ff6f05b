"""What changed as a file: both values of a restated cell, one file for each pair of editions, no row twice."""

import csv
from pathlib import Path

import duckdb
import pytest

from pipeline.site.download.changes import HEADER, NAME, file_of, write_changes


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(
        """
        create schema contract; create schema mart; create schema core;
        create table core.gebied as select 'GM0758' as gebied_code, 'Breda, de stad' as gebied_naam;
        create table contract.uitgave as select * from (values
            ('T1', '2024-04-15T02:00:00', '2024-04-15', null, ['2023'], [], [], []),
            ('T1', '2025-01-15T02:00:00', '2025-01-15', '2024-04-15T02:00:00', ['2024'], [], ['Nieuw'], []),
            ('T1', '2025-02-15T02:00:00', '2025-02-15', '2025-01-15T02:00:00', [], [], [], [])
        ) as rijen (tabel, stand, dag, vorige, erbij, weg, kolommen_erbij, kolommen_weg);
        create table mart.herzien as select * replace (oud::double as oud, nieuw::double as nieuw,
            verschil::double as verschil) from (values
            ('T1', 'GM0758', '2023', '0.0.0', 'Aantal', 'misdrijven', 100.0, 103.0, 3.0,
                '2024-04-15', '2025-01-15'),
            ('T1', 'GM0758', '2023', '', 'Aandeel', null, 1.5, 1.25, -0.25, '2024-04-15', '2025-01-15')
        ) as rijen (bron_tabel, gebied_code, periode, soort, kolom, indicator, oud, nieuw, verschil,
            vintage_oud, vintage_nieuw);
        """
    )
    return con


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_file_of_an_edition_has_what_it_changed(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_changes(con, tmp_path)
    header, *rows = rows_of(tmp_path / file_of("T1", "2025-01-15"))
    assert tuple(header) == HEADER
    between = ["T1", "2024-04-15", "2025-01-15"]
    assert rows == [
        [*between, "herzien", "GM0758", "Breda, de stad", "2023", "Aandeel", "", "", "1.5", "1.25", "-0.25"],
        [*between, "herzien", "GM0758", "Breda, de stad", "2023", "Aantal", "0.0.0", "misdrijven",
         "100", "103", "3"],
        [*between, "kolom erbij", "", "", "", "Nieuw", *[""] * 5],
        [*between, "periode erbij", "", "", "2024", *[""] * 6],
    ]  # fmt: skip


def test_all_together_is_the_sum_of_the_files_and_a_silent_edition_has_a_header(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    written = write_changes(con, tmp_path)
    assert rows_of(tmp_path / file_of("T1", "2025-02-15")) == [list(HEADER)]
    assert not (tmp_path / file_of("T1", "2024-04-15")).exists(), "a first edition has none before it"
    everything = rows_of(tmp_path / NAME)[1:]
    assert len(everything) == sum(len(rows_of(path)) - 1 for path in written if path.name != NAME) == 4


def test_before_a_second_edition_there_is_the_header_alone(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("delete from mart.herzien; delete from contract.uitgave where vorige is not null")
    assert write_changes(con, tmp_path) == [tmp_path / NAME]
    assert rows_of(tmp_path / NAME) == [list(HEADER)]
