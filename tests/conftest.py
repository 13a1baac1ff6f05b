"""What every test shares: no network, the project's root, the publishers' real data where it is present,
and the site of the embedded example, built once."""

import gc
import ipaddress
import os
import socket
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import warehouse
from pipeline.paths import Paths
from tests import dealing, once

ROOT = Path(__file__).resolve().parent.parent

# The embedded example is the whole country; tests read a small store of the same form: Breda.
os.environ["VB_VOORBEELD"] = str(ROOT / "tests" / "opslag")

# Where nothing compiled is kept, every worker and every command that a test starts compiles all of it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of collected tests stay till the end: the garbage collector need not visit them each time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def pytest_sessionfinish() -> None:
    gc.unfreeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: dealing.place_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> dealing.Dealer | None:
    return dealing.Dealer(config, log) if config.getvalue("dist") == "loadfile" else None


class NetworkForbidden(RuntimeError):
    """A test tried to leave this machine. Not an OSError: code that retries must not swallow it."""


def _is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_unless_local(family: int, address: Any) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
        raise NetworkForbidden(f"tests stay on this machine; refused: connect to {address[0]}:{address[1]}")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Any connection or name look-up other than to loopback raises NetworkForbidden."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_unless_local(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_unless_local(self.family, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        if not _is_local(host):
            raise NetworkForbidden(f"tests stay on this machine; refused: look up {host!r}")
        return getaddrinfo(host, port, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(autouse=True, scope="session")
def folder_of_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    once.Run.folder = once.of_run(tmp_path_factory)


@pytest.fixture(scope="session")
def project_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def upstream(project_root: Path) -> Path:
    """Folder with the publishers' real data, laid out as upstream serves it (VB_UPSTREAM).

    Absent: skipped by name, or failed where VB_REQUIRE_UPSTREAM=1.
    """
    folder = Path(os.environ.get("VB_UPSTREAM") or project_root.parent / "shared" / "upstream")
    if not folder.is_dir():
        reason = f"VB_UPSTREAM ontbreekt: {folder} is geen map"
        if os.environ.get("VB_REQUIRE_UPSTREAM") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def built_site() -> Path:
    """Root folder of the embedded example's site, built from its figures by the command line.

    VB_SITE names a site built before, to judge that one instead.
    """
    if named := os.environ.get("VB_SITE"):
        site = Path(named).resolve()
        if not (site / "index.html").is_file():
            pytest.fail(f"VB_SITE={named}: no index.html there")
        return site

    return (once.project() / "build" / "site").resolve()


@pytest.fixture(scope="session")
def example_paths() -> Paths:
    """Where the warehouse of the embedded example stands, built once."""
    return once.example_paths()


@pytest.fixture(scope="module")
def con(example_paths: Paths) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the embedded example, to read."""
    with warehouse.open_warehouse(example_paths) as connection:
        yield connection


@pytest.fixture(scope="session")
def data_site(example_paths: Paths) -> Path:
    """The root of a site with nothing but data, to read."""
    from tests.unit import data_site as written  # a second of loading: not for who asks for no site

    def build(folder: Path) -> None:
        with warehouse.open_warehouse(example_paths) as con:
            written.write(con, folder)

    return once.built_once("gegevens", build)
