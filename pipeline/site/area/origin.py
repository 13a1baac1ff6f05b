"""Pages that follow each newest figure of a gemeente, or of the country, from its source: /herkomst/<code>/.

As deep as the page of an area, so that they fit the same frame.
"""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from pipeline.gebied import LAND, slug_of
from pipeline.site.figure.cijfer import Gebied, read_gebieden
from pipeline.site.figure.origin import Trail, read_examples, read_trails
from pipeline.site.figure.trail import Trails, heading
from pipeline.site.frame.shell import TOP_ENDS, Shell, canonical, light
from pipeline.site.freshness import UNKNOWN, Freshness, by_table
from pipeline.site.html.markup import FILES, text
from pipeline.sql import Connection
from pipeline.words.numbers import format_period
from pipeline.words.sentences import area_phrase

ROOT = "../../"
AT_ONCE = 50  # gemeenten whose rows are in memory
GROUPS: Mapping[str, str] = {
    "geregistreerd": "Wat de politie registreert",
    "ervaren": "Wat bewoners ervaren",
    "gemeente": "Wat de gemeente zelf publiceert",
    "omstandigheid": "Omstandigheden",
}


def address_of_origin(gebied_code: str) -> str:
    """The address below the root of the site: 'herkomst/gm0758/'."""
    return f"herkomst/{slug_of(gebied_code)}/"


def origin_codes(con: Connection, *, gemeenten: Sequence[str] = ()) -> list[str]:
    """The country and the gemeenten that get pages (none named: all)."""
    rows = con.execute(
        """
        select gebied_code from core.gebied
        where gebied_niveau = 'land' or (
            gebied_niveau = 'gemeente' and (len($codes) = 0 or list_contains($codes, gebied_code))
        )
        order by 1
        """,
        {"codes": list(gemeenten)},
    ).fetchall()
    return [code for (code,) in rows]


def pages(
    con: Connection, shell: Shell, *, gemeenten: Sequence[str] = (), site_url: str = ""
) -> Iterator[tuple[str, str]]:
    """Make a page of the country and of each gemeente: (path below the site, HTML)."""
    codes, sources = origin_codes(con, gemeenten=gemeenten), by_table(con)
    for start in range(0, len(codes), AT_ONCE):
        some = codes[start : start + AT_ONCE]
        trails, examples = read_trails(con, some), read_examples(con, some)
        parts = read_gebieden(
            con, [one.shown.gebied_code for several in examples.values() for one in several]
        )
        for code, gebied in read_gebieden(con, some).items():
            url = address_of_origin(code)
            yield (
                f"{url}index.html",
                shell.fill(
                    title=f"Herkomst van de cijfers van {gebied.naam}",
                    description=f"Van elk cijfer van {gebied.naam} de weg van de bron tot de pagina.",
                    canonical=canonical(url, site_url=site_url),
                    body=light(
                        _body(
                            gebied,
                            (*trails.get(code, ()), *examples.get(code, ())),
                            sources,
                            parts=parts,
                            site_url=site_url,
                        )
                    ),
                    card=slug_of(gebied.gemeente_code or LAND),
                ),
            )


def _body(
    gebied: Gebied,
    trails: Sequence[Trail],
    sources: Mapping[str, Freshness],
    *,
    parts: Mapping[str, Gebied],
    site_url: str,
) -> Markup:
    told = Trails(trails, root=ROOT, site_url=site_url)
    here = area_phrase(gebied.plaats)
    body = [
        Markup(
            '<nav class="vb-kruimelpad" aria-label="Kruimelpad"><ol><li><a href="{root}">Home</a></li>'
            '<li><a href="{root}gebied/">Gebieden</a></li><li><a href="{root}{page}">{name}</a></li>'
            '<li aria-current="page">Herkomst</li></ol></nav>'
            "<h1>Waar komen de cijfers van {here} vandaan?</h1>"
            '<p class="vb-inleiding">Op de pagina van {here} staat van elke reeks het nieuwste cijfer. '
            "Hier staat van elk daarvan de weg: van de rij bij de bron tot het getal op de pagina.</p>{top}"
            "<p>Wat de bron stuurde, staat er letter voor letter, ook de spaties. "
            '<a href="../">Zo lees je deze pagina</a></p>'
        ).format(
            root=ROOT, page=gebied.address, name=text(gebied.naam), here=text(here), top=Markup(TOP_ENDS)
        ),
        _age(trails, sources),
    ]
    for measure, title in GROUPS.items():
        group = [trail for trail in trails if trail.definition.meetwijze == measure]
        if group:
            body.append(Markup("<h2>{}</h2>").format(title))
            body += [_told(trail, told, part=parts.get(trail.shown.gebied_code)) for trail in group]
    if told.has_denominators:
        body.append(Markup('<h2 id="noemers">Waar door gedeeld is</h2>{}').format(told.denominators()))
    body.append(
        Markup(
            '<h2 id="bestanden">De bestanden</h2><p>Het controlegetal (SHA-256) hoort bij het bestand '
            "zoals het is opgehaald. Verandert er één letter, dan verandert het getal.</p>{}"
        ).format(told.files())
    )
    return Markup("").join(body)


def _age(trails: Sequence[Trail], sources: Mapping[str, Freshness]) -> Markup:
    """Of when the newest figure is and when the next come, as the page of the area says it."""
    rows = [
        (trail.shown.periode, row.modified or "", row.tabel, row) for trail in trails for row in trail.counted
    ]
    if not rows:
        return Markup("")
    periode, _, tabel, row = max(rows, key=lambda one: one[:3])
    source = sources.get(tabel)
    return Markup("<p>Nieuwste cijfers: {}, {}. Volgende cijfers: {}.</p>").format(
        format_period(periode), row.vintage, source.next if source else UNKNOWN
    )


def _told(trail: Trail, told: Trails, *, part: Gebied | None) -> Markup:
    """One figure; of a part of the gemeente where the file says nothing of the whole."""
    definition = trail.definition
    about = Markup(text(heading(trail)))
    if part is not None:
        about = Markup(
            'Een voorbeeld: <a href="{root}{page}">{name}</a>, {about}. Voor de hele gemeente is er geen '
            'cijfer. De rijen van de andere gebieden staan in <a href="{root}{files}herkomst.parquet">'
            "herkomst.parquet</a>."
        ).format(root=ROOT, page=part.address, name=text(part.naam), about=about, files=FILES)
    return Markup('<section id="{}"><h3><a href="{}{}">{}</a></h3><p>{}</p>{}</section>').format(
        definition.indicator, ROOT, definition.address, text(definition.titel), about, told.steps(trail)
    )
