"""Maps and the data of /vergelijk/ for all gemeenten of a warehouse: seconds, memory and sizes.

    python -m benchmarks.maps [--build build]

Wants a warehouse of the whole country (`veiligheidsbeeld build` with a live store, or benchmarks.cubes).
"""

import argparse
import gzip
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.paths import Paths
from pipeline.site.download import compare
from pipeline.site.map import data as map_data
from pipeline.site.map.maps import Atlas
from pipeline.warehouse import open_warehouse


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took, and the peak of memory so far."""
    started = time.monotonic()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {time.monotonic() - started:.1f} s, peak {peak:.0f} MB", flush=True)


def sizes(what: str, files: dict[str, bytes]) -> None:
    """Print the total, the median and the heaviest of some files or pieces, raw and gzipped (kB)."""
    packed = sorted((len(gzip.compress(content)), len(content), name) for name, content in files.items())
    middle, heaviest = packed[len(packed) // 2], packed[-1]
    print(
        f"  {what}: {len(files)} of {sum(map(len, files.values())) / 1e6:.1f} MB in all; gzip: "
        f"middle {middle[0] / 1000:.1f} kB, heaviest {heaviest[2]} {heaviest[0] / 1000:.1f} kB"
        f" ({heaviest[1] / 1000:.0f} kB raw)"
    )


def main() -> None:
    """Measure drawing, the files to choose from and the files to compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build"))
    paths = Paths(build=parser.parse_args().build.resolve())
    with open_warehouse(paths) as con, tempfile.TemporaryDirectory() as folder:
        rows = con.execute(
            "select gebied_code from core.gebied where gebied_niveau in ('land', 'gemeente') order by 1"
        ).fetchall()
        codes = [code for (code,) in rows]
        with timed(f"reading for {len(codes)} maps"):
            atlas = Atlas.read(con, codes)
        with timed("drawing gemeenten"):
            maps = {code: atlas.map_of(code, root="../../").encode() for code in codes if code != "NL00"}
        with timed("drawing the country"):
            maps["NL00"] = atlas.map_of("NL00", root="../../").encode()
        sizes("maps", maps)
        with timed("files to choose from"):
            chosen = map_data.write_maps(con, Path(folder))
        sizes("files", {path.name: path.read_bytes() for path in chosen})
        with timed("files to compare"):
            compared = compare.write_data(con, Path(folder))
        sizes("files", {path.name: path.read_bytes() for path in compared})


if __name__ == "__main__":
    main()
