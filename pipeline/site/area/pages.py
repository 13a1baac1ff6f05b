"""Area pages, the fast path: rows of the warehouse → contents → one template → the shell.

`pages` needs nothing but a connection and the codes to write, so processes can share the work: each has
its own connection and its own part of `area_codes`.
"""

import gc
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.gebied import LAND, slug_of
from pipeline.site.area.content import AreaPage, make_page
from pipeline.site.area.municipal import read_parts
from pipeline.site.area.rows import Naslag, area_codes, read_batch, read_columns, read_naslag
from pipeline.site.area.tables import breakable, table_html
from pipeline.site.frame.shell import Shell, light, unquoted
from pipeline.site.map.maps import Atlas, has_map
from pipeline.sql import Connection
from pipeline.words.numbers import format_date

__all__ = ["AreaContext", "AreaPage", "area_codes", "area_pages", "area_url", "pages"]

COLUMNS = "assets/indicatoren.json"
BATCH = 500  # areas a query: some twenty megabytes of rows


@dataclass(frozen=True, kw_only=True)
class AreaContext:
    """What the pages need and the warehouse does not hold.

    `spec` is the address of the shared line chart, seen from an area page; `volgende` the ISO date of the
    publishers' next figures, where it is known; `gemeenten` those that have pages (none named: all).
    """

    templates: Path
    site_url: str = ""
    spec: str = "../../assets/grafieken/lijn-aantal.json"
    volgende: str | None = None
    gemeenten: tuple[str, ...] = ()


def area_url(gebied_code: str) -> str:
    """The address of an area's page below the site's: 'gebied/bu07580006/', for ever."""
    return f"gebied/{slug_of(gebied_code)}/"


def pages(
    con: Connection, shell: Shell, *, codes: Sequence[str], context: AreaContext
) -> Iterator[tuple[str, str]]:
    """Make the pages of some areas: (path below the site, HTML), in the order of `codes`.

    Raises ValueError if an area is not in the warehouse.
    """
    columns_url = f"../../{COLUMNS}?v={hashlib.sha256(columns(con).encode()).hexdigest()[:8]}"
    template = _template(context.templates)
    own = read_parts(con, codes)
    atlas = Atlas.read(con, codes)
    for page in area_pages(con, codes=codes, context=context):
        url = area_url(page.gebied.gebied_code)
        body = template.render(
            page=page,
            context=context,
            data={"indicatoren": columns_url, **page.data},
            kaart=atlas.map_of(page.gebied.gebied_code, root="../../", gemeenten=context.gemeenten)
            if has_map(page.gebied.gebied_niveau)
            else "",
            gemeentelijk=own.get(page.gebied.gebied_code, ()),
        )
        html = shell.fill(
            title=_title(page),
            description=page.zinnen.aantal[0],
            canonical=f"{context.site_url.rstrip('/')}/{url}",
            body=light(body),
            card=slug_of(page.gebied.gemeente_code or LAND),
        )
        yield f"{url}index.html", html


def columns(con: Connection) -> str:
    """The file COLUMNS: what rows of all pages have in common, for when somebody saves a CSV."""
    return json.dumps(read_columns(con), ensure_ascii=False, separators=(",", ":"))


def area_pages(con: Connection, *, codes: Sequence[str], context: AreaContext) -> Iterator[AreaPage]:
    """Make the contents of area pages, in the order of `codes`."""
    naslag = read_naslag(con)
    for start in range(0, len(codes), BATCH):
        # A generator of its own lets go of its rows before the next are read.
        yield from _batch_pages(con, codes[start : start + BATCH], naslag, context)


def _batch_pages(
    con: Connection, codes: Sequence[str], naslag: Naslag, context: AreaContext
) -> Iterator[AreaPage]:
    batch = read_batch(con, codes)
    gc.freeze()  # or the collector looks through all rows again for every few pages
    try:
        for code in codes:
            yield _linked(make_page(code, batch, naslag, volgende=context.volgende), context.gemeenten)
    finally:
        gc.unfreeze()


def _linked(page: AreaPage, gemeenten: Sequence[str]) -> AreaPage:
    """The page of the country names only the gemeenten that have a page (none given: all have)."""
    if not gemeenten or page.gebied.gebied_niveau != "land":
        return page
    addresses = {f"../{slug_of(code)}/" for code in gemeenten}
    return replace(page, kinderen=tuple(link for link in page.kinderen if link.adres in addresses))


class _LightLoader(FileSystemLoader):
    """Takes out of a template, once, most of what `light` would take out of every page."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, current = super().get_source(environment, template)
        return unquoted(source), path, current


def _template(folder: Path) -> Template:
    environment = Environment(
        loader=_LightLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # it would look at every file for every page
    )
    environment.globals["tabel"] = table_html
    environment.filters["breekbaar"] = breakable
    environment.filters["datum"] = format_date
    environment.filters["slug"] = slug_of
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    return environment.get_template("gebied.html.j2")


def _title(page: AreaPage) -> str:
    niveau = page.gebied.gebied_niveau
    if niveau in ("wijk", "buurt"):
        return f"{page.naam}, {niveau} in {page.gemeente}"
    return f"{page.naam}, gemeente" if niveau == "gemeente" else page.naam
