"""The warehouse: what comes in are the snapshots, the lock, reference tables and models; what goes out is one
DuckDB file of checked tables. Nothing here talks to the network or makes a page.

Only ``connect`` opens DuckDB; ``load`` fills ``raw`` and ``reference``, ``describe`` what the project says of
itself, ``run`` makes the tables, ``checks`` judges them, ``explain`` says where a wrong value came from.
"""

from pipeline.warehouse.build import build, fingerprint, of_this_code, query_csv, recheck
from pipeline.warehouse.connect import (
    MACROS,
    WarehouseError,
    keep_warehouse,
    open_warehouse,
    read_mark,
    standing_fingerprint,
)
from pipeline.warehouse.graph import serializer
from pipeline.warehouse.ledger import BY_COLUMN, columns_read, contents
from pipeline.warehouse.load import resolve_topic
from pipeline.warehouse.run import make_table

__all__ = [
    "BY_COLUMN",
    "MACROS",
    "WarehouseError",
    "build",
    "columns_read",
    "contents",
    "fingerprint",
    "keep_warehouse",
    "make_table",
    "of_this_code",
    "open_warehouse",
    "query_csv",
    "read_mark",
    "recheck",
    "resolve_topic",
    "serializer",
    "standing_fingerprint",
]
