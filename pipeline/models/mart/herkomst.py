"""
title = "De rijen van de bron achter elk nieuwste cijfer van Nederland en de gemeenten"
description = '''
Zoals de uitgever ze stuurde: met zijn namen van kolommen, zijn codes en zijn spaties. Alleen achter cijfers
die er staan. Van het bestand van een gemeente staan ook de rijen achter cijfers van haar wijken en buurten
er. Telt het cijfer meldingen, of delen die te klein zijn om te tonen, dan staan er alleen regelnummers.
'''
key = ["indicator", "gebied_code", "rol", "nr"]
reads = [
    "project.model", "project.gemeente_indicator", "contract.bestand", "contract.snapshot",
    "contract.indicator", "core.gebied", "mart.gebied_profiel", "staging.cbs_kerncijfers",
]

[columns]
indicator = "naam van de indicator"
gebied_code = "code van het gebied"
periode = "jaar van het cijfer"
rol = "teller: wat geteld of gemeten is; noemer: waar door gedeeld is"
nr = "nummer van de rij, vanaf 1"
bron_id = "bron"
tabel = "tabel bij de uitgever"
bestand = "plaats van het bestand in de opslag"
sleutels = "hoeveel van de kolommen zeggen om welke rij het gaat; die staan vooraan"
kolommen = "kolommen van de uitgever waar het cijfer op rust"
inhoud = "wat daarin stond, op dezelfde plaats in de lijst"
regels = "nummers van de regels in het bestand van een gemeente; leeg bij andere bronnen"

[checks]
not_null = ["tabel", "bestand", "kolommen", "inhoud"]
accepted_values.rol = ["teller", "noemer"]
relationships.bestand = "contract.bestand.bestand"
expression_is_true = ["len(kolommen) = len(inhoud)"]
"""

from typing import Any

from pipeline.gemeente.models import LINE
from pipeline.sql import literal
from pipeline.warehouse.behind import ROW, Behind, rows_behind, with_raw_row

KEY_FIGURES = "cbs_kerncijfers"
MOST_ROWS = 50  # of a municipal file that are shown behind one figure; of more only their numbers
ADDRESS = "url"  # where a row has one of its own, it is what a reader wants to see

# The newest figures that are published, of the areas whose trail is told.
FIGURES = """
create or replace temp view herkomst_cijfers as
select p.indicator, p.gebied_code, p.periode, p.tabel, p.noemer, p.noemer_jaar, s.bron_id
from mart.gebied_profiel as p
join core.gebied as g on p.gebied_code = g.gebied_code
join contract.snapshot as s on p.tabel = s.tabel
join contract.indicator as i on p.indicator = i.indicator
where (g.gebied_niveau in ('land', 'gemeente') or i.meetwijze = 'gemeente')
    and coalesce(p.teller, p.waarde) is not null
"""
WANTED = """
create or replace temp table herkomst_gezocht (
    indicator varchar, gebied_code varchar, periode varchar, rol varchar,
    bron_id varchar, tabel varchar, sleutel varchar[], namen varchar[])
"""
DENOMINATORS = f"""
insert into herkomst_gezocht
select c.indicator, c.gebied_code, c.periode, 'noemer', '{KEY_FIGURES}', k.tabel,
    [c.gebied_code, cast(c.noemer_jaar as varchar)], [i.noemer_soort]
from herkomst_cijfers as c
join contract.indicator as i on c.indicator = i.indicator
join staging.{KEY_FIGURES} as k
    on c.gebied_code = k.gebied_code and cast(c.noemer_jaar as varchar) = k.periode
where c.noemer is not null
"""
FOUND = """
create or replace temp table herkomst_gevonden (
    indicator varchar, gebied_code varchar, periode varchar, rol varchar, sleutel varchar[],
    bron_id varchar, tabel varchar, bestand varchar, sleutels bigint, kolommen varchar[], inhoud varchar[],
    regels bigint[])
"""


def table(con: Any) -> Any:
    """One row per row of a source behind a figure."""
    models = {name: (sql, tuple(key)) for name, sql, key in con.execute("from project.model").fetchall()}
    for statement in (FIGURES, WANTED, FOUND, DENOMINATORS):
        con.execute(statement)
    origins = con.execute(
        "select indicator, list(distinct bron_id order by bron_id) from herkomst_cijfers"
        " group by 1 order by 1"
    ).fetchall()
    for name, sources in origins:
        behind = rows_behind(con, models[f"indicator.{name}"][0], where=name)
        for source in sources:
            if f"staging.{source}" in models:
                _want(con, name, source, behind, key=models[f"staging.{source}"][1])
            else:
                _find_in_file(con, name, source)
    for (source,) in con.execute("select distinct bron_id from herkomst_gezocht order by 1").fetchall():
        sql, key = models[f"staging.{source}"]
        con.execute(_find(source, with_raw_row(con, sql, f"raw.{source}", where=source), key))
    made = con.sql(
        """
        select indicator, gebied_code, periode, rol,
            row_number() over (partition by indicator, gebied_code, rol order by sleutel, bestand) as nr,
            bron_id, tabel, bestand, sleutels, kolommen, inhoud, regels
        from herkomst_gevonden
        order by all
        """
    ).to_arrow_table()
    for temporary in ("table herkomst_gevonden", "table herkomst_gezocht", "view herkomst_cijfers"):
        con.execute(f"drop {temporary}")
    return made


def _want(con: Any, indicator: str, source: str, behind: Behind, *, key: tuple[str, ...]) -> None:
    """Note the keys in staging of the rows behind an indicator, and which columns count."""
    keys = ", ".join(f"cast(b.{name} as varchar)" for name in key)
    names = ", ".join(map(literal, sorted({*behind.columns, ADDRESS})))
    con.execute(
        f"""
        insert into herkomst_gezocht
        select c.indicator, c.gebied_code, c.periode, 'teller', c.bron_id, c.tabel, [{keys}], [{names}]
        from herkomst_cijfers as c
        join ({behind.sql}) as b
            on c.gebied_code = b.gebied_code and c.periode = b.periode and c.tabel = b.tabel
        where c.indicator = {literal(indicator)} and c.bron_id = {literal(source)}
        """
    )


def _find_in_file(con: Any, indicator: str, source: str) -> None:
    """The rows of a municipal file: what they say, or only their numbers where that is not shown."""
    con.execute(
        f"""
        insert into herkomst_gevonden
        with cijfers as (
            select c.indicator, c.gebied_code, c.periode, c.bron_id, c.tabel, b.bestand, g.regels, g.kolommen,
                o.kolommen as sleutels,
                o.toont_rijen and len(list_distinct(g.regels)) between 1 and {MOST_ROWS} as toont
            from herkomst_cijfers as c
            join gemeentelijk.{source} as g using (indicator, gebied_code, periode)
            join project.gemeente_indicator as o on c.indicator = o.indicator
            join contract.bestand as b on c.bron_id = b.bron_id
            where c.indicator = {literal(indicator)} and c.bron_id = {literal(source)}
        ),
        cellen as (
            select * exclude (regels, kolommen, toont), unnest(regels) as regel, unnest(kolommen) as kolom,
                generate_subscripts(kolommen, 1) as plaats
            from cijfers where toont
        ),
        regels as (
            select * exclude (kolom, plaats), list(kolom order by plaats) as waarden
            from cellen group by all
        )
        select r.indicator, r.gebied_code, r.periode, 'teller', [printf('%09d', r.regel)], r.bron_id, r.tabel,
            r.bestand, len(r.sleutels), list_concat(r.sleutels, r.waarden),
            list_transform(list_concat(r.sleutels, r.waarden), lambda k: coalesce(json_extract_string(
                to_json(f), '/' || replace(replace(k, '~', '~0'), '/', '~1')), '')),
            [r.regel]
        from regels as r
        join raw.{source} as f on r.regel = f."{LINE}"
        union all
        select indicator, gebied_code, periode, 'teller', [], bron_id, tabel, bestand, 0, [], [],
            list_sort(list_distinct(regels))
        from cijfers where not toont
        """
    )


def _find(source: str, select: str, key: tuple[str, ...]) -> str:
    """Every dimension of the publisher's row, and those of its columns that count, with their text."""
    keys = ", ".join(f"cast({name} as varchar)" for name in key)
    return f"""
    insert into herkomst_gevonden
    with rijen as (select [{keys}] as sleutel, tabel, {ROW} from ({select})),
    gevonden as (
        select z.*, r.{ROW}.deel as bestand, to_json(r.{ROW}) as rij
        from rijen as r
        join herkomst_gezocht as z on r.sleutel = z.sleutel and r.tabel = z.tabel
        where z.bron_id = {literal(source)}
    ),
    kolommen as (
        select tabel, list({{'naam': naam, 'kolom': kolom, 'dim': is_dimensie}} order by rowid) as kolommen
        from raw.{source}_kolommen
        where kolom is not null
        group by tabel
    ),
    gekozen as (
        select g.*, list_filter(k.kolommen, lambda p: p.dim or list_contains(g.namen, p.naam)) as paren
        from gevonden as g
        join kolommen as k on g.tabel = k.tabel
    )
    select indicator, gebied_code, periode, rol, sleutel, bron_id, tabel, bestand,
        len(list_filter(paren, lambda p: p.dim)),
        list_transform(paren, lambda p: p.kolom),
        list_transform(paren, lambda p: coalesce(json_extract_string(rij, '$."' || p.naam || '"'), '')),
        []
    from gekozen
    """
