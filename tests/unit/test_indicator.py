"""An indicator is described once: header, contract table and what is read back are the same fields."""

import dataclasses
from pathlib import Path

import duckdb
import pytest

from pipeline import indicator, model
from pipeline.gemeente.models import project_models
from pipeline.paths import Paths


def test_the_contract_table_is_made_of_the_fields(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select column_name, lower(data_type), comment from duckdb_columns()"
        " where schema_name = 'contract' and table_name = 'indicator' order by column_index"
    ).fetchall()
    assert {name: kind for name, kind, _ in rows} == indicator.sql_types()
    assert {name: comment for name, _, comment in rows} == {
        name: column.comment for name, column in indicator.COLUMNS.items()
    }


def test_what_is_read_back_is_what_the_headers_say(
    con: duckdb.DuckDBPyConnection, example_paths: Paths
) -> None:
    headers = model.indicators(project_models(example_paths))
    assert dict(indicator.read_indicators(con)) == headers


def test_indicators_come_in_the_order_of_the_themes(con: duckdb.DuckDBPyConnection) -> None:
    places = dict(con.execute("select thema, volgorde::int from reference.themas").fetchall())
    order = [(places[one.thema], one.volgorde) for one in indicator.read_indicators(con).values()]
    assert order == sorted(order)


def test_without_explanation_all_else_is_there_and_that_alone_is_not(con: duckdb.DuckDBPyConnection) -> None:
    whole, without = indicator.read_indicators(con), indicator.read_without_explanation(con)
    assert list(without) == list(whole)
    for name, one in without.items():
        for field in indicator.COLUMNS.keys() - set(indicator.EXPLANATION):
            assert getattr(one, field) == getattr(whole[name], field)
        for field in indicator.EXPLANATION:
            with pytest.raises(AttributeError, match=field):
                getattr(one, field)


def test_a_new_header_key_touches_the_fields_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Synthetic: a column that a later indicator might have."""
    wider = dataclasses.make_dataclass("Wider", [("sinds", int)], bases=(indicator.Indicator,), frozen=True)
    column = indicator.Column("sinds wanneer", key="since")
    monkeypatch.setattr(indicator, "COLUMNS", {**indicator.COLUMNS, "sinds": column})
    monkeypatch.setitem(indicator._KINDS, "sinds", int)
    monkeypatch.setattr(model, "Indicator", wider)
    known = (Paths().models / "indicator" / "misdrijven.sql").read_text(encoding="utf-8")
    path = tmp_path / "indicator" / "misdrijven.sql"
    path.parent.mkdir()
    path.write_text(known.replace("/*---\n", "/*---\nsince = 2012\n"), encoding="utf-8")
    described = model.read_model(path).indicator
    assert described is not None
    assert dataclasses.asdict(described)["sinds"] == 2012
    assert indicator.sql_types()["sinds"] == "bigint"
