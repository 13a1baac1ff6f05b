"""The only place that connects to DuckDB."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.paths import Paths

# Above this DuckDB uses the disk, which measured no slower (benchmarks/README.md).
MEMORY_LIMIT = "2GB"

# DuckDB 2.0 takes a left join for one that keeps few rows, so that it holds the long side of ours in memory,
# several at a time: twice the memory, and four times the processor time of a model that looks things up. The
# right side of our joins is the short one.
SIDES_AS_WRITTEN = "set disabled_optimizers = 'build_side_probe_side'"

MACROS_FILE = Path(__file__).with_name("macros.sql")
MACROS = MACROS_FILE.read_text(encoding="utf-8")


class WarehouseError(VeiligheidsbeeldError):
    """The warehouse cannot be built or opened; the message names the model, the file and the value."""


class NoWarehouseError(WarehouseError):
    """There is no warehouse, or what stands in its place cannot be read: a build makes one."""


@contextmanager
def open_warehouse(paths: Paths, *, file: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the standing warehouse, or to an earlier one that was kept as `file`.

    Raises:
        NoWarehouseError: there is none yet, or it cannot be read.
    """
    warehouse = file or paths.warehouse
    if not warehouse.exists():
        raise NoWarehouseError(f"{warehouse} bestaat nog niet; eerst: veiligheidsbeeld build")
    try:
        connection = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.Error as error:
        raise _unreadable(warehouse, error) from error
    try:
        try:
            connection.execute("set enable_progress_bar = false")
            connection.execute("select vingerafdruk from contract.bouw")
        except duckdb.Error as error:
            raise _unreadable(warehouse, error) from error
        yield connection
    finally:
        connection.close()


@contextmanager
def open_scratch(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to no warehouse, to read files; what does not fit in memory goes to `folder`."""
    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(folder)})
    try:
        connection.execute("set enable_progress_bar = false")
        yield connection
    finally:
        connection.close()


def _unreadable(file: Path, error: duckdb.Error) -> NoWarehouseError:
    return NoWarehouseError(
        f"{file} is geen heel magazijn dat deze versie kan lezen ({str(error).splitlines()[0]}); "
        "maak het opnieuw: veiligheidsbeeld build"
    )


def read_mark(paths: Paths) -> str:
    """The digest that the standing warehouse was made from.

    Raises:
        NoWarehouseError: there is none, or it cannot be read.
    """
    with open_warehouse(paths) as connection:
        found = connection.execute("select vingerafdruk from contract.bouw").fetchall()
    if len(found) != 1:
        raise NoWarehouseError(f"{paths.warehouse} is niet heel; maak het opnieuw: veiligheidsbeeld build")
    return str(found[0][0])


def standing_fingerprint(paths: Paths) -> str | None:
    """The digest that the standing warehouse was made from; None if no warehouse can be read there."""
    try:
        return read_mark(paths)
    except NoWarehouseError:
        return None


def keep_warehouse(paths: Paths, file: Path) -> None:
    """Let the standing warehouse be found as `file` too, also when a build has replaced it."""
    beside = file.with_name(f".{file.name}.nieuw")
    file.parent.mkdir(parents=True, exist_ok=True)
    beside.unlink(missing_ok=True)
    try:
        os.link(paths.warehouse, beside)  # no build writes in a warehouse that stands
    except OSError:
        shutil.copyfile(paths.warehouse, beside)
    beside.replace(file)


@contextmanager
def new_warehouse(paths: Paths, *, copied: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a warehouse beside the standing one, which it replaces when the block ends well.

    It is empty, or a copy of the standing one. What a failed block made is gone again. The caller must be
    `alone`.
    """
    beside = paths.warehouse.with_name(f".{paths.warehouse.name}.{os.getpid()}.nieuw")
    try:
        if copied:
            shutil.copyfile(paths.warehouse, beside)
        connection = duckdb.connect(str(beside), config={"memory_limit": MEMORY_LIMIT})
        try:
            connection.execute("set enable_progress_bar = false")
            connection.execute(SIDES_AS_WRITTEN)
            yield connection
            connection.execute("checkpoint")
        finally:
            connection.close()
        # The log of a file that stood here before would be taken for that of the new one.
        paths.warehouse.with_name(f"{paths.warehouse.name}.wal").unlink(missing_ok=True)
        beside.replace(paths.warehouse)
    finally:
        remove_unfinished(paths)


def remove_unfinished(paths: Paths) -> None:
    """What killed builds left: their file, its log, and its folder for what does not fit in memory."""
    for left in paths.build.glob(f".{paths.warehouse.name}.*.nieuw*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
