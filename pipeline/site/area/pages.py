"""Area pages, the fast path: rows of the warehouse → contents of sections → their templates → the shell.

`pages` needs nothing but a connection and the codes to write, so processes can share the work: each has
its own connection and its own part of `area_codes`.
"""

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.gebied import LAND, slug_of
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.area.batch import area_codes, read_batch
from pipeline.site.area.browser import COLUMNS, columns
from pipeline.site.area.sections import SECTIONS
from pipeline.site.area.shared import Shared, read_shared
from pipeline.site.area.table_html import breakable, table_html
from pipeline.site.area.title import description, title
from pipeline.site.figure.cijfer import address_of
from pipeline.site.frame.shell import Shell, canonical, light, unquoted
from pipeline.site.municipal import has_datasets
from pipeline.sql import Connection
from pipeline.words.numbers import format_date
from pipeline.words.provenance import named

__all__ = ["COLUMNS", "AreaContext", "AreaPage", "area_codes", "area_pages", "columns", "pages"]

FEED = '<link rel="alternate" type="application/atom+xml" title="Nieuws" href="nieuws.xml">'
BATCH = 500  # areas a query: some twenty megabytes of rows

# A name may end with a stop (Langestraat e.o.); a sentence that ends with it needs no second.
_SECOND_STOP = re.compile(r"\.\.(?<=\w\.\.)(?=[\s<>\"'])")


@dataclass(frozen=True)
class AreaPage:
    """One area and, by name, what each of its sections shows; templates only place it."""

    area: Area
    contents: Mapping[str, Any]


def pages(
    con: Connection,
    shell: Shell,
    *,
    codes: Sequence[str],
    context: AreaContext,
    sections: Sequence[Section] = SECTIONS,
) -> Iterator[tuple[str, str]]:
    """Make the pages of some areas: (path below the site, HTML), in the order of `codes`.

    Raises ValueError if an area is not in the warehouse.
    """
    environment = _environment(context.templates)
    templates = {one.name: _light_template(environment, one.template) for one in sections}
    for page in area_pages(con, codes=codes, context=context, sections=sections):
        area, url = page.area, address_of(page.area.code)
        parts = [templates[name].render(area=area, inhoud=content) for name, content in page.contents.items()]
        html = shell.fill(
            title=title(area),
            description=description(area),
            canonical=canonical(url, site_url=context.site_url),
            body=light("".join(parts)),
            card=slug_of(area.gebied.gemeente_code or LAND),
            head=FEED if area.gebied.gebied_niveau == "gemeente" else "",
        )
        yield f"{url}index.html", _SECOND_STOP.sub(".", html)


def area_pages(
    con: Connection,
    *,
    codes: Sequence[str],
    context: AreaContext,
    sections: Sequence[Section] = SECTIONS,
) -> Iterator[AreaPage]:
    """Make the contents of area pages, in the order of `codes`."""
    shared = read_shared(con, municipal=has_datasets(con, codes))
    found = [one.read(con, codes, context) for one in sections]
    for start in range(0, len(codes), BATCH):
        # A generator of its own lets go of its rows before the next are read.
        for area in _areas(con, codes[start : start + BATCH], shared, context):
            made = {one.name: one.make(area, read) for one, read in zip(sections, found, strict=True)}
            yield AreaPage(area, {name: content for name, content in made.items() if content is not None})


def _areas(con: Connection, codes: Sequence[str], shared: Shared, context: AreaContext) -> Iterator[Area]:
    batch = read_batch(con, codes)
    # The collector would look through all rows again for every few pages, which leave it next to nothing.
    collects = gc.isenabled()
    gc.disable()
    try:
        for code in codes:
            yield Area(code, batch, shared, context)
    finally:
        if collects:
            gc.enable()


class _LightLoader(FileSystemLoader):
    """Takes out of a template, once, most of what `light` would take out of every page."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, current = super().get_source(environment, template)
        return unquoted(source), path, current


@cache
def _environment(folder: Path) -> Environment:
    """Templates are compiled once a process, and not for every part of the country."""
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
    environment.filters["bron"] = named
    environment.filters["datum"] = format_date
    environment.filters["slug"] = slug_of
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    parts = environment.get_template("gebied_delen.j2").module
    for name in ("bewaar", "herkomst", "verloop", "zonder"):
        environment.globals[name] = getattr(parts, name)
    return environment


def _light_template(environment: Environment, name: str) -> Template:
    """With a plain dictionary of globals: a chain of them would be walked for every section of a page."""
    template = environment.get_template(name)
    template.globals = dict(template.globals)
    return template
