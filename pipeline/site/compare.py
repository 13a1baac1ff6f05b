"""What the page /vergelijk/ puts side by side: the newest figures of every area, one file a gemeente.

Registered, experienced and circumstances stand in tables of their own and are never added up. Nothing here is
sorted by a figure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.gebied import LAND, slug_of
from pipeline.site.area_rows import Connection, Indicator, Naslag, read_naslag
from pipeline.site.map_data import EMPTY
from pipeline.site.words import STATUS_KORT

DATA = "assets/vergelijk"
WORDS = f"{DATA}/indicatoren.json"
TOTAL = "overlast"
STATUS = {**EMPTY, "p": "voorlopig"}

REGISTERED = "Dit legt de politie vast. Wat niemand meldt of ontdekt, staat er niet in."
EXPERIENCED = "Dit zeggen bewoners in een enquête. Het geldt voor een gemeente of het land, niet per buurt."
AROUND = "Omstandigheden gaan soms samen met meer of minder veiligheid. Daarmee zijn ze nog geen oorzaak."
STRENGTH = "Dit zijn schattingen met een rekenmodel. Ook wat goed gaat, hoort bij het beeld."


def write_data(con: Connection, out_dir: Path, *, gemeenten: Sequence[str] = ()) -> list[Path]:
    """Write assets/vergelijk/<code>.json of each gemeente and of the country; what was written.

    {"gebieden": {code: [name, niveau, [figure of each indicator]]}}, indicators in the order of "volgorde"
    in indicatoren.json. A figure is [year, count, value, low, high], cut off after the last that it has, with
    the letter of its status before them where that is not 'ok'; 0 where the area has none. Values are
    rounded as they are shown.

    Args:
        gemeenten: codes of the gemeenten whose areas have pages; empty means all. The country always has one.
    """
    folder = out_dir / DATA
    folder.mkdir(parents=True, exist_ok=True)
    naslag = read_naslag(con)
    tables = _tables(naslag)
    order = [one for table in tables for one in table["rijen"]]
    written = [_write(out_dir / WORDS, json.dumps(_in_words(naslag, tables, order), **_COMPACT))]
    for geheel, areas in _read_areas(con, order, gemeenten):
        written.append(_write(folder / f"{slug_of(geheel)}.json", f'{{"gebieden":{{{areas}}}}}'))
    return written


_COMPACT: Mapping[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


def _tables(naslag: Naslag) -> list[dict[str, Any]]:
    """The tables of the page, in order; a table without indicators is left out."""
    kinds = {name: theme.soort for name, theme in naslag.themas.items()}
    known = list(naslag.indicatoren.values())
    registered = [one for one in known if one.meetwijze == "geregistreerd"]
    nuisance = sorted((one for one in registered if one.overlast), key=lambda one: one.indicator == TOTAL)
    around = [one for one in known if one.meetwijze == "omstandigheid"]
    tables = (
        ("Geregistreerde overlast", REGISTERED, nuisance),
        ("Geregistreerde misdrijven", REGISTERED, [one for one in registered if not one.overlast]),
        ("Wat bewoners ervaren", EXPERIENCED, [one for one in known if one.meetwijze == "ervaren"]),
        ("Omstandigheden", AROUND, [one for one in around if kinds.get(one.thema) == "omstandigheid"]),
        ("Samenleven en welzijn", STRENGTH, [one for one in around if kinds.get(one.thema) == "sterkte"]),
    )
    return [
        {"titel": title, "uitleg": explanation, "rijen": [one.indicator for one in rows]}
        for title, explanation, rows in tables
        if rows
    ]


def _in_words(naslag: Naslag, tables: Sequence[dict[str, Any]], order: Sequence[str]) -> dict[str, Any]:
    return {
        "tabellen": tables,
        "volgorde": order,
        "indicatoren": {name: _described(naslag.indicatoren[name]) for name in order},
        "status": {letter: STATUS_KORT[status] for letter, status in STATUS.items()},
    }


def _described(one: Indicator) -> dict[str, Any]:
    return {
        "titel": one.titel,
        "eenheid": "procent" if one.eenheid == "%" else one.eenheid,
        "decimalen": one.decimalen,
        "pagina": f"indicator/{one.indicator.replace('_', '-')}/",
    }


def _read_areas(con: Connection, order: Sequence[str], gemeenten: Sequence[str]) -> list[tuple[str, str]]:
    """[(gemeente or country, its areas as the inside of a JSON object)]; the warehouse makes the text."""
    rounded = [
        f"regexp_replace(round(p.{name}, i.decimalen::int)::varchar, '\\.0$', '')"
        for name in ("waarde", "onder", "boven")
    ]
    parts = ", ".join(f"coalesce({part}, 'null')" for part in ("p.periode", "p.teller::varchar", *rounded))
    letters = " ".join(f"when '{status}' then '\"{letter}\"'" for letter, status in STATUS.items())
    rows: list[tuple[str, str]] = con.execute(
        f"""
        with volgorde as (
            select unnest($order) as indicator, unnest(range(len($order))) as plaats
        ),

        gebieden as (
            select coalesce(gemeente_code, $land) as geheel, gebied_code, gebied_naam, gebied_niveau
            from core.gebied
            where not plaats_onbekend(gebied_code)
                and (len($gemeenten) = 0 or gemeente_code is null or list_contains($gemeenten, gemeente_code))
        ),

        cijfers as (
            select p.gebied_code, v.plaats, concat_ws(',', case p.status {letters} end, {parts}) as tekst
            from mart.gebied_profiel as p
            join volgorde as v on v.indicator = p.indicator
            join contract.indicator as i on i.indicator = p.indicator
        ),

        regels as (
            select g.geheel, g.gebied_code,
                any_value(g.gebied_naam) as naam, any_value(g.gebied_niveau) as niveau,
                string_agg(
                    coalesce('[' || regexp_replace(c.tekst, '(,null)+$', '') || ']', '0'),
                    ',' order by v.plaats
                ) as cijfers
            from gebieden as g
            cross join volgorde as v
            left join cijfers as c on c.gebied_code = g.gebied_code and c.plaats = v.plaats
            group by g.geheel, g.gebied_code
        )

        select geheel, string_agg(
            '"' || lower(gebied_code) || '":[' || to_json(naam) || ',"' || niveau || '",[' || cijfers || ']]',
            ',' order by gebied_code
        )
        from regels
        group by geheel
        order by geheel
        """,
        {"order": list(order), "gemeenten": list(gemeenten), "land": LAND},
    ).fetchall()
    return rows


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
