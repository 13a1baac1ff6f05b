"""A fetch that is killed leaves a store that can be read, and the next run ends as if nothing happened."""

import subprocess
import sys
from pathlib import Path

KILLS = 8


def test_kills_at_random_moments_leave_no_trace(project_root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kill", "--kills", str(KILLS)],
        cwd=project_root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{KILLS} kills ")
    assert done.stdout.endswith("all came out equal\n")
