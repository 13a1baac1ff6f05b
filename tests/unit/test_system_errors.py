"""What the system refuses is one line in Dutch that names a path; a mistake of ours is not explained away."""

import errno
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import duckdb
import pytest

from pipeline import system_errors
from pipeline.system_errors import in_words

FOLDER = Path("/map/build")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "x", "/map/a"), "/map/a: de schijf is vol. Maak ruimte"),
        (OSError(errno.ENOSPC, "x"), "/map/build: de schijf is vol"),
        (PermissionError(errno.EACCES, "x", "/map/a"), "/map/a: hier mag niet geschreven worden"),
        (OSError(errno.EROFS, "x", "/map/a"), "/map/a: hier mag niet geschreven worden"),
        (OSError(errno.ENOTDIR, "x", "/map/a", None, "/map/b"), "/map/b: hier staat een bestand"),
        (OSError(errno.ENODEV, "Geen apparaat", "/a"), "/a: het systeem weigert (Geen apparaat, fout 19)"),
        (MemoryError(), "/map/build: er is te weinig geheugen"),
        (duckdb.OutOfMemoryException("Out of Memory Error: 3.0 GiB used"), "/map/build: er is te weinig"),
        (BrokenProcessPool(), "/map/build: een deel van het werk is door het systeem gestopt"),
        (
            duckdb.IOException('IO Error: Could not write file "/map/x.wal": No space left on device'),
            "/map/x.wal: de schijf is vol",
        ),
        (
            duckdb.IOException('IO Error: Cannot open file "/map/x": Read-only file system'),
            "/map/x: hier mag niet geschreven worden",
        ),
        (
            duckdb.IOException('IO Error: Could not read enough bytes from file "/map/x": attempted'),
            "/map/x: het magazijn is beschadigd",
        ),
    ],
)
def test_an_error_of_the_system_names_a_path_and_what_to_do(error: Exception, says: str) -> None:
    text = in_words(error, folder=FOLDER)
    assert text is not None
    assert text.startswith(says)
    assert "\n" not in text


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        KeyError("x"),
        OSError("without a number"),
        duckdb.CatalogException("Catalog Error: Table with name x does not exist!"),
        duckdb.ConversionException("Conversion Error: Could not convert string 'twaalf' to INT64"),
    ],
)
def test_a_mistake_of_ours_keeps_its_traceback(error: Exception) -> None:
    assert in_words(error, folder=FOLDER) is None


def test_what_a_process_printed_before_it_ended_is_known_again() -> None:
    refused = system_errors.of_process(
        "Traceback …\nOSError: [Errno 28] No space left on device: '/a/b.html'\n", folder=FOLDER
    )
    assert isinstance(refused, OSError)
    assert in_words(refused, folder=FOLDER) == "/a/b.html: de schijf is vol. Maak ruimte en begin opnieuw"
    bare = system_errors.of_process("OSError: [Errno 28] No space left on device\n", folder=FOLDER)
    assert isinstance(bare, OSError)
    assert bare.filename == str(FOLDER)
    assert isinstance(system_errors.of_process("…\nMemoryError\n", folder=FOLDER), MemoryError)
    assert system_errors.of_process("ERROR - page x.md: no figure", folder=FOLDER) is None
