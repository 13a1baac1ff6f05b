"""A municipal file that nobody has seen goes from file to area page in one drafted TOML; a bad one goes nowhere.

Every figure in these files is invented; names and codes of areas are Breda's.
"""

import csv
import io
import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipeline.cli import main
from tests import once
from tests.integration.example import Example, copy_example
from tests.reading import as_read

# As an office makes it: Windows-1252, semicolons, decimal commas, names as people write them, dates as
# Excel's numbers, a title above, a total below and a remark at the end.
UNSEEN = """\
Meldingen over geluid in Breda;;;
;;;
Buurt;Peildatum;Meldingen geluid;Ervaren overlast %
Chassé;44562;12;7,5
Chassé;44927;15;8,25
Doornbos Linie;44562;1.020;11,0
Doornbos Linie;44927;998;10,5
GEEREN ZUID;44562;0;3,0
GEEREN ZUID;44927;;<5
Totaal;44562;1.032;7,2
Totaal;44927;1.013;7,1
Bron: gemeente Breda, eigen telling;;;
"""

# A running year, a hidden part of a sum and a blank one.
QUARTERS = """\
buurt;Meldingen 2023 Q1;Meldingen 2023 Q2;Meldingen 2023 Q3;Meldingen 2023 Q4;Meldingen 2024 Q1
City;12;15;9;20;11
Station;3;<5;8;9;4
Chassé;;4;5;6;2
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The example with its warehouse, and the unseen file brought in by the three commands."""
    example = copy_example(tmp_path_factory.mktemp("bron"))
    for definition in (example.root / "data" / "bronnen").glob("*"):
        definition.unlink()
    example.build()
    return example


@pytest.fixture(scope="module")
def brought_in(project: Example, tmp_path_factory: pytest.TempPathFactory) -> Example:
    example = Example(tmp_path_factory.mktemp("binnen") / "project")
    shutil.copytree(project.root, example.root)
    file = tmp_path_factory.mktemp("elders") / "Geluid in de buurt.csv"
    file.write_bytes(UNSEEN.replace("\n", "\r\n").encode("windows-1252"))
    drafted = example.run("bron", "nieuw", str(file))
    assert drafted.returncode == 0, drafted.stderr
    path = example.root / "data" / "bronnen" / "breda_geluid_in_de_buurt.toml"
    assert drafted.stdout.strip() == str(path)
    tested = example.run("bron", "test", str(path), "--bewaar")
    assert tested.returncode == 0, tested.stdout + tested.stderr
    (example.root / "verslag.txt").write_text(tested.stdout, encoding="utf-8")
    quarters = file.with_name("Jongeren.csv")
    quarters.write_text(QUARTERS, encoding="utf-8")
    path = example.root / "data" / "bronnen" / "breda_jongeren.toml"
    assert example.run("bron", "nieuw", str(quarters)).returncode == 0
    bound = ('aggregate = "som"', 'aggregate = "som"\nlower_bound = true')
    path.write_text(path.read_text(encoding="utf-8").replace(*bound), encoding="utf-8")
    assert example.run("bron", "test", str(path), "--bewaar").returncode == 0
    once.seed_drawings(example.root / "build")
    for verb in ("build", "check", "site"):
        done = example.run(verb, "-q")
        assert (done.returncode, done.stderr) == (0, ""), verb
    return example


def test_the_draft_guesses_with_reasons(brought_in: Example) -> None:
    text = (brought_in.root / "data/bronnen/breda_geluid_in_de_buurt.toml").read_text(encoding="utf-8")
    made = tomllib.loads(text)
    assert (made["encoding"], made["delimiter"], made["decimal"], made["skip"]) == (
        "windows-1252",
        ";",
        ",",
        2,
    )
    assert made["gebied"] == {"form": "naam", "column": "Buurt", "niveau": ["buurt"], "ignore": ["Totaal"]}
    assert made["periode"] == {"form": "datum", "column": "Peildatum", "to": "jaar"}
    assert [(one["kind"], one["column"]) for one in made["indicator"]] == [
        ("verhouding", "Meldingen geluid"),
        ("meting", "Ervaren overlast %"),
    ]
    assert "# - geen UTF-8; als Windows-1252 staat er" in text
    assert "Chassé" in text


def test_the_report_accounts_for_every_line(brought_in: Example) -> None:
    report = (brought_in.root / "verslag.txt").read_text(encoding="utf-8")
    assert "breda_geluid_in_de_buurt: in orde" in report
    assert "Gelezen: 9 regels" in report
    assert "Gebruikt: 5 regels." in report
    assert "2 keer: gebied 'Totaal' staat in ignore" in report
    assert "1 keer: te klein om te tonen, volgens de bron" in report
    assert "1 keer verborgen: de bron verbergt dit cijfer" in report
    assert "1 keer: alleen een opmerking in de eerste kolom" in report
    assert "Perioden: 2022, 2023." in report
    assert "Zonder cijfer: 53 buurten" in report


def test_the_area_page_has_its_own_section(brought_in: Example) -> None:
    page = (brought_in.root / "build/site/gebied/bu07580101/index.html").read_text(encoding="utf-8")
    start = page.index("Van de gemeente</h2>")
    section = as_read(page[start : page.index("id=omstandigheden", start)])
    assert "998 keer meldingen geluid" in section
    assert "10,5%" in section
    assert "Bron: Gemeente Breda, Geluid in de buurt" in section
    assert "Tel ze dus niet bij elkaar op" in section
    national = page[: page.index("id=gemeente")] + page[page.index("id=omstandigheden", start) :]
    assert "Meldingen geluid" not in national


def test_municipal_called_police_never_on_its_own_page(brought_in: Example) -> None:
    [folder] = (brought_in.root / "build/site/indicator").glob("breda-geluid-*-meldingen-geluid")
    page = (folder / "index.html").read_text(encoding="utf-8")
    article = page[page.index("<article") : page.index("</article>")]
    words = as_read(article)
    assert "politie" not in words.lower()
    sources = re.findall(r'<p class="vb-bron">(.*?)</p>', article, re.DOTALL)
    assert sources and all(
        source.startswith("Bron: Gemeente Breda, Geluid in de buurt") for source in sources
    )


def test_the_csv_has_it_beside_the_national_figures(brought_in: Example) -> None:
    with zipfile.ZipFile(brought_in.root / "build/site/data/bestanden/gemeente/gm0758.zip") as archive:
        text = archive.read("gm0758-alle-jaren.csv").decode()
    lines = csv.DictReader(io.StringIO(text, newline=""))
    rows = [row for row in lines if row["indicator"].startswith("breda_geluid")]
    found = {(row["gebied_code"], row["indicator"].rpartition("_")[2], row["periode"]): row for row in rows}
    assert found["BU07580101", "geluid", "2023"]["teller"] == "998"
    assert found["BU07580002", "overlast", "2023"]["waarde"] == "8.25"
    # A published zero is a zero; what the source hides or leaves out is not.
    south = next(row["gebied_code"] for row in rows if row["gebied_naam"] == "Geeren-zuid")
    assert found[south, "geluid", "2022"]["teller"] == "0"
    assert (found[south, "geluid", "2023"]["teller"], found[south, "geluid", "2023"]["status"]) == (
        "",
        "ontbreekt",
    )
    hidden = found[south, "overlast", "2023"]
    assert (hidden["waarde"], hidden["status"]) == ("", "verborgen")
    assert hidden["voorbehoud"].split(";")[-1] == "bron_verbergt"
    assert {row["gebied_code"][:6] for row in rows} == {"BU0758"}
    assert {row["bron"] for row in rows} == {"Gemeente Breda breda_geluid_in_de_buurt"}


def test_a_figure_that_is_not_there_says_why_on_the_page_and_in_the_csv(brought_in: Example) -> None:
    def section(code: str) -> str:
        page = (brought_in.root / f"build/site/gebied/{code}/index.html").read_text(encoding="utf-8")
        start = page.index("Van de gemeente</h2>")
        return as_read(page[start : page.index("id=omstandigheden", start)])

    city, station = section("bu07580006"), section("bu07580005")
    assert "56 keer meldingen" in city
    assert "Er zijn cijfers tot en met 31 maart 2024." in city
    assert "ten minste 20 keer meldingen" in station
    with zipfile.ZipFile(brought_in.root / "build/site/data/bestanden/gemeente/gm0758.zip") as archive:
        text = archive.read("gm0758-alle-jaren.csv").decode()
    rows = {
        (row["gebied_naam"], row["periode"]): (row["teller"], row["status"], row["voorbehoud"])
        for row in csv.DictReader(io.StringIO(text, newline=""))
        if row["indicator"] == "breda_jongeren_meldingen"
    }
    assert rows["City", "2023"][:2] == ("56", "ok")
    assert rows["City", "2024"] == ("", "voorlopig", "kleine_aantallen;loopt_tot:2024-03-31")
    assert rows["Station", "2023"] == ("", "verborgen", "kleine_aantallen;deel_verborgen;ten_minste:20")
    assert rows["Chassé", "2023"] == ("", "ontbreekt", "kleine_aantallen;deel_ontbreekt;ten_minste:15")


def test_who_publishes_what_and_the_theme(brought_in: Example) -> None:
    sources = (brought_in.root / "build/site/bronnen/index.html").read_text(encoding="utf-8")
    assert "2022 tot en met 2023" in sources
    assert "<title>Breda: met eigen cijfers</title>" in sources
    assert "bouwen/eigen-bron/" in sources
    theme = (brought_in.root / "build/site/thema/geluid/index.html").read_text(encoding="utf-8")
    assert 'id="van-de-gemeente"' in theme
    assert "indicator/breda-geluid-in-de-buurt-meldingen-geluid/" in theme


def test_rows_are_kept_as_published(brought_in: Example) -> None:
    import pyarrow.parquet as pq

    folder = brought_in.store / "breda_geluid_in_de_buurt" / "alles"
    rows = pq.read_table(next(folder.glob("*.parquet"))).to_pylist()
    assert rows[2] == {
        "_regel": 6,
        "Buurt": "Doornbos Linie",
        "Peildatum": "44562",
        "Meldingen geluid": "1.020",
        "Ervaren overlast %": "11,0",
    }
    assert rows[-1]["Buurt"] == "Bron: gemeente Breda, eigen telling"


# ---- what is wrong --------------------------------------------------------------------------------

TOML = """
title = "Meldingen"
gemeente = "GM0758"
publisher = "Gemeente Breda"
licence = "CC0"
citation = "Gemeente Breda"
frequency = "elk jaar"
kind = "{kind}"
{extra}
[gebied]
{gebied}
[periode]
form = "{vorm}"
column = "Jaar"
[[indicator]]
name = "meldingen"
title = "Meldingen"
kind = "verhouding"
aggregate = "{aggregate}"
{kolom}
unit = "per 1.000 inwoners"
per = 1000
noemer = "inwoners"
theme = "geluid"
question = "Hoe vaak?"
definition = "Meldingen."
short = "Meldingen"
subject = "meldingen"
richting = "neutraal"
caveats = []
order = 1
decimals = 1
"""
BY_NAME = 'form = "naam"\ncolumn = "Buurt"\nniveau = ["buurt"]'
BY_POINT = 'form = "coordinaten"\nx = "lon"\ny = "lat"\ncrs = "wgs84"'


def tried(
    project: Example,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: Path,
    *,
    kind: str = "csv",
    gebied: str = BY_NAME,
    aggregate: str = "geen",
    vorm: str = "jaar",
    extra: str = 'delimiter = ";"',
) -> tuple[int, str]:
    """`bron test` on a file, through the command line: exit code and all that it printed."""
    path = tmp_path / "breda_meldingen.toml"
    kolom = "" if aggregate == "aantal" else 'column = "Aantal"'
    path.write_text(
        TOML.format(kind=kind, gebied=gebied, aggregate=aggregate, kolom=kolom, vorm=vorm, extra=extra),
        encoding="utf-8",
    )
    code = main(["bron", "test", str(path), "--bestand", str(file), "--root", str(project.root)])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return code, printed.out + printed.err


WRONG = [
    ("wrong column", "Buurt;Jaar;Getal\nCity;2023;5\n", "geen", ("kolom 'Aantal' bestaat niet", "Buurt, Jaar, Getal")),
    ("unknown area", "Buurt;Jaar;Aantal\nCity;2023;5\nCitty Zuid;2023;5\n", "geen", ("regel 3", "'Citty Zuid' is geen buurt van Breda")),
    ("total with its details", "Buurt;Soort;Jaar;Aantal\nCity;a;2023;5\nCity;b;2023;2\nCity;Totaal;2023;7\n", "som", ("regel 4", "'Totaal' in kolom 'Soort'", "7 dubbel")),
    ("total twice", "Buurt;Jaar;Aantal\nCity;2023;7\nCity;2023;7\n", "geen", ("regel 3", "BU07580006, 2023 staat er al op regel 2")),
    ("mixed years", "Buurt;Jaar;Aantal\nCity;2023;5\nCity;2022/2023;5\nCity;2023-01;1\n", "geen", ("regel 3", "'2022/2023' loopt over twee jaren", "regel 4", "'2023-01' is een maand")),
    ("formula", "Buurt;Jaar;Aantal\nCity;2023;=HYPERLINK(A1)\n", "geen", ("regel 2", "'=HYPERLINK(A1)' is een formule, geen getal")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "aggregate", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_a_wrong_file_is_refused_in_plain_words(
    project: Example,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    aggregate: str,
    says: tuple[str, ...],
) -> None:
    file = tmp_path / "m.csv"
    file.write_text(text, encoding="utf-8")
    code, printed = tried(project, tmp_path, capsys, file, aggregate=aggregate)
    assert code == 1
    for part in says:
        assert part in printed


def test_swapped_coordinates_name_line_and_value(
    project: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "m.csv"
    file.write_text("lon;lat;Jaar\n4.7761;51.5889;2023\n51.5889;4.7761;2023\n", encoding="utf-8")
    code, printed = tried(project, tmp_path, capsys, file, gebied=BY_POINT, aggregate="aantal")
    assert code == 1
    assert "regel 3: coördinaten (51.5889, 4.7761): lengte en breedte staan omgekeerd" in printed


def test_equal_problems_are_one_line(
    project: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "m.csv"
    file.write_text("Buurt;Jaar;Aantal\n" + "Nergens;2023;5\n" * 25, encoding="utf-8")
    code, printed = tried(project, tmp_path, capsys, file)
    assert (code, printed.count("'Nergens'")) == (1, 1)
    assert "25 fouten" in printed
    assert "regels 2, 3, 4 en 22 meer: kolom 'Buurt': 'Nergens' is geen buurt van Breda" in printed


def test_a_zip_bomb_is_refused(project: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bom.xlsx"
    openpyxl.Workbook().save(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 60_000_000)
    code, printed = tried(project, tmp_path, capsys, file, kind="xlsx", extra="")
    assert code == 1
    assert "pakt uit tot 60000000 bytes" in printed


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"", b"PK\x03\x04", b"{", b"\xff\xfe\x00"])
def test_no_file_gives_a_traceback(
    project: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes(content)
    code, printed = tried(project, tmp_path, capsys, file)
    assert code == 1
    assert "m.csv" in printed
    assert main(["bron", "nieuw", str(file), "--root", str(project.root)]) == 1
    assert "m.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://127.0.0.1:9/a.csv", "eigen netwerk; geweigerd"),
        ("http://[::1]/a.csv", "eigen netwerk; geweigerd"),
    ],
)
def test_a_definition_cannot_reach_this_machine(
    project: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, says: str
) -> None:
    path = tmp_path / "breda_meldingen.toml"
    extra = f'url = "{address}"'
    path.write_text(
        TOML.format(
            kind="csv", gebied=BY_NAME, aggregate="geen", kolom='column = "Aantal"', vorm="jaar", extra=extra
        )
    )
    assert main(["bron", "test", str(path), "--root", str(project.root)]) == 1
    assert says in capsys.readouterr().err


def test_a_refused_file_is_not_kept(
    brought_in: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was kept before stays, and the warehouse with it."""
    path = brought_in.root / "data/bronnen/breda_geluid_in_de_buurt.toml"
    before = (brought_in.store / "snapshots.json").read_bytes()
    bad = tmp_path / "slecht.csv"
    bad.write_bytes(UNSEEN.replace("Chassé;44562", "Chassee;44562").encode("windows-1252"))
    code = main(
        ["bron", "test", str(path), "--bestand", str(bad), "--bewaar", "--root", str(brought_in.root)]
    )
    assert code == 1
    assert (
        "regel 4: kolom 'Buurt': 'Chassee' is geen buurt van Breda; bedoel je Chassé?"
        in capsys.readouterr().out
    )
    assert (brought_in.store / "snapshots.json").read_bytes() == before


def test_fetch_brings_a_definition_with_a_file_up_to_date(
    brought_in: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build, name = tmp_path / "build", "breda_geluid_in_de_buurt"
    build.mkdir()
    shutil.copy(brought_in.root / "build/veiligheid.duckdb", build)
    fetch = ["fetch", name, "--root", str(brought_in.root), "--build", str(build)]
    # Alone it would be taken for a complete store, and the next build would find no area.
    assert main(fetch) == 1
    assert "nog niets opgehaald" in capsys.readouterr().err
    shutil.copytree(brought_in.store, build / "raw")
    assert main(fetch) == 0
    assert f"{name}: 9 rijen" in capsys.readouterr().err
    file = brought_in.root / "data/bronnen/bestanden/Geluid in de buurt.csv"
    before, lock = file.read_bytes(), (build / "raw/snapshots.json").read_bytes()
    file.write_bytes(before.replace(b";12;", b";twaalf;"))
    assert main(fetch) == 1
    assert "regel 4: kolom 'Meldingen geluid': 'twaalf' is geen getal" in capsys.readouterr().err
    assert (build / "raw/snapshots.json").read_bytes() == lock
    file.write_bytes(before)


def test_rows_that_no_longer_fit_stop_the_build(brought_in: Example, tmp_path: Path) -> None:
    """A definition changed after its rows were kept: the standing warehouse stays, the message has the line."""
    example = Example(tmp_path / "project")
    shutil.copytree(brought_in.root, example.root, ignore=shutil.ignore_patterns("site", "versies"))
    (example.root / "site").mkdir(exist_ok=True)
    path = example.root / "data/bronnen/breda_geluid_in_de_buurt.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('ignore = ["Totaal"]', ""), encoding="utf-8")
    standing = (example.root / "build/veiligheid.duckdb").read_bytes()
    done = example.run("build", "-q")
    assert done.returncode == 1
    assert "regels 10, 11: kolom 'Buurt': 'Totaal' is een totaal, geen gebied" in done.stderr
    assert "Traceback" not in done.stderr
    assert (example.root / "build/veiligheid.duckdb").read_bytes() == standing
