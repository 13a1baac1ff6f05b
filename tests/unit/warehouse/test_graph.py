"""Order and lineage come from the SQL alone."""

from pathlib import Path

import duckdb
import pytest

from pipeline.model import Checks, Model, ModelError
from pipeline.warehouse import serializer
from pipeline.warehouse.describe import kinds_read
from pipeline.warehouse.graph import build_order, lineage, sources_of, tables_in


def model(table: str, sql: str) -> Model:
    schema, name = table.split(".")
    return Model(
        path=Path(f"{schema}/{name}.sql"),
        schema=schema,
        name=name,
        sql=sql,
        title="t",
        key=(),
        columns={},
        checks=Checks(),
    )


@pytest.fixture(scope="module")
def serialize() -> object:
    return serializer(duckdb.connect())


def test_tables_are_found_in_ctes_joins_and_subqueries(serialize) -> None:  # type: ignore[no-untyped-def]
    sql = """
    with a as (select * from core.gebied), b as (select * from a)
    select * from b join staging.x using (k) where k in (select k from reference.y)
    and exists (select 1 from mart.z where z.k = b.k)
    """
    assert tables_in(sql, serialize=serialize, where="t") == {
        "core.gebied",
        "staging.x",
        "reference.y",
        "mart.z",
    }


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select * from gebied", "'gebied' staat er zonder schema"),
        ("select * from core.x; select 1", "2 opdrachten"),
        ("select from where", "bestand.sql"),
        ("drop table core.x", "bestand.sql"),
    ],
)
def test_what_is_no_select_is_refused(serialize, sql: str, says: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ModelError, match=says):
        tables_in(sql, serialize=serialize, where="bestand.sql")


def test_each_table_comes_after_what_it_reads_and_sources_follow(serialize) -> None:  # type: ignore[no-untyped-def]
    models = (
        model("mart.eind", "select * from core.midden join core.twee using (k)"),
        model("core.midden", "select * from staging.een"),
        model("core.twee", "select * from raw.bron_codes"),
        model("staging.een", "select * from raw.een"),
    )
    reads = lineage(models, serialize=serialize)
    order = [table for table in build_order(models, reads) if not table.startswith("contract.")]
    assert order.index("staging.een") < order.index("core.midden") < order.index("mart.eind")
    assert sources_of("mart.eind", reads) == {"een", "bron"}


@pytest.mark.parametrize(
    ("table", "sql", "says"),
    [
        (
            "core.a",
            "select * from mart.eind",
            r"core/a\.sql: leest mart\.eind, maar mag alleen lezen uit raw",
        ),
        ("mart.a", "select * from core.weg", r"leest core\.weg, dat niet bestaat"),
        ("mart.a", "select * from main.weg", r"leest main\.weg, maar mag alleen"),
    ],
)
def test_a_later_or_missing_table_is_named(serialize, table: str, sql: str, says: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ModelError, match=says):
        lineage((model(table, sql), model("mart.eind", "select 1 as k")), serialize=serialize)


def test_a_circle_is_shown(serialize) -> None:  # type: ignore[no-untyped-def]
    models = (model("core.a", "select * from core.b"), model("core.b", "select * from core.a"))
    with pytest.raises(ModelError, match=r"kring: core\.[ab] → core\.[ab] → core\.[ab]"):
        build_order(models, lineage(models, serialize=serialize))


REGISTERED = "select gebied_code from core.registratie where rubriek = "


@pytest.mark.parametrize(
    "sql",
    [
        "select gebied_code from core.registratie where aantal > 0",
        "select gebied_code from core.registratie where soort = '1.1.1'",
        f"{REGISTERED}'misdrijf' and soort in ('1.4.3', (select min(soort) from core.verborgen))",
        "select gebied_code from core.registratie where rubriek = 'misdrijf' and soort like '1.%'",
        f"{REGISTERED}'misdrijf' and soort = '1.1.1' and aantal > (select avg(aantal) from core.registratie)",
    ],
)
def test_a_model_that_does_not_say_which_kinds_it_reads_is_refused(sql: str) -> None:
    with pytest.raises(ModelError, match=r"indicator/eigen\.sql: leest \d keer core\.registratie en noemt"):
        list(kinds_read(model("indicator.eigen", sql)))


def test_the_kinds_that_a_model_reads_are_in_its_sql() -> None:
    one = f"{REGISTERED}'overlast' and soort = 'E38'"
    more = f"{REGISTERED}'misdrijf' and soort in (\n'1.4.3',\n  '1.4.4') union all {one}"
    assert list(kinds_read(model("indicator.een", one))) == [("overlast", "E38")]
    assert list(kinds_read(model("indicator.meer", more))) == [
        ("misdrijf", "1.4.3"),
        ("misdrijf", "1.4.4"),
        ("overlast", "E38"),
    ]
    assert list(kinds_read(model("indicator.ander", "select * from core.gebied"))) == []
