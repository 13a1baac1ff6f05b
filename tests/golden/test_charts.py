"""The specs that the browser gets, to the letter.

After a change that was meant: VB_UPDATE_GOLDEN=1 pytest tests/golden/test_charts.py, look at the charts,
and review the difference in tests/golden/charts.
"""

import json
import os
from pathlib import Path

import pytest

from pipeline.charts import vega

GOLDEN = Path(__file__).parent / "charts"


@pytest.mark.parametrize("name", sorted(vega.SPECS))
def test_spec_is_the_one_on_file(name: str) -> None:
    spec = vega.spec(name)
    file = GOLDEN / f"{name}.json"
    if os.environ.get("VB_UPDATE_GOLDEN") == "1":
        file.write_text(json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    assert spec == json.loads(file.read_text())


def test_no_file_without_a_spec() -> None:
    assert sorted(file.stem for file in GOLDEN.glob("*.json")) == sorted(vega.SPECS)
