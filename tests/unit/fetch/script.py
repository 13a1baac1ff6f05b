"""A server that does as it is told, for what the fetching of one address must stand."""

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, bytes, dict[str, str]]


class Script:
    """A server that gives the answers of a list in turn, and keeps what was asked.

    Attributes:
        takes: seconds that it thinks over each answer.
        most_at_once: how many requests it ever had at one moment.
    """

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.takes = 0.0
        self.most_at_once = self._now = 0
        self._guard = threading.Lock()
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with script._guard:
                    script._now += 1
                    script.most_at_once = max(script.most_at_once, script._now)
                script.headers.append(dict(self.headers))
                script.paths.append(self.path)
                status, body, headers = script.answers.pop(0)
                time.sleep(script.takes)
                with script._guard:
                    script._now -= 1
                (self.send_response_only if "Date" in headers else self.send_response)(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                self.close_connection = "Content-Length" in headers

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/x"


@contextlib.contextmanager
def scripted() -> Iterator[Script]:
    """A server in a thread of its own, for the length of a test."""
    made = Script()
    threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.socket.close()
