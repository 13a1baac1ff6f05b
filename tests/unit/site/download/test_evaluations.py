"""The file of evaluations is the mart's table, read back as it is."""

import csv
from pathlib import Path

import duckdb

from pipeline.site.download.evaluations import write_evaluations


def test_every_column_and_row_is_there(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (path,) = write_evaluations(con, tmp_path / "bestanden")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [row[0] for row in con.execute("describe mart.evaluatie").fetchall()]
    assert list(rows[0]) == columns
    assert [row["aanpak"] for row in rows] == ["nplv-breda-noord", "nplv-vertaalde-wijken"]
    assert {row["achteraf"] for row in rows} == {"ja"}
    assert rows[0]["verwacht"] == ""  # the small store has too few areas to compare with
    assert rows[0]["reden"] == "geen_vergelijking"
