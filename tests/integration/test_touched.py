"""Whatever is changed, what stands after it equals a build from nothing."""

from pathlib import Path
from random import Random

import pytest

from benchmarks import touched
from benchmarks.disturb import STORE
from tests import once

SEED, CHANGES_A_SITE = 17, 6


def test_random_changes_give_what_a_build_from_nothing_gives(tmp_path: Path) -> None:
    made = touched.Project(once.copy_of_project(tmp_path / "p"))
    chance = Random(SEED)
    for number, name in enumerate(chance.sample(list(touched.EDITS), len(touched.EDITS)), start=1):
        touched.EDITS[name](made.root, chance)
        made.run("build")
        if number % CHANGES_A_SITE == 0:
            made.run("site")
    touched.compare(made, "all of them")


def test_a_table_that_was_kept_wrongly_is_seen(tmp_path: Path) -> None:
    made = touched.project(tmp_path / "p", store=STORE, site=False)
    keeps = made.root / "pipeline" / "warehouse" / "ledger.py"
    text = keeps.read_text(encoding="utf-8").replace("before.recept != recipe", "False")
    keeps.write_text(text, encoding="utf-8")
    made.both("--force")
    touched.sql(made.root, Random(SEED))
    made.both()
    with pytest.raises(touched.OtherwiseError, match=r"mart\.cijfer"):
        touched.compare(made, "planted")
