"""Columns of a publisher's table by stem and the group above them: CBS' numeric suffixes drift."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pipeline.model import SourceHeader, Topic


def stem_of(key: str) -> str:
    """A column without its running number: ``AantalInwoners_5`` → ``AantalInwoners``."""
    stem, _, suffix = key.rpartition("_")
    return stem if suffix.isdigit() and stem else key


def candidates(topic: Topic, properties: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Columns in DataProperties that a topic can stand for; exactly one is as it should be."""
    titles = {row["ID"]: row["Title"] for row in properties}
    return tuple(
        str(row["Key"])
        for row in properties
        if row["Type"] == "Topic"
        and stem_of(row["Key"]) in topic.stems
        and (topic.parent is None or titles.get(row["ParentID"]) == topic.parent)
        and (topic.unit is None or str(row.get("Unit") or topic.unit).strip() == topic.unit)
    )


def dimension_in(header: SourceHeader, name: str, there: Collection[str]) -> str:
    """What a table with the columns `there` calls a dimension of the header: that, or an earlier name."""
    return next((known for known in (name, *header.earlier.get(name, ())) if known in there), name)
