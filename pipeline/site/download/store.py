"""What all files share: what is published, and rows of it as text."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.site.description.published import Published
from pipeline.site.download.rows import Forms, load_forms


@dataclass(frozen=True)
class Common:
    """What all files say of the store; finding it takes longer than writing a small file."""

    published: Published
    forms: Forms

    @classmethod
    def read(cls, con: duckdb.DuckDBPyConnection, published: Published) -> Common:
        """Ask the warehouse which texts it has."""
        return cls(published, load_forms(con))
