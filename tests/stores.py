"""A copy of the small store of the tests, which a test may break, and the paths to build from it."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.paths import PROJECT, Paths

OVERLAST = "politie_overlast"


def copied_store(folder: Path) -> Paths:
    """The store, the reference tables and no municipal definitions, below `folder`; nothing is built."""
    shutil.copytree(Paths().example, folder / "opslag")
    shutil.copytree(PROJECT / "data" / "reference", folder / "data" / "reference")
    return Paths(root=folder, build=folder / "build", example=folder / "opslag")


def locked_parts(paths: Paths, source: str) -> list[dict[str, Any]]:
    """What the lock says of the parts of a source: path, sha256, rows, …"""
    lock = json.loads((paths.example / "snapshots.json").read_text(encoding="utf-8"))
    parts: list[dict[str, Any]] = lock["sources"][source]["parts"]
    return parts


def relock(paths: Paths, relative: str, *, rows: int) -> None:
    """Make the lock agree with the bytes of a part; what it says of its rows is the test's choice."""
    file = paths.example / "snapshots.json"
    lock = json.loads(file.read_text(encoding="utf-8"))
    (part,) = (part for one in lock["sources"].values() for part in one["parts"] if part["path"] == relative)
    part |= {"sha256": hashlib.sha256((paths.example / relative).read_bytes()).hexdigest(), "rows": rows}
    file.write_text(json.dumps(lock), encoding="utf-8")


def rewrite(paths: Paths, relative: str, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    """Change the rows of a CSV part (its header first) and bring the lock along."""
    file = paths.example / relative
    with file.open(newline="", encoding="utf-8") as text:
        rows = change(list(csv.reader(text)))
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text, lineterminator="\n").writerows(rows)
    relock(paths, relative, rows=len(rows) - 1)
