"""What the validators of others find in the descriptions of a built site.

    python -m benchmarks.validators [--build build] [--sample 12]

frictionless reads the package of the site, those of the indicators and those in zips, with rows; csvw reads plain
CSV by its metadata; pyshacl holds the catalogue against the shapes of the tests, and against the publisher's where
VB_SHAPES names a folder with those (*.ttl). Of each kind of file a sample is read whole: the country has thousands.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import csvw
import frictionless
from pyshacl import validate
from rdflib import Graph

from pipeline.paths import PROJECT, Paths
from pipeline.site.description import data_package

OWN_SHAPES = PROJECT / "tests" / "unit" / "site" / "description" / "dcat_ap_nl.ttl"
CATALOGUES = {"data/catalogus.ttl": "turtle", "data/catalogus.jsonld": "json-ld"}
METADATA = ".csv-metadata.json"
_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One validator over one kind of file: how many were read of how many there are, and what it found."""

    what: str
    by: str
    read: int
    of: int
    seconds: float
    found: Sequence[str]


def of_package(package: Path) -> list[str]:
    """What frictionless finds in a Data Package and the rows of its tables."""
    report = frictionless.validate(str(package))
    return [f"{kind}: {message}" for kind, message in report.flatten(["type", "message"])]


def of_csv(metadata: Path) -> list[str]:
    """What csvw finds in a CSV that its metadata describes."""
    try:
        for _ in csvw.Table.from_file(metadata).iterdicts(strict=True):
            pass
    except ValueError as error:
        return [f"{metadata.name}: {error}"]
    return [] if csvw.CSVW(str(metadata)).is_valid else [f"{metadata.name}: is geen geldige CSVW"]


def shape_files() -> list[Path]:
    """Our own shapes, and those in the folder of VB_SHAPES."""
    folder = os.environ.get("VB_SHAPES")
    return [OWN_SHAPES, *(sorted(Path(folder).glob("*.ttl")) if folder else ())]


def of_catalogue(data: Graph) -> list[str]:
    """What the shapes refuse: node and property, sorted."""
    shapes = Graph()
    for file in shape_files():
        shapes.parse(file)
    _, report, _ = validate(data, shacl_graph=shapes)
    query = "select ?node ?path { ?one sh:focusNode ?node . optional { ?one sh:resultPath ?path } }"
    return sorted(" ".join(map(str, row)) for row in report.query(query))  # type: ignore[union-attr]


def tables_of(package: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The CSV in a package: of a zip the validator opens the archive, and never closes it."""
    return [one for one in package["resources"] if one.get("type") == "table"]


def kind_of(path: str) -> str:
    """What a file is like, without whose it is: 'data/bestanden/gemeente/*-excel.csv'."""
    named = re.sub(r"gm\d{4}", "*", path)
    return re.sub(r"^indicator/[^/]+/[^/.]+", "indicator/*/*", named)


def some_of(paths: Sequence[str], most: int) -> list[str]:
    """At most so many, in steps of the same size."""
    ordered = sorted(paths)
    return ordered[:: -(-len(ordered) // most)] if ordered else []


def by_kind(paths: Sequence[str]) -> dict[str, list[str]]:
    """Kind → its files."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(kind_of(path), []).append(path)
    return dict(sorted(found.items()))


def check(site: Path, *, sample: int) -> Iterator[Tried]:
    """Every validator over a built site, one after the other."""
    package = json.loads((site / data_package.NAME).read_text(encoding="utf-8"))
    yield _over("files that the package names", "-", [one["path"] for one in package["resources"]],
                lambda path: [] if (site / path).is_file() else [f"{path} is er niet"], most=sys.maxsize)  # fmt: skip
    yield _over(
        data_package.NAME, "frictionless", [data_package.NAME], lambda _: _descriptor(package), most=1
    )
    tables = {one["path"]: one for one in tables_of(package)}
    for kind, paths in by_kind(list(tables)).items():
        yield _over(
            kind, "frictionless", paths, lambda path: _table(site, package, tables[path]), most=sample
        )
    for kind, paths in by_kind(_below(site, "*.zip")).items():
        yield _over(kind, "frictionless", paths, lambda path: _zipped(site / path), most=max(1, sample // 4))
    for kind, paths in by_kind(_below(site, "*.metadata.json")).items():
        yield _over(kind, "frictionless", paths, lambda path: _own(site / path), most=sys.maxsize)
    for kind, paths in by_kind(_below(site, f"*{METADATA}")).items():
        yield _over(kind, "csvw", paths, lambda path: of_csv(site / path), most=sample)
    shapes = f"pyshacl ({len(shape_files())})"
    for path, form in CATALOGUES.items():
        yield _over(
            path,
            shapes,
            [path],
            lambda path, form=form: of_catalogue(Graph().parse(site / path, format=form)),
            most=1,
        )


def _over(
    what: str, by: str, paths: Sequence[str], validator: Callable[[str], list[str]], *, most: int
) -> Tried:
    chosen = some_of(paths, most)
    start = time.perf_counter()
    found = [one for path in chosen for one in validator(path)]
    return Tried(
        what=what, by=by, read=len(chosen), of=len(paths), seconds=time.perf_counter() - start, found=found
    )


def _below(site: Path, pattern: str) -> list[str]:
    folders = (site / "data", site / "indicator")
    return [file.relative_to(site).as_posix() for folder in folders for file in folder.rglob(pattern)]


def _descriptor(package: dict[str, Any]) -> list[str]:
    report = frictionless.Package.validate_descriptor(package)
    return [f"{kind}: {message}" for kind, message in report.flatten(["type", "message"])]


def _table(site: Path, package: dict[str, Any], table: dict[str, Any]) -> list[str]:
    with tempfile.NamedTemporaryFile("w", dir=site, suffix=".json", encoding="utf-8") as file:
        json.dump(package | {"resources": [table]}, file)
        file.flush()
        return [f"{table['path']}: {one}" for one in of_package(Path(file.name))]


def _zipped(archive: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as room:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(room)
        return [f"{archive.name}: {one}" for one in of_package(Path(room) / data_package.NAME)]


def _own(path: Path) -> list[str]:
    package = json.loads(path.read_text(encoding="utf-8"))
    gone = [one["path"] for one in package["resources"] if not (path.parent / one["path"]).is_file()]
    return [
        f"{path.name}: {one}" for one in (*_descriptor(package), *(f"{name} is er niet" for name in gone))
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", type=Path, default=Paths().build)
    parser.add_argument("--sample", type=int, default=12, help="files of a kind that are read whole")
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # of the validators themselves
    wrong = 0
    print(f"{'what':<44} {'by':<22} {'read':>5} {'of':>5} {'found':>6} {'s':>7}")
    for one in check(given.build / "site", sample=given.sample):
        wrong += len(one.found)
        print(
            f"{one.what:<44} {one.by:<22} {one.read:>5} {one.of:>5} {len(one.found):>6} {one.seconds:>7.1f}",
            flush=True,
        )
        for told in one.found[:_SHOWN]:
            print(f"    {told}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
