"""The picture of the rooms is that of the imports, and the road of one count is as the page tells it."""

import re

import duckdb
import pytest

from pipeline import architecture
from pipeline.paths import PROJECT
from pipeline.site.area.pages import pages
from pipeline.site.frame.shell import BODY, DESCRIPTION, TITLE, TOP, Shell
from pipeline.words.numbers import format_number
from tests.example_areas import CONTEXT, example_warehouse

PAGE = PROJECT / "site" / "docs" / "bouwen" / "architectuur.md"
CITY = "BU07580006"


def test_every_room_is_in_picture_and_table() -> None:
    page = architecture.with_rooms(PAGE.read_text(encoding="utf-8"))
    assert page.count("<svg") == 1
    for room, used in architecture.rooms().items():
        assert f">{room}</text>" in page
        (row,) = re.findall(rf"^\| `{re.escape(room)}` \| (.+) \| (.+) \|$", page, re.M)
        assert set(re.findall(r"`(.+?)`", row[1])) == used
        assert room in architecture.WAT, f"{room}: wat doet zij? Zie WAT in pipeline/architecture.py"


def test_an_import_is_an_arrow_wherever_it_stands() -> None:
    found = architecture.imports()
    assert "pipeline.paths" in found["pipeline.cli"]  # at the top
    assert "pipeline.site.build" in found["pipeline.cli"]  # inside a function
    assert not [one for used in found.values() for one in used if one.startswith("pipeline.models")]


def test_a_page_without_the_mark_stays_as_it_is() -> None:
    assert architecture.with_rooms("# Een tekst\n") == "# Een tekst\n"


@pytest.mark.parametrize(
    ("arrows", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"d"}}, [["a", "b", "c"], ["d"]]),
    ],
)
def test_a_circle_is_found(arrows: dict[str, set[str]], expected: list[list[str]]) -> None:
    assert architecture.circles({name: frozenset(used) for name, used in arrows.items()}) == expected


def test_an_arrow_that_a_longer_way_says_is_not_drawn() -> None:
    arrows = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset()}
    assert architecture.direct(arrows) == {"a": ["b"], "b": ["c"], "c": []}
    assert architecture.heights(arrows) == {"a": 2, "b": 1, "c": 0}


ROAD = (
    ("staging.politie_misdrijven", "aantal", "soort = '0.0.0'"),
    ("core.registratie", "aantal", "soort = '0.0.0' and rubriek = 'misdrijf'"),
    ("indicator.misdrijven", "teller", "true"),
    ("contract.verhouding", "teller", "indicator = 'misdrijven'"),
    ("mart.cijfer", "teller", "indicator = 'misdrijven'"),
    ("mart.gebied_profiel", "teller", "indicator = 'misdrijven'"),
)


def test_one_count_stays_itself_from_the_source_to_the_page() -> None:
    told = PAGE.read_text(encoding="utf-8").partition("## De weg van één getal")[2]
    con = example_warehouse()
    found = {table: _count(con, *step) for step in ROAD for table in [step[0]]}
    assert len(set(found.values())) == 1, found
    assert all(f"`{table}`" in told for table in found)
    count = format_number(found["mart.cijfer"])
    shell = Shell.from_html(f"<title>{TITLE}</title><i>{DESCRIPTION}</i>{TOP}{BODY}")
    ((_, html),) = pages(con, shell, codes=[CITY], context=CONTEXT)
    assert re.search(rf"<tr><th>2025<td>{re.escape(count)}<td>", html)


def _count(con: duckdb.DuckDBPyConnection, table: str, column: str, where: str) -> int:
    ((count,),) = con.execute(
        f"select {column} from {table} where gebied_code = ? and periode = '2025' and {where}", [CITY]
    ).fetchall()
    return int(count)
