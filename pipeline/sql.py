"""What all that ask DuckDB something share: the part of a connection that they need, text as SQL has it."""

from typing import Any, Protocol


class Connection(Protocol):
    """The part of a DuckDB connection that readers use; tests may give a stand-in."""

    def execute(self, query: str, parameters: object = ..., /) -> Any: ...


def literal(text: str) -> str:
    """Text as SQL (and OData) writes it."""
    return "'" + text.replace("'", "''") + "'"
