"""Pages of a service as columns: what is no figure is refused where it comes in."""

from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from pipeline.fetch import bulk
from pipeline.fetch.http import Answer, Client
from pipeline.fetch.odata import Feed
from pipeline.fetch.page import opened
from pipeline.fetch.plan import Deviation

PLAN: Any = SimpleNamespace(
    table="85984NED", schema=pa.schema([("WijkenEnBuurten", pa.string()), ("WOZ_36", pa.float64())])
)
PARTITION: Any = SimpleNamespace(name="alles")


def rows_of(*values: str, column: str = "WOZ_36") -> pa.Table:
    """What a partition becomes of which each page has one row, with this measure."""
    feed = Feed(Client(), "https://voorbeeld")
    pages = []
    for number, value in enumerate(values, start=1):
        row = f'{{"WijkenEnBuurten":"BU0758000{number}","{column}":{value}}}'
        more = f',"odata.nextLink":"https://voorbeeld/{number}"' if number < len(values) else ""
        body = f'{{"value":[{row}]{more}}}'.encode()
        pages.append(opened(Answer("https://voorbeeld/", body, "application/json"), what="x"))
    return bulk._rows(feed, PLAN, PARTITION, iter(pages))


@pytest.mark.parametrize("value", ["NaN", "1e309", "-Infinity"])
def test_not_finite_measure_is_refused_with_table_column_and_area(value: str) -> None:
    with pytest.raises(Deviation, match=r"85984NED alles: WOZ_36: .* is geen getal \(BU07580002\)"):
        rows_of("362.0", value)


@pytest.mark.parametrize("value", ['"263"', "9007199254740993", "[1]"])
def test_another_kind_of_value_is_refused_with_table_and_column(value: str) -> None:
    with pytest.raises(Deviation, match="85984NED alles: WOZ_36: "):
        rows_of(value)


@pytest.mark.parametrize("column", ["WOZ_3", "WOZ_36 "])
def test_a_missing_column_is_refused_with_what_there_is(column: str) -> None:
    with pytest.raises(Deviation, match=f"kolom WOZ_36 ontbreekt; er is: WijkenEnBuurten, {column}$"):
        rows_of("1", "2", column=column)


@pytest.mark.parametrize(("value", "read"), [("263.0", 263.0), ("null", None), ("0", 0.0)])
def test_figures_and_empty_cells_pass(value: str, read: float | None) -> None:
    assert rows_of("1", value)["WOZ_36"].to_pylist() == [1.0, read]
