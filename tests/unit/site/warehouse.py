"""A warehouse of a few rows in the agreed shape, for tests of what the site makes from it.

The figures of Breda, City and the Netherlands are published ones. What is labelled synthetic is there to
reach an edge case that the example does not have.
"""

from pathlib import Path

import duckdb

from pipeline.indicator import sql_types
from pipeline.model import read_model
from pipeline.paths import PACKAGE
from pipeline.site.description.documentation import PUBLISHED_COLUMNS
from pipeline.warehouse import MACROS

INJECTION = '=HYPERLINK("http://example.org"; "klik")'

_CENTRUM = ("WK075800", "GM0758", "Breda", "WK075800", "Breda Centrum")

_GEBIEDEN = [
    # code, naam, niveau, ouder, gemeente, gemeente naam, wijk, wijk naam, postcode
    ("NL00", "Nederland", "land", None, None, None, None, None, None),
    ("GM0758", "Breda", "gemeente", "NL00", "GM0758", "Breda", None, None, None),
    ("WK075800", "Breda Centrum", "wijk", "GM0758", "GM0758", "Breda", "WK075800", "Breda Centrum", None),
    ("BU07580006", "City", "buurt", *_CENTRUM, "4811"),
    # synthetic: names that a spreadsheet, a web page or a template could mistake for code
    ("BU07589991", INJECTION, "buurt", *_CENTRUM, None),
    ("BU07589992", '<script>alert("{{ 1 }}")</script>', "buurt", *_CENTRUM, None),
    # synthetic: a second gemeente
    ("GM9901", "Elders", "gemeente", "NL00", "GM9901", "Elders", None, None, None),
]

_PER_1000 = "per 1.000 inwoners"
_MISDRIJVEN = ("misdrijven", _PER_1000, "Politie 47018NED", "2026-01-15; inwoners 2024", "47018NED")
_OVERLAST = ("overlast_drugs_alcohol", _PER_1000, "Politie 47024NED", "2026-01-15; inwoners 2020", "47024NED")

# area, kind, period, count, denominator, value, bounds, status, break, year of the denominator
_CIJFERS = [
    ("GM0758", _MISDRIJVEN, "2012", 16589, None, None, None, None, "geen_noemer", "", None),
    ("GM0758", _MISDRIJVEN, "2025", 11295, 188078, 60.054_8, 58.952, 61.173, "ok", "", 2024),
    ("NL00", _MISDRIJVEN, "2023", 802043, 17942942, 44.699_6, 44.601_8, 44.797_5, "ok", "", 2024),
    ("BU07580006", _OVERLAST, "2022", 109, 2560, 42.578_125, 34.961_7, 51.363, "ok", "2022-03", 2020),
    ("GM0758", _OVERLAST, "2022", 675, 184069, 3.667_1, 3.395_6, 3.954_6, "ok", "", 2020),
    ("WK075800", _OVERLAST, "2022", 234, 15110, 15.486_4, 13.565_5, 17.602_9, "ok", "", 2020),
    # synthetic from here
    ("BU07589991", _OVERLAST, "2022", None, None, None, None, None, "ontbreekt", "", None),
    ("BU07589992", _OVERLAST, "2022", 3, 12, None, None, None, "te_klein", "", 2020),
    ("GM9901", _OVERLAST, "2022", 0, 1000, 0.0, 0.0, 3.688_9, "ok", "", 2020),
]

_INDICATOREN = [
    (
        "misdrijven",
        "verhouding",
        "Misdrijven",
        "misdrijven",
        _PER_1000,
        1000,
        "inwoners",
        "veiligheid_algemeen",
        "Hoeveel misdrijven registreert de politie?",
        "Alle misdrijven die de politie registreert.",
        "hoger_is_ongunstiger",
        "geregistreerd",
        "misdrijf|misdrijven",
        1,
        False,
        1,
        "geregistreerd",
    ),
    (
        "overlast_drugs_alcohol",
        "verhouding",
        "Overlast door alcohol of drugs",
        "alcohol of drugs",
        _PER_1000,
        1000,
        "inwoners",
        "drugsoverlast",
        "Hoe vaak registreert de politie overlast?",
        "Keren dat de politie overlast noteert.",
        "hoger_is_ongunstiger",
        "geregistreerd",
        "keer overlast door alcohol of drugs",
        1,
        False,
        1,
        "geregistreerd;klein_aantal",
    ),
    (
        "vm_melding",
        "meting",
        "Doet melding",
        "melding",
        "%",
        None,
        None,
        "veiligheid_algemeen",
        "Wie doet melding?",
        "Aandeel van de inwoners dat melding doet.",
        "neutraal",
        "ervaren",
        "melding",
        1,
        False,
        2,
        "",
    ),
]

_SNAPSHOT = [
    (
        "politie_misdrijven",
        "47018NED",
        "Politie",
        "niet vermeld",
        "https://dataderden.cbs.nl/ODataFeed/odata/47018NED",
        "2026-01-15T02:00:00",
        None,
        "Geregistreerde misdrijven; soort misdrijf, wijk, buurt, jaarcijfers",
        "",
    ),
    (
        "politie_overlast",
        "47024NED",
        "Politie",
        "niet vermeld",
        "https://dataderden.cbs.nl/ODataFeed/odata/47024NED",
        "2026-01-15T02:00:00",
        None,
        "Registraties van overlast",
        "datums",
    ),
    (
        "cbs_kerncijfers",
        "84799NED",
        "CBS",
        "CC BY 4.0",
        "https://opendata.cbs.nl/ODataFeed/odata/84799NED",
        "2021-03-26T02:00:00",
        None,
        "Kerncijfers wijken en buurten 2020",
        "",
    ),
    (
        "cbs_kerncijfers",
        "85984NED",
        "CBS",
        "CC BY 4.0",
        "https://opendata.cbs.nl/ODataFeed/odata/85984NED",
        "2024-08-16T02:00:00",
        None,
        "Kerncijfers wijken en buurten 2024",
        "",
    ),
]

_TABLES = """
create schema statistiek; create table statistiek.spreiding (indicator varchar, gebied_niveau varchar,
    spreiding double);
create schema core; create schema mart; create schema contract; create schema staging; create
    schema reference;
create table core.gebied (gebied_code varchar, gebied_naam varchar, gebied_niveau varchar,
    ouder_code varchar,
    gemeente_code varchar, gemeente_naam varchar, wijk_code varchar, wijk_naam varchar,
    indeling_jaar integer,
    postcode varchar);
create table mart.cijfer (gebied_code varchar, gebied_naam varchar, gebied_niveau varchar,
    indeling_jaar integer,
    indicator varchar, periode varchar, teller bigint, noemer bigint, waarde double, onder double,
    boven double,
    eenheid varchar, status varchar, breuk varchar, bron varchar, vintage varchar, voorbehoud varchar,
    noemer_jaar integer, tabel varchar, oorzaak varchar, voorlopig boolean);
create table contract.snapshot (bron_id varchar, tabel varchar, publisher varchar, licentie
    varchar, url varchar,
    modified varchar, fetched_at varchar, titel varchar, reconstructed varchar);
create table staging.cbs_kerncijfers (gebied_code varchar, periode varchar, tabel varchar);
create table reference.voorbehouden (voorbehoud varchar, tekst varchar);
create table reference.bijnamen (bijnaam varchar, gebied_code varchar);
create table reference.themas (thema varchar, volgorde varchar, titel varchar);
create table mart.vergelijkbaar_cijfer (gebied_code varchar, indicator varchar, periode varchar,
    teller bigint, waarde double);
create table contract.bron_ritme (bron_id varchar, om_de integer, later integer, dag varchar);
create table contract.gemeente_bron (bron_id varchar);
create table contract.bouw as select 'voorbeeld' as opslag;
"""


def make_warehouse(path: Path | str = ":memory:") -> duckdb.DuckDBPyConnection:
    """Make the warehouse; every published column has a documentation."""
    con = duckdb.connect(str(path))
    con.execute(_TABLES)
    con.execute(MACROS)
    columns = ", ".join(f"{name} {kind}" for name, kind in sql_types().items())
    con.execute(f"create table contract.indicator ({columns})")
    for column in PUBLISHED_COLUMNS:
        con.execute(f"comment on column mart.cijfer.{column} is 'Wat in {column} staat.'")
    con.executemany("insert into core.gebied values (?, ?, ?, ?, ?, ?, ?, ?, 2024, ?)", _GEBIEDEN)
    names = {code: (name, niveau) for code, name, niveau, *_ in _GEBIEDEN}
    # mart.cijfer lies in the order of code, indicator and period.
    rows = sorted((_row(names, *one) for one in _CIJFERS), key=lambda row: (row[0], row[4], row[5]))
    con.executemany(f"insert into mart.cijfer values ({', '.join('?' * 21)})", rows)
    con.executemany(f"insert into contract.indicator values ({', '.join('?' * 17)})", _INDICATOREN)
    con.executemany(f"insert into contract.snapshot values ({', '.join('?' * 9)})", _SNAPSHOT)
    for name in ("gebied_profiel", "nieuwste_periode", "vergelijking", "gebied_woorden"):
        model = read_model(PACKAGE / "models" / "mart" / f"{name}.sql")
        con.execute(f"create view {model.table} as {model.sql}")
    con.execute(
        "insert into staging.cbs_kerncijfers values"
        " ('GM0758', '2020', '84799NED'), ('GM0758', '2024', '85984NED')"
    )
    con.execute(
        "insert into reference.voorbehouden values ('geregistreerd', 'Alleen wat de politie weet.'),"
        " ('klein_aantal', 'Kleine aantallen schommelen door toeval.')"
    )
    return con


def _row(names, code, kind, periode, teller, noemer, waarde, onder, boven, status, breuk, noemer_jaar):  # type: ignore[no-untyped-def]
    indicator, eenheid, bron, vintage, tabel = kind
    naam, niveau = names[code]
    figures = (periode, teller, noemer, waarde, onder, boven, eenheid, status, breuk)
    own = (noemer_jaar, tabel, None, status == "voorlopig")
    return (code, naam, niveau, 2024, indicator, *figures, bron, vintage, "geregistreerd", *own)
