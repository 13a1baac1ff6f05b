"""The files that a journalist downloads: CSV, Excel and Parquet of mart.cijfer, each with its reading guide.

Those of an indicator stand beside its page, all others in one folder.

mart.cijfer lies in the order in which it is published, so that no file sorts it again. The same warehouse
gives the same bytes: dates in zips and workbooks are those of the figures, not of the run.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from pipeline.site.download.gemeente_files import write_gemeenten
from pipeline.site.download.store import Common
from pipeline.site.download.whole_store import write_everything, write_indicators

# One pass over mart.cijfer a time. So many of the fullest fit in the memory that a piece of the site has.
_INDICATORS_AT_ONCE = 26
_GEMEENTE_PARTS = 4

Part = Callable[[duckdb.DuckDBPyConnection, Path], list[Path]]
"""Writes some of the files below a folder."""


def indicator_parts(common: Common) -> list[Part]:
    """The files of each indicator, below the root of the site, in parts that may run side by side.

    They always hold the whole store, whatever gemeenten have files.
    """
    indicators = sorted(common.published.extents)
    # As many parts on every machine: which indicators go together shows in the bytes of their Parquet.
    return [
        partial(write_indicators, common=common, indicators=indicators[i : i + _INDICATORS_AT_ONCE])
        for i in range(0, len(indicators), _INDICATORS_AT_ONCE)
    ]


def parts(common: Common) -> list[Part]:
    """All others, below the folder that is published as /data/bestanden/."""
    codes = sorted(common.published.gemeenten)
    return [
        partial(write_everything, common=common),
        *(
            partial(write_gemeenten, common=common, gemeenten=codes[i::_GEMEENTE_PARTS])
            for i in range(min(_GEMEENTE_PARTS, len(codes)))
        ),
    ]
