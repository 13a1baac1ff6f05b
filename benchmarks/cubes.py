"""Full cubes in the layout that fetch writes: synthetic, from a fixed seed, and labelled so in the lock.

``python -m benchmarks.cubes DIR [--share 1.0]`` makes a store of national size: 18,273 areas, 59 kinds of
crime over 14 years (15.1 M rows), nine kinds of nuisance over 188 months and years (31 M rows), nine years of
kerncijfers, health, the survey and boundaries on a grid.
"""

import argparse
import json
import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from pipeline.paths import Paths
from pipeline.snapshot import (
    SYNTHETIC,
    Lock,
    Meta,
    Part,
    Source,
    Table,
    read_lock,
    read_meta,
    sha256_of,
    write_lock,
)

SEED = 2024
GEMEENTEN, WIJKEN, BUURTEN = 342, 3_393, 14_574
YEARS = tuple(range(2012, 2026))
SURVEY = "veiligheidsmonitor_publicaties"  # a few dozen rows, which the written pages quote
LABEL = f"{SYNTHETIC}: rekenproef van landelijke omvang, geen cijfers over echte gebieden"

KERNCIJFERS = {
    "2017": "83765NED",
    "2018": "84286NED",
    "2019": "84583NED",
    "2020": "84799NED",
    "2021": "85039NED",
    "2022": "85318NED",
    "2023": "85618NED",
    "2024": "85984NED",
    "2025": "86165NED",
}


def make_store(target: Path, *, share: float = 1.0, months_of: Collection[int] = ()) -> None:
    """Write a store below ``target``.

    Args:
        share: part of the gemeenten, to show how cost grows with rows; 1 is the whole country.
        months_of: years of which crime has a row for each month too, as 47022NED has.
    """
    con = duckdb.connect()
    con.execute("set enable_progress_bar = false")
    con.execute(f"select setseed({SEED / 10_000})")
    _areas(con, share)
    example = read_lock(Paths().snapshots)
    metas = {name: read_meta(Paths().snapshots, source) for name, source in example.sources.items()}
    sources = {
        "politie_misdrijven": _police(
            con,
            target,
            "politie_misdrijven",
            "47018NED",
            "SoortMisdrijf",
            _kinds(metas, "SoortMisdrijf"),
            months_of=months_of,
        ),
        "politie_overlast": _police(
            con,
            target,
            "politie_overlast",
            "47024NED",
            "Overlast",
            _kinds(metas, "Overlast"),
            months_of=YEARS,
        ),
        "cbs_kerncijfers": _kerncijfers(con, target),
        "rivm_gezondheid": _health(con, target),
        "pdok_gebieden": _boundaries(con, target),
        SURVEY: _example(target, SURVEY, example.sources[SURVEY]),
    }
    write_lock(target, Lock(sources=sources))


def _example(target: Path, name: str, source: Source) -> Source:
    """A source as the embedded example has it, under its own name and date."""
    shutil.copytree(Paths().snapshots / name, target / name, dirs_exist_ok=True)
    return source


def _kinds(metas: dict[str, dict[str, dict[str, list[dict[str, str]]]]], dimension: str) -> list[str]:
    name = {"SoortMisdrijf": "politie_misdrijven_regio", "Overlast": "politie_overlast_regio"}[dimension]
    (table,) = metas[name].values()
    return [row["Key"] for row in table[dimension]]


def _areas(con: duckdb.DuckDBPyConnection, share: float) -> None:
    con.execute(
        f"""
        create table gemeenten as
        select i as nr, 'GM' || lpad((i + 1)::varchar, 4, '0') as code, 'Gemeente ' || (i + 1) as naam
        from range({max(1, round(GEMEENTEN * share))}) t(i);
        create table wijken as
        select 'WK' || substr(g.code, 3, 4) || lpad(w::varchar, 2, '0') as code, 'Wijk ' || w as naam, g.nr
        from gemeenten g, range(60) t(w)
        where w < {WIJKEN // GEMEENTEN} + (g.nr < {WIJKEN % GEMEENTEN})::integer;
        create table buurten as
        select 'BU' || substr(w.code, 3, 6) || lpad(b::varchar, 2, '0') as code, 'Buurt ' || b as naam, w.nr
        from wijken w, range(8) t(b)
        where b < {BUURTEN // WIJKEN} + (hash(w.code) % {WIJKEN} < {BUURTEN % WIJKEN})::integer;
        create table gebieden as
        select code, naam, case left(code, 2) when 'NL' then 4000000 when 'GM' then 40000
            when 'WK' then 4000 else 900 end * (0.2 + random() * 1.6) as omvang
        from (
            select 'NL00' as code, 'Nederland' as naam union all select code, naam from gemeenten
            union all select code, naam from wijken union all select code, naam from buurten
        );
        """
    )


def _copy(
    con: duckdb.DuckDBPyConnection, target: Path, relative: str, select: str, table: str, period: str
) -> Part:
    path = target / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = con.execute(f"copy ({select}) to '{path}' (format parquet, compression zstd)").fetchall()[0][0]
    return Part(path=relative, table=table, periode=period, sha256=sha256_of(path), rows=rows)


def _table(con: duckdb.DuckDBPyConnection, target: Path, part: Part) -> Table:
    described = con.execute(f"describe select * from '{target / part.path}'").fetchall()
    return Table(
        url="synthetisch",
        title=LABEL,
        modified="2026-01-15T02:00:00",
        fetched_at="2026-01-16T05:30:00+00:00",
        columns=tuple(row[0] for row in described),
        reconstructed=LABEL,
    )


def _source(
    con: duckdb.DuckDBPyConnection,
    target: Path,
    name: str,
    publisher: str,
    parts: list[Part],
    meta: dict[str, dict[str, list[dict[str, object]]]] | None = None,
) -> Source:
    first = {part.table: part for part in reversed(parts)}
    saved = None
    if meta is not None:
        path = target / name / "meta.json"
        path.write_text(json.dumps(meta), encoding="utf-8")
        saved = Meta(path=f"{name}/meta.json", sha256=sha256_of(path))
    return Source(
        publisher=publisher,
        licence="synthetisch",
        tables={table: _table(con, target, part) for table, part in first.items()},
        parts=tuple(parts),
        meta=saved,
    )


def _police(
    con: duckdb.DuckDBPyConnection,
    target: Path,
    name: str,
    table: str,
    dimension: str,
    kinds: list[str],
    *,
    months_of: Collection[int],
) -> Source:
    topic = "GeregistreerdeOverlast_1" if dimension == "Overlast" else "GeregistreerdeMisdrijven_1"
    parts = []
    for year in YEARS:
        periods = [f"{year}JJ00"] + (
            [f"{year}MM{month:02}" for month in range(1, 13)] if year in months_of else []
        )
        for kind in kinds:
            mean = "omvang * 0.06" if kind.startswith("0.0.0") else "omvang * 0.06 / 40"
            listed = ", ".join(f"'{period}'" for period in periods)
            select = f"""
            select '{kind}' as "{dimension}", rpad(code, 10, ' ') as "WijkenEnBuurten", p as "Perioden",
                cast(floor({mean} * (case when p like '%JJ00' then 1 else 0.083 end) * 2 * random()) as bigint)
                    as "{topic}"
            from gebieden, unnest([{listed}]) as t(p) order by p, code
            """
            file = f"{name}/{year}/{kind.strip()}.parquet"
            parts.append(_copy(con, target, file, select, table, str(year)))
    return _source(con, target, name, "Politie", parts)


def _kerncijfers(con: duckdb.DuckDBPyConnection, target: Path) -> Source:
    parts = []
    for year, table in KERNCIJFERS.items():
        select = """
        select rpad(code, 10, ' ') as "WijkenEnBuurten", '1' as "IndelingswijzigingGemeenteWijkBuurt_4",
            (5 * floor(omvang / 5))::bigint as "AantalInwoners_5", (omvang * 0.15)::bigint as "k_0Tot15Jaar_8",
            (omvang * 0.12)::bigint as "k_15Tot25Jaar_9", (omvang * 0.2)::bigint as "k_65JaarOfOuder_12",
            (omvang * 0.45)::bigint as "HuishoudensTotaal_29",
            (omvang * 0.18)::bigint as "Eenpersoonshuishoudens_30",
            (omvang * 0.13)::bigint as "HuishoudensMetKinderen_32", round(1.5 + random(), 1) as
            "GemiddeldeHuishoudensgrootte_33", (random() * 8000)::bigint as "Bevolkingsdichtheid_34",
            round(200 + random() * 400) as "GemiddeldeWOZWaardeVanWoningen_36",
            round(random() * 100) as "PercentageEengezinswoning_37", round(random() * 100) as "Koopwoningen_41",
            round(20 + random() * 30, 1) as "GemiddeldInkomenPerInwoner_73",
            round(random() * 20, 1) as "HuishoudensMetEenLaagInkomen_79",
            round(random() * 15, 1) as "HuishOnderOfRondSociaalMinimum_80",
            (omvang * 0.03)::bigint as "PersonenPerSoortUitkeringBijstand_84",
            100::bigint as "OppervlakteLand_113", lpad((1000 + (hash(code) % 9000))::varchar, 10, ' ')
            as "MeestVoorkomendePostcode_115", 1 + (hash(code) % 5)::bigint as "MateVanStedelijkheid_117",
            (random() * 4000)::bigint as "Omgevingsadressendichtheid_118"
        from gebieden order by code
        """
        parts.append(_copy(con, target, f"cbs_kerncijfers/{year}/{table}.parquet", select, table, year))
    names = con.execute("select rpad(code, 10, ' '), naam from gebieden order by code").fetchall()
    keys = con.execute(f"describe select * from '{target / parts[0].path}'").fetchall()[1:]
    properties: list[dict[str, object]] = [
        {"ID": number, "ParentID": None, "Type": "Topic", "Key": row[0], "Title": row[0]}
        for number, row in enumerate(keys)
    ]
    listed: list[dict[str, object]] = [{"Key": key, "Title": title} for key, title in names]
    meta = {
        table: {"DataProperties": properties, "WijkenEnBuurten": listed if year == "2025" else []}
        for year, table in KERNCIJFERS.items()
    }
    return _source(con, target, "cbs_kerncijfers", "CBS", parts, meta)


def _health(con: duckdb.DuckDBPyConnection, target: Path) -> Source:
    topics = (
        "ErvarenGezondheidGoedZeerGoed_4",
        "HeelVeelStressInAfgelopen4Weken_26",
        "MatigVeelRegieOverEigenLeven_27",
        "Eenzaam_28",
        "Mantelzorger_32",
        "Vrijwilligerswerk_33",
        "ErnstigeGeluidhinderDoorBuren_37",
        "MoeiteMetRondkomen_38",
    )
    values = ", ".join(f"lpad(round(random() * 90, 1)::varchar, 8, ' ') as \"{topic}\"" for topic in topics)
    select = f"""
    select rpad(code, 10, ' ') as "WijkenEnBuurten", '2020JJ00' as "Perioden", '20300' as "Leeftijd",
        'MW00000' as "Marges", {values} from gebieden order by code
    """
    part = _copy(con, target, "rivm_gezondheid/2020/alle.parquet", select, "50150NED", "2020")
    properties: list[dict[str, object]] = [
        {"ID": number, "ParentID": None, "Type": "Topic", "Key": topic, "Title": topic}
        for number, topic in enumerate(topics)
    ]
    return _source(
        con, target, "rivm_gezondheid", "RIVM", [part], {"50150NED": {"DataProperties": properties}}
    )


def _boundaries(con: duckdb.DuckDBPyConnection, target: Path) -> Source:
    # Hexagon-like cells on a grid per gemeente: neighbours share whole edges, as the publisher's do.
    select = """
    with plaats as (
        select code, naam, nr, row_number() over (partition by nr order by code) - 1 as i,
            ceil(sqrt(count(*) over (partition by nr)))::integer as breed from buurten
    ), punt as (
        select *, 4 + (nr % 19) * 0.15 + (i % breed) * 0.12 / breed as x,
            51 + (nr // 19) * 0.1 + (i // breed) * 0.08 / breed as y, 0.12 / breed as dx, 0.08 / breed as dy
        from plaats
    )
    select code as buurtcode, naam as buurtnaam, 'NEE' as water, '2025' as jaar,
        '{"type":"Polygon","coordinates":[[' || array_to_string([
            '[' || round(x, 6) || ',' || round(y, 6) || ']', '[' || round(x + dx, 6) || ',' || round(y, 6) || ']',
            '[' || round(x + dx, 6) || ',' || round(y + dy, 6) || ']',
            '[' || round(x, 6) || ',' || round(y + dy, 6) || ']', '[' || round(x, 6) || ',' || round(y, 6) || ']'
        ], ',') || ']]}' as geometry
    from punt order by code
    """
    part = _copy(con, target, "pdok_gebieden/2025/buurten.parquet", select, "wijken-en-buurten-2025", "2025")
    return _source(con, target, "pdok_gebieden", "CBS en Kadaster", [part])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--months", type=int, nargs="*", default=[], help="years of crime by month too")
    options = parser.parse_args()
    make_store(options.target, share=options.share, months_of=options.months)
