"""The files that a journalist downloads: CSV, Excel and Parquet of mart.cijfer, each with its reading guide.

mart.cijfer lies in the order in which it is published, so that no file sorts it again. The same warehouse
gives the same bytes: dates in zips and workbooks are those of the figures, not of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import duckdb

from pipeline.site.download.gemeente_files import write_gemeenten
from pipeline.site.download.store import gemeente_codes, read_common
from pipeline.site.download.whole_store import write_everything, write_indicators

# The site has no room for the workbooks of all gemeenten with every period. Up to this many gemeenten they
# have it, and there is a CSV for a Dutch Excel.
FULL_EXCEL_GEMEENTEN = 25

# One pass over mart.cijfer a time. So many of the fullest fit in the memory that a piece of the site has.
_INDICATORS_AT_ONCE = 26
_GEMEENTE_PARTS = 4

Part = Callable[[duckdb.DuckDBPyConnection, Path], list[Path]]
"""Writes some of the files below a folder."""


def parts(
    con: duckdb.DuckDBPyConnection, *, gemeenten: Sequence[str] = (), site_url: str | None = None
) -> list[Part]:
    """All downloads (the folder that is published as /data/bestanden/), in parts that may run side by side.

    Args:
        gemeenten: codes of the gemeenten that get files of their own; empty means all. The files per
            indicator and of everything always hold the whole store.
        site_url: the address of the site, named in the citation.

    Raises:
        VeiligheidsbeeldError: an unknown gemeente.
    """
    common = read_common(con, site_url=site_url)
    codes, indicators = gemeente_codes(con, gemeenten=gemeenten), common.indicators
    full = len(codes) <= FULL_EXCEL_GEMEENTEN
    # As many parts on every machine: which indicators go together shows in the bytes of their Parquet.
    return [
        *(
            partial(write_indicators, common=common, indicators=indicators[i : i + _INDICATORS_AT_ONCE])
            for i in range(0, len(indicators), _INDICATORS_AT_ONCE)
        ),
        partial(write_everything, common=common),
        *(
            partial(write_gemeenten, common=common, gemeenten=codes[i::_GEMEENTE_PARTS], full=full)
            for i in range(min(_GEMEENTE_PARTS, len(codes)))
        ),
    ]
