"""The tools for programs, asked by the client of the same kit, over the published files of the small store."""

import asyncio
import json
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pyarrow.parquet as pq
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from pipeline.machine.published import MOST_COMPARED, NO_RANKING, LookupFault, PublishedSite
from pipeline.machine.server import make_server
from pipeline.paths import PROJECT
from pipeline.site.figure.cijfer import address_of

T = TypeVar("T")
CITY, BREDA = "BU07580006", "GM0758"


@pytest.fixture(scope="module")
def site(data_site: Path) -> PublishedSite:
    return PublishedSite(data_site)


def ask(site: PublishedSite, tool: str, **values: Any) -> tuple[bool, str, Any]:
    """Whether it is refused, what is said, and the answer in its parts."""

    async def asked() -> tuple[bool, str, Any]:
        async with Client(make_server(site)) as client:
            result = await client.call_tool(tool, values)
            (said,) = result.content
            return bool(result.is_error), getattr(said, "text", ""), result.structured_content

    return _apart(asked())


def _apart(asked: Coroutine[Any, Any, T]) -> T:
    """Run to its end in a thread of its own: a test of the browser may keep a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


def answer(site: PublishedSite, tool: str, **values: Any) -> Any:
    refused, said, parts = ask(site, tool, **values)
    assert not refused, said
    return parts


def test_an_area_is_found_by_name_gemeente_level_or_code(site: PublishedSite) -> None:
    def found(**values: str) -> list[str]:
        return [one["code"] for one in answer(site, "zoek_gebied", **values)["gebieden"]]

    assert found(naam="city breda") == [CITY]
    assert found(naam="breda")[0] == BREDA, "an exact name comes first"
    assert set(found(naam="breda", niveau="gemeente")) == {BREDA}
    assert found(naam="bu07580006") == [CITY]
    assert found(naam="chasse") == found(naam="Chassé") != []
    assert found(naam="qqqq") == []


def test_a_figure_comes_with_all_that_belongs_to_it(site: PublishedSite, data_site: Path) -> None:
    told = answer(site, "cijfer", gebied_code=CITY, indicator="overlast_drugs_alcohol", periode="2022")
    (figure,) = told["cijfers"]

    path = data_site / "indicator/overlast-drugs-alcohol/overlast-drugs-alcohol.parquet"
    (published,) = pq.read_table(
        path, filters=[("gebied_code", "=", CITY), ("periode", "=", "2022")]
    ).to_pylist()
    assert figure == published
    assert figure["onder"] < figure["waarde"] < figure["boven"]
    assert set(told["voorbehouden"]) == set(figure["voorbehoud"].split(";"))
    assert all(told["voorbehouden"].values())
    assert figure["status"] in told["statussen"]
    assert "47024NED" in told["bronvermelding"] and told["licenties"]
    assert told["adressen"][CITY] == address_of(CITY)


def test_without_a_period_the_newest_figure_comes(site: PublishedSite) -> None:
    series = answer(site, "reeks", gebied_code=BREDA, indicator="misdrijven")["cijfers"]
    newest = answer(site, "cijfer", gebied_code=BREDA, indicator="misdrijven")["cijfers"]
    assert newest == series[-1:]
    assert [row["periode"] for row in series] == sorted(row["periode"] for row in series)


def test_areas_are_compared_in_the_order_asked_over_one_year(site: PublishedSite) -> None:
    codes = [CITY, BREDA, "NL00"]
    rows = answer(site, "vergelijk", gebied_codes=codes, indicator="misdrijven")["cijfers"]
    assert [row["gebied_code"] for row in rows] == codes
    assert {row["periode"] for row in rows} == {"2023"}, "the newest that all three have"


@pytest.mark.parametrize(
    ("tool", "values", "words"),
    [
        ("ranglijst", {"indicator": "misdrijven"}, NO_RANKING),
        ("vergelijk", {"gebied_codes": [CITY] * (MOST_COMPARED + 1), "indicator": "misdrijven"}, NO_RANKING),
        ("cijfer", {"gebied_code": "BU00000000", "indicator": "misdrijven"}, "BU00000000"),
        ("cijfer", {"gebied_code": CITY, "indicator": "misdrijf"}, "misdrijven"),
        ("cijfer", {"gebied_code": CITY, "indicator": "misdrijven", "periode": "1999"}, "1999"),
        ("cijfer", {"gebied_code": CITY, "indicator": "../../datapackage"}, "bestaat niet"),
        ("zoek_gebied", {"naam": "City", "niveau": "straat"}, "land, gemeente, wijk, buurt"),
        ("zoek_gebied", {"naam": " "}, "Geef een naam"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    site: PublishedSite, tool: str, values: dict[str, Any], words: str
) -> None:
    refused, said, _ = ask(site, tool, **values)
    assert refused
    assert words in said


def test_every_indicator_is_described_and_can_be_asked(site: PublishedSite) -> None:
    listed = answer(site, "lijst_indicatoren")["indicatoren"]
    assert {one["naam"] for one in listed} >= {"misdrijven", "overlast_drugs_alcohol", "inwoners"}
    for one in listed:
        assert one["definitie"] and one["niveaus"] and one["periode"], one["naam"]
        assert site.description(one["naam"])["citation"]


def test_without_a_built_site_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LookupFault, match="veiligheidsbeeld site"):
        PublishedSite(tmp_path)


def test_the_command_talks_by_its_input_and_output(data_site: Path, tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(data_site)
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "pipeline", "mcp", "-q", "--build", str(tmp_path), "--data", "voorbeeld"],
        cwd=str(PROJECT),
        env={"PYTHONPATH": str(PROJECT)},
    )

    async def asked() -> Any:
        async with Client(stdio_client(command)) as client:
            tools = await client.list_tools()
            found = await client.call_tool("zoek_gebied", {"naam": "City"})
            return [tool.name for tool in tools.tools], found.structured_content

    names, found = _apart(asked())
    assert names == ["zoek_gebied", "lijst_indicatoren", "cijfer", "reeks", "vergelijk", "ranglijst"]
    assert CITY in json.dumps(found)
