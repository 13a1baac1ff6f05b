"""Area pages, the fast path: rows of the warehouse → contents → one template → the shell.

`pages` needs nothing but a connection and the codes to write, so processes can share the work: each has
its own connection and its own part of `area_codes`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.gebied import slug_of
from pipeline.site.area_content import AreaPage, make_page
from pipeline.site.area_rows import Connection, area_codes, read_batch, read_naslag
from pipeline.site.shell import Shell
from pipeline.site.words import format_date

__all__ = ["AreaContext", "AreaPage", "area_codes", "area_pages", "area_url", "pages"]

BATCH = 400  # areas a query: a few megabytes of rows


@dataclass(frozen=True, kw_only=True)
class AreaContext:
    """What the pages need and the warehouse does not hold.

    `spec` is the address of the shared line chart, seen from an area page; `volgende` the ISO date of the
    publishers' next figures, where it is known.
    """

    templates: Path
    site_url: str = ""
    spec: str = "../../assets/grafieken/lijn-aantal.json"
    volgende: str | None = None


def area_url(gebied_code: str) -> str:
    """The address of an area's page below the site's: 'gebied/bu07580006/', for ever."""
    return f"gebied/{slug_of(gebied_code)}/"


def pages(
    con: Connection, shell: Shell, *, codes: Sequence[str], context: AreaContext
) -> Iterator[tuple[str, str]]:
    """Make the pages of some areas: (path below the site, HTML), in the order of `codes`.

    Raises ValueError if an area is not in the warehouse.
    """
    template = _template(context.templates)
    for page in area_pages(con, codes=codes, context=context):
        url = area_url(page.gebied.gebied_code)
        body = template.render(page=page, context=context)
        html = shell.fill(
            title=_title(page),
            description=page.zinnen.aantal[0],
            canonical=f"{context.site_url.rstrip('/')}/{url}",
            # Every byte counts 18,000 times; the template has no element that keeps its spaces.
            body=re.sub(r"\s*\n\s*", "\n", body),
        )
        yield f"{url}index.html", html


def area_pages(con: Connection, *, codes: Sequence[str], context: AreaContext) -> Iterator[AreaPage]:
    """Make the contents of area pages, in the order of `codes`."""
    naslag = read_naslag(con)
    for start in range(0, len(codes), BATCH):
        part = codes[start : start + BATCH]
        batch = read_batch(con, part)
        for code in part:
            yield make_page(code, batch, naslag, volgende=context.volgende)


def _template(folder: Path) -> Template:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["datum"] = format_date
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    return environment.get_template("gebied.html.j2")


def _title(page: AreaPage) -> str:
    niveau = page.gebied.gebied_niveau
    if niveau in ("wijk", "buurt"):
        return f"{page.naam}, {niveau} in {page.gemeente}"
    return f"{page.naam}, gemeente" if niveau == "gemeente" else page.naam
