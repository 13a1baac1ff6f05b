"""Two releases beside each other: what happened to each figure, exactly, and what cannot be compared."""

import csv
import zipfile
from pathlib import Path

import duckdb
import pytest

from pipeline import cli
from pipeline.site.download.difference import EVERYTHING, HEADER, KINDS, DifferenceError, write_difference

COLUMNS = (
    "gebied_code", "indicator", "periode", "teller", "noemer", "waarde", "onder", "boven", "status",
)  # fmt: skip
UNIT = "per 1.000 inwoners"

KEPT = ("GM0758", "inbraak", "2023", 100, 1000, 100.1, 90.0, 110.0, "ok")
OLD = (
    KEPT,
    ("GM0758", "inbraak", "2024", 120, 1000, 120.3, 100.0, 140.0, "voorlopig"),
    ("NL00", "inbraak", "2023", 7, 10, 0.7, 0.5, 0.9, "ok"),
    ("NL00", "inbraak", "2024", 7, 10, 0.7, 0.5, 0.9, "ok"),
    ("WK075801", "inbraak", "2023", 0, 10, 0.0, 0.0, 0.4, "ok"),
)
NEW = (
    KEPT,
    ("BU07580101", "inbraak", "2024", None, None, None, None, None, "ontbreekt"),
    ("GM0758", "inbraak", "2024", 121, 1000, 121.0, 101.0, 141.0, "ok"),
    ("NL00", "inbraak", "2023", 8, 10, 0.8, 0.5, 0.9, "ok"),
    ("NL00", "inbraak", "2024", 7, 10, 0.7, 0.4, 0.9, "ok"),
)


def written(
    path: Path, rows: tuple[tuple[object, ...], ...], *, name: str = "Breda", unit: str = UNIT
) -> Path:
    with duckdb.connect() as con:
        con.execute(
            "create table rijen (gebied_code varchar, indicator varchar, periode varchar, teller bigint,"
            " noemer bigint, waarde double, onder double, boven double, status varchar)"
        )
        con.executemany(f"insert into rijen values ({', '.join('?' * len(COLUMNS))})", rows)
        form = "parquet" if path.suffix == ".parquet" else "csv, header"
        con.execute(
            f"copy (select *, '{name}' as gebied_naam, 'gemeente' as gebied_niveau, '{unit}' as eenheid,"
            f" 2024 as indeling_jaar, '2026-01-15' as vintage from rijen) to '{path}' (format {form})"
        )
    return path


def compared(old: Path, new: Path, out: Path) -> list[dict[str, str]]:
    counts = write_difference(old, new, out=out)
    with out.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert {kind: sum(row["soort_wijziging"] == kind for row in rows) for kind in KINDS} == counts
    return rows


def cells(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(row[name] for name in names)


def test_each_figure_says_what_happened_with_both_values(tmp_path: Path) -> None:
    old, new = written(tmp_path / "oud.parquet", OLD), written(tmp_path / "nieuw.parquet", NEW)
    rows = compared(old, new, tmp_path / "uit" / "verschil.csv")
    assert [cells(row, "soort_wijziging", "gebied_code", "periode") for row in rows] == [
        ("erbij", "BU07580101", "2024"),
        ("status", "GM0758", "2024"),
        ("herzien", "NL00", "2023"),
        ("marge", "NL00", "2024"),
        ("weg", "WK075801", "2023"),
    ]
    came, status, restated, margin, gone = rows
    assert cells(came, "status_oud", "status_nieuw", "teller_nieuw") == ("", "ontbreekt", "")
    assert cells(status, "status_oud", "status_nieuw", "teller_verschil", "waarde_verschil") == (
        "voorlopig", "ok", "1", "0.7",
    )  # fmt: skip
    assert cells(restated, "teller_oud", "teller_nieuw", "teller_verschil", "noemer_verschil") == (
        "7", "8", "1", "0",
    )  # fmt: skip
    assert cells(restated, "waarde_oud", "waarde_nieuw", "waarde_verschil") == ("0.7", "0.8", "0.1")
    assert cells(margin, "onder_oud", "onder_nieuw", "waarde_verschil") == ("0.5", "0.4", "0.0")
    assert cells(gone, "teller_oud", "teller_nieuw", "teller_verschil") == ("0", "", ""), "gone is not zero"


def test_another_unit_has_no_difference_of_values(tmp_path: Path) -> None:
    old = written(tmp_path / "oud.parquet", (KEPT,))
    new = written(tmp_path / "nieuw.parquet", (KEPT,), unit="per 100 huishoudens")
    (row,) = compared(old, new, tmp_path / "verschil.csv")
    assert cells(row, "soort_wijziging", "waarde_verschil", "eenheid_oud") == ("herzien", "", UNIT)


@pytest.mark.parametrize("form", ["map", "site", "csv", "zip"])
def test_a_release_may_be_a_folder_a_site_or_any_file_with_figures(tmp_path: Path, form: str) -> None:
    old = written(tmp_path / "oud.parquet", OLD)
    place = {"map": EVERYTHING, "site": f"data/bestanden/{EVERYTHING}"}.get(form, "rijen.csv")
    new = tmp_path / "nieuw" / place
    new.parent.mkdir(parents=True)
    written(new, OLD, name='=Breda, "stad"')
    given = new if form == "csv" else tmp_path / "nieuw"
    if form == "zip":
        given = tmp_path / "nieuw.zip"
        with zipfile.ZipFile(given, "w") as archive:
            archive.write(new, "rijen.csv")
            archive.writestr("lees-mij.txt", "Lees mij.")
    out = tmp_path / "verschil.csv"
    assert compared(old, given, out) == []
    assert out.read_text(encoding="utf-8") == ",".join(HEADER) + "\n"


def test_a_name_is_no_formula_in_the_difference(tmp_path: Path) -> None:
    old, new = written(tmp_path / "oud.parquet", OLD), written(tmp_path / "nieuw.parquet", NEW, name="=1+1")
    rows = compared(old, new, tmp_path / "verschil.csv")
    assert {row["gebied_naam"] for row in rows} == {"'=1+1", "Breda"}


def test_the_verb_prints_the_difference_and_what_it_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = written(tmp_path / "oud.parquet", OLD), written(tmp_path / "nieuw.parquet", NEW)
    out = tmp_path / "verschil.csv"
    assert cli.main(["verschil", str(old), str(new)]) == cli.FINE
    printed = capsys.readouterr()
    assert printed.err == "verschil: erbij 1, weg 1, status 1, herzien 1, marge 1\n"
    assert cli.main(["verschil", str(old), str(new), "--uit", str(out), "-q"]) == cli.FINE
    assert capsys.readouterr() == ("", "")
    assert out.read_text(encoding="utf-8") == printed.out


OTHER = tuple((code, "overlast", *rest) for code, _, *rest in OLD)
ELSEWHERE = tuple(("GM0344", *rest) for _, *rest in (KEPT,))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((*OLD, KEPT), "twee rijen voor GM0758, inbraak, 2023"),
        (OTHER, "de indicator inbraak, .* de indicator overlast"),
        ((*OLD, *OTHER), "de indicator inbraak, .* 2 indicatoren"),
        (ELSEWHERE, "geen gebied gemeen"),
    ],
)
def test_what_cannot_be_compared_is_said(
    tmp_path: Path, rows: tuple[tuple[object, ...], ...], says: str
) -> None:
    old, new = written(tmp_path / "oud.parquet", OLD), written(tmp_path / "nieuw.parquet", rows)
    with pytest.raises(DifferenceError, match=says):
        write_difference(old, new, out=tmp_path / "verschil.csv")
    assert not (tmp_path / "verschil.csv").exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("weg.parquet", None, "bestaat niet"),
        ("stuk.parquet", b"PAR1", "niet te lezen"),
        ("stuk.zip", b"PK", "geen heel ZIP-bestand"),
        ("ander.csv", b"a,b\r\n1,2\r\n", "geen kolom 'gebied_code'"),
        ("leeg", b"", "niet te lezen"),
    ],
)
def test_a_file_that_is_no_release_is_named(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    old, new = written(tmp_path / "oud.parquet", OLD), tmp_path / name
    if content is not None:
        new.write_bytes(content)
    with pytest.raises(DifferenceError, match=f"{name}.*{says}"):
        write_difference(old, new, out=tmp_path / "verschil.csv")


def test_a_count_that_is_no_number_is_named(tmp_path: Path) -> None:
    old = written(tmp_path / "oud.csv", OLD)
    new = tmp_path / "nieuw.csv"
    new.write_text(old.read_text(encoding="utf-8").replace(",100,", ",veel,"), encoding="utf-8")
    with pytest.raises(DifferenceError, match=r"nieuw.csv: een getal is geen getal.*veel"):
        write_difference(old, new, out=tmp_path / "verschil.csv")


def test_a_release_is_never_overwritten(tmp_path: Path) -> None:
    old, new = written(tmp_path / "oud.csv", OLD), written(tmp_path / "nieuw.parquet", NEW)
    before = old.read_bytes()
    with pytest.raises(DifferenceError, match="--uit"):
        write_difference(old, new, out=old)
    assert old.read_bytes() == before
