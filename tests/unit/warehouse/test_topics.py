"""Columns of CBS are found by stem and group, because their numeric suffixes drift."""

from typing import Any

import pytest

from pipeline.model import Topic
from pipeline.snapshot import Table
from pipeline.warehouse import WarehouseError, resolve_topic

PROPERTIES: list[dict[str, Any]] = [
    {"ID": 1, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Herkomstland"},
    {"ID": 2, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Geboren in Nederland"},
    {"ID": 3, "ParentID": 1, "Type": "Topic", "Key": "Nederland_17", "Title": "Nederland"},
    {"ID": 4, "ParentID": 2, "Type": "Topic", "Key": "Nederland_20", "Title": "Nederland"},
    {"ID": 5, "ParentID": None, "Type": "Topic", "Key": "GemiddeldeWOZWaardeVanWoningen_39", "Title": "WOZ"},
    {"ID": 6, "ParentID": None, "Type": "Topic", "Key": "k_65JaarOfOuder_12", "Title": "65+"},
]


def table(*columns: str, selection: bool = False) -> Table:
    return Table(url="u", title="t", modified=None, fetched_at=None, columns=columns, selection=selection)


ALL = tuple(row["Key"] for row in PROPERTIES if row["Key"])


@pytest.mark.parametrize(
    ("topic", "key"),
    [
        (
            Topic(("GemiddeldeWoningwaarde", "GemiddeldeWOZWaardeVanWoningen")),
            "GemiddeldeWOZWaardeVanWoningen_39",
        ),
        (Topic(("Nederland",), "Geboren in Nederland"), "Nederland_20"),
        (Topic(("k_65JaarOfOuder",)), "k_65JaarOfOuder_12"),
    ],
)
def test_suffix_does_not_matter_and_the_group_decides(topic: Topic, key: str) -> None:
    assert resolve_topic(topic, PROPERTIES, table(*ALL), where="bron") == key


def test_two_columns_of_one_stem_are_ambiguous() -> None:
    with pytest.raises(WarehouseError, match=r"bron: meer dan één kolom.*Nederland_17, Nederland_20"):
        resolve_topic(Topic(("Nederland",)), PROPERTIES, table(*ALL), where="bron")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(
        WarehouseError, match=r"bron: geen kolom past bij Inkomen; de tabel heeft: Nederland_17"
    ):
        resolve_topic(Topic(("Inkomen",)), PROPERTIES, table(*ALL), where="bron")


def test_a_selection_may_leave_a_column_out() -> None:
    chosen = table("Nederland_17", selection=True)
    assert resolve_topic(Topic(("Inkomen",)), PROPERTIES, chosen, where="bron") is None
