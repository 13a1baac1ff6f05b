"""Downloads for municipal definitions against a local server; nothing leaves this machine."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline.fetch.ckan import Ckan
from pipeline.fetch.dcat import Dcat
from pipeline.fetch.file import FileClient, fetch_file
from pipeline.fetch.http import Client, FetchError, Patience
from pipeline.gemeente.discover import candidates, listing
from tests.unit.gemeente.example import BY_NAME, BY_YEAR, TOP, define, indicator

ONCE = Patience(connect=2, read=2, total=5, tries=1)


class Handler(BaseHTTPRequestHandler):
    """Answers from a table of paths: status, headers, body."""

    answers: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}

    def do_GET(self) -> None:
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.answers = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def client(**options: object) -> FileClient:
    return FileClient(ONCE, **({"private": True} | options))  # type: ignore[arg-type]


def test_a_file_comes_with_the_publishers_date(server: str, tmp_path: Path) -> None:
    Handler.answers["/a.csv"] = (200, {"Last-Modified": "Sat, 01 Apr 2023 12:00:00 GMT"}, b"a,b\n1,2\n")
    got = client().download(f"{server}/a.csv", tmp_path / "a.csv")
    assert (got.path.read_bytes(), got.modified) == (b"a,b\n1,2\n", "2023-04-01")


def test_a_redirect_on_the_same_host_is_followed(server: str, tmp_path: Path) -> None:
    Handler.answers |= {"/oud": (302, {"Location": "/nieuw"}, b""), "/nieuw": (200, {}, b"a\n")}
    assert client().download(f"{server}/oud", tmp_path / "a").path.read_bytes() == b"a\n"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://elders.example/a",
        "http://169.254.169.254/latest",
        "http://127.0.0.1:1/a",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_elsewhere_is_refused(server: str, tmp_path: Path, elsewhere: str) -> None:
    Handler.answers["/a"] = (302, {"Location": elsewhere}, b"")
    with pytest.raises(FetchError, match="verwijst door naar"):
        client().download(f"{server}/a", tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_circle_of_redirects_ends(server: str, tmp_path: Path) -> None:
    Handler.answers["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(FetchError, match="meer dan 5 keer doorverwezen"):
        client().download(f"{server}/a", tmp_path / "a")


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fd00::1"]
)
def test_a_private_address_is_refused_whatever_its_name(tmp_path: Path, address: str) -> None:
    asked = client(private=False, resolve=lambda _: ["93.184.216.34", address])
    with pytest.raises(FetchError, match=r"stad\.example is het adres .* in een eigen netwerk; geweigerd"):
        asked.download("http://stad.example/a.csv", tmp_path / "a")


def test_an_answer_from_a_private_address_is_refused_too(server: str, tmp_path: Path) -> None:
    """The name stood for a public address when it was looked up."""
    Handler.answers["/a"] = (200, {}, b"geheim" * 20_000)
    asked = client(private=False, resolve=lambda _: ["93.184.216.34"])
    with pytest.raises(FetchError, match=r"is nu 127\.0\.0\.1, een adres in een eigen netwerk"):
        asked.download(f"{server}/a", tmp_path / "a")


def test_a_file_of_more_than_two_gigabytes_is_refused_by_its_announcement(
    server: str, tmp_path: Path
) -> None:
    Handler.answers["/a"] = (200, {"Content-Length": "2147483648"}, b"")
    with pytest.raises(FetchError, match="2147483648 bytes; meer dan 2000000000 halen wij niet op"):
        client().download(f"{server}/a", tmp_path / "a")


def test_a_file_that_unpacks_to_too_much_is_cut_off(server: str, tmp_path: Path) -> None:
    body = gzip.compress(b"0" * 3_000_000)
    Handler.answers["/a"] = (200, {"Content-Encoding": "gzip"}, body)
    with pytest.raises(FetchError, match="pakt uit tot meer dan 1000000 bytes; afgebroken"):
        client(largest=1_000_000).download(f"{server}/a", tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_says_404(server: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="404"):
        client().download(f"{server}/weg.csv", tmp_path / "a")


def test_arcgis_is_asked_until_it_has_no_more(server: str, tmp_path: Path) -> None:
    def page(offset: int, names: list[str], more: bool) -> None:
        query = f"where=1%3D1&outFields=%2A&outSR=4326&f=json&resultOffset={offset}"
        features = [{"attributes": {"Buurt": name}} for name in names]
        reply = {"features": features} | ({"exceededTransferLimit": True} if more else {})
        Handler.answers[f"/laag/0/query?{query}"] = (200, {}, json.dumps(reply).encode())

    page(0, ["a", "b"], True)
    page(2, ["c"], False)
    definition = define(
        tmp_path, TOP, f'kind = "arcgis"\nurl = "{server}/laag/0"\n', BY_NAME, BY_YEAR, indicator()
    )
    got = fetch_file(client(), definition, root=tmp_path, work=tmp_path)
    features = json.loads(got.path.read_text())["features"]
    assert [one["attributes"]["Buurt"] for one in features] == ["a", "b", "c"]


def test_arcgis_tells_errors_with_status_200(server: str, tmp_path: Path) -> None:
    query = "where=1%3D1&outFields=%2A&outSR=4326&f=json&resultOffset=0"
    Handler.answers[f"/laag/0/query?{query}"] = (
        200,
        {},
        b'{"error": {"code": 400, "message": "Invalid URL"}}',
    )
    definition = define(
        tmp_path, TOP, f'kind = "arcgis"\nurl = "{server}/laag/0"\n', BY_NAME, BY_YEAR, indicator()
    )
    with pytest.raises(FetchError, match="Invalid URL"):
        fetch_file(client(), definition, root=tmp_path, work=tmp_path)


def test_amsterdam_is_followed_to_its_last_page_and_nowhere_else(server: str, tmp_path: Path) -> None:
    def page(path: str, code: str, following: str | None) -> None:
        links = {"next": {"href": following}} if following else {}
        reply = {"_links": links, "_embedded": {"meldingen": [{"gbdBuurtCode": code}]}}
        Handler.answers[path] = (200, {}, json.dumps(reply).encode())

    page("/v1", "AA01", f"{server}/v1?page=2")
    page("/v1?page=2", "AA02", None)
    definition = define(tmp_path, TOP, f'kind = "dso"\nurl = "{server}/v1"\n', BY_NAME, BY_YEAR, indicator())
    got = fetch_file(client(), definition, root=tmp_path, work=tmp_path)
    assert [row["gbdBuurtCode"] for row in json.loads(got.path.read_text())["_embedded"]["rijen"]] == [
        "AA01",
        "AA02",
    ]
    page("/v1?page=2", "AA02", "http://elders.example/v1?page=3")
    with pytest.raises(FetchError, match=r"wijst naar elders of terug: http://elders\.example"):
        fetch_file(client(), definition, root=tmp_path, work=tmp_path)


def test_a_definition_without_address_asks_for_the_file(tmp_path: Path) -> None:
    definition = define(tmp_path, TOP, 'kind = "csv"\n', BY_NAME, BY_YEAR, indicator())
    with pytest.raises(FetchError, match="geef het bestand mee met --bestand"):
        fetch_file(client(), definition, root=tmp_path, work=tmp_path)


def test_a_file_by_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "geheim.csv").write_text("a\n")
    (root / "a.csv").symlink_to(tmp_path / "geheim.csv")
    definition = define(root, TOP, 'kind = "csv"\nfile = "a.csv"\n', BY_NAME, BY_YEAR, indicator())
    with pytest.raises(FetchError, match="ligt buiten het project"):
        fetch_file(client(), definition, root=root, work=tmp_path)


# The shape is that of CKAN's package_search as documented; the datasets are invented.
PACKAGES = {
    "success": True,
    "result": {
        "count": 3,
        "results": [
            {
                "name": "meldingen-overlast",
                "title": "Meldingen overlast",
                "notes": "Meldingen bij de gemeente",
                "organization": {"title": "Breda"},
                "license_title": "CC-0 (1.0)",
                "metadata_modified": "2026-02-28T10:00:40.659790",
                "resources": [
                    {"url": "https://stad.example/a.pdf", "format": "PDF"},
                    {"url": "https://stad.example/a.geojson", "format": "application/geo+json"},
                    {"url": "https://stad.example/a.csv", "format": "http://publications.europa.eu/resource/authority/file-type/CSV"},
                ],
            },
            {"name": "bomen", "title": "Bomen Breda", "organization": {"title": "Breda"}, "resources": [{"url": "https://stad.example/b.csv", "format": "CSV"}]},
            {"name": "overlast-tilburg", "title": "Overlast", "organization": {"title": "Tilburg"}, "resources": [{"url": "https://stad.example/t.csv", "format": "CSV"}]},
        ],
    },
}  # fmt: skip


def test_a_catalogue_is_searched_for_safety(server: str) -> None:
    path = "/data/api/3/action/package_search?q=%22Breda%22&rows=200&start=0"
    Handler.answers[path] = (200, {}, json.dumps(PACKAGES).encode())
    found = candidates([Ckan(Client(ONCE), server)], "Breda")
    assert [one.title for one in found] == ["Meldingen overlast"]
    assert [one.format for one in found[0].readable] == ["CSV", "GEOJSON"]
    text = listing(found, "Breda")
    assert "licentie: CC-0 (1.0)" in text
    assert "laatst gewijzigd: 2026-02-28" in text
    assert "CSV: https://stad.example/a.csv" in text


def test_a_catalogue_that_answers_otherwise_is_named(server: str) -> None:
    path = "/data/api/3/action/package_search?q=%22Breda%22&rows=200&start=0"
    Handler.answers[path] = (200, {}, b'{"success": false, "error": {}}')
    with pytest.raises(FetchError, match="antwoordt anders dan verwacht: success, error"):
        Ckan(Client(ONCE), server).datasets("Breda")


def test_utrechts_own_catalogue_is_searched_too(server: str) -> None:
    """The list in the shape that Utrecht gives; the files are invented after DCAT's names."""
    listed = [
        {
            "type": "dataset",
            "id": name,
            "attributes": {"dct:title": title},
            "links": {"self": f"https://open.utrecht.nl/dataset/{name}"},
        }
        for name, title in (("bushaltes", "Bushaltes"), ("diefstallen", "Diefstallen"))
    ]
    files = [
        {
            "type": "distribution",
            "attributes": {"dcat:accessURL": "https://open.utrecht.nl/d.csv", "dct:format": "text/CSV"},
        }
    ]
    Handler.answers["/api/datasets"] = (200, {}, json.dumps({"meta": {"total": 2}, "data": listed}).encode())
    Handler.answers["/api/datasets/diefstallen/distributions"] = (
        200,
        {},
        json.dumps({"data": files}).encode(),
    )
    found = candidates([Dcat(Client(ONCE), server, "Gemeente Utrecht")], "Utrecht")
    assert [(one.title, one.page) for one in found] == [
        ("Diefstallen", "https://open.utrecht.nl/dataset/diefstallen")
    ]
    assert found[0].readable[0].url == "https://open.utrecht.nl/d.csv"
