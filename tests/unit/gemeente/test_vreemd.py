"""Files as a stranger hands them in, each of a kind of its own: read right, or refused with what to do.

Every figure is invented. Each file goes through draft and test, as a maker would do it.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gemeente.account import Mapped
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.models import explain
from pipeline.gemeente.read import read
from tests.unit.gemeente.breda import breda, code_of, drafted

FILE_DATE = date(2024, 5, 1)
Edits = Sequence[tuple[str, str]]
Found = dict[tuple[str, str, str], float]  # end of the indicator's name, area and period → value


def outcome(folder: Path, name: str, content: str | bytes, edits: Edits = ()) -> Mapped | str:
    """What a file gives, or the words that it is refused with."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        _, definition = drafted(file, folder, *edits)
        found = map_table(definition, read(file, definition.form), breda(), file_date=FILE_DATE)
    except VeiligheidsbeeldError as error:
        return str(error)
    return explain(definition, found) if found.wrong else found


def values(found: Mapped | str) -> Found:
    assert isinstance(found, Mapped), found
    return {
        (one.indicator.removeprefix("breda_proef_"), one.gebied_code, one.periode): float(
            one.waarde if one.aantal is None else one.aantal  # type: ignore[arg-type]
        )
        for one in found.figures
    }


def of(name: str, year: str = "2023", **by_area: float) -> Found:
    return {(name, code_of(area), year): value for area, value in by_area.items()}


def workbook(*sheets: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet(f"Blad{number + 1}")
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(content)
    return content.getvalue()


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return content.getvalue()


def points(*pairs: tuple[float, float]) -> str:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": pair},
            "properties": {"soort": "geluid", "datum": f"2023-05-0{number}"},
        }
        for number, pair in enumerate(pairs, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


ROWS = [["Buurt", "Jaar", "Aantal"], ["City", 2023, 5], ["Station", 2023, 7]]
TWO = of("aantal", City=5, Station=7)
HEADED = "Buurt;Jaar;{}\nCity;2023;{}\nStation;2023;{}\n"
KINDS = "".join(
    f"{buurt};2023;{kind};{count}\n"
    for buurt in ("City", "Station", "Belcrum")
    for kind, count in (("geluid", 5), ("jeugd", 3), ("Totaal", 8))
)
POINTS = ((4.776, 51.589), (4.777, 51.59))

RIGHT: list[tuple[str, str, str | bytes, Edits, Found]] = [
    ("byte order mark, semicolons, decimal commas", "a.csv", "\ufeff" + HEADED.format("Score", "7,5", "8,25").replace("\n", "\r\n"), (), of("score", City=7.5, Station=8.25)),
    ("commas between, decimal commas within quotes", "a.csv", 'Buurt,Jaar,Score\nCity,2023,"7,5"\nStation,2023,"8,1"\n', (), of("score", City=7.5, Station=8.1)),
    ("header merged over two rows", "a.xlsx", workbook([["Buurt", "Meldingen", None, "Inbraken", None], [None, 2022, 2023, 2022, 2023], ["City", 5, 6, 7, 8]], merged=["B1:C1", "D1:E1"]), (), of("meldingen", "2022", City=5) | of("meldingen", City=6) | of("inbraken", "2022", City=7) | of("inbraken", City=8)),
    ("totals row at the bottom", "a.csv", HEADED.format("Aantal", 5, 7) + "Totaal;2023;12\n", (), TWO),
    ("the gemeente as total", "a.csv", HEADED.format("Aantal", 5, 7) + "Breda;2023;12\n", (), {**TWO, ("aantal", "GM0758", "2023"): 12}),
    ("a kind that is the total", "a.csv", f"Buurt;Jaar;Soort;Aantal\n{KINDS}", (), {(kind, code_of(buurt), "2023"): count for buurt in ("City", "Station", "Belcrum") for kind, count in (("geluid", 5), ("jeugd", 3), ("totaal", 8))}),
    ("points for thousands", "a.csv", HEADED.format("Aantal meldingen", "1.234", "987"), (), of("aantal_meldingen", City=1234, Station=987)),
    ("spaces for thousands", "a.csv", HEADED.format("Aantal meldingen", "1 234", "987"), (), of("aantal_meldingen", City=1234, Station=987)),
    ("Dutch dates of reports", "a.csv", "Buurt;Datum;Soort\nCity;01-02-2023;a\nStation;13-02-2023;b\nCity;01-03-2023;c\n", (), of("a", City=2, Station=1)),
    ("years of two digits, answered", "a.csv", "Buurt;Jaar;Aantal\nCity;23;5\nStation;'23;7\n", [('century = ""', 'century = "20"')], TWO),
    ("title above, notes below", "a.xlsx", workbook([["Meldingen Breda"], [], *ROWS, [], ["Bron: gemeente"], ["Let op"]]), (), TWO),
    ("a sheet of explanation first", "a.xlsx", workbook([["Dit is uitleg"], ["Nog een regel"]], ROWS), (), TWO),
    ("a spreadsheet with another ending", "a.csv", workbook(ROWS), (), TWO),
    ("lists of lists", "a.json", json.dumps(ROWS), (), TWO),
    ("rows deep within a reply", "a.json", json.dumps({"data": {"items": [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]}, "meta": {"n": 2}}), (), TWO),
    ("points", "a.geojson", points(*POINTS), (), of("a", City=2)),
    ("points that are swapped", "a.geojson", points(*((y, x) for x, y in POINTS)), (), of("a", City=2)),
    ("points in metres (RD)", "a.geojson", points((112_500, 400_500), (112_600, 400_600)), (), of("a", City=2)),
    ("codes behind names", "a.csv", "Buurt;Jaar;Aantal\nCity (BU07580006);2023;5\nStation (BU07580005);2023;7\n", (), TWO),
    ("numbers before names", "a.csv", "Buurt;Jaar;Aantal\n06 City;2023;5\n05 Station;2023;7\n", (), TWO),
    ("several gemeenten", "a.csv", "Gemeente;Buurt;Jaar;Aantal\nBreda;City;2023;5\nTilburg;Centrum;2023;9\nBreda;Station;2023;7\n", (), TWO),
    ("empty columns at the end", "a.csv", "Buurt;Jaar;Aantal;;;\nCity;2023;5;;;\nStation;2023;7;;;\n", (), TWO),
    ("a line for Excel on top", "a.csv", "sep=;\n" + HEADED.format("Aantal", 5, 7), (), TWO),
    ("a line within a cell", "a.csv", 'Buurt;Jaar;Aantal;Opmerking\nCity;2023;5;"een\ntwee"\nStation;2023;7;ok\n', (), TWO),
    ("a rank beside the figure", "a.csv", "Nr;Buurt;Jaar;Aantal;Rang\n1;City;2023;5;2\n2;Station;2023;7;1\n", (), TWO),
    ("ages are figures, not years", "a.csv", "Buurt;Jaar;0-15 jaar;65 jaar en ouder\nCity;2023;5;6\n", (), of("n_0_15_jaar", City=5) | of("n_65_jaar_en_ouder", City=6)),
    ("codes without leading zeros", "a.csv", "buurtcode;jaar;aantal\n7580006;2023;5\n7580005;2023;7\n", (), TWO),
    ("a column per month beside the year", "a.csv", f"Buurt;Jaar;{';'.join(('jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'))}\nCity;2023{';1' * 12}\n", (), of("cijfer", City=12)),
    ("shares, answered", "a.csv", HEADED.format("% onveilig", "0,25", "0,31"), [('factor = ""', "factor = 100")], of("onveilig", City=25, Station=31)),
]  # fmt: skip

REFUSED: list[tuple[str, str, str | bytes, Edits, str]] = [
    ("the same row twice", "a.csv", HEADED.format("Aantal", 5, 7) + "City;2023;5\n", (), "staat er al op regel 2 (5, nu 5); kies met filters"),
    ("a total that counts beside its parts", "a.csv", f"Buurt;Jaar;Soort;Aantal\n{KINDS}", [('filters = { "Soort" = ["geluid"] }', 'aggregate = "som"')], "het totaal telt mee bij breda_proef_geluid. Kies met filters"),
    ("shares with a word for it", "a.csv", HEADED.format("% onveilig", "0,25", "0,31"), (), "factor is leeg: de waarden liggen tussen 0 en 1"),
    ("shares without a word for it", "a.csv", HEADED.format("onveilig", "0,25", "0,31"), (), "unit is leeg: alle waarden liggen tussen 0 en 1"),
    ("a negative number of reports", "a.csv", HEADED.format("Aantal", -5, 7), (), "'-5' is geen aantal; verwacht een heel getal van 0 of meer"),
    ("half a report", "a.xlsx", workbook([*ROWS[:2], ["Station", 2023, 7.5]]), (), "'7.5' is geen aantal"),
    ("dates in American order", "a.csv", "Buurt;Datum;Soort\nCity;02/13/2023;a\nStation;02/14/2023;b\n", (), "'02/13/2023' staat als maand, dag, jaar"),
    ("years of two digits", "a.csv", "Buurt;Jaar;Aantal\nCity;23;5\nStation;22;7\n", (), "periode.century is leeg"),
    ("a provisional year", "a.csv", "Buurt;Jaar;Aantal\nCity;2023*;5\nStation;2023*;7\n", (), "'2023*' is een voorlopig jaar; haal de * weg"),
    ("a year to come", "a.csv", "Buurt;Jaar;Aantal\nCity;2023;5\nCity;2031;6\n", (), "'2031' ligt na de datum van het bestand"),
    ("a web page", "a.csv", "\n <!DOCTYPE html><html><body>404</body></html>", (), "dit is een webpagina (HTML), geen bestand met cijfers"),
    ("an error of a service", "a.json", '{"error": "niet gevonden"}', (), "dit is een foutmelding van de dienst"),
    ("a piece of JSON a line", "a.json", '{"buurt":"City","jaar":2023,"aantal":5}\n{"buurt":"Station","jaar":2023,"aantal":7}\n', (), "elke regel is een eigen stuk JSON (NDJSON)"),
    ("broken JSON", "a.json", '{"buurt": [', (), "geen geldige JSON: regel 1, teken 12 klopt niet"),
    ("postcodes", "a.csv", "Postcode;Jaar;Aantal\n4811;2023;5\n4812 AB;2023;7\n", (), "heeft postcodes; die vallen niet samen met buurten"),
    ("buurten beside each other", "a.csv", "Jaar;City;Station\n2022;5;6\n2023;8;9\n", (), "gebieden staan als kolommen naast elkaar (City, Station); maak een rij per gebied"),
    ("no header", "a.csv", "City;2023;5\nStation;2023;7\nBelcrum;2023;8\n", (), "de eerste regel lijkt een rij met cijfers (City; 2023; 5)"),
    ("a second header halfway", "a.csv", HEADED.format("Aantal", 5, 7) + "Buurt;Jaar;Aantal\nCity;2022;5\n", (), "kolom 'Jaar': 'Jaar' is geen jaar"),
    ("two columns of one name", "a.csv", "Buurt;2023;2023\nCity;5;6\n", (), "kolom 2023 staat er twee keer; geef elke kolom een eigen naam"),
    ("points and commas in one column", "a.csv", HEADED.format("Score", "7,5", "8.5"), (), "heeft getallen met een komma en getallen met een punt"),
    ("a remark in the figure", "a.csv", HEADED.format("Aantal", "5*", "7") + "Belcrum;2023;9\n", (), "'5*' is geen getal"),
    ("names of a wijk and a buurt", "a.csv", "Wijk;Jaar;Aantal\nBavel;2023;5\nUlvenhout;2023;7\n", (), "gebied.niveau is leeg"),
    ("a row with too many cells", "a.csv", "Buurt;Jaar;Aantal\nCity;2023;5;9\nStation;2023;7\n", (), "regel 2 heeft 4 cellen, de kop 3"),
    ("a cell without end", "a.csv", 'Buurt;Jaar;Aantal\nCity;2023;"5\n' + "Station;2023;7\n" * 10_000, (), "een cel is te lang; staan de aanhalingstekens goed?"),
    ("a zip", "a.zip", zipped(cijfers_csv="Buurt;Jaar;Aantal\nCity;2023;5\n"), (), "dit is een ingepakt bestand (zip) met cijfers.csv; pak het eerst uit"),
    ("a spreadsheet of another program", "a.ods", zipped(content_xml="<a/>", mimetype="x"), (), "dit is een OpenDocument-werkblad (ods)"),
    ("a gzip", "a.csv", gzip.compress(b"Buurt;Jaar;Aantal\n"), (), "een ingepakt bestand (gzip); pak het eerst uit"),
    ("Parquet", "a.parquet", b"PAR1\x00\x00PAR1", (), "een Parquet-bestand; vraag de uitgever om CSV of Excel"),
    ("quarters and their year", "a.csv", "Buurt;Periode;Aantal\nCity;2023 Q1;1\nCity;2023 Q2;1\nCity;2023;4\n", (), "'2023' is een jaar, geen kwartaal of halfjaar"),
    ("no figure at all", "a.csv", "Buurt;Jaar;Aantal\nCity;2023;\nStation;2023;\n", (), "geen kolom met cijfers gevonden"),
    ("words", "a.csv", "dit is een brief\nmet regels\n", (), "geen kolom met gebieden van Breda"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "edits", "expected"), [row[1:] for row in RIGHT], ids=[row[0] for row in RIGHT]
)
def test_a_strange_file_is_read_right(
    tmp_path: Path, name: str, content: str | bytes, edits: Edits, expected: Found
) -> None:
    found = values(outcome(tmp_path, name, content, edits))
    if {key[0] for key in expected} == {"aantal", "a"} or len({key[0] for key in found}) == 1:
        # With one indicator its name is of no matter here.
        found = {("", *key[1:]): value for key, value in found.items()}
        expected = {("", *key[1:]): value for key, value in expected.items()}
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "content", "edits", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_strange_file_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: str | bytes, edits: Edits, says: str
) -> None:
    found = outcome(tmp_path, name, content, edits)
    assert isinstance(found, str), values(found)
    assert says in found
    assert name in found or "breda_proef.toml" in found


def test_a_percent_sign_in_the_cells_is_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(HEADED.format("onveilig", "7,5%", "8,5 %"), encoding="utf-8")
    assert drafted(file, tmp_path)[1].indicators[0].header.eenheid == "%"


def test_a_rate_keeps_the_unit_of_its_name(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(HEADED.format("Inbraken per 1.000 woningen", "7", "8"), encoding="utf-8")
    assert drafted(file, tmp_path)[1].indicators[0].header.eenheid == "per 1.000 woningen"
