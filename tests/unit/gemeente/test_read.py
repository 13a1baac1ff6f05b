"""Files of gemeenten, hostile ones included. Every file here is invented."""

import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.gemeente.areas import Areas, CodedArea
from pipeline.gemeente.draft import draft, slug
from pipeline.gemeente.read import read
from pipeline.gemeente.rows import ReadError
from pipeline.gemeente.shape import Form
from pipeline.gemeente.sniff import sniff
from pipeline.model import ModelError
from tests.unit.gemeente.example import AREAS, BY_NAME, BY_YEAR, CSV, TOP, define, indicator


def rows(path: Path, form: Form) -> tuple[tuple[str, ...], list[tuple[int, tuple[str | None, ...]]]]:
    table = read(path, form)
    return table.columns, [(row.line, row.cells) for row in table.rows]


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(
        'Titel\r\n\r\nNaam;Tekst\r\nA;"twee\r\nregels"\r\n\r\nB;\r\nvoet\r\n'.encode("windows-1252")
    )
    form = Form("csv", encoding="windows-1252", delimiter=";", skip=2)
    assert rows(file, form) == (
        ("Naam", "Tekst"),
        [(4, ("A", "twee\r\nregels")), (7, ("B", None)), (8, ("voet", None))],
    )


def workbook(path: Path, *lines: list[object], title: str = "Blad1") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def test_a_spreadsheet_gives_dates_numbers_and_no_formula(tmp_path: Path) -> None:

    file = workbook(
        tmp_path / "a.xlsx",
        ["Buurt", "Datum", "Aantal", "Uitkomst"],
        ["Dorp", date(2023, 4, 1), 5.0, '=HYPERLINK("https://elders.example", 1+1)'],
    )
    # A formula that was never calculated has no value; it is not calculated here either.
    assert rows(file, Form("xlsx")) == (
        ("Buurt", "Datum", "Aantal", "Uitkomst"),
        [(2, ("Dorp", "2023-04-01", "5", None))],
    )


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", ["Buurt"], ["Dorp"], title="Cijfers")
    with pytest.raises(ReadError, match="werkblad 'Blad2' bestaat niet; er is: Cijfers"):
        rows(file, Form("xlsx", sheet="Blad2"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = workbook(tmp_path / "bom.xlsx", ["Buurt"], ["Dorp"])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 60_000_000)
    assert file.stat().st_size < 200_000
    with pytest.raises(ReadError, match=r"xl/worksheets/sheet9\.xml pakt uit tot 60000000 bytes"):
        rows(file, Form("xlsx"))


def test_a_spreadsheet_with_its_own_entities_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>')
    with pytest.raises(ReadError, match=r"xl/workbook\.xml heeft een DOCTYPE"):
        rows(file, Form("xlsx"))


BROKEN = [
    ("no spreadsheet", "xlsx", b"PK\x03\x04kapot", "geen werkblad"),
    ("other encoding", "csv", "Buurt,A\nChâteau,1\n".encode("windows-1252"), r"regel 2: 'Château,1' past niet bij utf-8; probeer"),
    ("other delimiter", "csv", b"Buurt;A\nDorp;1\n", r"regel 1 heeft één kolom, 'Buurt;A'; delimiter is ',', bedoel je ';'"),
    ("column twice", "csv", b"A,B,A\n1,2,3\n", "regel 1: kolom A staat er twee keer"),
    ("too many cells", "csv", b"A,B\n1,2\n1,2,3\n", "regel 3 heeft 3 cellen, de kop 2; te veel is '3'"),
    ("empty", "csv", b"", "het bestand is leeg"),
    ("endless cell", "csv", b'A,B\n"' + b"x" * 200_000, "regel 2: een cel is te lang"),
    ("no JSON", "json", b"{", "geen geldige JSON"),
    ("deep JSON", "json", b"[" * 100_000, "geen geldige JSON"),
    ("no features", "geojson", b'{"error": {}}', "'features' staat er niet in; er is: error"),
    ("no list", "json", b'{"a": 1}', "geen lijst met rijen; kies met records uit: a"),
    ("no rows", "ods2", b"[]", "de lijst is leeg"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "content", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_what_cannot_be_read_says_where(tmp_path: Path, kind: str, content: bytes, says: str) -> None:
    file = tmp_path / f"a.{kind}"
    file.write_bytes(content)
    with pytest.raises(ReadError, match=says):
        rows(file, Form(kind))  # type: ignore[arg-type]


POINT = {"type": "Point", "coordinates": [4.005, 52.005]}
SHAPES = [
    ("geojson", {"type": "FeatureCollection", "features": [{"properties": {"soort": "a"}, "geometry": POINT}]}, "geometry.x"),
    ("arcgis", {"features": [{"attributes": {"soort": "a"}, "geometry": {"x": 4.005, "y": 52.005}}]}, "geometry.x"),
    ("ods2", [{"soort": "a", "geo_point_2d": {"lon": 4.005, "lat": 52.005}}], "geo_point_2d.lon"),
    ("dso", {"_embedded": {"meldingen": [{"soort": "a", "plek": POINT}]}}, "plek.x"),
    ("json", [{"soort": "a", "plek": {"x": 4.005}}], "plek.x"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content", "column"), SHAPES, ids=[shape[0] for shape in SHAPES])
def test_services_become_rows_and_are_recognised(
    tmp_path: Path, kind: str, content: object, column: str
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert sniff(file).form.kind == kind
    columns, found = rows(file, Form(kind))  # type: ignore[arg-type]
    assert found[0][0] == 1
    cells = dict(zip(columns, found[0][1], strict=True))
    assert (cells["soort"], cells[column]) == ("a", "4.005")


# ---- definitions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('frequency = "elk jaar"', 'frequentie = "elk jaar"'), "frequency ontbreekt in dit bestand"),
        (("licence =", 'vorm = "a"\nlicence ='), "onbekend in dit bestand: vorm; toegestaan: citation, complete"),
        (('form = "naam"', 'form = "postcode"'), "gebied.form is 'postcode'; toegestaan: code, naam, lokaal"),
        (('"GM0001"', '"Stad"'), "gemeente is 'Stad'; verwacht een code als GM0758"),
        (('kind = "csv"', 'kind = "pdf"'), "kind is 'pdf'; toegestaan: csv, json"),
        (('kind = "csv"', 'kind = "csv"\nencoding = "latijn"'), "encoding 'latijn' bestaat niet"),
        (('theme = "jeugd"', 'theme = "jeugd"\nmeasure = "gemeente"'), "onbekend in dit bestand: indicator 1: measure"),
        (('kind = "csv"', 'kind = "csv"\nurl = "ftp://stad.example/a"'), "url is 'ftp://stad.example/a'; verwacht https"),
        (('kind = "csv"', 'kind = "csv"\nfile = "../../etc/passwd"'), "moet binnen het project staan"),
        (('niveau = ["buurt"]', 'mapping = "weg.csv"'), "weg.csv bestaat niet"),
        (('kind = "csv"', "kind = csv"), "geen geldige TOML"),
    ],
)  # fmt: skip
def test_a_definition_that_is_wrong_names_file_key_and_choices(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    text = "\n".join((TOP, CSV, BY_NAME, BY_YEAR, indicator()))
    assert change[0] in text
    with pytest.raises(ModelError, match=says) as error:
        define(tmp_path, text.replace(*change))
    assert "stad_meldingen.toml" in str(error.value)


# ---- drafts -------------------------------------------------------------------------------------


def test_a_draft_cannot_be_steered_by_what_a_file_says(tmp_path: Path) -> None:
    """Names of columns end up in strings and comments; they end neither."""
    evil = 'Aantal"\\u0022]'
    file = tmp_path / "m.csv"
    file.write_text(
        f'Buurt;Jaar;"{evil.replace(chr(34), chr(34) * 2)}"\nDorp;2023;5\nChâteau;2023;6\n', encoding="utf-8"
    )
    made = draft(file, [AREAS], source="m.csv", is_url=False)
    assert define(tmp_path, made.toml).indicators[0].column == evil


def test_report_level_points_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "overlast.json"
    reports = [
        {"onderwerp": f"nr {i}", "aangemaakt": f"2023-0{i}-01", "geo_point_2d": {"lon": 4.0, "lat": 52.0}}
        for i in range(1, 9)
    ]
    file.write_text(json.dumps(reports), encoding="utf-8")
    made = draft(file, [AREAS], source="https://stad.example/api/explore/v2.1/x", is_url=True)
    found = define(tmp_path, made.toml)
    assert (found.form.kind, found.gebied.form, found.gebied.x) == ("ods2", "coordinaten", "geo_point_2d.lon")
    assert (found.periode.form, found.indicators[0].aggregate) == ("datum", "aantal")


def test_no_area_anywhere_is_said(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("Straat;Jaar\nDorpsstraat 1;2023\n", encoding="utf-8")
    with pytest.raises(ReadError, match="geen kolom met gebieden van Stad en geen coördinaten"):
        draft(file, [AREAS], source="m.csv", is_url=False)


@pytest.mark.parametrize(
    ("text", "name"), [("'s-Gravenhage", "s_gravenhage"), ("2023 cijfers", "n_2023_cijfers"), ("!", "")]
)
def test_names_of_files_are_plain(text: str, name: str) -> None:
    assert slug(text) == name


# ---- what a draft asks ----------------------------------------------------------------------------

ASKED = [
    ("two-digit years", "Buurt;Maand;Aantal\nKade-Zuid;jan-24;5\n", "periode.century is leeg: in welke eeuw"),
    ("shares", "Buurt;Jaar;Aandeel\nKade-Zuid;2023;0,25\nChâteau;2023;0,5\n", "indicator 1: factor is leeg: de waarden liggen tussen 0 en 1"),
    ("no year", "Buurt;Aantal\nKade-Zuid;5\nChâteau;6\n", "periode.fixed is leeg: over welk jaar of welke maand"),
    ("twins only", "Buurt;Jaar;Aantal\nDorp;2023;5\n", "gebied.niveau is leeg: zijn dit wijken of buurten"),
    ("versions", "Buurt;Jaar;Enquête;Score\n" + "".join(f"Kade-Zuid;{year};{'oud' if year < 2020 else 'nieuw'};7,5\n" for year in range(2014, 2026)), "filters.Enquête is leeg: welke rijen doen mee"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asks"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_what_a_file_does_not_tell_is_asked(tmp_path: Path, text: str, asks: str) -> None:
    file = tmp_path / "m.csv"
    file.write_text(text, encoding="utf-8")
    made = draft(file, [AREAS], source="m.csv", is_url=False)
    with pytest.raises(ModelError, match=r"stad_meldingen\.toml: nog 1 vraag open") as error:
        define(tmp_path, made.toml)
    assert asks in str(error.value)


OTHER = Areas("GM0002", "Ander", (CodedArea("BU00020001", "Château"), CodedArea("GM0002", "Ander")))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Buurt;Jaar;Aantal\nChâteau;2023;5\n", "passen bij meer dan één gemeente (Stad, Ander); kies met --gemeente"),
        ("Buurt;Jaar;Aantal\nBU00010001;2023;5\nBU00010002;2023;5\nBU00020001;2023;5\n", "kolom 'Buurt' gaat over meer gemeenten (Stad, Ander)"),
        ("Gemeente;Buurt;Jaar;Aantal\nStad;Kade-Zuid;2023;5\nAnder;Château;2023;5\n", "kolom 'Gemeente' gaat over meer gemeenten (Stad, Ander)"),
    ],
)  # fmt: skip
def test_of_several_gemeenten_the_maker_chooses(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "m.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError) as error:
        draft(file, [AREAS, OTHER], source="m.csv", is_url=False)
    assert says in str(error.value)
    assert define(tmp_path, draft(file, [OTHER], source="m.csv", is_url=False).toml).gemeente == "GM0002"


def test_of_two_columns_with_years_the_maker_chooses(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        "Buurt;Meetjaar;Teljaar;Aantal\nKade-Zuid;2022;2023;5\nChâteau;2022;2023;6\n", encoding="utf-8"
    )
    made = draft(file, [AREAS], source="m.csv", is_url=False)
    with pytest.raises(ModelError, match=r"periode\.column is leeg: welke kolom zegt over welke periode"):
        define(tmp_path, made.toml)
    file.write_text(
        "Buurt;Jaar;Publicatiejaar;Aantal\nKade-Zuid;2022;2023;5\nChâteau;2022;2023;6\n", encoding="utf-8"
    )
    found = define(tmp_path, draft(file, [AREAS], source="m.csv", is_url=False).toml)
    assert (found.periode.column, [one.column for one in found.indicators]) == ("Jaar", ["Aantal"])


@pytest.mark.parametrize(
    ("names", "column"),
    [
        ("jan;feb;mrt", "Jaar"),
        ("2024 Q1;2024 Q2;2024 Q3", ""),
        ("1e kwartaal;2e kwartaal;3e kwartaal", "Jaar"),
    ],
)
def test_a_column_for_each_part_of_a_year_beside_the_year(tmp_path: Path, names: str, column: str) -> None:
    file = tmp_path / "m.csv"
    text = f"Buurt;Jaar;{names}\nKade-Zuid;2024;1;2;3\nChâteau;2024;4;5;6\n"
    file.write_text(text, encoding="utf-8")
    found = define(tmp_path, draft(file, [AREAS], source="m.csv", is_url=False).toml)
    assert (found.periode.form, found.periode.column) == ("kolommen", column)
    assert list(found.indicators[0].columns) == names.split(";")


def test_a_year_beside_columns_of_another_year_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("Buurt;Jaar;2024 Q1;2024 Q2\nDorp;2023;1;2\nDorp;2024;4;5\n", encoding="utf-8")
    with pytest.raises(ReadError, match="kolom 'Jaar' zegt 2023, 2024, en kolommen als '2024 Q1'"):
        draft(file, [AREAS], source="m.csv", is_url=False)


def test_reports_of_this_year_are_asked_until_when(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("lon;lat;datum\n" + "4.005;52.005;2025-02-14\n" * 3, encoding="utf-8")
    made = draft(file, [AREAS], source="m.csv", is_url=False, today=date(2025, 3, 1))
    with pytest.raises(ModelError, match=r"periode\.until is leeg: tot en met welke dag"):
        define(tmp_path, made.toml)
    later = draft(file, [AREAS], source="m.csv", is_url=False, today=date(2026, 3, 1))
    assert define(tmp_path, later.toml).periode.until == "2025-12-31"


def test_every_column_of_figures_is_offered_or_named(tmp_path: Path) -> None:
    names = [f"Aantal {letter}" for letter in "abcdefghijkl"]
    header = ";".join(["Buurt", "Jaar", "Maand", "Huisnummer", "Wijknr", *names])
    file = tmp_path / "m.csv"
    file.write_text(f"{header}\nKade-Zuid;2023;1;12;3;" + ";".join("5" * 12) + "\n", encoding="utf-8")
    made = draft(file, [AREAS], source="m.csv", is_url=False)
    assert [one.column for one in define(tmp_path, made.toml).indicators] == names
    assert "nummers of codes, geen cijfers: Maand, Huisnummer, Wijknr" in made.reasons


OTHERS = [
    (b"<!DOCTYPE html><html><body>Download</body></html>", "dit is een webpagina"),
    (b"%PDF-1.7", "dit is een PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "een oud Excel-bestand"),
]


@pytest.mark.parametrize(("content", "says"), OTHERS)
def test_a_file_of_another_kind_says_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes(content)
    with pytest.raises(ReadError, match=f"m.csv: .*{says}"):
        sniff(file)
    with pytest.raises(ReadError, match=f"m.csv: .*{says}"):
        rows(file, Form("csv"))


def test_lists_within_a_list_have_their_names_first(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('[["Buurt", "Jaar", ""], ["Dorp", 2023, 5], ["Dorp", 2024]]', encoding="utf-8")
    assert rows(file, Form("json")) == (
        ("Buurt", "Jaar", "kolom 3"),
        [(1, ("Dorp", "2023", "5")), (2, ("Dorp", "2024", None))],
    )
