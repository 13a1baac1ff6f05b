"""The local stand-in behaves as the publishers' services are known to, seen through cbsodata and plain HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import cbsodata
import pytest
import requests

from tests.upstream_server import UpstreamServer, serving

OVERLAST, MISDRIJVEN = "47024NED", "47018NED"
PAGE = 25


@pytest.fixture(scope="module")
def server() -> Iterator[UpstreamServer]:
    with serving(page=PAGE) as running:
        yield running


@pytest.fixture(autouse=True)
def plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbsodata.options, "use_https", False)


def host(server: UpstreamServer) -> str:
    return urlsplit(server.url).netloc


def ask(server: UpstreamServer, path: str, **kwargs: Any) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{server.url}{path}", timeout=10, **kwargs)


def feed(server: UpstreamServer, table: str, query: str = "") -> dict[str, Any]:
    answer = ask(server, f"/ODataFeed/odata/{table}/TypedDataSet?$format=json{query}")
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def test_cbsodata_downloads_every_page_and_every_set(server: UpstreamServer) -> None:
    data = cbsodata.download_data(OVERLAST, catalog_url=host(server))
    assert list(data) == [
        "TableInfos",
        "TypedDataSet",
        "DataProperties",
        "CategoryGroups",
        "Overlast",
        "WijkenEnBuurten",
        "Perioden",
    ]
    assert len(data["TypedDataSet"]) == 612
    assert len(data["WijkenEnBuurten"]) == 68


def test_cbsodata_typed_is_inverted(server: UpstreamServer) -> None:
    """typed=True downloads UntypedDataSet: padded text, a point for what is missing."""
    rows = cbsodata.download_data(OVERLAST, typed=True, catalog_url=host(server))["UntypedDataSet"]
    assert {type(row["GeregistreerdeOverlast_1"]) for row in rows} == {str}
    assert all(len(row["GeregistreerdeOverlast_1"]) == 8 for row in rows)


def test_cbsodata_catalogue_info_and_filter(server: UpstreamServer) -> None:
    listed = cbsodata.get_table_list(
        catalog_url=host(server),
        select=["Identifier", "Title"],
        filters="substringof('overlast',tolower(Title))",
    )
    assert {row["Identifier"] for row in listed} == {"47021NED", OVERLAST}
    assert set(listed[0]) == {"Identifier", "Title"}
    assert cbsodata.get_info(MISDRIJVEN, catalog_url=host(server))["Modified"] == "2026-01-15T02:00:00"


def test_next_link_is_absolute_on_own_host_with_literal_dollars(server: UpstreamServer) -> None:
    first = feed(server, OVERLAST, "&$filter=" + quote("Overlast eq 'E38   '"))
    link = first["odata.nextLink"]
    assert link.startswith(f"{server.url}/ODataFeed/odata/{OVERLAST}/TypedDataSet?$format=json&$filter=")
    assert link.endswith(f"&$skip={PAGE}")
    second = requests.get(link, timeout=10).json()
    assert len(second["value"]) == PAGE
    assert {row["Overlast"] for row in second["value"]} == {"E38   "}
    assert feed(server, OVERLAST, f"&$skip={612 - PAGE}").get("odata.nextLink") is None


def test_padded_key_finds_rows_and_bare_key_gives_200_with_nothing(server: UpstreamServer) -> None:
    padded = feed(server, OVERLAST, "&%24filter=" + quote("Overlast eq 'E38   '", safe=""))
    bare = feed(server, OVERLAST, "&$filter=" + quote("Overlast eq 'E38'"))
    assert (len(padded["value"]), bare["value"]) == (PAGE, [])


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("Overlast eq 'E38   ' and WijkenEnBuurten eq 'GM0758    '", 1),
        ("Overlast eq 'E38   ' and startswith(WijkenEnBuurten,'WK')", 11),
        ("substring(WijkenEnBuurten,2,4) eq '0758' and trim(Overlast) eq 'E38'", 68),
        ("(Overlast eq 'E38   ' or Overlast eq 'E33   ') and startswith(WijkenEnBuurten,'GM')", 2),
        ("GeregistreerdeOverlast_1 ge 5000", 1),
        ("not startswith(WijkenEnBuurten,'BU') and Overlast eq 'M22   '", 12),
    ],
)
def test_filters_that_the_publisher_honours(server: UpstreamServer, where: str, count: int) -> None:
    found, url = (
        0,
        f"{server.url}/ODataFeed/odata/{OVERLAST}/TypedDataSet?$format=json&$filter={quote(where)}",
    )
    while url:
        page = requests.get(url, timeout=10).json()
        found, url = found + len(page["value"]), page.get("odata.nextLink", "")
    assert found == count


def test_without_format_the_feed_answers_atom(server: UpstreamServer) -> None:
    answer = ask(server, f"/ODataFeed/OData/{OVERLAST}/TypedDataSet")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert '<d:Overlast xml:space="preserve">0.0.0 </d:Overlast>' in answer.text


def test_api_refuses_more_than_ten_thousand_rows_and_skip() -> None:
    with serving(cube=True, cube_size={"regions": 500, "types": 3, "years": range(2012, 2020)}) as server:
        path = f"/ODataApi/odata/{MISDRIJVEN}/TypedDataSet"
        refused = ask(server, path)
        assert refused.status_code == 500
        assert "more than 10000 records" in refused.text
        assert ask(server, f"{path}?$filter=Perioden eq '2012JJ00'&$skip=10").status_code == 500
        ranged = ask(server, f"{path}?$filter=Perioden eq '2012JJ00' and WijkenEnBuurten ge 'ZZ'")
        assert len(ranged.json()["value"]) == 1500


def test_unknown_table_is_404_and_root_names_the_sets(server: UpstreamServer) -> None:
    assert ask(server, "/ODataFeed/odata/00000NED/TableInfos?$format=json").status_code == 404
    root = ask(server, f"/odatafeed/OData/{OVERLAST.lower()}/?$format=json").json()
    assert root["odata.metadata"] == f"{server.url}/ODataFeed/OData/{OVERLAST}/$metadata"
    assert [entry["name"] for entry in root["value"]][:3] == ["TableInfos", "UntypedDataSet", "TypedDataSet"]


def test_gzip_on_request(server: UpstreamServer) -> None:
    path = f"/ODataFeed/odata/{OVERLAST}/TypedDataSet?$format=json"
    assert ask(server, path, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in ask(server, path, headers={"Accept-Encoding": "identity"}).headers


BUURTEN = "/cbs/wijken-en-buurten-2024/ogc/v1/collections/buurten/items"


def test_pdok_pages_by_opaque_cursor_bound_to_its_parameters(server: UpstreamServer) -> None:
    first = ask(server, f"{BUURTEN}?f=json&limit=30&gemeentecode=GM0758").json()
    assert first["numberReturned"] == 30
    link = next(link["href"] for link in first["links"] if link["rel"] == "next")
    second = requests.get(link, timeout=10).json()
    assert second["numberReturned"] == 26
    assert not [link for link in second["links"] if link["rel"] == "next"]
    codes = [feature["properties"]["buurtcode"] for feature in first["features"] + second["features"]]
    assert len(set(codes)) == 56
    other = requests.get(link.replace("limit=30", "limit=31"), timeout=10)
    assert other.status_code == 400


def test_pdok_default_limit_and_unknown_parameter(server: UpstreamServer) -> None:
    assert ask(server, f"{BUURTEN}?f=json").json()["numberReturned"] == 10
    refused = ask(server, f"{BUURTEN}?f=json&gemeente=GM0758")
    assert refused.status_code == 400
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "gemeente" in refused.json()["detail"]
    assert ask(server, BUURTEN.replace("2024", "1999")).status_code == 404


def test_cube_is_full_labelled_and_adds_up() -> None:
    size = {"regions": 120, "types": 3, "years": range(2012, 2015)}
    with serving(cube=True, cube_size=size) as server:
        data = cbsodata.download_data(MISDRIJVEN, catalog_url=host(server))
    rows = data["TypedDataSet"]
    assert len(rows) == 120 * 3 * 3
    assert [row["ID"] for row in rows] == list(range(len(rows)))
    assert data["TableInfos"][0]["Title"].startswith("SYNTHETISCH")
    one = [row for row in rows if (row["SoortMisdrijf"], row["Perioden"]) == ("1.1.1 ", "2013JJ00")]
    counts = {row["WijkenEnBuurten"].strip(): row["GeregistreerdeMisdrijven_1"] for row in one}
    buurten = sum(count for code, count in counts.items() if code.startswith("BU0758"))
    assert buurten == counts["GM0758"] > 0


@pytest.mark.upstream
def test_real_tables_are_served_with_their_known_totals(upstream: Path) -> None:
    with serving(upstream) as server:
        query = "&$filter=" + quote("Perioden eq '2023JJ00' and Overlast eq 'E33   '")
        (row,) = feed(server, "47021NED", query)["value"]
        assert row["GeregistreerdeOverlast_1"] == 141_724
        breda = "&$filter=" + quote("WijkenEnBuurten eq 'GM0758    ' and SoortMisdrijf eq '0.0.0 '")
        rows = feed(server, MISDRIJVEN, breda)["value"]
        assert {row["Perioden"]: row["GeregistreerdeMisdrijven_1"] for row in rows}["2025JJ00"] == 11_295
        kerncijfers = feed(server, "85984NED", "&$select=WijkenEnBuurten,AantalInwoners_5")
        assert len(kerncijfers["value"]) == 10_000
        assert (
            json.dumps(kerncijfers["value"][0])
            == '{"WijkenEnBuurten": "NL00      ", "AantalInwoners_5": 17942942}'
        )
