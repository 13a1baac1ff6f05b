"""Pages of a service as columns: what is no figure is refused where it comes in."""

import json
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from pipeline.fetch import bulk
from pipeline.fetch.plan import Deviation

PLAN: Any = SimpleNamespace(
    table="85984NED", schema=pa.schema([("WijkenEnBuurten", pa.string()), ("WOZ_36", pa.float64())])
)
PARTITION: Any = SimpleNamespace(name="alles")


def page(value: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        f'[{{"WijkenEnBuurten": "BU07580002", "WOZ_36": 362.0}}, {{"WijkenEnBuurten": "BU07580003", "WOZ_36": {value}}}]'
    )
    return rows


@pytest.mark.parametrize("value", ["NaN", "1e309", "-Infinity"])
def test_not_finite_measure_is_refused_with_table_column_and_area(value: str) -> None:
    with pytest.raises(Deviation, match=r"85984NED alles: WOZ_36: .* is geen getal \(BU07580003\)"):
        bulk._batch(page(value), PLAN, PARTITION)


@pytest.mark.parametrize("value", ["263.0", "null", "0"])
def test_figures_and_empty_cells_pass(value: str) -> None:
    assert bulk._batch(page(value), PLAN, PARTITION).num_rows == 2
