"""A copy of the embedded example that a test may break, and the command line run on it."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import once

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("data", "site", "mkdocs.yml", "requirements.lock", "pipeline")


@dataclass(frozen=True)
class Example:
    """A project folder of its own, with the real code and the embedded figures."""

    root: Path

    @property
    def store(self) -> Path:
        return self.root / "data" / "voorbeeld"

    def build(self) -> None:
        """Make its warehouse, from that of the example: only what differs is made anew."""
        once.seed(self.root / "build")
        done = self.run("build", "-q")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run one verb of the copied project."""
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "pipeline", *arguments],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(self.root), "VB_VOORBEELD": ""} | settings,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def rewrite(self, relative: str, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
        """Change the rows (header first) of one part, and bring the lock's checksum and count along."""
        path = self.store / relative
        with path.open(newline="", encoding="utf-8") as file:
            rows = change(list(csv.reader(file)))
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        self.relock(relative, rows=len(rows) - 1)

    def relock(self, relative: str, *, rows: int | None = None) -> None:
        """Make the lock agree with a file again."""
        lock_path = self.store / "snapshots.json"
        lock = json.loads(lock_path.read_text(encoding="utf-8"))
        digest = hashlib.sha256((self.store / relative).read_bytes()).hexdigest()
        for source in lock["sources"].values():
            for part in [*source["parts"], source.get("meta") or {}]:
                if part.get("path") == relative:
                    part["sha256"] = digest
                    if rows is not None:
                        part["rows"] = rows
        lock_path.write_text(json.dumps(lock), encoding="utf-8")


def copy_example(target: Path, *, store: Path = ROOT / "tests" / "opslag") -> Example:
    """Copy the project, without what was built; the small store of the tests is its example unless named."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            # With what Python compiled, for each copy would compile it anew; not what it is writing just now.
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("voorbeeld", "*.pyc.*"))
        else:
            shutil.copy(source, target / name)
    shutil.copytree(store, target / "data" / "voorbeeld")
    return Example(target)
