"""What /vergelijk/ puts side by side or adds up: the newest figures of every area, one file a gemeente.

Registered, experienced and circumstances stand in tables of their own and are never added up. Nothing here is
sorted by a figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.gebied import slug_of
from pipeline.indicator import Indicator
from pipeline.site.area.shared import Shared, read_shared
from pipeline.site.html.data import compact_json
from pipeline.site.map.data import EMPTY
from pipeline.sql import Connection
from pipeline.words.status import STATUS_KORT

DATA = "assets/vergelijk"
WORDS = f"{DATA}/indicatoren.json"
TOTAL = "overlast"
STATUS = EMPTY
BATCH = 20_000
"""Rows asked from the warehouse at a time."""

REGISTERED = "Dit legt de politie vast. Wat niemand meldt of ontdekt, staat er niet in."
EXPERIENCED = "Dit zeggen bewoners in een enquête. Het geldt voor een gemeente of het land, niet per buurt."
AROUND = "Omstandigheden gaan soms samen met meer of minder veiligheid. Daarmee zijn ze nog geen oorzaak."
STRENGTH = "Dit zijn schattingen met een rekenmodel. Ook wat goed gaat, hoort bij het beeld."


def write_data(con: Connection, out_dir: Path, *, gemeenten: Sequence[str] = ()) -> list[Path]:
    """Write assets/vergelijk/<code>.json of each gemeente and of the country; what was written.

    {"gebieden": {code: [name, niveau, [figure of each indicator], [denominators]]}}, indicators in the order
    of "volgorde" in indicatoren.json, denominators in that of "noemers" there, 0 where the area has none. A
    figure is [year, count, value, low, high, decimals], cut off after the last that it has: decimals only
    where they are not the indicator's usual ones, and before all the letter of its reason or status where
    that is not 'ok', with a p behind it where the count beside it may change; 0 where the area has none, for
    the reason in "afwezig". Values are rounded as they are shown.

    Args:
        gemeenten: codes of the gemeenten whose areas have pages; empty means all. The country always has one.
    """
    folder = out_dir / DATA
    folder.mkdir(parents=True, exist_ok=True)
    shared = read_shared(con, municipal=False)  # what one gemeente counts, no other has
    tables = _tables(shared)
    order = [one for table in tables for one in table["rijen"]]
    names, denominators = _denominators(con)
    described = _in_words(shared, tables, order) | {"noemers": names} | _of_sums(con, order)
    written = [_write(out_dir / WORDS, compact_json(described))]
    indicators = [shared.indicatoren[name] for name in order]
    for geheel, areas in _read_areas(con, indicators, gemeenten, denominators):
        written.append(_write(folder / f"{slug_of(geheel)}.json", f'{{"gebieden":{{{areas}}}}}'))
    return written


def _tables(shared: Shared) -> list[dict[str, Any]]:
    """The tables of the page, in order; a table without indicators is left out."""
    kinds = {name: theme.soort for name, theme in shared.themas.items()}
    known = list(shared.indicatoren.values())
    registered = [one for one in known if one.meetwijze == "geregistreerd"]
    nuisance = [one for one in registered if one.indicator in shared.overlast]
    crimes = [one for one in registered if one.indicator not in shared.overlast]
    around = [one for one in known if one.meetwijze == "omstandigheid"]
    tables = (
        ("Geregistreerde overlast", REGISTERED, sorted(nuisance, key=lambda one: one.indicator == TOTAL)),
        ("Geregistreerde misdrijven", REGISTERED, crimes),
        ("Wat bewoners ervaren", EXPERIENCED, [one for one in known if one.meetwijze == "ervaren"]),
        ("Omstandigheden", AROUND, [one for one in around if kinds.get(one.thema) == "omstandigheid"]),
        ("Samenleven en welzijn", STRENGTH, [one for one in around if kinds.get(one.thema) == "sterkte"]),
    )
    return [
        {"titel": title, "uitleg": explanation, "rijen": [one.indicator for one in rows]}
        for title, explanation, rows in tables
        if rows
    ]


def _in_words(shared: Shared, tables: Sequence[dict[str, Any]], order: Sequence[str]) -> dict[str, Any]:
    return {
        "tabellen": tables,
        "volgorde": order,
        "indicatoren": {name: _described(shared.indicatoren[name]) for name in order},
        "status": {letter: STATUS_KORT[waarom] for letter, waarom in STATUS.items()},
        "afwezig": {name: STATUS_KORT[shared.why_absent(name)] for name in order},
    }


def _of_sums(con: Connection, order: Sequence[str]) -> dict[str, Any]:
    """What adding up asks of each indicator that is a count over a denominator.

    {"som": {indicator: [per, {year: denominator}, {niveau: [a, b]}, source]}}: which denominator a year
    usually has, and how counts on a level swing (`pipeline.statistics.dispersion`).
    """
    rows = con.execute(
        """
        with jaren as (
            select indicator, periode, i.noemer_soort || ' ' || mode(p.noemer_jaar) as noemer
            from mart.gebied_profiel as p
            join contract.indicator as i using (indicator)
            where i.kind = 'verhouding' and p.noemer is not null
            group by indicator, periode, i.noemer_soort
        ),

        bronnen as (
            select indicator, arg_max(bron, periode) as bron
            from mart.cijfer
            where gebied_niveau != 'land' and teller is not null
            group by indicator
        )

        select j.indicator, i.per, json_group_object(j.periode, j.noemer),
            (
                select json_group_object(s.gebied_niveau, [round(s.a, 4), round(s.b, 6)])
                from statistiek.spreiding as s where s.indicator = j.indicator
            ), any_value(b.bron)
        from jaren as j
        join contract.indicator as i using (indicator)
        left join bronnen as b using (indicator)
        group by j.indicator, i.per order by all
        """
    ).fetchall()
    return {
        "som": {
            name: [per, dict(sorted(json.loads(years).items())), json.loads(swings or "{}"), source]
            for name, per, years, swings, source in rows
            if name in order
        }
    }


def _denominators(con: Connection) -> tuple[list[str], Mapping[str, list[int]]]:
    """('inwoners 2024' and the like, code -> the area's number of each, 0 where it is not known)."""
    rows = con.execute(
        """
        select p.gebied_code, i.noemer_soort || ' ' || p.noemer_jaar as soort, any_value(p.noemer)
        from mart.gebied_profiel as p
        join contract.indicator as i using (indicator)
        where i.kind = 'verhouding' and p.noemer is not null
        group by all order by all
        """
    ).fetchall()
    names = sorted({name for _, name, _ in rows})
    found: dict[str, list[int]] = {}
    for code, name, number in rows:
        found.setdefault(code, [0] * len(names))[names.index(name)] = number
    return names, found


def _described(one: Indicator) -> dict[str, Any]:
    return {
        "titel": one.titel,
        "eenheid": "procent" if one.eenheid == "%" else one.eenheid,
        "decimalen": one.decimalen,
        "pagina": f"indicator/{one.indicator.replace('_', '-')}/",
    }


def _read_areas(
    con: Connection,
    indicators: Sequence[Indicator],
    gemeenten: Sequence[str],
    denominators: Mapping[str, list[int]],
) -> Iterator[tuple[str, str]]:
    """(Gemeente or country, '"code":[name, niveau, figures],...' in JSON); one gemeente in memory at a time.

    DuckDB writes each figure as JSON: the country has a million of them.
    """
    found = con.execute(
        f"""
        with plaatsen as (
            select unnest($order) as indicator, generate_subscripts($order, 1) - 1 as plaats
        ),

        cijfers as (
            select p.gebied_code, i.plaats, {_FIGURE} as cijfer
            from mart.gebied_profiel as p
            join mart.gebied_woorden as w on p.gebied_code = w.gebied_code and p.indicator = w.indicator
            join contract.indicator as c on p.indicator = c.indicator
            join plaatsen as i on p.indicator = i.indicator
        )

        select coalesce(g.gemeente_code, g.gebied_code), g.gebied_code, g.gebied_naam, g.gebied_niveau,
            c.plaats, c.cijfer
        from core.gebied as g
        left join cijfers as c on c.gebied_code = g.gebied_code
        where (len($gemeenten) = 0 or g.gemeente_code is null or list_contains($gemeenten, g.gemeente_code))
        order by 1, 2
        """,
        {"order": [one.indicator for one in indicators], "gemeenten": list(gemeenten)},
    )
    rows = chain.from_iterable(iter(lambda: found.fetchmany(BATCH), []))
    for geheel, part in groupby(rows, key=itemgetter(0)):
        areas = []
        for code, same in groupby(part, key=itemgetter(1)):
            figures, own = ["0"] * len(indicators), list(same)
            for *_, place, figure in own:
                if place is not None:
                    figures[place] = figure
            about = compact_json(own[0][2:4]).removesuffix("]")
            divided = compact_json(denominators.get(code, []))
            areas.append(f'"{slug_of(code)}":{about},[{",".join(figures)}],{divided}]')
        yield geheel, ",".join(areas)


def _json(column: str) -> str:
    """SQL: a figure as it is written, '1.234,50', as a number of JSON: 1234.5."""
    number = f"replace(replace({column}, '.', ''), ',', '.')"
    return f"if(contains({column}, ','), rtrim(rtrim({number}, '0'), '.'), {number})"


_UNKNOWN = "error('geen letter voor ' || coalesce(p.oorzaak, p.status))"
_LETTERS = " ".join(f"when '{waarom}' then '{letter}'" for letter, waarom in STATUS.items())
_COUNT_MAY_CHANGE = "if(p.voorlopig and p.teller is not null and p.status != 'voorlopig', 'p', '')"
_BOUND = {name: f"',' || coalesce({_json(f'w.{name}')}, 'null')" for name in ("onder", "boven")}
_FIGURE = f"""
    '[' || case coalesce(p.oorzaak, p.status)
        when 'ok' then ''
        else '"' || case coalesce(p.oorzaak, p.status) {_LETTERS} else {_UNKNOWN} end
            || {_COUNT_MAY_CHANGE} || '",'
    end || p.periode
    || if(coalesce(p.teller, p.waarde) is null, '', ',' || coalesce(cast(p.teller as varchar), 'null'))
    || if(w.cijfer is null, '', ',' || {_json("w.cijfer")})
    || case
        when w.decimalen != c.decimalen then {_BOUND["onder"]} || {_BOUND["boven"]} || ',' || w.decimalen
        when w.boven is not null then {_BOUND["onder"]} || {_BOUND["boven"]}
        when w.onder is not null then {_BOUND["onder"]}
        else ''
    end || ']'
"""


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
