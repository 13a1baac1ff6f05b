"""What the small store's site has below data/, without pages: the downloads and all that describes them."""

from functools import partial
from pathlib import Path

import duckdb

from pipeline.site.description.files import write_descriptions
from pipeline.site.description.published import Published, read_published
from pipeline.site.download import files as downloads
from pipeline.site.download.areas import write_areas
from pipeline.site.download.changes import write_changes
from pipeline.site.download.evaluations import write_evaluations
from pipeline.site.download.origin import write_origin
from pipeline.site.download.store import Common
from pipeline.site.html.markup import FILES

SITE = "https://voorbeeld.example/"


def read(con: duckdb.DuckDBPyConnection) -> Published:
    """What is published of Breda at that address."""
    return read_published(con, gemeenten=["GM0758"], site_url=SITE, contact="vraag@voorbeeld.example")


def write(con: duckdb.DuckDBPyConnection, root: Path) -> None:
    """Write it as `pieces` does."""
    published = read(con)
    areas = partial(write_areas, published=published)
    common = Common.read(con, published)
    for part in downloads.indicator_parts(common):
        part(con, root)
    for part in [*downloads.parts(common), write_evaluations, write_origin, write_changes, areas]:
        part(con, root / FILES)
    write_descriptions(con, root, published=published)
