"""A local stand-in for CBS, Politie and PDOK, faithful to what is known of them, quirks included.

    python -m tests.upstream_server --data DIR --port 8800 [--fault NAME] [--cube] [--page 10000]

Both StatLine hosts under one address: OData v3 Feed, Api and Catalog, and PDOK's OGC API with opaque
cursors. DIR is laid out as the publishers serve it, or is a snapshot store (default: the store of the tests).
"""

import argparse
import base64
import contextlib
import functools
import gzip
import hashlib
import http.server
import json
import socket
import struct
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa

from tests import upstream_data, upstream_faults, upstream_filter
from tests.upstream_data import Boundaries, Rows, Table, Upstream
from tests.upstream_faults import Fault

PAGE = 10_000
API_LIMIT = 10_000
PDOK_DEFAULT, PDOK_MOST = 10, 1000
PDOK_PARAMETERS = {"f", "limit", "cursor", "bbox", "bbox-crs", "crs", "buurtcode", "wijkcode", "gemeentecode"}
CRS84 = {"http://www.opengis.net/def/crs/OGC/1.3/CRS84", ""}
EXAMPLE = Path(__file__).resolve().parent / "opslag"
DATA_SETS = ("TypedDataSet", "UntypedDataSet")

Transform = Callable[[str, pa.Table], pa.Table]


@dataclass
class State:
    """What is served and how; tests change it while the server runs.

    Attributes:
        modified: table id (lower case) → Modified in place of its own: a new release.
        transform: changes the rows of a page: other figures, missing rows.
        without: table ids (lower case) that are not there.
        requests: every path that was asked for, in order.
    """

    upstream: Upstream
    page: int = PAGE
    fault: Fault = field(default_factory=Fault)
    stall_seconds: float = 600.0
    modified: dict[str, str] = field(default_factory=dict)
    transform: Transform | None = None
    without: set[str] = field(default_factory=set)
    requests: list[str] = field(default_factory=list)
    data_pages: int = 0

    def table(self, table_id: str) -> Table | None:
        return None if table_id.lower() in self.without else self.upstream.tables.get(table_id.lower())


class UpstreamServer:
    """The server in a thread of its own: ``with UpstreamServer(data) as server: … server.url``."""

    def __init__(
        self,
        data: Path = EXAMPLE,
        *,
        port: int = 0,
        fault: str = "",
        cube: bool = False,
        page: int = PAGE,
        cube_size: Mapping[str, Any] | None = None,
    ) -> None:
        upstream = upstream_data.load(data)
        if cube:
            stored = upstream.tables.get("47018ned")
            upstream.tables["47018ned"] = upstream_data.cube_of(stored, **(cube_size or {}))
        self.state = State(upstream, page=page, fault=Fault.parse(fault))
        handler = functools.partial(Handler, self.state)
        self._http = _Quiet(("127.0.0.1", port), handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> "UpstreamServer":
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def serve(self) -> None:
        self._http.serve_forever(poll_interval=0.05)


class _Quiet(http.server.ThreadingHTTPServer):
    """Clients may go away in the middle of a sentence."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection; answers go out with a length, so that connections are kept."""

    protocol_version = "HTTP/1.1"
    server_version = "stand-in"
    disable_nagle_algorithm = True

    def __init__(self, state: State, *args: Any, **kwargs: Any) -> None:
        self.state = state
        super().__init__(*args, **kwargs)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests read what the program says."""

    def do_GET(self) -> None:
        parsed = urllib.parse.urlsplit(self.path)
        self.state.requests.append(self.path)
        query = {key: values[-1] for key, values in _query(parsed.query).items()}
        path = parsed.path
        lowered = path.lower().strip("/").split("/")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if lowered[0] == "odatacatalog":
                self._catalog(lowered[1:], query)
            elif lowered[0] in ("odatafeed", "odataapi") and lowered[1:2] == ["odata"] and len(lowered) > 2:
                self._odata(path, path.strip("/").split("/")[2:], query, api=lowered[0] == "odataapi")
            elif lowered[:1] == ["cbs"] and "ogc" in lowered:
                self._pdok(path.strip("/").split("/"), query)
            else:
                self._not_found()

    # -- OData

    def _catalog(self, rest: list[str], query: dict[str, str]) -> None:
        if rest[:1] != ["tables"]:
            self._json({"odata.metadata": f"{self._base}/ODataCatalog/$metadata#Themes", "value": []})
            return
        rows = []
        for table in self.state.upstream.tables.values():
            if self.state.table(table.id) is not None:
                info = self._info(table)
                address = f"{self._base}/ODataFeed/OData/{table.id}"
                rows.append({**info, "FeedUrl": address, "ApiUrl": address.replace("Feed", "Api", 1)})
        if "$filter" in query:
            listed = pa.Table.from_pylist([{**row, "ID": None} for row in rows])
            chosen = upstream_filter.mask(upstream_filter.parse(query["$filter"]), listed).to_pylist()
            rows = [row for row, keep in zip(rows, chosen, strict=True) if keep]
        if "$select" in query:
            names = query["$select"].split(",")
            rows = [{name: row.get(name) for name in names} for row in rows]
        self._json({"odata.metadata": f"{self._base}/ODataCatalog/$metadata#Tables", "value": rows})

    def _odata(self, path: str, parts: list[str], query: dict[str, str], *, api: bool) -> None:
        table = self.state.table(parts[0])
        if table is None:
            self._not_found()
            return
        name = parts[1] if len(parts) > 1 and parts[1] else ""
        if self._broken(table.id, name):
            return
        atom = not api and query.get("$format") != "json"
        if not name:
            self._service_root(table, atom=atom)
        elif name in DATA_SETS:
            self._data(path, table, name, query, api=api, atom=atom)
        elif name in table.sets or name in ("TableInfos", "DataProperties", "CategoryGroups"):
            self._metadata(path, table, name, query, atom=atom)
        else:
            self._not_found()

    def _broken(self, table_id: str, name: str) -> bool:
        """Faults below HTTP and of whole answers; they strike where rows and code lists are asked for."""
        fault = self.state.fault
        if name in ("", "TableInfos", "DataProperties", "CategoryGroups"):
            return False
        if fault.strikes("reset", table_id):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return True
        if fault.strikes("stalled", table_id):
            time.sleep(self.state.stall_seconds)
            self.close_connection = True
            return True
        if fault.strikes("503", table_id):
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, b"<h1>Service Unavailable</h1>", "text/html")
            return True
        if fault.strikes("html", table_id):
            page = b"<!DOCTYPE html><html><body><h1>Storing</h1></body></html>"
            self._send(HTTPStatus.OK, page, "text/html; charset=utf-8")
            return True
        return False

    def _service_root(self, table: Table, *, atom: bool) -> None:
        dimensions = [
            row["Key"] for row in table.sets["DataProperties"] if row["Type"] in upstream_data.DIMENSION_KINDS
        ]
        names = [
            "TableInfos",
            "UntypedDataSet",
            "TypedDataSet",
            "DataProperties",
            "CategoryGroups",
            *dimensions,
        ]
        address = f"{self._base}/ODataFeed/odata/{table.id}"
        if atom:
            listed = "".join(
                f'<collection href="{name}"><title>{name}</title></collection>' for name in names
            )
            self._send(HTTPStatus.OK, f"<service>{listed}</service>".encode(), "application/atomsvc+xml")
            return
        value = [{"name": name, "url": f"{address}/{name}"} for name in names]
        self._json({"odata.metadata": f"{self._metadata_of(table)}", "value": value})

    def _info(self, table: Table) -> dict[str, Any]:
        info = dict(table.sets["TableInfos"][0])
        stamp = self.state.modified.get(table.id.lower())
        if self.state.fault.is_on("modified", table.id) and self.state.data_pages:
            stamp = f"2031-01-15T02:00:{self.state.data_pages % 60:02d}"
        return {**info, "Modified": stamp, "MetaDataModified": stamp} if stamp else info

    def _metadata(self, path: str, table: Table, name: str, query: dict[str, str], *, atom: bool) -> None:
        rows: Rows = [self._info(table)] if name == "TableInfos" else table.sets.get(name, [])
        fault = self.state.fault
        if name == "DataProperties" and fault.is_on("suffix", table.id):
            rows = [
                {**row, "Key": upstream_faults.renumbered(row["Key"])} if row["Type"] == "Topic" else row
                for row in rows
            ]
        if (
            len(rows) > 20
            and name not in ("DataProperties", "Perioden")
            and fault.strikes("other-year", table.id)
        ):
            rows = upstream_faults.other_year(rows)
        skip = int(query.get("$skip", 0))
        page = rows[skip : skip + self.state.page]
        if atom:
            self._atom(table, name, page)
            return
        body: dict[str, Any] = {"odata.metadata": self._metadata_of(table, name), "value": page}
        if skip + self.state.page < len(rows):
            body["odata.nextLink"] = self._next(path, query, skip + self.state.page, table.id)
        self._json(body)

    def _data(
        self, path: str, table: Table, name: str, query: dict[str, str], *, api: bool, atom: bool
    ) -> None:
        try:
            where = upstream_filter.parse(query["$filter"]) if query.get("$filter") else None
            limit, skip = self.state.page, int(query.get("$skip", 0))
            if api and (refusal := _api_refusal(table, where, query)):
                self._error(HTTPStatus.INTERNAL_SERVER_ERROR, refusal)
                return
            limit = min(limit, int(query["$top"])) if "$top" in query else limit
            where = _as_api_reads(where) if api else where
            rows, more = table.page(where, skip, limit)
        except upstream_filter.FilterError as error:
            self._error(HTTPStatus.BAD_REQUEST, str(error))
            return
        self.state.data_pages += 1
        rows = self._as_served(table, rows, where)
        rows = _selected(rows, query.get("$select"))
        if rows is None:
            self._error(HTTPStatus.BAD_REQUEST, f"could not find a property in $select={query['$select']}")
            return
        if name == "UntypedDataSet":
            rows = _untyped(rows)
        if atom:
            self._atom(table, name, rows.to_pylist())
            return
        head = {"odata.metadata": self._metadata_of(table, name)}
        if more and "$top" not in query and not api:
            head["odata.nextLink"] = self._next(path, query, skip + limit, table.id)
        body = f'{json.dumps(head)[:-1]},"value":[{_rows_as_json(rows)}]}}'
        self._send(HTTPStatus.OK, body.encode(), "application/json;odata=minimalmetadata", table=table.id)

    def _as_served(self, table: Table, rows: pa.Table, where: upstream_filter.Node | None) -> pa.Table:
        """The page after a new release and the fault that is on."""
        if self.state.transform is not None:
            rows = self.state.transform(table.id, rows)
        strangers = rows.slice(0, 0)
        if where is not None and self.state.fault.is_on("outside-filter", table.id):
            strangers = table.page(upstream_filter.Call("not", (where,)), 0, 3)[0]
        rows = upstream_faults.spoil(self.state.fault, table.id, rows, strangers)
        if self.state.fault.is_on("suffix", table.id):
            dimensions = {"ID"} | set(table.sets)
            rows = rows.rename_columns(
                [
                    name if name in dimensions else upstream_faults.renumbered(name)
                    for name in rows.column_names
                ]
            )
        return rows

    def _next(self, path: str, query: dict[str, str], skip: int, table_id: str) -> str:
        fault = self.state.fault
        if fault.strikes("repeated-next", table_id):
            skip = int(query.get("$skip", 0))
        base = "http://elders.example" if fault.strikes("foreign-next", table_id) else self._base
        kept = {key: value for key, value in query.items() if key not in ("$skip", "$format")}
        options = [("$format", query.get("$format", "json")), *kept.items(), ("$skip", str(skip))]
        listed = "&".join(f"{key}={urllib.parse.quote(value, safe=',()')}" for key, value in options)
        return f"{base}{path}?{listed}"

    @property
    def _base(self) -> str:
        return f"http://{self.headers.get('Host', 'localhost')}"

    def _metadata_of(self, table: Table, name: str = "") -> str:
        address = f"{self._base}/ODataFeed/OData/{table.id}/$metadata"
        return f"{address}#Cbs.OData.WebAPI.{name}" if name else address

    def _atom(self, table: Table, name: str, rows: Rows) -> None:
        address = f"{self._base}/ODataFeed/OData/{table.id}"
        entries = []
        for row in rows:
            properties = "".join(
                f'<d:{key} xml:space="preserve">{escape(str(value))}</d:{key}>'
                for key, value in row.items()
                if value is not None
            )
            content = f'<content type="application/xml"><m:properties>{properties}</m:properties></content>'
            entries.append(f"<entry><id>{address}/{name}({row.get('ID', 0)})</id>{content}</entry>")
        feed = (
            '<?xml version="1.0" encoding="utf-8"?>'
            f'<feed xml:base="{address}" xmlns="http://www.w3.org/2005/Atom"'
            ' xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"'
            ' xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">'
            f'<title type="text">{name}</title>{"".join(entries)}</feed>'
        )
        self._send(HTTPStatus.OK, feed.encode(), "application/atom+xml;type=feed;charset=utf-8")

    # -- PDOK

    def _pdok(self, parts: list[str], query: dict[str, str]) -> None:
        boundaries = self.state.upstream.boundaries.get(parts[1])
        if boundaries is None or parts[1].lower() in self.state.without or parts[2:4] != ["ogc", "v1"]:
            self._problem(HTTPStatus.NOT_FOUND, f"{self.path} does not exist")
            return
        if self._broken(parts[1], "items" if parts[-1] == "items" else ""):
            return
        rest = parts[4:]
        if len(rest) == 3 and rest[2] == "items" and rest[1] in boundaries.features:
            self._items(parts[1], boundaries, rest[1], query)
        elif len(rest) == 2 and rest[1] in boundaries.features:
            self._json({"id": rest[1], "title": f"{rest[1]} ({parts[1]})", "links": [], "crs": sorted(CRS84)})
        else:
            self._problem(HTTPStatus.NOT_FOUND, f"{self.path} does not exist")

    def _items(self, name: str, boundaries: Boundaries, collection: str, query: dict[str, str]) -> None:
        unknown = sorted(set(query) - PDOK_PARAMETERS)
        if unknown:
            self._problem(HTTPStatus.BAD_REQUEST, f"unknown query parameter(s) found: {', '.join(unknown)}")
            return
        if query.get("crs", "") not in CRS84:
            self._problem(HTTPStatus.BAD_REQUEST, f"requested crs {query['crs']} is not served here")
            return
        chosen = [
            feature
            for feature in boundaries.features[collection]
            if all(
                feature["properties"].get(key) == query[key]
                for key in ("buurtcode", "wijkcode", "gemeentecode")
                if key in query
            )
        ]
        limit = min(int(query.get("limit", PDOK_DEFAULT)), PDOK_MOST)
        bound = _seal(query)
        try:
            start = _opened(query["cursor"], bound) if "cursor" in query else 0
        except ValueError:
            self._problem(HTTPStatus.BAD_REQUEST, "the cursor does not belong to these parameters")
            return
        page = chosen[start : start + limit]
        fault = self.state.fault
        if fault.strikes("empty", name):
            page = []
        if page and fault.strikes("duplicate", name):
            page = [*page, page[0]]
        if fault.strikes("outside-filter", name):
            page = [{**row, "properties": {**row["properties"], "jaar": 1995}} for row in page]
        links = [{"rel": "self", "type": "application/geo+json", "href": f"{self._base}{self.path}"}]
        if start + limit < len(chosen):
            links.append(
                {
                    "rel": "next",
                    "title": "Next page",
                    "type": "application/geo+json",
                    "href": self._pdok_next(name, query, start, start + limit, bound),
                }
            )
        body = {
            "type": "FeatureCollection",
            "timeStamp": "2000-01-01T00:00:00Z",
            "links": links,
            "features": page,
            "numberReturned": len(page),
        }
        self._send(HTTPStatus.OK, json.dumps(body).encode(), "application/geo+json", table=name)

    def _pdok_next(self, name: str, query: dict[str, str], start: int, following: int, bound: str) -> str:
        if self.state.fault.strikes("repeated-next", name):
            following = start
        base = "http://elders.example" if self.state.fault.strikes("foreign-next", name) else self._base
        token = base64.urlsafe_b64encode(f"{following}|{bound}".encode()).decode().rstrip("=")
        path = urllib.parse.urlsplit(self.path).path
        return f"{base}{path}?{urllib.parse.urlencode({**query, 'cursor': token})}"

    # -- answers

    def _json(self, value: Any) -> None:
        self._send(HTTPStatus.OK, json.dumps(value).encode(), "application/json;odata=minimalmetadata")

    def _not_found(self) -> None:
        self._send(HTTPStatus.NOT_FOUND, b"<h1>404</h1>", "text/html")

    def _error(self, status: HTTPStatus, text: str) -> None:
        body = {"odata.error": {"code": "", "message": {"lang": "en-US", "value": text}}}
        self._send(status, json.dumps(body).encode(), "application/json")

    def _problem(self, status: HTTPStatus, detail: str) -> None:
        body = {
            "detail": detail,
            "status": int(status),
            "timeStamp": "2000-01-01T00:00:00Z",
            "title": status.phrase,
        }
        self._send(status, json.dumps(body).encode(), "application/problem+json")

    def _send(self, status: HTTPStatus, body: bytes, content_type: str, *, table: str = "") -> None:
        headers = {"Content-Type": content_type}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if table and self.state.fault.strikes("cut", table):
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
            return
        self.wfile.write(body)


def _query(text: str) -> dict[str, list[str]]:
    return urllib.parse.parse_qs(text, keep_blank_values=True)


def _api_refusal(table: Table, where: upstream_filter.Node | None, query: dict[str, str]) -> str:
    """Why the Api says 500, in the cases reported of it; empty if it does not."""
    too_many = f"query returns more than {API_LIMIT} records"
    if "$skip" in query or int(query.get("$top", 0)) > 5000:
        return too_many
    topics = {row["Key"] for row in table.sets["DataProperties"] if row["Type"] == "Topic"}
    if where is not None and upstream_filter.columns_of(where) & topics:
        return too_many
    return too_many if table.count(_as_api_reads(where)) > API_LIMIT else ""


def _as_api_reads(where: upstream_filter.Node | None) -> upstream_filter.Node | None:
    """The Api silently ignores ranges over regions."""
    return upstream_filter.without_ranges(where, "WijkenEnBuurten")


def _selected(rows: pa.Table, select: str | None) -> pa.Table | None:
    """The asked columns, None if one is unknown."""
    if not select:
        return rows
    names = [name.strip() for name in select.split(",")]
    return rows.select(names) if set(names) <= set(rows.column_names) else None


def _untyped(rows: pa.Table) -> pa.Table:
    """All text: numbers right-aligned, a missing one a right-aligned point."""
    made = {}
    for name in rows.column_names:
        if name == "ID" or pa.types.is_string(rows[name].type):
            made[name] = rows[name]
        else:
            made[name] = pa.array(
                [f"{'.' if value is None else value:>8}" for value in rows[name].to_pylist()]
            )
    return pa.table(made)


def _rows_as_json(rows: pa.Table) -> str:
    """The objects of a page, without the brackets; texts are encoded once per distinct value."""
    encoded = []
    for name in rows.column_names:
        values = rows[name].to_pylist()
        if pa.types.is_string(rows[name].type):
            known = {value: json.dumps(value) for value in set(values)}
            encoded.append([f'"{name}":{known[value]}' for value in values])
        else:
            encoded.append([f'"{name}":{"null" if value is None else value}' for value in values])
    return ",".join("{" + ",".join(cells) + "}" for cells in zip(*encoded, strict=True))


def _seal(query: dict[str, str]) -> str:
    """What a cursor is bound to: all other parameters."""
    text = json.dumps(sorted((key, value) for key, value in query.items() if key != "cursor"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _opened(token: str, bound: str) -> int:
    """The place that a cursor stands for.

    Raises:
        ValueError: it is not one of ours, or belongs to other parameters.
    """
    text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    place, _, seal = text.partition("|")
    if seal != bound:
        raise ValueError(token)
    return int(place)


@contextlib.contextmanager
def serving(data: Path = EXAMPLE, **options: Any) -> Iterator[UpstreamServer]:
    """A server for the length of a test."""
    with UpstreamServer(data, **options) as server:
        yield server


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=EXAMPLE)
    parser.add_argument("--port", type=int, default=8800)
    parser.add_argument("--fault", default="", help=f"one of: {', '.join(upstream_faults.FAULTS)}")
    parser.add_argument("--cube", action="store_true", help="a full, synthetic 47018NED")
    parser.add_argument("--page", type=int, default=PAGE)
    options = parser.parse_args()
    server = UpstreamServer(
        options.data, port=options.port, fault=options.fault, cube=options.cube, page=options.page
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.serve()


if __name__ == "__main__":
    main()
