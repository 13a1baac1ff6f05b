"""The rows of sources behind the newest figures of country and gemeenten, in one Parquet file."""

from pathlib import Path

import duckdb

from pipeline.sql import literal


def write_origin(con: duckdb.DuckDBPyConnection, out_dir: Path) -> list[Path]:
    """Write herkomst.parquet: mart.herkomst, with the checksum of each file."""
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / "herkomst.parquet"
    con.execute(
        f"""
        copy (
            select h.*, b.sha256
            from mart.herkomst as h
            join contract.bestand as b on h.bestand = b.bestand
            order by h.gebied_code, h.indicator, h.rol, h.nr
        ) to {literal(str(path))} (format parquet, compression zstd)
        """
    )
    return [path]
