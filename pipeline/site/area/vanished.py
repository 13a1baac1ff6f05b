"""Pages of codes that are no longer in use: an address that was ever given out keeps saying something.

A code that older key figures of CBS have and the division in use has not. What took its place is not said:
borders move, and a number may come back for another area. The page leads to the gemeente.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from pipeline.gebied import gemeente_of, niveau_of, slug_of
from pipeline.site.frame.shell import TOP_ENDS, Shell, canonical, light


@dataclass(frozen=True)
class VerdwenenCode:
    """A code with the newest year that has it; the gemeente is None where its code is gone as well."""

    gebied_code: str
    laatste_jaar: str
    indeling_jaar: int
    gemeente_code: str | None
    gemeente_naam: str | None


def pages(
    con: duckdb.DuckDBPyConnection, shell: Shell, *, gemeenten: Sequence[str] = (), site_url: str = ""
) -> Iterator[tuple[str, str]]:
    """Make a page for each vanished code: (path below the site, HTML), in the order of the codes.

    Args:
        gemeenten: codes of the gemeenten that have pages; empty means all. Codes whose gemeente is gone too
            get a page only when all have.
    """
    for one in read_vanished(con, gemeenten=gemeenten):
        url = f"gebied/{slug_of(one.gebied_code)}/"
        yield (
            f"{url}index.html",
            shell.fill(
                title=f"Code {one.gebied_code} bestaat niet meer",
                description=f"De code {one.gebied_code} staat niet in de indeling van {one.indeling_jaar}.",
                canonical=canonical(url, site_url=site_url),
                body=light(_body(one)),
                card=slug_of(one.gemeente_code or "NL00"),
            ),
        )


def read_vanished(con: duckdb.DuckDBPyConnection, *, gemeenten: Sequence[str] = ()) -> list[VerdwenenCode]:
    """The vanished codes of gemeenten, wijken and buurten, in the order of the codes."""
    rows = con.execute(
        """
        select oud.gebied_code, max(oud.periode), (select max(indeling_jaar) from core.gebied)
        from staging.cbs_kerncijfers as oud
        anti join core.gebied as nu on oud.gebied_code = nu.gebied_code
        where not plaats_onbekend(oud.gebied_code)
        group by oud.gebied_code
        order by oud.gebied_code
        """
    ).fetchall()
    names = dict(
        con.execute(
            "select gebied_code, gebied_naam from core.gebied where gebied_niveau = 'gemeente'"
        ).fetchall()
    )
    found = []
    for code, year, division in rows:
        gemeente = gemeente_of(code)
        known = gemeente if gemeente in names else None
        if not gemeenten or known in gemeenten:
            found.append(VerdwenenCode(code, year, division, known, names.get(known or "")))
    return found


def _body(one: VerdwenenCode) -> str:
    niveau = niveau_of(one.gebied_code)
    if one.gemeente_code and one.gemeente_naam:
        name = html.escape(one.gemeente_naam)
        way = (
            f'<p><a href="../{slug_of(one.gemeente_code)}/">Naar de gemeente {name}</a>, '
            "met alle wijken en buurten van nu.</p>"
        )
    else:
        way = '<p>Ook de gemeente heeft nu een andere code. <a href="../">Naar alle gebieden</a>.</p>'
    return f"""<nav class="vb-kruimelpad" aria-label="Kruimelpad"><ol><li><a href="../../">Home</a></li>
<li><a href="../">Gebieden</a></li><li aria-current="page">{one.gebied_code}</li></ol></nav>
<h1>Code {one.gebied_code} bestaat niet meer</h1>
<p class="vb-inleiding">Deze code van een {niveau} stond voor het laatst in de cijfers van {one.laatste_jaar}.
In de indeling van {one.indeling_jaar} komt zij niet voor.</p>{TOP_ENDS}
<p>Grenzen van gemeenten, wijken en buurten veranderen soms.
Cijfers van voor en na zo'n verandering zijn niet te vergelijken.</p>
{way}
<div class="vb-zoeker" data-index="../../assets/zoeker.json" data-basis="../"></div>"""
