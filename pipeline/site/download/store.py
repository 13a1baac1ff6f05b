"""What all files say of the store: its documentation, forms of rows, gemeenten and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.site.download.documentation import Documentation, Guide, load_documentation
from pipeline.site.download.rows import Forms, load_forms


@dataclass(frozen=True)
class Common:
    """What all files say of the store; finding it takes longer than writing a small file.

    `indicators` are those that mart.cijfer has rows of, sorted; `site_url` is named in the citation.
    """

    documentation: Documentation
    forms: Forms
    indicators: tuple[str, ...]
    site_url: str | None

    def guide(self, title: str, *, indicators: Sequence[str] = ()) -> Guide:
        """The reading guide of a file with these indicators; none named: all."""
        return self.documentation.guide(
            title, indicators=indicators or self.indicators, site_url=self.site_url
        )


def read_common(con: duckdb.DuckDBPyConnection, *, site_url: str | None = None) -> Common:
    """Read what all files share."""
    found = con.execute("select distinct indicator from mart.cijfer order by 1").fetchall()
    return Common(load_documentation(con), load_forms(con), tuple(row[0] for row in found), site_url)


def gemeente_codes(con: duckdb.DuckDBPyConnection, *, gemeenten: Sequence[str] = ()) -> list[str]:
    """The codes of the gemeenten that get files, sorted: those asked for, or all.

    Raises:
        VeiligheidsbeeldError: an unknown gemeente.
    """
    known = gemeente_names(con)
    if unknown := sorted(set(gemeenten) - set(known)):
        raise VeiligheidsbeeldError(
            f"gemeente {unknown} staat niet in core.gebied; daarin staan er {len(known)}: {list(known)[:10]}"
        )
    return sorted(set(gemeenten) or known)


def gemeente_names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Code -> name of every gemeente."""
    rows = con.execute(
        "select gebied_code, gebied_naam from core.gebied where gebied_niveau = 'gemeente' order by all"
    ).fetchall()
    return dict(rows)
