"""Serves a folder on loopback, at the root of a host or under a sub-path as project sites are."""

import gzip
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections: a page needs some ten files

    def __init__(self, *args: Any, prefix: str, **options: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages does: pages share ten files
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


class _Compressing(_Handler):
    """Sends text as GitHub Pages does: compressed for who can read that."""

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        kind = self.guess_type(str(file))
        is_text = kind.startswith("text/") or kind.endswith(("json", "javascript", "xml"))
        if not (is_text and file.is_file() and "gzip" in self.headers.get("Accept-Encoding", "")):
            return super().send_head()
        packed = gzip.compress(file.read_bytes(), compresslevel=6)
        self.send_response(200)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Encoding", "gzip"),
            ("Vary", "Accept-Encoding"),
        ):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        return io.BytesIO(packed)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a browser that closes is no error
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path, *, prefix: str = "/", compress: bool = False) -> Iterator[str]:
    """Yields the address of `folder`, ending in `prefix`, for as long as the context lasts."""
    assert prefix.startswith("/") and prefix.endswith("/"), prefix
    handler = partial(_Compressing if compress else _Handler, directory=str(folder), prefix=prefix)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
