"""One CSV of every evaluation: all that a verdict rests on."""

import csv
from pathlib import Path

import duckdb

NAME = "evaluatie.csv"


def write_evaluations(con: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """mart.evaluatie as it is: UTF-8, commas, points in numbers; its header alone where there is none."""
    result = con.execute("select * from mart.evaluatie order by aanpak, indicator")
    header = [column[0] for column in result.description or []]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in result.fetchall())
    return [path]


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return round(value, 4) if isinstance(value, float) else value
