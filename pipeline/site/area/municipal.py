"""What gemeenten publish themselves: beside the national figures, never among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import shapely
from markupsafe import Markup

from pipeline.gebied import slug_of
from pipeline.site.html.markup import Cell, bullets, link, table
from pipeline.site.map.outlines import WIDTH, path_of, to_metres
from pipeline.sql import Connection
from pipeline.words.numbers import format_date, format_period
from pipeline.words.sentences import Onderwerp, count_phrase
from pipeline.words.status import MET_AANTAL, STATUS_KORT

TITLE = "Van de gemeente"
# Slivers between neighbours of one gemeente would stay as lines.
CLOSE_METRES, DRAWN_METRES = 60.0, 250.0


@dataclass(frozen=True, slots=True)
class GemeenteBron:
    """A row of contract.gemeente_bron, with the first and last period of its figures here."""

    bron_id: str
    gemeente_code: str
    gemeente_naam: str
    titel: str
    publisher: str
    licentie: str
    citaat: str
    pagina: str
    frequentie: str
    toelichting: Sequence[str]
    indicatoren: Sequence[str]
    opgehaald: bool
    eerste: str | None
    laatste: str | None
    stand: str | None


@dataclass(frozen=True, slots=True)
class Regel:
    """The newest figure of one municipal indicator in one area, in words."""

    naam: str
    adres: str
    cijfer: str
    leeg: bool
    periode: str
    voorbehoud: str


@dataclass(frozen=True, slots=True)
class Deel:
    """What one dataset of the gemeente says of an area."""

    bron: GemeenteBron
    regels: tuple[Regel, ...]

    @property
    def stand(self) -> str:
        """Of when its figures are, in words."""
        return f"stand {format_date(self.bron.stand)}" if self.bron.stand else "datum niet vermeld"


def read_sources(con: Connection) -> tuple[GemeenteBron, ...]:
    """Every municipal dataset that is defined, by gemeente and title."""
    names = ", ".join(field.name for field in fields(GemeenteBron))
    rows = con.execute(
        f"""
        with perioden as (
            select s.bron_id, max(s.modified) as stand, min(c.periode) as eerste, max(c.periode) as laatste
            from contract.snapshot as s
            semi join contract.gemeente_bron as b on s.bron_id = b.bron_id
            left join mart.cijfer as c on s.tabel = c.tabel and coalesce(c.waarde, c.teller) is not null
            group by s.bron_id
        ),
        bronnen as (
            -- A gemeente outside the figures here has no name but that of its publisher.
            select b.*,
                coalesce(g.gebied_naam, replace(split_part(b.publisher, ',', 1), 'Gemeente ', ''))
                    as gemeente_naam,
                p.eerste, p.laatste, p.stand
            from contract.gemeente_bron as b
            left join core.gebied as g on b.gemeente_code = g.gebied_code
            left join perioden as p on b.bron_id = p.bron_id
        )
        select {names} from bronnen order by lower(strip_accents(gemeente_naam)), titel
        """
    ).fetchall()
    return tuple(GemeenteBron(*row) for row in rows)


def read_parts(con: Connection, codes: Sequence[str]) -> Mapping[str, tuple[Deel, ...]]:
    """What gemeenten say of some areas: area code → a part for each dataset that has a figure there."""
    rows = con.execute(
        """
        select p.gebied_code, p.tabel, i.indicator, i.titel, i.eenheid, i.kind,
            i.onderwerp, p.periode, p.teller, w.cijfer, w.onder, w.boven, p.status,
            (
                select string_agg(v.tekst, ' ' order by v.voorbehoud) from reference.voorbehouden as v
                where list_contains(string_split(i.voorbehoud, ';'), v.voorbehoud)
            ) as voorbehoud
        from mart.gebied_profiel as p
        join mart.gebied_woorden as w on p.gebied_code = w.gebied_code and p.indicator = w.indicator
        join contract.indicator as i on p.indicator = i.indicator and i.meetwijze = 'gemeente'
        where list_contains(?, p.gebied_code)
        order by p.gebied_code, p.tabel, i.volgorde, i.indicator
        """,
        [list(codes)],
    ).fetchall()
    # Most parts of the country have none.
    sources = {one.bron_id: one for one in read_sources(con)} if rows else {}
    found: dict[str, dict[str, list[Regel]]] = {}
    for code, source_id, *row in rows:
        found.setdefault(code, {}).setdefault(source_id, []).append(_line(*row))
    return {
        code: tuple(
            Deel(sources[source_id], tuple(lines))
            for source_id, lines in parts.items()
            if any(not line.leeg for line in lines)
        )
        for code, parts in found.items()
    }


def _line(
    indicator: str,
    title: str,
    unit: str,
    kind: str,
    subject: str,
    periode: str,
    count: int | None,
    value: str | None,
    low: str | None,
    high: str | None,
    status: str,
    caveat: str | None,
) -> Regel:
    words = []
    if kind == "verhouding" and count is not None and status in MET_AANTAL:
        words.append(count_phrase(count, Onderwerp.parse(subject)))
    if value is not None:
        words.append(f"{value} {unit}")
    if low is not None and high is not None:
        words.append(f"marge {low} tot {high}")
    return Regel(
        naam=title,
        adres=f"indicator/{indicator.replace('_', '-')}/",
        cijfer=", ".join(words) or STATUS_KORT[status],
        leeg=not words,
        periode=format_period(periode),
        voorbehoud=caveat or "",
    )


# ---- pages ----------------------------------------------------------------------------------------


def source_list(sources: Sequence[GemeenteBron]) -> Markup:
    """Who publishes what, since when and under what terms, one row a dataset."""
    header = [Cell(name) for name in ("Gemeente", "Dataset", "Uitgever", "Licentie", "Cijfers", "Nieuw")]
    rows = [
        [
            Cell(one.gemeente_naam),
            Cell(link(one.pagina, one.titel) if one.pagina else one.titel),
            Cell(one.publisher),
            Cell(one.licentie),
            _span(one),
            Cell(one.frequentie),
        ]
        for one in sources
    ]
    return table("Datasets van gemeenten", header, rows)


def _span(one: GemeenteBron) -> Cell:
    if one.eerste is None or one.laatste is None:
        return Cell("nog niet opgehaald", empty=True)
    first, last = format_period(one.eerste), format_period(one.laatste)
    return Cell(first if first == last else f"{first} tot en met {last}")


def theme_list(con: Connection, thema: str, *, url: Any) -> Markup:
    """The municipal indicators of a theme with their own citation and caveats; empty if there are none."""
    rows = con.execute(
        "select indicator, titel, vraag from contract.indicator where thema = ? and meetwijze = 'gemeente' "
        "order by volgorde, indicator",
        [thema],
    ).fetchall()
    if not rows:
        return Markup("")
    of = {name: one for one in read_sources(con) for name in one.indicatoren}
    return bullets(
        Markup("{}. {} Bron: {}. {}").format(
            link(url(f"indicator/{name.replace('_', '-')}/"), title),
            question,
            of[name].citaat,
            " ".join(of[name].toelichting),
        )
        for name, title, question in rows
    )


def definition_map(
    con: Connection, sources: Sequence[GemeenteBron], *, pages: Collection[str], root: str
) -> Markup:
    """The gemeenten of the warehouse, those with a definition in colour; `source_list` says it in words.

    `pages` are the codes of the gemeenten that have a page to lead to.
    """
    rows = con.execute(
        """
        select g.gemeente_code, g.gemeente_naam, list(p.geometrie)
        from core.gebied as g
        join staging.pdok_gebieden as p
            on g.gebied_code = p.gebied_code and g.indeling_jaar = p.indeling_jaar
        where g.gebied_niveau = 'buurt'
        group by all
        order by lower(strip_accents(any_value(g.gemeente_naam)))
        """
    ).fetchall()
    if not rows:
        return Markup("")
    defined = {one.gemeente_code for one in sources}
    outlines = np.array([_outline(shapes) for _, _, shapes in rows])
    left, bottom, right, top = shapely.total_bounds(outlines)
    scale = WIDTH / (right - left)
    pixels = shapely.transform(
        outlines, lambda points: np.column_stack([points[:, 0] - left, top - points[:, 1]]) * scale
    )
    shapes = Markup("").join(
        (
            Markup('<a href="{0}gebied/{1}/" class="{2}">{3}</a>\n')
            if code in pages
            else Markup('<g class="{2}">{3}</g>\n')
        ).format(
            root,
            slug_of(code),
            "vb-k3" if code in defined else "vb-k0",
            Markup('<title>{}: {}</title><path d="{}"/>').format(
                name,
                "met eigen cijfers" if code in defined else "nog zonder eigen cijfers",
                path_of(pixel),
            ),
        )
        for (code, name, _), pixel in zip(rows, pixels, strict=True)
    )
    return Markup(
        '<figure class="vb-figuur" id="kaart-gemeenten"><figcaption>'
        '<span class="vb-figuur__titel">Gemeenten met eigen cijfers</span></figcaption>'
        '<a class="vb-overslaan" href="#kaart-gemeenten-einde">Sla de kaart over</a>'
        '<svg class="vb-kaart" viewBox="0 0 {} {}" role="group" aria-label="Kaart van gemeenten">\n{}</svg>'
        '<ul class="vb-legenda"><li><span class="vb-staal vb-k3"></span>met eigen cijfers</li>'
        '<li><span class="vb-staal vb-k0"></span>nog zonder</li></ul>'
        '<p class="vb-bron" id="kaart-gemeenten-einde">Grenzen: CBS en Kadaster.</p></figure>'
    ).format(WIDTH, int((top - bottom) * scale) + 1, shapes)


def _outline(shapes: Sequence[str]) -> Any:
    """One gemeente out of its buurten, in metres, with few points."""
    metres = shapely.transform(shapely.from_geojson(list(shapes)), to_metres)
    closed = shapely.union_all(shapely.buffer(metres, CLOSE_METRES, join_style="mitre"))
    return shapely.simplify(shapely.buffer(closed, -CLOSE_METRES, join_style="mitre"), DRAWN_METRES)
