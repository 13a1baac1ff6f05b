"""The guard in conftest.py: a test that leaves this machine fails, whatever way it tries."""

import socket
import threading
from pathlib import Path

import pytest
import requests

from tests.conftest import NetworkForbidden

ELSEWHERE = "192.0.2.1"  # TEST-NET-1: belongs to nobody


def test_connect_elsewhere_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(NetworkForbidden, match=r"192\.0\.2\.1:443"):
        outside.connect((ELSEWHERE, 443))


def test_connect_ex_elsewhere_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(NetworkForbidden, match=r"192\.0\.2\.1:443"):
        outside.connect_ex((ELSEWHERE, 443))


def test_connect_elsewhere_by_ipv6_is_refused() -> None:
    with socket.socket(socket.AF_INET6) as outside, pytest.raises(NetworkForbidden, match="2001:db8::1"):
        outside.connect(("2001:db8::1", 443))


def test_name_look_up_is_refused() -> None:
    with pytest.raises(NetworkForbidden, match=r"'opendata\.example'"):
        socket.create_connection(("opendata.example", 443))


def test_http_client_is_refused() -> None:
    """requests wraps and retries OSErrors; the refusal comes through as it is."""
    with requests.Session() as session, pytest.raises(NetworkForbidden, match="opendata"):
        session.trust_env = False
        session.get("http://opendata.example/", timeout=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_allowed(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        greeting = threading.Thread(target=lambda: server.accept()[0].close())
        greeting.start()
        with socket.create_connection((host, port), timeout=5) as client:
            assert client.recv(1) == b""
        greeting.join()


def test_unix_socket_is_allowed(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen(1)
        client.connect(path)
