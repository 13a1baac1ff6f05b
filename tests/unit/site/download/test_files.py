import csv
import hashlib
import io
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest

from pipeline.errors import VeiligheidsbeeldError
from pipeline.indicator import file_of
from pipeline.site.description import published as published_module
from pipeline.site.description.documentation import (
    PUBLISHED_COLUMNS,
    STATUS_MEANING,
    load_documentation,
)
from pipeline.site.description.published import read_published
from pipeline.site.download import files as downloads
from pipeline.site.download.gemeente_files import write_gemeenten
from pipeline.site.download.rows import newest, of_gemeenten
from pipeline.site.download.store import Common
from pipeline.site.download.whole_store import write_everything, write_indicators
from pipeline.words.provenance import citation
from tests.unit.site.warehouse import INJECTION, make_warehouse

SITE = "https://example.org/"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with make_warehouse() as connection:
        yield connection


def write_downloads(
    con: duckdb.DuckDBPyConnection, out: Path, *, gemeenten: Sequence[str] = (), site_url: str = ""
) -> list[Path]:
    common = Common.read(con, read_published(con, gemeenten=gemeenten, site_url=site_url))
    parts = [*downloads.parts(common), *downloads.indicator_parts(common)]
    return sorted(path for part in parts for path in part(con, out))


def read_csv(text: str, **options: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), **options))


def zipped(path: Path, member: str) -> str:
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.read(member).decode()


def published(con: duckdb.DuckDBPyConnection, where: str = "true") -> list[tuple[Any, ...]]:
    columns = ", ".join(PUBLISHED_COLUMNS)
    order = "gebied_code, indicator, periode"
    return con.execute(f"select {columns} from mart.cijfer where {where} order by {order}").fetchall()


def test_a_gemeente_has_its_own_areas_and_the_country(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    written = write_downloads(con, tmp_path, gemeenten=["GM0758"])
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        "alles.parquet",
        "gemeente/gm0758-excel.csv",
        "gemeente/gm0758-excel.csv-metadata.json",
        "gemeente/gm0758.csv",
        "gemeente/gm0758.csv-metadata.json",
        "gemeente/gm0758.xlsx",
        "gemeente/gm0758.zip",
        "indicator/misdrijven/misdrijven.csv",
        "indicator/misdrijven/misdrijven.parquet",
        "indicator/misdrijven/misdrijven.zip",
        "indicator/overlast-drugs-alcohol/overlast-drugs-alcohol.csv",
        "indicator/overlast-drugs-alcohol/overlast-drugs-alcohol.parquet",
        "indicator/overlast-drugs-alcohol/overlast-drugs-alcohol.zip",
    ]
    rows = read_csv(zipped(tmp_path / "gemeente" / "gm0758.zip", "gm0758-alle-jaren.csv"))
    assert list(rows[0]) == list(PUBLISHED_COLUMNS)
    assert [row["gebied_code"] for row in rows] == sorted(row["gebied_code"] for row in rows)
    assert {row["gebied_code"] for row in rows} == {
        "BU07580006",
        "BU07589991",
        "BU07589992",
        "GM0758",
        "NL00",
        "WK075800",
    }


@pytest.mark.parametrize(
    ("archive", "member", "where"),
    [
        ("gemeente/gm0758.zip", "gm0758-alle-jaren.csv", "gebied_code != 'GM9901'"),
        (
            "indicator/overlast-drugs-alcohol/overlast-drugs-alcohol.zip",
            "overlast-drugs-alcohol.csv",
            "indicator != 'misdrijven'",
        ),
    ],
)
def test_csv_read_back_equals_the_warehouse(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, archive: str, member: str, where: str
) -> None:
    write_downloads(con, tmp_path)
    text = zipped(tmp_path / archive, member)
    back = [tuple(row.values()) for row in read_csv(text)]
    expected = [
        tuple("" if value is None else str(value) for value in row)
        for row in published(con, where)
        if row[1] != INJECTION
    ]
    assert [row for row in back if INJECTION not in row[1]] == expected
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])  # RFC 4180
    city = next(row for row in read_csv(text) if row["gebied_code"] == "BU07580006")
    assert (city["teller"], city["noemer"], city["waarde"]) == ("109", "2560", "42.578125")


def test_the_zip_of_an_indicator_has_all_years_of_gemeenten_and_the_newest_of_buurten(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("create temp table samen as from mart.cijfer")
    con.execute(
        "insert into samen select * replace ('2021' as periode) from mart.cijfer"
        " where indicator = 'overlast_drugs_alcohol'"
    )
    con.execute("delete from mart.cijfer")
    con.execute("insert into mart.cijfer from samen order by gebied_code, indicator, periode")
    write_downloads(con, tmp_path)
    path = file_of("overlast_drugs_alcohol", ".zip")
    with ZipFile(tmp_path / path) as archive:
        guide, package = (archive.read(name).decode() for name in ("lees-mij.txt", "datapackage.json"))
    rows = read_csv(zipped(tmp_path / path, "overlast-drugs-alcohol.csv"))
    assert [(row["gebied_code"], row["periode"]) for row in rows] == [
        ("BU07580006", "2022"),
        ("BU07589992", "2022"),
        ("GM0758", "2021"),
        ("GM0758", "2022"),
        ("GM9901", "2021"),
        ("GM9901", "2022"),
        ("WK075800", "2022"),
    ]
    told = "alle jaren van gemeenten, nieuwste van wijken en buurten"
    (resource,) = json.loads(package)["resources"]
    assert told in guide.splitlines()[0] and told in resource["title"] and resource["rows"] == len(rows)
    parquet = str(tmp_path / file_of("overlast_drugs_alcohol", ".parquet"))
    assert con.execute("select * from read_parquet(?)", [parquet]).fetchall() == published(
        con, "indicator = 'overlast_drugs_alcohol'"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_starts_like_a_formula_is_disarmed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, start: str
) -> None:
    name = f'{start}1+1;"a",b'
    con.execute("update mart.cijfer set gebied_naam = ? where gebied_code = 'BU07580006'", [name])
    write_downloads(con, tmp_path)
    for file, options, encoding in (
        ("gm0758.csv", {}, "utf-8"),
        ("gm0758-excel.csv", {"delimiter": ";"}, "utf-8-sig"),
    ):
        rows = read_csv((tmp_path / "gemeente" / file).read_bytes().decode(encoding), **options)
        (city,) = [row for row in rows if row["gebied_code"] == "BU07580006"]
        assert city["gebied_naam"] == f"'{name}"


def test_codes_and_negative_numbers_are_never_altered(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    # synthetic: no figure of the example is below zero
    con.execute("update mart.cijfer set onder = -0.00001 where gebied_code = 'BU07580006'")
    write_downloads(con, tmp_path)
    (city,) = [
        row
        for row in read_csv((tmp_path / "gemeente" / "gm0758.csv").read_bytes().decode())
        if row["gebied_code"] == "BU07580006"
    ]
    assert float(city["onder"]) == -0.00001


def test_the_dutch_excel_csv_has_semicolons_decimal_commas_and_a_mark(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_downloads(con, tmp_path)
    raw = (tmp_path / "gemeente" / "gm0758-excel.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfgebied_code;gebied_naam;")
    city = read_csv(raw.decode("utf-8-sig"), delimiter=";")[0]
    assert (city["gebied_code"], city["waarde"], city["vintage"]) == (
        "BU07580006",
        "42,578125",
        "2026-01-15; inwoners 2020",
    )


def test_the_workbook_keeps_codes_as_text_and_numbers_as_numbers(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_downloads(con, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "gemeente" / "gm0758.xlsx")
    assert book.sheetnames == ["Lees mij", "Indicatoren", "Cijfers"]
    sheet = book["Cijfers"]
    assert sheet.freeze_panes == "C2"
    assert (sheet.auto_filter.ref, sheet.dimensions) == ("A1:Q9", "A1:Q9")
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header] == list(PUBLISHED_COLUMNS)
    by_name = [{name: cell for name, cell in zip(PUBLISHED_COLUMNS, row, strict=True)} for row in rows]
    assert {row["gebied_code"].data_type for row in by_name} == {"s"}
    assert {row["periode"].data_type for row in by_name} == {"s"}
    city = next(row for row in by_name if row["gebied_code"].value == "BU07580006")
    assert (city["teller"].value, city["teller"].data_type, city["waarde"].value) == (109, "n", 42.578125)
    formula = next(row for row in by_name if row["gebied_code"].value == "BU07589991")["gebied_naam"]
    assert (formula.value, formula.data_type) == (INJECTION, "s")
    empty = next(row for row in by_name if row["gebied_code"].value == "BU07589991")
    assert empty["teller"].value is None
    assert empty["status"].value == "ontbreekt"


def test_the_workbook_holds_names_as_they_are(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    name = (
        " <b>Kom & Co</b>\x0b "  # synthetic: spaces outside, markup, and a character that no sheet can hold
    )
    con.execute("update mart.cijfer set gebied_naam = ? where gebied_code = 'BU07580006'", [name])
    con.execute("update core.gebied set gebied_naam = 'Breda <&> Ginneken' where gebied_code = 'GM0758'")
    write_downloads(con, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "gemeente" / "gm0758.xlsx")
    found = {row[0]: row[1] for row in book["Cijfers"].values}
    assert found["BU07580006"] == name.replace("\x0b", "")
    assert found["WK075800"] == "Breda Centrum"
    assert book["Lees mij"]["A1"].value == "Cijfers over Breda <&> Ginneken en Nederland"


def test_the_front_sheet_explains_the_figures(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_downloads(con, tmp_path, site_url=SITE)
    sheet = openpyxl.load_workbook(tmp_path / "gemeente" / "gm0758.xlsx")["Lees mij"]
    words = {str(row[0]): row[1] for row in sheet.iter_rows(values_only=True) if row[1]}
    assert "Politie (47018NED, stand 15 januari 2026" in words["Zo noem je de bron"]
    assert SITE in words["Zo noem je de bron"]
    assert words["geregistreerd"] == "Alleen wat de politie weet."
    assert set(STATUS_MEANING) < set(words)
    assert set(PUBLISHED_COLUMNS) - {"status"} < set(words)
    assert "licentie: CC BY 4.0" in words["85984NED"]


def test_the_csv_has_the_newest_figure_of_every_series_and_the_zip_every_period(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_downloads(con, tmp_path)
    newest = read_csv((tmp_path / "gemeente" / "gm0758.csv").read_bytes().decode())
    every = read_csv(zipped(tmp_path / "gemeente" / "gm0758.zip", "gm0758-alle-jaren.csv"))
    for rows, periods in ((newest, ["2025"]), (every, ["2012", "2025"])):
        found = [
            row["periode"]
            for row in rows
            if (row["gebied_code"], row["indicator"]) == ("GM0758", "misdrijven")
        ]
        assert found == periods
    # A series without any figure has no newest one; all periods say that it is not there.
    assert "ontbreekt" not in {row["status"] for row in newest}
    assert [row["gebied_code"] for row in every if row["status"] == "ontbreekt"] == ["BU07589991"]
    guide = zipped(tmp_path / "gemeente" / "gm0758.zip", "lees-mij.txt")
    assert guide.startswith("Cijfers over Breda en Nederland, alle jaren\n=====")
    dutch = (tmp_path / "gemeente" / "gm0758-excel.csv").read_bytes().decode("utf-8-sig")
    assert [row["gebied_code"] for row in read_csv(dutch, delimiter=";")] == [
        row["gebied_code"] for row in newest
    ]


def test_months_have_a_newest_figure_where_there_are_no_years(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(  # synthetic: figures of a month
        """
        insert into mart.cijfer by name
        select m.* replace (k.month as periode, k.indicator as indicator, k.waarde as waarde, k.teller as teller)
        from mart.cijfer as m, (values
            ('misdrijven', '2026-01', 9.0, 9), ('vm_melding', '2025-11', 7.0, null),
            ('vm_melding', '2025-10', 5.0, null),
            ('vm_melding', '2025-12', null, 3), ('vm_melding', '2026-01', null, null),
            ('vm_melding', '2025', null, null)
        ) as k(indicator, month, waarde, teller)
        where m.gebied_code = 'GM0758' and m.periode = '2025'
        """
    )
    found = con.execute(
        f"select indicator, periode from {newest(of_gemeenten(['GM0758']))} where gebied_code = 'GM0758'"
    ).fetchall()
    assert sorted(found) == [
        ("misdrijven", "2025"),  # a year goes before a month
        ("overlast_drugs_alcohol", "2022"),
        ("vm_melding", "2025-11"),  # a rate before a bare count
    ]


def test_of_few_gemeenten_the_workbook_has_every_period(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_downloads(con, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "gemeente" / "gm0758.xlsx")
    assert [row[5] for row in book["Cijfers"].values if row[0] == "GM0758" and row[4] == "misdrijven"] == [
        "2012",
        "2025",
    ]
    assert book["Lees mij"]["B2"].value == "Het blad Cijfers heeft alle jaren die de bron geeft."


def test_of_many_gemeenten_the_workbook_has_the_newest_figures(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_module, "FULL_EXCEL_GEMEENTEN", 1)
    written = write_downloads(con, tmp_path)
    assert [path.name for path in written if path.parent.name == "gemeente"] == [
        f"{code}{end}"
        for code in ("gm0758", "gm9901")
        for end in (".csv", ".csv-metadata.json", ".xlsx", ".zip")
    ]
    book = openpyxl.load_workbook(tmp_path / "gemeente" / "gm0758.xlsx")
    in_book = [tuple(row) for row in book["Cijfers"].values]
    assert [row[5] for row in in_book if row[0] == "GM0758" and row[4] == "misdrijven"] == ["2025"]
    plain = read_csv((tmp_path / "gemeente" / "gm0758.csv").read_bytes().decode())
    assert [row[0] for row in in_book[1:]] == [row["gebied_code"] for row in plain]
    assert "In het ZIP-bestand staan alle jaren" in str(book["Lees mij"]["B2"].value)
    assert book["Lees mij"]["A1"].value == "Cijfers over Breda en Nederland"


def test_parts_of_the_gemeenten_and_indicators_give_the_same_files(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    whole = write_downloads(con, tmp_path / "heel")
    apart, common = tmp_path / "delen", Common.read(con, read_published(con))
    for code in ("GM9901", "GM0758"):
        write_gemeenten(con, apart, common=common, gemeenten=[code])
    for indicator in common.published.extents:
        write_indicators(con, apart, common=common, indicators=[indicator])
    write_everything(con, apart, common=common)
    for path in whole:
        part = apart / path.relative_to(tmp_path / "heel")
        if path.suffix == ".parquet":  # how pages are encoded depends on which rows were taken together
            figures = [con.execute("from read_parquet(?)", [str(one)]).fetchall() for one in (part, path)]
            assert figures[0] == figures[1]
        else:
            assert part.read_bytes() == path.read_bytes()


def test_parquet_holds_the_same_rows_types_and_its_own_citation(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_downloads(con, tmp_path, site_url=SITE)
    path = str(tmp_path / "alles.parquet")
    assert con.execute("select * from read_parquet(?)", [path]).fetchall() == published(con)
    types = dict(row[:2] for row in con.execute("describe select * from read_parquet(?)", [path]).fetchall())
    assert (types["teller"], types["waarde"], types["gebied_code"]) == ("BIGINT", "DOUBLE", "VARCHAR")
    found = con.execute("select decode(key), decode(value) from parquet_kv_metadata(?)", [path]).fetchall()
    metadata: dict[str, str] = dict(found)
    assert SITE in metadata["citaat"]
    assert metadata["licentie"] == "Politie: niet vermeld; CBS: CC BY 4.0"
    one = str(tmp_path / file_of("misdrijven", ".parquet"))
    assert con.execute("select * from read_parquet(?)", [one]).fetchall() == published(
        con, "indicator = 'misdrijven'"
    )


def test_a_zip_carries_its_reading_guide(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_downloads(con, tmp_path)
    with ZipFile(tmp_path / file_of("overlast_drugs_alcohol", ".zip")) as archive:
        assert archive.namelist() == ["lees-mij.txt", "datapackage.json", "overlast-drugs-alcohol.csv"]
        guide = " ".join(archive.read("lees-mij.txt").decode().split())
    for words in (
        "Keren dat de politie overlast noteert.",
        "klein_aantal: Kleine aantallen schommelen door toeval.",
        "47024NED",
        "84799NED",
        *(f"{column}: Wat in" for column in PUBLISHED_COLUMNS),
        *STATUS_MEANING.values(),
    ):
        assert words in guide
    assert "47018NED" not in guide  # another indicator's table


def test_the_same_warehouse_gives_the_same_bytes(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    digests = []
    for name in ("eerst", "daarna"):
        written = write_downloads(con, tmp_path / name)
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in written])
        time.sleep(2.1)  # a zip counts in steps of two seconds
    assert digests[0] == digests[1]


def test_citation_names_title_publishers_tables_vintages_and_place(con: duckdb.DuckDBPyConnection) -> None:
    sources = load_documentation(con).sources_of(["overlast_drugs_alcohol"])
    assert citation("Overlast", sources, site_url=SITE) == (
        "Veiligheidsbeeld, Overlast, bewerking van Politie (47024NED, stand 15 januari 2026)"
        " en CBS (84799NED, stand 26 maart 2021), geraadpleegd via https://example.org/."
    )
    assert citation("Overlast", ()) == "Veiligheidsbeeld, Overlast."


def test_figures_in_another_order_are_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("insert into mart.cijfer select * from mart.cijfer where gebied_code = 'BU07580006'")
    with pytest.raises(VeiligheidsbeeldError, match="BU07580006"):
        write_downloads(con, tmp_path)


def test_an_indicator_without_documentation_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("delete from contract.indicator where indicator = 'misdrijven'")
    with pytest.raises(VeiligheidsbeeldError, match="misdrijven"):
        write_downloads(con, tmp_path)


def test_an_unknown_gemeente_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(VeiligheidsbeeldError, match="GM0001"):
        write_downloads(con, tmp_path, gemeenten=["GM0001"])


def test_figures_without_documentation_are_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("comment on column mart.cijfer.waarde is null")
    with pytest.raises(VeiligheidsbeeldError, match="waarde"):
        write_downloads(con, tmp_path)


def test_a_caveat_without_text_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("delete from reference.voorbehouden where voorbehoud = 'klein_aantal'")
    with pytest.raises(VeiligheidsbeeldError, match="klein_aantal"):
        write_downloads(con, tmp_path)


def test_a_table_that_no_snapshot_has_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("delete from contract.snapshot where tabel = '47024NED'")
    with pytest.raises(VeiligheidsbeeldError, match="47024NED"):
        write_downloads(con, tmp_path)
