"""What the system refuses, in one line of Dutch: which path, and what to do. Mistakes of ours are not."""

import errno
import re
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import duckdb

WRITE_REFUSED = "hier mag niet geschreven worden. Geef schrijfrecht, of kies een andere map met --build"
REASONS = {
    errno.ENOSPC: "de schijf is vol. Maak ruimte en begin opnieuw",
    errno.EDQUOT: "de ruimte die u mag gebruiken is op. Maak ruimte en begin opnieuw",
    errno.EFBIG: "het bestand werd groter dan het systeem toestaat. Verhoog die grens en begin opnieuw",
    errno.EACCES: WRITE_REFUSED,
    errno.EPERM: WRITE_REFUSED,
    errno.EROFS: WRITE_REFUSED,
    errno.ENOTDIR: "hier staat een bestand op de plaats van een map. Haal het weg, of kies een andere map",
    errno.EEXIST: "hier staat al iets anders. Haal het weg, of kies een andere map",
    errno.EISDIR: "hier staat een map op de plaats van een bestand. Haal haar weg, of kies een andere map",
    errno.ENOTEMPTY: "de map raakt niet leeg: iets anders schrijft erin. Sluit dat en begin opnieuw",
    errno.ENOENT: "bestaat niet, of is weggehaald terwijl de opdracht liep. Begin opnieuw",
    errno.EMFILE: "er staan te veel bestanden open. Verhoog de grens (ulimit -n) en begin opnieuw",
    errno.ENFILE: "er staan te veel bestanden open. Sluit andere programma's en begin opnieuw",
    errno.EIO: "de schijf kan niet lezen of schrijven. Kijk de schijf na",
    errno.ENAMETOOLONG: "de naam is te lang voor deze schijf. Kies een kortere map",
}
NO_MEMORY = "er is te weinig geheugen. Sluit andere programma's, of kies minder gemeenten (SITE_GEMEENTEN)"
DAMAGED = "het magazijn is beschadigd. Maak het opnieuw: veiligheidsbeeld build --force"
# DuckDB gives the system's own words; what it says of a file that ends too early.
WORDS = {
    "No space left on device": errno.ENOSPC,
    "Disk quota exceeded": errno.EDQUOT,
    "File too large": errno.EFBIG,
    "Permission denied": errno.EACCES,
    "Operation not permitted": errno.EPERM,
    "Read-only file system": errno.EROFS,
    "Not a directory": errno.ENOTDIR,
    "Is a directory": errno.EISDIR,
    "No such file or directory": errno.ENOENT,
    "Too many open files": errno.EMFILE,
    "Input/output error": errno.EIO,
    "File name too long": errno.ENAMETOOLONG,
}
BROKEN_FILE = re.compile(
    r"not a valid DuckDB|checksum|could not read|read enough|corrupt|newer version|Serialization",
    re.IGNORECASE,
)
_PATH = re.compile(r'(?:file|directory) "([^"]+)"')


def in_words(error: BaseException, *, folder: Path) -> str | None:
    """The error as one line for the user; None if it is a mistake of ours.

    Args:
        folder: what to name where the system does not say which path it was about.
    """
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        found = _code_in(str(error))  # DuckDB without room for what does not fit in memory
        return f"{_path_in(str(error), folder)}: {REASONS[found]}" if found else f"{folder}: {NO_MEMORY}"
    if isinstance(error, BrokenProcessPool):
        return f"{folder}: een deel van het werk is door het systeem gestopt. Meestal is {NO_MEMORY}"
    if isinstance(error, duckdb.Error):
        return _of_duckdb(str(error), folder)
    if isinstance(error, OSError) and error.errno is not None:
        reason = REASONS.get(error.errno, f"het systeem weigert ({error.strerror}, fout {error.errno})")
        return f"{error.filename2 or error.filename or folder}: {reason}"
    return None


def is_of_the_system(error: duckdb.Error) -> bool:
    """Whether DuckDB failed for want of room, memory or rights, and not for the query or its values."""
    return in_words(error, folder=Path()) is not None


def of_process(output: str, *, folder: Path) -> OSError | MemoryError | None:
    """The error of the system that a child process printed before it ended, if that was it."""
    if "MemoryError" in output:
        return MemoryError()
    found = re.search(r"\[Errno (\d+)\] [^:\n]*(?:: '([^']*)')?", output)
    if found and int(found[1]) in REASONS:
        return OSError(int(found[1]), "", found[2] or str(folder))
    return None


def _of_duckdb(text: str, folder: Path) -> str | None:
    if code := _code_in(text):
        return f"{_path_in(text, folder)}: {REASONS[code]}"
    return f"{_path_in(text, folder)}: {DAMAGED}" if BROKEN_FILE.search(text) else None


def _code_in(text: str) -> int | None:
    return next((code for words, code in WORDS.items() if words in text), None)


def _path_in(text: str, folder: Path) -> str:
    found = _PATH.search(text)
    return found[1] if found else str(folder)
