"""A figure from a gemeente's own file can be followed from its lines, and made again; a report stays unseen.

Every figure in these files is invented; names and codes of areas are Breda's.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipeline import releases, warehouse
from pipeline.gemeente.verbs import check_definition
from pipeline.indicator import file_of
from pipeline.paths import Paths
from pipeline.site.area import origin
from pipeline.site.description.published import read_published
from pipeline.site.download import files as downloads
from pipeline.site.download.store import Common
from pipeline.site.feed import news
from pipeline.site.figure.origin import Trail, read_examples, read_trails
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from pipeline.site.text.facts import load_facts
from pipeline.site.text.origins import Origins
from pipeline.site.text.page import TextPage
from pipeline.site.text.releases import Releases
from pipeline.warehouse.build import project_models
from tests import once
from tests.reading import as_read
from tests.stores import copied_store

EARLIER = "2024-02-01"
SHELL = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
COUNTS = """\
Gebied;Jaar;Soort;Meldingen ~ "alles";Oordeel
Breda;2023;geluid;1.020;8,25
Breda;2023;stank;33;8,25
City;2023;geluid;12;7,5
City;2023;stank;3;7,5
"""
LATER = "Breda;2024;geluid;900;8,5\nBreda;2024;stank;30;8,5\n"
REPORTS = "buurt,dag,verhaal\n" + "".join(
    f"{buurt},2023-{month:02}-28,mijn buurman\n"
    for buurt, times in (("BU07580006", 1), ("BU07580005", 2))
    for month in range(1, 13)
    for _ in range(times)
)
QUARTERS = """\
buurt,2023 Q1,2023 Q2,2023 Q3,2023 Q4
City,12,15,9,20
Station,1,1,0,8
"""
TOP = """
title = "{title}"
gemeente = "GM0758"
publisher = "Gemeente Breda"
licence = "CC0"
citation = "Gemeente Breda, {title}"
frequency = "elk jaar"
kind = "csv"
"""
INDICATOR = """
[[indicator]]
name = "{name}"
title = "{title}"
theme = "geluid"
question = "Hoe vaak?"
definition = "Meldingen bij de gemeente."
short = "{title}"
subject = "meldingen"
richting = "neutraal"
caveats = []
order = 1
decimals = 1
"""
COUNTED = 'kind = "verhouding"\nper = 1000\nnoemer = "inwoners"\nunit = "per 1.000 inwoners"\n'
BY_NAME = '[gebied]\nform = "naam"\ncolumn = "{column}"\nniveau = ["gemeente", "buurt"]\n'


def quarters(aggregate: str) -> str:
    columns = ", ".join(f'"2023 Q{part}" = "2023 Q{part}"' for part in range(1, 5))
    return f"{COUNTED}{aggregate}\ncolumns = {{ {columns} }}\n"


DEFINITIONS: Mapping[str, tuple[str, str]] = {
    "breda_tellingen": (
        COUNTS,
        TOP.format(title="Tellingen")
        + 'delimiter = ";"\ndecimal = ","\n'
        + BY_NAME.format(column="Gebied")
        + '[periode]\nform = "jaar"\ncolumn = "Jaar"\n'
        + INDICATOR.format(name="som", title="Som")
        + COUNTED
        + 'aggregate = "som"\ncolumn = \'Meldingen ~ "alles"\'\n'
        + INDICATOR.format(name="stil", title="Stil")
        + COUNTED
        + 'aggregate = "som"\nsensitive = true\ncolumn = \'Meldingen ~ "alles"\'\n'
        + INDICATOR.format(name="oordeel", title="Oordeel")
        + 'kind = "meting"\nunit = "punten"\ncolumn = "Oordeel"\nfilters = { "Soort" = ["geluid"] }\n',
    ),
    "breda_meldingen": (
        REPORTS,
        TOP.format(title="Meldingen")
        + "complete = true\n"
        + '[gebied]\nform = "code"\ncolumn = "buurt"\nniveau = ["buurt"]\n'
        + '[periode]\nform = "datum"\ncolumn = "dag"\nto = "jaar"\n'
        + INDICATOR.format(name="aantal", title="Aantal")
        + COUNTED
        + 'aggregate = "aantal"\n',
    ),
    "breda_kwartalen": (
        QUARTERS,
        TOP.format(title="Kwartalen")
        + BY_NAME.format(column="buurt")
        + '[periode]\nform = "kolommen"\n'
        + INDICATOR.format(name="kwartaal", title="Kwartaal")
        + quarters('aggregate = "som"'),
    ),
}


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A warehouse with three municipal files, of which the first came a second time with a year more."""
    folder = tmp_path_factory.mktemp("gemeente")
    paths = copied_store(folder)
    once.seed(paths.build)
    paths.definitions.mkdir()
    for name, (rows, definition) in DEFINITIONS.items():
        (paths.definitions / f"{name}.toml").write_text(definition, encoding="utf-8")
        keep(paths, name, rows)
    _earlier(paths)
    keep(paths, "breda_tellingen", COUNTS + LATER)
    warehouse.build(paths, say=lambda _: None)
    return paths


def _earlier(paths: Paths) -> None:
    """What was kept today was kept on another day."""
    today = datetime.now(UTC).date().isoformat()
    for file in (paths.snapshots / "snapshots.json", paths.snapshots / releases.LOG_NAME):
        file.write_text(file.read_text(encoding="utf-8").replace(today, EARLIER), encoding="utf-8")


def keep(paths: Paths, name: str, rows: str) -> None:
    file = paths.root / f"{name}.csv"
    file.write_text(rows, encoding="utf-8")
    checked = check_definition(paths, paths.definitions / f"{name}.toml", file=file, keep_rows=True)
    assert checked.wrong == 0, checked.text


@pytest.fixture(scope="module")
def con(paths: Paths) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.open_warehouse(paths) as opened:
        yield opened


@pytest.fixture(scope="module")
def trails(con: duckdb.DuckDBPyConnection) -> dict[str, Trail]:
    """Name of the indicator → the trail of Breda, or of a part of it where there is none of Breda."""
    whole = read_trails(con, ["GM0758"])["GM0758"]
    parts = read_examples(con, ["GM0758"])["GM0758"]
    named = [(one.definition.indicator, one) for one in (*whole, *parts)]
    return {name.rpartition("_")[2]: one for name, one in named if one.definition.meetwijze == "gemeente"}


@pytest.fixture(scope="module")
def told(con: duckdb.DuckDBPyConnection) -> str:
    """The page of Breda's trails, as it is read."""
    page = dict(origin.pages(con, SHELL, gemeenten=["GM0758"]))["herkomst/gm0758/index.html"]
    return as_read(page)


def test_each_indicator_has_a_trail(trails: dict[str, Trail]) -> None:
    assert set(trails) == {"som", "stil", "oordeel", "aantal", "kwartaal"}
    assert {name for name, one in trails.items() if one.shown.gebied_code != "GM0758"} == {"kwartaal"}


def test_rows_stand_as_in_the_file_with_their_number(trails: dict[str, Trail]) -> None:
    rows = [(row.regels, row.kolommen, row.inhoud) for row in trails["som"].counted]
    columns = ["Gebied", "Jaar", 'Meldingen ~ "alles"']
    assert rows == [([6], columns, ["Breda", "2024", "900"]), ([7], columns, ["Breda", "2024", "30"])]
    (row,) = trails["oordeel"].counted
    assert (row.regels, row.own, row.says(8.5)) == ([6], ["8,5"], True)


def test_columns_of_one_row_that_are_added_up_are_all_there(trails: dict[str, Trail]) -> None:
    (row,) = trails["kwartaal"].counted
    assert (row.regels, list(row.own), trails["kwartaal"].shown.teller) == ([2], ["12", "15", "9", "20"], 56)


def test_reports_and_parts_of_a_sensitive_sum_are_numbers_of_lines_alone(
    trails: dict[str, Trail], con: duckdb.DuckDBPyConnection
) -> None:
    (reports,), (parts,) = trails["aantal"].counted, trails["stil"].counted
    assert (reports.kolommen, reports.regels) == ([], list(range(2, 38)))
    assert (parts.kolommen, parts.regels) == ([], [6, 7])
    everything = str(con.execute("from mart.herkomst").fetchall())
    assert "mijn buurman" not in everything
    city = con.execute(
        "select kolommen, regels from mart.herkomst where gebied_code = 'BU07580006'"
        " and indicator = 'breda_tellingen_stil' and rol = 'teller'"
    ).fetchall()
    assert city == [([], [4, 5])], "15 in all, of which one kind is a 3"


def test_an_area_without_a_line_in_a_complete_file_says_so(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select regels, kolommen from mart.herkomst"
        " where indicator = 'breda_meldingen_aantal' and gebied_code = 'BU07580001' and rol = 'teller'"
    ).fetchall()
    assert rows == [([], [])]


def test_the_query_makes_the_printed_figure_from_the_published_file(
    trails: dict[str, Trail], con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    common = Common.read(con, read_published(con, gemeenten=["GM0758"], site_url="", contact=""))
    for part in downloads.indicator_parts(common):
        part(con, tmp_path)
    for trail in trails.values():
        query = trail.query(str(tmp_path / file_of(trail.definition.indicator, ".parquet")))
        printed = float(trail.written.replace(".", "").replace(",", "."))
        assert duckdb.sql(query).fetchall() == [(pytest.approx(printed, abs=1e-9),)], query


def test_the_page_tells_the_way_from_the_file(told: str, paths: Paths) -> None:
    assert "Volgens een vaste beschrijving tellen deze rijen mee. Regel 6 Gebied Breda Jaar 2024" in told
    assert "Samen: 900 + 30 = 930." in told
    assert "tellen 36 regels mee. De eerste zijn 2, 3, 4, 5, 6, 7, 8, 9, 10 en 11. Alle nummers" in told
    assert "tellen 2 regels mee: 6 en 7." in told
    assert "Een voorbeeld: City , 20,5 per 1.000 inwoners in 2023." in told
    assert "Gemeente Breda breda_tellingen, opgehaald op " in told
    assert "Voor de hele gemeente is er geen cijfer." in told
    assert "Samen: 12 + 15 + 9 + 20 = 56." in told
    digest = hashlib.sha256((paths.root / "breda_tellingen.csv").read_bytes()).hexdigest()
    assert f"Gemaakt uit breda_tellingen.csv van de gemeente SHA-256 {digest}" in told
    assert "mijn buurman" not in told


def test_the_page_of_an_indicator_has_an_example_of_its_own_gemeente(
    con: duckdb.DuckDBPyConnection, paths: Paths
) -> None:
    texts = Origins(TextPage(load_facts(con, project_models(paths)), "indicator/x.md"))
    whole, part = (texts.herkomst_van(f"breda_{name}") for name in ("tellingen_som", "kwartalen_kwartaal"))
    assert "Een voorbeeld: Breda, " in whole
    assert 'href="../../gebied/bu07580006/">City</a>' in part
    for said in (whole, part):
        assert "Alle cijfers van Breda, van bron tot pagina" in said


def test_a_second_file_is_an_edition_with_the_year_that_came(
    con: duckdb.DuckDBPyConnection, paths: Paths
) -> None:
    log = [one for one in releases.read_log(paths.snapshots) if one.bron == "breda_tellingen"]
    assert [(one.vorige, one.erbij, one.kolommen_erbij) for one in log] == [
        ("", ("2023",), ()),
        (EARLIER, ("2024",), ()),
    ]
    page = Releases(TextPage(load_facts(con, project_models(paths)), "data/wijzigingen.md")).uitgaven()
    said = as_read(page)
    assert "Tellingen (Gemeente Breda, breda_tellingen) cijfers over 2024 niet vergeleken gelijk" in said
    entries = [(feed, entry) for feed, entry in news.periods(con) if "breda_tellingen" in entry.key]
    of_breda = {entry.key: entry.lines for feed, entry in entries if feed == "GM0758"}
    # Of a first edition its newest period is news, of a later one what came with it.
    assert {key[-4:] for key in of_breda} == {"2023", "2024"}
    assert "Som: 930." in of_breda["periode:GM0758:breda_tellingen:2024"]
