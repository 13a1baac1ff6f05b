"""The examples of the data page, run on the files of the small store, and what an office program makes of them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import duckdb
import polars as pl
import pytest
from pyarrow.dataset import dataset

PAGE = "site/docs/data/index.md"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
SEMICOLONS_IN_DUTCH = "CSV:59,34,76,1,,1043,false,true"  # separator, quote, UTF-8, from row 1, nl-NL


def examples(root: Path, language: str) -> list[str]:
    text = (root / PAGE).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def folder(data_site: Path, tmp_path: Path) -> Path:
    """Where a reader has put the two files."""
    for end in ("csv", "parquet"):
        shutil.copy(data_site / f"indicator/misdrijven/misdrijven.{end}", tmp_path)
    return tmp_path


def test_the_example_of_duckdb(project_root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    [query] = examples(project_root, "sql")
    rows = duckdb.sql(query).fetchall()
    assert [row[0] for row in rows] == ["2023", "2022", "2021", "2020", "2019"]
    assert rows[0][1] == 802043


@pytest.mark.parametrize("number", [0, 1], ids=["pandas", "polars"])
def test_the_examples_of_python(project_root: Path, folder: Path, number: int) -> None:
    code = examples(project_root, "python")[number]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Breda" in done.stdout and "2025" in done.stdout and "60.0" in done.stdout


def test_other_engines_read_the_files_of_all_indicators_as_one_table(data_site: Path) -> None:
    """Spark and Trino read files of one shape as one table, as DuckDB, Polars and Arrow do."""
    every = f"{data_site}/indicator/*/*.parquet"
    files = sorted(data_site.glob("indicator/*/*.parquet"))
    summed = "count(*), count(waarde), sum(teller), min(periode), max(gebied_code)"
    [expected] = duckdb.sql(f"select {summed} from read_parquet('{every}')").fetchall()
    assert expected[0] > expected[1] > 0
    by_arrow = dataset(files, format="parquet").to_table()
    assert duckdb.from_arrow(by_arrow).aggregate(summed).fetchall() == [expected]
    columns = pl.col("waarde").count(), pl.col("teller").sum(), pl.col("periode").min()
    found = pl.scan_parquet(every).select(pl.len(), *columns, pl.col("gebied_code").max()).collect()
    assert found.row(0) == expected
    for file in files:
        names = pl.scan_parquet(file).select("indicator").unique().collect().to_series().to_list()
        assert [name.replace("_", "-") for name in names] == [file.stem]


def test_the_example_of_r(project_root: Path, folder: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("Rscript (R) ontbreekt")
    [code] = examples(project_root, "r")
    done = subprocess.run(
        [rscript, "--vanilla", "-e", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"Breda +2025 60\.05", done.stdout), done.stdout


@pytest.fixture(scope="module")
def office() -> str:
    """LibreOffice; absent: skipped by name, or failed where VB_REQUIRE_OFFICE=1."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("VB_REQUIRE_OFFICE") == "1":
            pytest.fail("soffice (LibreOffice Calc) ontbreekt")
        pytest.skip("soffice (LibreOffice Calc) ontbreekt")
    return found


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of what LibreOffice keeps of its user; it takes long to make one."""
    return (tmp_path_factory.mktemp("libreoffice") / "profiel").as_uri()


def opened(
    office: str, file: Path, folder: Path, profile: str, *options: str
) -> dict[str, list[list[tuple[str, str]]]]:
    """Sheet -> rows of (type, value) as LibreOffice reads a file; empty cells have no type."""
    subprocess.run(
        [
            *(office, f"-env:UserInstallation={profile}", "--headless", *options),
            *("--convert-to", "ods", "--outdir", str(folder), str(file)),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    with ZipFile(folder / f"{file.stem}.ods") as archive:
        tree = ElementTree.fromstring(archive.read("content.xml"))
    return {
        sheet.get(f"{{{TABLE}}}name", ""): [
            [
                (
                    cell.get(f"{{{OFFICE}}}value-type", ""),
                    cell.get(f"{{{OFFICE}}}value") or "".join(cell.itertext()),
                )
                for cell in row
                for _ in range(min(20, int(cell.get(f"{{{TABLE}}}number-columns-repeated", "1"))))
            ]
            for row in sheet.iter(f"{{{TABLE}}}table-row")
        ]
        for sheet in tree.iter(f"{{{TABLE}}}table")
    }


def of_crimes(rows: list[list[tuple[str, str]]]) -> dict[str, tuple[str, str]]:
    """Column -> (type, text) of the row of all crimes in Breda in 2025."""
    names = [text for _, text in rows[0]]
    found = [dict(zip(names, row, strict=False)) for row in rows[1:]]
    return next(
        row
        for row in found
        if row.get("gebied_code", ("", ""))[1] == "GM0758"
        and row["indicator"][1] == "misdrijven"
        and row["periode"][1] == "2025"
    )


def test_an_office_program_opens_the_workbook(
    office: str, profile: str, data_site: Path, tmp_path: Path
) -> None:
    sheets = opened(office, data_site / "data/bestanden/gemeente/gm0758.xlsx", tmp_path, profile)
    assert list(sheets) == ["Lees mij", "Indicatoren", "Cijfers"]
    row = of_crimes(sheets["Cijfers"])
    assert {row[name][0] for name in ("teller", "noemer", "waarde", "onder", "boven")} == {"float"}
    assert {row[name][0] for name in ("gebied_code", "periode", "indicator", "status")} == {"string"}
    assert row["teller"][1] == "11295"


def test_an_office_program_opens_the_dutch_csv(
    office: str, profile: str, data_site: Path, tmp_path: Path
) -> None:
    file = data_site / "data/bestanden/gemeente/gm0758-excel.csv"
    sheets = opened(office, file, tmp_path, profile, f"--infilter={SEMICOLONS_IN_DUTCH}")
    row = of_crimes(sheets[file.stem])
    assert {row[name][0] for name in ("teller", "noemer", "waarde", "onder", "boven")} == {"float"}
    assert {row[name][0] for name in ("gebied_code", "gebied_naam", "indicator", "status")} == {"string"}
    assert float(row["waarde"][1]) == pytest.approx(60.0549)
